import type { Dictionaries, HolidayView } from '../../../contract/http/department.ts';

export interface SettingsReads {
  holidays(country: string, year: number): Promise<HolidayView[]>;
  /** Of every country, from the day before `now`, which is still today somewhere, in order. */
  holidaysAhead(now: Date): Promise<HolidayView[]>;
  /** Countries that have holidays or regions. */
  countries(): Promise<string[]>;
  dictionaries(): Promise<Dictionaries>;
}
