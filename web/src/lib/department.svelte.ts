import { getRules } from '$contract/http/department.ts';
import type { Rules } from '$contract/http/department.ts';
import { defaultSettings } from '$contract/settings.ts';
import { ApiProblem, call } from './api.ts';

const loaded = $state<{ rules: Rules }>({ rules: { ...defaultSettings, holidays: [], country: defaultSettings.calls.defaultCountry } });

/** The department's rules: loaded with the console, asked again after each connection and whenever the screen is looked at again. */
export const department = {
  get rules(): Rules {
    return loaded.rules;
  },
  /** The names of the days off that lie ahead in a country, by day. */
  holidaysOf(country: string): ReadonlyMap<string, string> {
    return new Map(loaded.rules.holidays.filter((holiday) => holiday.country === country).map(({ day, name }) => [day, name]));
  },
  /** @throws ApiProblem */
  async load(): Promise<void> {
    loaded.rules = await call(getRules);
  },
  /** Asks again; without an answer the rules of before stay. */
  async refresh(): Promise<void> {
    try {
      loaded.rules = await call(getRules);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
    }
  },
};
