import { ApiProblem } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { toast } from '$lib/ui/index.ts';

/** Does a thing that may be refused; a refusal is told in the corner. Answers whether it was done. */
export async function attempt(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    toast(m.calls_failed({ detail: error.message }), { tone: 'late' });
    return false;
  }
}
