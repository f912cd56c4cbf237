import { joinAndOffer, openRoom } from './bridge.ts';
import type { CallEnds } from './call-parts.ts';
import { nobodyListens } from './janus-node.ts';
import type { PluginWord } from './janus-messages.ts';
import { withheldWays, withStaticPayload, type Codec, type WithheldWays } from './offers.ts';
import { newSipCallId } from './sip-words.ts';
import type { Station } from './station.ts';
import { addressAt, callerAt, signInOf, transportSuffix, type Trunk } from './trunks.ts';

/** One way to place a call. */
export interface Way {
  trunk: Trunk;
  codec: Codec;
}

export interface LegWish {
  /** Where the far side's sound goes, and what it is called there. */
  room: string;
  name: string;
  /** E.164; who calls is the trunk's own number when null. */
  to: string;
  from: string | null;
}

export interface OpenedLeg {
  ends: CallEnds;
  /** What the SIP dialogue is called. */
  sipCallId: string;
  withheld: WithheldWays['candidates'];
  /** Sends the INVITE. */
  call(): Promise<void>;
}

/** Makes all ready for an INVITE. Fresh handles each time: one that rang is not used again. */
export async function openLeg(
  station: Station,
  wish: LegWish,
  way: Way,
  events: { onWord: (word: PluginWord) => void; onSoundEnded: () => void },
): Promise<OpenedLeg> {
  const { trunk, codec } = way;
  await openRoom(station.control, wish.room);
  const bridge = await station.attach('janus.plugin.audiobridge', nobodyListens);
  const sip = await station.attach('janus.plugin.sip', { ...nobodyListens, onWord: events.onWord, onDown: events.onSoundEnded });
  const whole = withStaticPayload(await joinAndOffer(bridge, { room: wish.room, id: wish.name, codec }), codec);
  const { description: offer, candidates } = withheldWays(whole);
  await sip.ask({ request: 'register', type: 'guest', username: callerAt(trunk, wish.from), ...transportOf(trunk) });
  const sipCallId = newSipCallId();
  const srtp = trunk.srtp === 'off' ? {} : { srtp: `sdes_${trunk.srtp}` };
  const invite = { request: 'call', uri: addressAt(trunk, wish.to), call_id: sipCallId, ...signInOf(trunk), ...srtp };
  return {
    ends: { sip, bridge },
    sipCallId,
    withheld: candidates,
    call: async () => {
      // A network that answers at once may overtake the plugin's own "calling".
      events.onWord(await sip.ask(invite, offer));
    },
  };
}

/** How Janus is told by what a trunk is reached: the address called does not decide it, the proxy does. */
export function transportOf(trunk: Trunk): Record<string, unknown> {
  const { transport, host } = trunk;
  if (transport === 'udp') return { force_udp: true };
  return { ...(transport === 'tcp' ? { force_tcp: true } : { sips: true }), outbound_proxy: `sip:${host}${transportSuffix(trunk)}` };
}
