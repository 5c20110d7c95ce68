/** The fields that the sandbox answers, by resource. https://developers.google.com/google-ads/api/fields/v25/overview */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  customer: ['resource_name', 'id', 'descriptive_name', 'currency_code', 'time_zone', 'status'],
  campaign: [
    'resource_name',
    'id',
    'name',
    'status',
    'advertising_channel_type',
    'campaign_budget',
    'start_date_time',
    'end_date_time',
    'contains_eu_political_advertising',
    'missing_eu_political_advertising_declaration',
    'final_url_suffix',
    'network_settings.target_google_search',
    'network_settings.target_search_network',
  ],
  campaign_budget: ['resource_name', 'id', 'name', 'status', 'amount_micros', 'explicitly_shared', 'delivery_method'],
  ad_group: ['resource_name', 'id', 'name', 'status', 'type', 'campaign'],
  ad_group_ad: [
    'resource_name',
    'status',
    'ad_group',
    'ad.id',
    'ad.final_urls',
    'ad.responsive_search_ad.headlines',
    'ad.responsive_search_ad.descriptions',
    'ad.responsive_search_ad.path1',
    'ad.responsive_search_ad.path2',
    'policy_summary.review_status',
    'policy_summary.approval_status',
    'policy_summary.policy_topic_entries',
  ],
  ad_group_criterion: [
    'resource_name',
    'criterion_id',
    'status',
    'ad_group',
    'type',
    'negative',
    'keyword.text',
    'keyword.match_type',
  ],
  campaign_criterion: [
    'resource_name',
    'criterion_id',
    'status',
    'campaign',
    'type',
    'negative',
    'location.geo_target_constant',
    'language.language_constant',
  ],
  geo_target_constant: ['resource_name', 'id', 'name', 'country_code', 'target_type', 'status', 'canonical_name'],
}

export const METRICS = ['metrics.impressions', 'metrics.clicks', 'metrics.cost_micros', 'metrics.conversions']
export const DATE = 'segments.date'

/** Resources whose fields may be selected beside those of FROM. */
export const BESIDE: Readonly<Record<string, readonly string[]>> = {
  customer: [],
  campaign: ['campaign_budget', 'customer'],
  campaign_budget: ['customer'],
  ad_group: ['campaign', 'customer'],
  ad_group_ad: ['ad_group', 'campaign', 'customer'],
  ad_group_criterion: ['ad_group', 'campaign', 'customer'],
  campaign_criterion: ['campaign', 'customer'],
  geo_target_constant: [],
}
