import type { Jsep } from './janus-messages.ts';

/** The payload types of RFC 3551, which every trunk knows. */
const payloadTypes = { pcmu: 0, pcma: 8 } as const;
export type Codec = keyof typeof payloadTypes;

/**
 * A browser shall begin the encryption's handshake: it hears the answer last, and Janus is ready by then. The other way round
 * the first packet comes too early and is repeated only a second later.
 */
export const beginsHandshake = (offer: Jsep): Jsep => ({ ...offer, sdp: offer.sdp.replaceAll('a=setup:actpass', 'a=setup:active') });

/**
 * The bridge offers G.711 under a dynamic payload type; trunks expect the static one of RFC 3551.
 */
export function withStaticPayload(offer: Jsep, codec: Codec): Jsep {
  const type = String(payloadTypes[codec]);
  const offered = /a=rtpmap:(\d+) PCM[AU]\/8000/i.exec(offer.sdp)?.[1];
  if (offered === undefined || offered === type) return offer;
  const sdp = offer.sdp
    .replace(new RegExp(`^(m=audio \\d+ \\S+) ${offered}\\b`, 'm'), `$1 ${type}`)
    .replaceAll(new RegExp(`^(a=(?:rtpmap|rtcp-fb|fmtp)):${offered}\\b`, 'gm'), `$1:${type}`);
  return { ...offer, sdp };
}

/** Which of the two telephone codecs the other side prefers; null when it offers neither. */
export function offeredCodec(sdp: string): Codec | null {
  const types = (/^m=audio \d+ \S+ (.+)$/m.exec(sdp)?.[1] ?? '').trim().split(' ');
  const first = types.find((type) => type === '0' || type === '8');
  if (first === undefined) return null;
  return first === '0' ? 'pcmu' : 'pcma';
}

/** What the bridge shall speak with a browser: Opus hides lost packets, G.711 is what simple ends have. */
export const browserCodec = (sdp: string): 'opus' | Codec => (/a=rtpmap:\d+ opus\//i.test(sdp) ? 'opus' : (offeredCodec(sdp) ?? 'opus'));

/** A description without the addresses at which its end is reached, and what its reader is told of them instead. */
export interface WithheldWays {
  description: Jsep;
  /** In the words of a `trickle`. */
  candidates: readonly { candidate: string; sdpMid: string; sdpMLineIndex: number }[];
}

/** Nobody listens on the port of RFC 863. */
const nowhere = '9';

/**
 * Takes the addresses out of an offer between two ends of one Janus; whoever reads it is told an address where nobody is, when the other
 * has heard the answer. He answers who knocks from then on, and does not knock himself: so the one who knocks is connected first, and
 * ready when he, who begins the encryption's handshake, sends its first packet. A packet that comes too early is repeated only a second
 * later, which would cost the first words on a busy machine.
 */
export function withheldWays(offer: Jsep): WithheldWays {
  const lines = offer.sdp.split('\r\n');
  const isWay = (line: string): boolean => line.startsWith('a=candidate:');
  const sdpMid = /^a=mid:(.+)$/m.exec(offer.sdp)?.[1]?.trim() ?? '0';
  const way = lines.find((line) => isWay(line) && line.includes(' udp '));
  const candidate = way?.slice('a='.length).replace(/^((?:\S+ ){5})\d+/, `$1${nowhere}`);
  return {
    description: { ...offer, sdp: lines.filter((line) => !isWay(line) && line !== 'a=end-of-candidates').join('\r\n') },
    candidates: candidate === undefined ? [] : [{ candidate, sdpMid, sdpMLineIndex: 0 }],
  };
}
