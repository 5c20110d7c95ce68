/** Pixel events that an ad set can promote, with the action types under which insights count them. */
const ACTIONS: Record<string, readonly string[]> = {
  SUBMIT_APPLICATION: ['submit_application_website', 'submit_application_total'],
  LEAD: ['offsite_conversion.fb_pixel_lead', 'lead'],
  COMPLETE_REGISTRATION: ['offsite_conversion.fb_pixel_complete_registration', 'complete_registration'],
  CONTACT: ['contact_website', 'contact_total'],
  SCHEDULE: ['schedule_website', 'schedule_total'],
  SUBSCRIBE: ['subscribe_website', 'subscribe_total'],
  START_TRIAL: ['start_trial_website', 'start_trial_total'],
  FIND_LOCATION: ['find_location_website', 'find_location_total'],
  SEARCH: ['offsite_conversion.fb_pixel_search', 'search'],
  CONTENT_VIEW: ['offsite_conversion.fb_pixel_view_content', 'view_content'],
  PURCHASE: ['offsite_conversion.fb_pixel_purchase', 'purchase'],
  ADD_TO_CART: ['offsite_conversion.fb_pixel_add_to_cart', 'add_to_cart'],
  INITIATED_CHECKOUT: ['offsite_conversion.fb_pixel_initiate_checkout', 'initiate_checkout'],
  OTHER: ['offsite_conversion.fb_pixel_custom'],
}

export const EVENT_TYPES: readonly string[] = Object.keys(ACTIONS)

/** Several types count the same events: adding them up counts twice, here as on the platform. */
export const actionTypes = (event: string): readonly string[] => ACTIONS[event] ?? []
