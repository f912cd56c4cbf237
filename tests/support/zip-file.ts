import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  name: string;
  content: string | Buffer;
  /** What the zip says that the part is unpacked, when that is a lie. */
  saysBytes?: number;
}

function record(signature: number, fields: readonly (readonly [bytes: 2 | 4, value: number])[], name: string): Buffer {
  const head = Buffer.alloc(4 + fields.reduce((sum, [bytes]) => sum + bytes, 0));
  head.writeUInt32LE(signature);
  let at = 4;
  for (const [bytes, value] of fields) {
    head.writeUIntLE(value, at, bytes);
    at += bytes;
  }
  return Buffer.concat([head, Buffer.from(name)]);
}

/** A zip file with its parts in this order. */
export function zipFile(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, saysBytes } of parts) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw, { level: 1 });
    const facts = [
      [2, 20],
      [2, 0x800],
      [2, 8],
      [4, 0],
      [4, crc32(raw)],
      [4, packed.length],
      [4, saysBytes ?? raw.length],
      [2, Buffer.byteLength(name)],
      [2, 0],
    ] as const;
    const body = Buffer.concat([record(0x04034b50, facts, name), packed]);
    const place = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ] as const;
    directory.push(record(0x02014b50, [[2, 20], ...facts, ...place], name));
    bodies.push(body);
    offset += body.length;
  }
  const directoryBytes = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = record(
    0x06054b50,
    [
      [2, 0],
      [2, 0],
      [2, parts.length],
      [2, parts.length],
      [4, directoryBytes],
      [4, offset],
      [2, 0],
    ],
    '',
  );
  return Buffer.concat([...bodies, ...directory, end]);
}
