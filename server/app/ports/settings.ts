import type { Settings } from '../../contract/settings.ts';

/** The department's settings, complete with defaults. */
export interface SettingsReader {
  read(): Promise<Settings>;
}
