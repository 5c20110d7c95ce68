export const SETTINGS_TABS = ['connections', 'schedules', 'members', 'preferences'] as const
export type SettingsTab = (typeof SETTINGS_TABS)[number]
