import type { SipCall } from './call.ts';
import { inBackground, type Line } from './line.ts';
import { startSound } from './sounds.ts';

/** As long as the words are, and what the network takes to carry the last of them. */
const apologyMilliseconds = 2600;

/** Whoever answered a held line and met nobody hears in his own room that we call again, and is hung up; a call in another state is hung up only. */
export async function apologise(line: Line, call: SipCall | undefined): Promise<void> {
  if (!call || call.isApologising) return;
  if (call.phase !== 'answered' || call.repId !== null) {
    await call.hangup('hangup');
    return;
  }
  call.isApologising = true;
  const { station, room, callId } = call;
  await startSound(line, station, { room, sound: 'apology', loop: false });
  const hangUp = (): void => inBackground(line, { callId }, 'a call that met nobody was not ended', call.hangup('hangup'));
  const timer = setTimeout(hangUp, apologyMilliseconds);
  call.whenEnded(() => clearTimeout(timer));
}
