export const SETTINGS_TABS = ['connections', 'guards', 'schedules', 'members', 'preferences'] as const
export type SettingsTab = (typeof SETTINGS_TABS)[number]
