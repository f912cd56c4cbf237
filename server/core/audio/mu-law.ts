const bias = 0x84;
const clip = 32_635;

/** One 16-bit sample as a mu-law byte (ITU-T G.711, table 2a; the byte is stored inverted as on the wire). */
export function encodeMuLawSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), clip) + bias;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

/** The 16-bit sample of a mu-law byte (ITU-T G.711). */
export function decodeMuLawSample(byte: number): number {
  const inverted = ~byte & 0xff;
  const exponent = (inverted >> 4) & 0x07;
  const magnitude = (((inverted & 0x0f) << 3) + bias) << exponent;
  const sample = magnitude - bias;
  return (inverted & 0x80) === 0 ? sample : -sample;
}

const decoded = Int16Array.from({ length: 256 }, (_, byte) => decodeMuLawSample(byte));

/** By the sample's own 16 bits: every frame of every call comes through here. */
const encoded = Uint8Array.from({ length: 0x1_0000 }, (_, bits) => encodeMuLawSample((bits << 16) >> 16));

/** Mu-law bytes of 16-bit samples, one byte a sample. */
export function encodeMuLaw(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length);
  samples.forEach((sample, index) => (bytes[index] = encoded[sample & 0xffff] ?? 0));
  return bytes;
}

/** 16-bit samples of mu-law bytes. */
export function decodeMuLaw(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(bytes.length);
  bytes.forEach((byte, index) => (samples[index] = decoded[byte] ?? 0));
  return samples;
}
