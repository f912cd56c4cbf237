import { callRoom, closeRoom, pairRoom } from './bridge.ts';
import { isGone } from './janus-messages.ts';
import { JanusHandle } from './janus-node.ts';
import type { Line } from './line.ts';
import type { Remembered, RememberedCall, RememberedEnds } from './memory.ts';
import { adoptPair } from './pairs.ts';
import type { Station } from './station.ts';

/** Goes on with far sides that are in no call of ours any more, and lets go what an earlier process had no time to let go. */
export async function adoptRemains(line: Line, station: Station, earlier: Remembered, live: ReadonlySet<number>): Promise<void> {
  const isHere = ([, known]: [string, { url: string }]): boolean => known.url === station.url;
  for (const [room, known] of Object.entries(earlier.pairs).filter(isHere)) await adoptPair(line, station, room, known);
  for (const [callId, { ends }] of Object.entries(earlier.leaving).filter(isHere)) {
    // The words died with their process: who would hear nothing more is hung up.
    await letGo(station, ends);
    await closeRoom(station.control, callRoom(Number(callId)));
    line.memory.forgetCall(Number(callId));
  }
  for (const [callId, known] of Object.entries(earlier.calls)) {
    if (live.has(Number(callId))) continue;
    // Who went on with the call's far side is in no rest of it.
    const isLeft = new Map(Object.entries(earlier.pairs)).has(pairRoom(Number(callId)));
    await dropRest(station, isLeft ? { ...known, party: undefined } : known);
    line.memory.forgetCall(Number(callId));
  }
}

/** What a call that is over still held in this Janus. */
async function dropRest(station: Station, { party, link }: RememberedCall): Promise<void> {
  const linkEnds = [...(link ?? []), ...(party?.link ?? [])].filter(({ url }) => url === station.url);
  for (const { handle } of linkEnds) await new JanusHandle(station.node, handle).detach();
  if (party?.ends && party.url === station.url) await letGo(station, party.ends);
}

async function letGo({ node }: Station, { sip, bridge, keepSip }: RememberedEnds): Promise<void> {
  try {
    await new JanusHandle(node, sip).command({ request: 'hangup' });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  const ends = keepSip ? [bridge] : [sip, bridge];
  await Promise.all(ends.map((id) => new JanusHandle(node, id).detach()));
}
