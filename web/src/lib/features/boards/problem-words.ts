import { ApiProblem } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';

/** What went wrong, in words for the screen. @throws the error itself when it is not the server's answer */
export function problemWords(error: unknown): string {
  if (!(error instanceof ApiProblem)) throw error;
  return error.code === 'offline' ? m.boards_offline() : (error.detail ?? error.title);
}
