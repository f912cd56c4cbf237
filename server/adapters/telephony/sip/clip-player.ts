import { randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { RtpHeader, RtpPacket } from 'werift';
import { encodeMuLaw } from '../../../core/audio/mu-law.ts';
import { joinByRtp } from './bridge.ts';
import { nobodyListens } from './janus-node.ts';
import type { Station } from './station.ts';

const frameMilliseconds = 20;
const samplesPerFrame = 160;

/** Speaks a clip into a room of Janus, which plays files of another kind only: as somebody in it, by RTP. Resolves when it was said, or `isOver`. */
export async function speakClip(station: Station, room: string, samples: Int16Array, isOver: () => boolean = () => false): Promise<void> {
  const socket = createSocket('udp4');
  socket.bind(0);
  await once(socket, 'listening');
  const handle = await station.attach('janus.plugin.audiobridge', nobodyListens);
  try {
    // A name of its own: in a room of a call that an earlier process left, the voice of that one may still be there, and stays until the room goes.
    const place = await joinByRtp(handle, { room, id: `clip-${randomUUID()}`, port: socket.address().port });
    await send(socket, place, encodeMuLaw(samples), isOver);
  } finally {
    socket.close();
    await handle.detach();
  }
}

/** A packet for each 20 ms that passed, also for those that a busy process missed. */
async function send(socket: Socket, place: { ip: string; port: number }, sound: Uint8Array, isOver: () => boolean): Promise<void> {
  const startedAt = performance.now();
  const frames = Math.ceil(sound.length / samplesPerFrame);
  let sent = 0;
  while (sent < frames && !isOver()) {
    const due = Math.min(frames, 1 + Math.floor((performance.now() - startedAt) / frameMilliseconds));
    for (; sent < due; sent += 1) socket.send(packet(sound, sent), place.port, place.ip);
    await new Promise((resolve) => setTimeout(resolve, frameMilliseconds / 2));
  }
}

function packet(sound: Uint8Array, index: number): Buffer {
  const header = new RtpHeader({ sequenceNumber: index, timestamp: index * samplesPerFrame, payloadType: 0, marker: index === 0 });
  return new RtpPacket(header, Buffer.from(sound.subarray(index * samplesPerFrame, (index + 1) * samplesPerFrame))).serialize();
}
