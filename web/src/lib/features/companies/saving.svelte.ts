import { ApiProblem } from '$lib/api.ts';
import { promiseFault } from '$lib/features/dialer/promise-fault.ts';
import { m } from '$lib/paraglide/messages.js';

/** A form on its way to the server: whether it is under way, and what is wrong with which field. */
export class Saving {
  busy = $state(false);
  problem = $state.raw<ApiProblem | null>(null);

  /** True when it went through; what the server refused stays to be read at its field. */
  async run(work: () => Promise<void>): Promise<boolean> {
    this.busy = true;
    this.problem = null;
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problem = error;
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** What to say under a field. */
  at(field: string): string | undefined {
    const { problem } = this;
    if (problem?.messageFor(field) === undefined) return undefined;
    return problem.code === 'invalidInput' ? (wordsOf[field] ?? m.companies_wrong)() : (promiseFault(problem) ?? problem.message);
  }

  /** What belongs to none of these fields. */
  apart(fields: readonly string[]): string | undefined {
    const { problem } = this;
    return problem && fields.every((field) => problem.messageFor(field) === undefined) ? problem.message : undefined;
  }
}

const wordsOf: Record<string, () => string> = {
  name: m.companies_needed,
  taxNumber: m.companies_wrong_tax,
  timeZone: m.companies_wrong_zone,
  email: m.companies_wrong_email,
};
