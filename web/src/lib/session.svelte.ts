import { login, logout, me } from '$contract/http/auth.ts';
import type { Me } from '$contract/http/auth.ts';
import { ApiProblem, call } from './api.ts';
import type { CallOptions } from './api.ts';

const state = $state<{ me: Me | null }>({ me: null });

/** Who is signed in. Inside the console there is always somebody: `session.me`. */
export const session = {
  /** @throws Error outside the console: a screen asked before sign-in. */
  get me(): Me {
    if (!state.me) throw new Error('Nobody is signed in');
    return state.me;
  },
  get isSignedIn(): boolean {
    return state.me !== null;
  },
};

/** Asks the server who we are, once; null when nobody is signed in. */
export async function loadSession(): Promise<Me | null> {
  if (state.me) return state.me;
  try {
    state.me = await call(me);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
  return state.me;
}

/** Signs in. @throws ApiProblem with the server's reason. */
export async function signIn(body: NonNullable<CallOptions<typeof login>['body']>): Promise<Me> {
  state.me = await call(login, { body });
  return state.me;
}

/** Signs out and leaves the console by `leave`; an already ended session counts as done. @throws ApiProblem */
export async function signOut(leave: () => Promise<void>): Promise<void> {
  try {
    await call(logout);
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 401)) throw error;
  }
  // Screens still read the session until they are gone; the sign-in page would turn a known person away.
  state.me = null;
  await leave();
}

/** Takes what the server now says of the signed-in person. */
export function adoptMe(next: Me): void {
  state.me = next;
}

/** Forgets who was signed in after the server has. */
export function forgetSession(): void {
  state.me = null;
}
