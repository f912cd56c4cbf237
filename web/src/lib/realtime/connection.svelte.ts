import { me } from '$contract/http/auth.ts';
import { ApiProblem, call } from '../api.ts';
import { on, socket } from './client.ts';

/** `starting` until the first connection, `lost` only after one was had or refused for a while. */
export type ConnectionState = 'off' | 'starting' | 'connected' | 'lost';

const graceMilliseconds = 1500;
const state = $state<{ now: ConnectionState; restored: boolean; delayed: boolean }>({ now: 'off', restored: false, delayed: false });
let lostTimer: ReturnType<typeof setTimeout> | undefined;
let restoredTimer: ReturnType<typeof setTimeout> | undefined;

/** The live connection as the screen tells it. */
export const connection = {
  get state(): ConnectionState {
    return state.now;
  },
  /** What others do on other machines is shown late. */
  get delayed(): boolean {
    return state.delayed;
  },
  /** True for a moment after a lost connection came back. */
  get restored(): boolean {
    return state.restored;
  },
};

function lostSoon(): void {
  if (state.now === 'off' || lostTimer !== undefined) return;
  // A blink of the network is healed before anybody needs to read of it.
  lostTimer = setTimeout(() => {
    lostTimer = undefined;
    if (!socket.connected && state.now !== 'off') state.now = 'lost';
  }, graceMilliseconds);
}

socket.on('connect', () => {
  clearTimeout(lostTimer);
  lostTimer = undefined;
  if (state.now === 'lost') {
    state.restored = true;
    clearTimeout(restoredTimer);
    restoredTimer = setTimeout(() => (state.restored = false), 3000);
  }
  state.now = 'connected';
});
on('updates:state', ({ delayed }) => (state.delayed = delayed));
socket.on('disconnect', (reason) => {
  lostSoon();
  // The server closes a socket when it restarts or ends a session; the client library leaves that one to us.
  if (reason === 'io server disconnect' && state.now !== 'off') socket.connect();
});
socket.on('connect_error', (error) => {
  lostSoon();
  if (error.message === 'signInFirst') void askWhoWeAre();
});

/** The server knows us no more: its 401 leads to sign-in (`onSessionLost`). Any other refusal is a lost connection, and shown as one. */
async function askWhoWeAre(): Promise<void> {
  try {
    await call(me);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
  }
}

/** Opens the connection; the shell does it after sign-in. */
export function openConnection(): void {
  if (state.now !== 'off') return;
  state.now = 'starting';
  socket.connect();
}

/** Closes it for good: sign-out. */
export function closeConnection(): void {
  state.now = 'off';
  socket.disconnect();
}

/** The browser says that there is no network: said at once, for the socket itself hears of it only by silence. */
export function networkLost(): void {
  if (state.now === 'off') return;
  socket.disconnect();
  state.now = 'lost';
}

/** Tries at once instead of waiting for the next turn; also when the browser says that it is online again. */
export function retryConnection(): void {
  if (state.now === 'off' || socket.connected) return;
  socket.disconnect().connect();
}
