import type { HandleClientError } from '@sveltejs/kit';
import { config } from 'zod';

// The strict content policy forbids code made from text, which zod would otherwise try for speed.
// Runs before any schema of the contract is built.
config({ jitless: true });

/** An error of a screen: kept in the browser's log, shown by its code. */
export const handleError: HandleClientError = async ({ error, message, status }) => {
  if (status === 404) return { message, code: 'notFound' };
  console.error(error);
  const { ApiProblem } = await import('$lib/api-problem.ts');
  if (!(error instanceof ApiProblem)) return { message, code: 'screen' };
  return { message: error.message, code: error.requestId ?? error.code, status: error.status };
};
