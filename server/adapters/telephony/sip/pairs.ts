import { closeRoom, whoIsIn } from './bridge.ts';
import type { CallEnds } from './call-parts.ts';
import { nobodyListens } from './janus-node.ts';
import { inBackground, type Line } from './line.ts';
import { idsOf, type RememberedEnds } from './memory.ts';
import { sipWord } from './sip-words.ts';
import type { Station } from './station.ts';

interface Together {
  room: string;
  pair: readonly [CallEnds, CallEnds];
}

/** Two far sides who go on without us: when one hangs up, the other's dialogue is ended too, also by the process after this one. */
export async function keepTogether(line: Line, station: Station, together: Together): Promise<void> {
  const { room, pair } = together;
  const [one, other] = pair;
  line.memory.keep(({ pairs }) => (pairs[room] = { url: station.url, pair: [idsOf(one), idsOf(other)] }));
  await line.memory.settled();
  listen(line, station, together);
}

/** Goes on with two whom an earlier process left together; who is alone by now is let go. */
export async function adoptPair(
  line: Line,
  station: Station,
  room: string,
  pair: readonly [RememberedEnds, RememberedEnds],
): Promise<void> {
  const { node } = station;
  const adopt = ({ sip, bridge, keepSip }: RememberedEnds): CallEnds => ({
    sip: node.adopt(sip, nobodyListens),
    bridge: node.adopt(bridge, nobodyListens),
    keepSip,
  });
  const [one, other] = pair;
  const part = listen(line, station, { room, pair: [adopt(one), adopt(other)] });
  const heard = [...(await whoIsIn(station.control, room)).values()].filter((isConnected) => isConnected);
  if (heard.length < pair.length) await part();
}

/** Answers how the two are parted. */
function listen(line: Line, station: Station, { room, pair }: Together): () => Promise<void> {
  let isOver = false;
  const part = async (): Promise<void> => {
    if (isOver || !station.isUp) return;
    isOver = true;
    line.memory.keep(({ pairs }) => Reflect.deleteProperty(pairs, room));
    for (const { sip } of pair) await sip.command({ request: 'hangup' });
    for (const { sip, bridge, keepSip } of pair) await Promise.all([keepSip ? undefined : sip.detach(), bridge.detach()]);
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
