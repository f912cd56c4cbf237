import { getRules } from '$contract/http/department.ts';
import type { Rules } from '$contract/http/department.ts';
import { defaultSettings } from '$contract/settings.ts';
import { call } from './api.ts';

const loaded = $state<{ rules: Rules }>({ rules: defaultSettings });

/** The department's rules as they were when the console was opened; the defaults until they are loaded. */
export const department = {
  get rules(): Rules {
    return loaded.rules;
  },
  /** @throws ApiProblem */
  async load(): Promise<void> {
    loaded.rules = await call(getRules);
  },
};
