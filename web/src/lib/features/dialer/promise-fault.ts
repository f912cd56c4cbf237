import type { ApiProblem } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';

const faults: Record<string, (() => string) | undefined> = {
  inThePast: m.dialer_when_past,
  tooFarAhead: m.dialer_when_too_far,
  endsBeforeItStarts: m.dialer_when_ends_before,
  noSuchTime: m.dialer_when_no_such,
};

/** What is wrong with a promised time, in the reader's words; undefined for every other refusal. */
export const promiseFault = (problem: ApiProblem | null): string | undefined => (problem ? faults[problem.code]?.() : undefined);
