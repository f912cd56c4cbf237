import type { SettingsGroup } from '../../../contract/settings.ts';

export interface SettingsStore {
  /** What is stored of a group, its row locked; null when it is all defaults. */
  lockGroup(group: SettingsGroup): Promise<unknown>;
  putGroup(group: SettingsGroup, value: object): Promise<void>;
  putHoliday(holiday: { country: string; day: string; name: string }): Promise<void>;
  /** False when there was none. */
  removeHoliday(country: string, day: string): Promise<boolean>;
}
