export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251';

/** What was seen of a file's bytes so far; chunks may break a character. */
export interface EncodingEvidence {
  bytes: number;
  bom: TextEncoding | null;
  zeroEven: number;
  zeroOdd: number;
  /** Whole multi-byte UTF-8 characters, and bytes that fit into none. */
  utf8Characters: number;
  utf8Faults: number;
  /** Continuation bytes still expected, and how many the open character has had. */
  expected: number;
}

export const noEvidence: EncodingEvidence = { bytes: 0, bom: null, zeroEven: 0, zeroOdd: 0, utf8Characters: 0, utf8Faults: 0, expected: 0 };

function bomOf(head: Uint8Array): TextEncoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return null;
}

const continuationBytes = (byte: number): number => (byte >= 0xf0 && byte < 0xf5 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0);

/** Evidence after one more chunk of the file. */
export function weighChunk(before: EncodingEvidence, chunk: Uint8Array): EncodingEvidence {
  const seen = { ...before };
  if (seen.bytes === 0) seen.bom = bomOf(chunk);
  for (const [index, byte] of chunk.entries()) {
    if (byte === 0) {
      if ((before.bytes + index) % 2 === 0) seen.zeroEven += 1;
      else seen.zeroOdd += 1;
    }
    const continues = byte >= 0x80 && byte < 0xc0;
    if (seen.expected > 0 && continues) {
      seen.expected -= 1;
      if (seen.expected === 0) seen.utf8Characters += 1;
      continue;
    }
    if (seen.expected > 0) {
      seen.utf8Faults += 1;
      seen.expected = 0;
    }
    if (byte < 0x80) continue;
    seen.expected = byte < 0xf5 ? continuationBytes(byte) : 0;
    if (seen.expected === 0) seen.utf8Faults += 1;
  }
  seen.bytes += chunk.length;
  return seen;
}

/** Share of zero bytes on one side that only UTF-16 has: spaces, digits and marks are enough for it. */
const utf16Share = 0.05;

/** The encoding that the evidence speaks for; a few broken characters do not turn a UTF-8 file into another. */
export function encodingOf(evidence: EncodingEvidence): TextEncoding {
  if (evidence.bom) return evidence.bom;
  const pairs = evidence.bytes / 2;
  if (evidence.zeroOdd > pairs * utf16Share && evidence.zeroOdd > evidence.zeroEven * 4) return 'utf-16le';
  if (evidence.zeroEven > pairs * utf16Share && evidence.zeroEven > evidence.zeroOdd * 4) return 'utf-16be';
  return evidence.utf8Faults > evidence.utf8Characters ? 'windows-1251' : 'utf-8';
}

export type Delimiter = ',' | ';' | '\t';
const delimiters: readonly Delimiter[] = [';', '\t', ','];

/** How often a delimiter stands in each of the first lines, outside quotes. */
function countsPerLine(text: string, delimiter: Delimiter, lines: number): number[] {
  const counts = [0];
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === delimiter) counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    else if (character === '\n') {
      if (counts.length === lines) break;
      counts.push(0);
    }
  }
  return counts;
}

/** The delimiter of a text by its first lines: one that stands in the header and as often in the lines below. */
export function delimiterOf(head: string): Delimiter {
  const scored = delimiters.map((delimiter) => {
    const [header = 0, ...rest] = countsPerLine(head, delimiter, 20);
    const agreeing = rest.filter((count) => count === header).length;
    return { delimiter, score: header === 0 ? 0 : header + agreeing * 2 };
  });
  return scored.reduce((best, candidate) => (candidate.score > best.score ? candidate : best)).delimiter;
}
