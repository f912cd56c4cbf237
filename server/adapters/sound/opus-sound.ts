import {
  BufferSource,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  FilePathTarget,
  Input,
  OGG,
  OggOutputFormat,
  Output,
} from 'mediabunny';
import OpusScript from 'opusscript';
import { setImmediate } from 'node:timers/promises';
import { UnreadableWav } from '../../core/audio/wav.ts';
import type { Sound } from './sound.ts';

// Opus in Ogg (RFC 6716, RFC 7845), in packets of 20 ms. The codec is libopus, compiled to WebAssembly.

const packetsPerSecond = 50;
/** Every count of an Ogg file is at this rate, whatever the sound's own is. */
const oggRate = 48_000;
/** What the encoder puts before the first sample; it is skipped when it is played (RFC 7845, 4.2). */
const preSkip = 312;
/** At half of it the encoder would mix the two sides, so that one person's words were heard on the other's channel. */
const bitsPerSecond = 32_000;
/** Half of the most: a third less work, and nobody hears the difference on a telephone. */
const complexity = 5;
const setComplexity = 4010;
/** So many packets are made before others have their turn: about two milliseconds of work. */
const packetsAtOnce = 20;

/**
 * A page that is filled to its last place by the end of a packet (the 255th, after five seconds) says that it ends one packet
 * earlier, and the whole file is then read as too short: none is ever filled.
 */
const pageSeconds = 1;

export type OpusRate = ConstructorParameters<typeof OpusScript>[0];

/** Null for a rate that Opus does not have. */
export const opusRateOf = (sampleRate: number): OpusRate | null =>
  OpusScript.VALID_SAMPLING_RATES.find((rate) => rate === sampleRate) ?? null;

/** Writes one file of Opus, fed piece by piece. */
export class OpusWriter {
  readonly #encoder: OpusScript;
  readonly #output: Output;
  readonly #packets: EncodedAudioPacketSource;
  readonly #description: Parameters<EncodedAudioPacketSource['add']>[1];
  readonly #channels: number;
  readonly #packetFrames: number;
  readonly #sampleRate: number;
  #pending: Buffer = Buffer.alloc(0);
  #frames = 0;
  #written = 0;
  #isClosed = false;

  constructor(filePath: string, sound: { channels: number; sampleRate: OpusRate }) {
    this.#channels = sound.channels;
    this.#sampleRate = sound.sampleRate;
    this.#packetFrames = sound.sampleRate / packetsPerSecond;
    this.#encoder = new OpusScript(sound.sampleRate, sound.channels, OpusScript.Application.VOIP);
    this.#encoder.setBitrate(bitsPerSecond);
    this.#encoder.encoderCTL(setComplexity, complexity);
    this.#packets = new EncodedAudioPacketSource('opus');
    this.#output = new Output({ format: new OggOutputFormat({ maximumPageDuration: pageSeconds }), target: new FilePathTarget(filePath) });
    this.#output.addAudioTrack(this.#packets);
    this.#description = {
      decoderConfig: { codec: 'opus', sampleRate: oggRate, numberOfChannels: sound.channels, description: opusHead(sound) },
    };
  }

  async start(): Promise<void> {
    await this.#output.start();
  }

  /** Takes the next samples, interleaved, whole frames only. */
  async add(piece: Int16Array): Promise<void> {
    this.#frames += piece.length / this.#channels;
    this.#pending = Buffer.concat([this.#pending, Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)]);
    const packetBytes = this.#packetFrames * this.#channels * 2;
    let offset = 0;
    for (; offset + packetBytes <= this.#pending.length; offset += packetBytes)
      await this.#write(this.#pending.subarray(offset, offset + packetBytes), this.#packetFrames);
    this.#pending = this.#pending.subarray(offset);
  }

  /** Writes the rest and closes the file; the last packet says how much of it is sound. */
  async finish(): Promise<void> {
    const whole = this.#frames + (preSkip * this.#sampleRate) / oggRate;
    while (this.#written < whole) {
      const packet = Buffer.alloc(this.#packetFrames * this.#channels * 2);
      this.#pending.copy(packet);
      this.#pending = Buffer.alloc(0);
      await this.#write(packet, Math.min(this.#packetFrames, whole - this.#written));
    }
    await this.#output.finalize();
    this.#close();
  }

  /** Lets go of a file that will not be whole. */
  async cancel(): Promise<void> {
    await this.#output.cancel();
    this.#close();
  }

  #close(): void {
    if (!this.#isClosed) this.#encoder.delete();
    this.#isClosed = true;
  }

  async #write(samples: Buffer, frames: number): Promise<void> {
    const at = this.#written / this.#sampleRate;
    const packet = new EncodedPacket(this.#encoder.encode(samples, this.#packetFrames), 'key', at, frames / this.#sampleRate);
    await this.#packets.add(packet, this.#written === 0 ? this.#description : undefined);
    this.#written += frames;
    if ((this.#written / this.#packetFrames) % packetsAtOnce === 0) await setImmediate();
  }
}

/** The identification header (RFC 7845, 5.1). */
function opusHead({ channels, sampleRate }: { channels: number; sampleRate: number }): Uint8Array {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 0, 'latin1');
  head.writeUInt8(1, 8);
  head.writeUInt8(channels, 9);
  head.writeUInt16LE(preSkip, 10);
  head.writeUInt32LE(sampleRate, 12);
  return new Uint8Array(head);
}

/** Reads a whole file of ours, an hour of which is 15 MB. @throws UnreadableWav for what is none */
export async function opusSound(file: Uint8Array): Promise<Sound> {
  const input = new Input({ formats: [OGG], source: new BufferSource(file) });
  try {
    const track = await input.getPrimaryAudioTrack();
    const config = await track?.getDecoderConfig();
    if (!track || !config?.description) throw new Error('no Opus in it');
    const head = ArrayBuffer.isView(config.description)
      ? Buffer.from(config.description.buffer, config.description.byteOffset, config.description.byteLength)
      : Buffer.from(config.description);
    const sampleRate = opusRateOf(head.readUInt32LE(12)) ?? oggRate;
    const frames = Math.round((await track.computeDuration()) * sampleRate);
    const skip = (head.readUInt16LE(10) * sampleRate) / oggRate;
    const channels = config.numberOfChannels;
    return { channels, sampleRate, frames, pieces: decoded(new EncodedPacketSink(track), { channels, sampleRate, frames, skip }) };
  } catch (error) {
    throw new UnreadableWav(`not a file of Opus: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function* decoded(
  packets: EncodedPacketSink,
  sound: { channels: number; sampleRate: OpusRate; frames: number; skip: number },
): AsyncGenerator<Int16Array> {
  const { channels, sampleRate } = sound;
  const decoder = new OpusScript(sampleRate, channels);
  try {
    let { skip, frames: left } = sound;
    let count = 0;
    for await (const { data } of packets.packets()) {
      const bytes = decoder.decode(Buffer.from(data));
      const samples = Int16Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(index * 2));
      const frames = samples.length / channels;
      const piece = samples.subarray(Math.min(skip, frames) * channels, Math.min(frames, skip + left) * channels);
      skip = Math.max(0, skip - frames);
      left -= piece.length / channels;
      yield piece;
      count += 1;
      if (count % packetsAtOnce === 0) await setImmediate();
    }
  } finally {
    decoder.delete();
  }
}
