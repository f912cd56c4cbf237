import { ApiProblem } from '$lib/api.ts';
import { toast } from '$lib/ui/index.ts';
import { problemText } from './problem-text.ts';

/** Does a thing that belongs to no form; a refusal is told in the corner. Answers whether it was done. */
export async function attempt(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    toast(problemText(error), { tone: 'late' });
    return false;
  }
}
