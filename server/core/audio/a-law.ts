/** The 16-bit sample of an A-law byte (ITU-T G.711, table 1a; even bits are stored inverted as on the wire). */
export function decodeALawSample(byte: number): number {
  const even = byte ^ 0x55;
  const exponent = (even >> 4) & 0x07;
  const mantissa = ((even & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return (even & 0x80) === 0 ? -magnitude : magnitude;
}

const decoded = Int16Array.from({ length: 256 }, (_, byte) => decodeALawSample(byte));

/** 16-bit samples of A-law bytes. */
export function decodeALaw(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(bytes.length);
  bytes.forEach((byte, index) => (samples[index] = decoded[byte] ?? 0));
  return samples;
}
