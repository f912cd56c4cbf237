import { z } from 'zod';
import { decodeALaw } from '../../../core/audio/a-law.ts';
import { decodeMuLaw } from '../../../core/audio/mu-law.ts';

// Janus writes one side of a call as packets, as they came: "MJR00002", a JSON of facts, then for each packet
// "MEET", the milliseconds since the first, its length and the RTP packet. The clock rate of G.711 is 8000.

export const sampleRate = 8000;
const fileMark = 'MJR00002';
const packetMark = 'MEET';
const packetHeaderBytes = 10;
const rtpHeaderBytes = 12;
/** An RTP clock that left its arrival times by so much jumped: another source, or a pause without packets. */
const jumpSamples = sampleRate / 5;

const factsSchema = z.object({ c: z.enum(['pcmu', 'pcma']), u: z.number() });

/** A stretch of sound in its place. */
interface Packet {
  /** Samples since the side's first packet. */
  at: number;
  payload: Uint8Array;
}

/** One side of a call as Janus wrote it. */
export interface RecordedSide {
  firstAt: Date;
  /** In the order of their places. */
  packets: readonly Packet[];
  decode: (payload: Uint8Array) => Int16Array;
}

/** A file that is no recording, or of a codec that we do not read. */
export class UnreadableMjr extends Error {
  override name = 'UnreadableMjr';
}

/**
 * Reads one side; a file that breaks off in a packet is read up to it. Null for a side that never had a packet.
 * @throws UnreadableMjr
 */
export function readMjr(file: Buffer): RecordedSide | null {
  if (file.length < fileMark.length + 2) return null;
  if (file.toString('latin1', 0, fileMark.length) !== fileMark) throw new UnreadableMjr('not a recording of Janus');
  const factsBytes = file.readUInt16BE(fileMark.length);
  const factsAt = fileMark.length + 2;
  if (file.length < factsAt + factsBytes) return null;
  const facts = factsSchema.safeParse(JSON.parse(file.toString('utf8', factsAt, factsAt + factsBytes)));
  if (!facts.success) throw new UnreadableMjr('a codec that is not read here');
  const packets = readPackets(file, factsAt + factsBytes).sort((one, other) => one.at - other.at);
  return {
    firstAt: new Date(facts.data.u / 1000),
    packets,
    decode: facts.data.c === 'pcma' ? decodeALaw : decodeMuLaw,
  };
}

function readPackets(file: Buffer, from: number): Packet[] {
  const packets: Packet[] = [];
  let origin: number | null = null;
  for (let offset = from; offset + packetHeaderBytes <= file.length;) {
    if (file.toString('latin1', offset, offset + 4) !== packetMark) throw new UnreadableMjr('a packet without its mark');
    const arrivedAt = (file.readUInt32BE(offset + 4) * sampleRate) / 1000;
    const length = file.readUInt16BE(offset + 8);
    const rtp = file.subarray(offset + packetHeaderBytes, offset + packetHeaderBytes + length);
    if (rtp.length < length) break;
    offset += packetHeaderBytes + length;
    const payload = payloadOf(rtp);
    if (!payload) continue;
    const timestamp = rtp.readUInt32BE(4);
    origin ??= timestamp;
    let at = signed32(timestamp - origin);
    if (Math.abs(at - arrivedAt) > jumpSamples) {
      origin = timestamp - Math.round(arrivedAt);
      at = Math.round(arrivedAt);
    }
    packets.push({ at, payload });
  }
  return packets;
}

/** Both clocks wrap at 32 bits. */
const signed32 = (difference: number): number => difference | 0;

/** The sound of an RTP packet; null for what carries none. */
function payloadOf(rtp: Buffer): Uint8Array | null {
  if (rtp.length <= rtpHeaderBytes) return null;
  const first = rtp.readUInt8(0);
  const type = rtp.readUInt8(1) & 0x7f;
  // Keypad events and comfort noise travel between the sound under numbers of their own.
  if (type !== 0 && type !== 8) return null;
  let start = rtpHeaderBytes + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0 && rtp.length >= start + 4) start += 4 + rtp.readUInt16BE(start + 2) * 4;
  const end = (first & 0x20) === 0 ? rtp.length : rtp.length - rtp.readUInt8(rtp.length - 1);
  return end > start ? rtp.subarray(start, end) : null;
}
