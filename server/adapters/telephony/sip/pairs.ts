import { setTimeout as pause } from 'node:timers/promises';
import { changeRoom, closeRoom, openRoom, whoIsIn } from './bridge.ts';
import type { CallEnds } from './call-parts.ts';
import { isGone, JanusRefused, JanusUnreachable } from './janus-messages.ts';
import { nobodyListens } from './janus-node.ts';
import { inBackground, type Line } from './line.ts';
import { idsOf, type LeavingCall, type RememberedEnds, type RememberedPair } from './memory.ts';
import { sipWord } from './sip-words.ts';
import type { Station } from './station.ts';

/** So often is looked whether both are connected in their room. */
const looks = 20;
const lookAgainMilliseconds = 100;

interface Together {
  room: string;
  pair: readonly [CallEnds, CallEnds];
}

/**
 * Brings two far sides into a room of their own, where they go on without us: when one hangs up, the other's dialogue is ended too, also
 * by the process after this one. It is written down first, so that a process that dies in the middle leaves it to the next to finish.
 */
export async function putTogether(line: Line, station: Station, together: Together & { leaving: LeavingCall }): Promise<void> {
  const { room, pair, leaving } = together;
  const [one, other] = pair;
  line.memory.keep(({ pairs }) => (pairs[room] = { url: station.url, pair: [idsOf(one), idsOf(other)], leaving }));
  await line.memory.settled();
  try {
    await bringTogether(station, together);
  } catch (error) {
    line.memory.keep(({ pairs }) => Reflect.deleteProperty(pairs, room));
    throw error;
  }
  await partUnlessBoth(station, room, listen(line, station, together));
}

/** Whatever of it is done already is not done twice. */
async function bringTogether(station: Station, { room, pair, leaving }: Together & { leaving: LeavingCall }): Promise<void> {
  const [{ sip }] = pair;
  if (leaving.isRecorded) await sip.ask({ request: 'recording', action: 'stop', audio: true, peer_audio: true });
  if (leaving.isHeld) await sip.askUntilHeard({ request: 'unhold' });
  await openRoom(station.control, room);
  for (const [place, { bridge }] of pair.entries()) await changeRoom(bridge, { room, id: leaving.names[place] ?? '' });
}

/** Goes on with two whom an earlier process left together, or was bringing together; who is alone by now is let go. */
export async function adoptPair(line: Line, station: Station, room: string, { pair, leaving }: RememberedPair): Promise<void> {
  const { node } = station;
  const adopt = ({ sip, bridge, keepSip }: RememberedEnds): CallEnds => ({
    sip: node.adopt(sip, nobodyListens),
    bridge: node.adopt(bridge, nobodyListens),
    keepSip,
  });
  const together: Together = { room, pair: [adopt(pair[0]), adopt(pair[1])] };
  const part = listen(line, station, together);
  try {
    if (leaving) await bringTogether(station, { ...together, leaving });
  } catch (error) {
    // One of them has hung up meanwhile.
    if (!(error instanceof JanusRefused || error instanceof JanusUnreachable)) throw error;
  }
  await partUnlessBoth(station, room, part);
}

/** One who hung up while nobody listened leaves the other alone. Who was only just brought there may take a moment to be connected. */
async function partUnlessBoth(station: Station, room: string, part: () => Promise<void>): Promise<void> {
  for (let look = 0; look < looks; look += 1) {
    const heard = [...(await whoIsIn(station.control, room)).values()].filter((isConnected) => isConnected);
    if (heard.length === 2) return;
    await pause(lookAgainMilliseconds);
  }
  await part();
}

/** Answers how the two are parted. */
function listen(line: Line, station: Station, { room, pair }: Together): () => Promise<void> {
  let isOver = false;
  const part = async (): Promise<void> => {
    if (isOver || !station.isUp) return;
    isOver = true;
    line.memory.keep(({ pairs }) => Reflect.deleteProperty(pairs, room));
    for (const { sip, bridge, keepSip } of pair) {
      await unlessGone(sip.command({ request: 'hangup' }));
      await Promise.all([keepSip ? undefined : sip.detach(), bridge.detach()]);
    }
    await closeRoom(station.control, room);
  };
  for (const { sip } of pair)
    station.node.adopt(sip.id, {
      ...nobodyListens,
      onWord: ({ data }) => {
        const word = sipWord.safeParse(data);
        if (word.success && word.data.result.event === 'hangup')
          inBackground(line, { room }, 'two who went on together could not be parted', part());
      },
    });
  return part;
}

async function unlessGone(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
