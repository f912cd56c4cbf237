import { parse, CsvError, type Info } from 'csv-parse';
import iconv from 'iconv-lite';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { UnreadableFile, type ImportTable } from '../../app/ports/import-files.ts';
import { uniqueHeaders } from '../../core/import/fields.ts';
import type { SourceRow } from '../../core/import/read-row.ts';
import { delimiterOf, encodingOf, noEvidence, weighChunk, type Delimiter, type TextEncoding } from '../../core/import/text-format.ts';

/** Bytes. One record may hold a cell of ten megabytes (that row is refused later); beyond this a quote was left open. */
const longestRecord = 32 * 1024 * 1024;
const headBytes = 64 * 1024;

const iconvNames: Record<TextEncoding, string> = {
  'utf-8': 'utf8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'windows-1251': 'win1251',
};
const delimiterNames: Record<Delimiter, string> = { ',': ',', ';': ';', '\t': 'Tab' };

async function readFormat(path: string): Promise<{ encoding: TextEncoding; delimiter: Delimiter }> {
  let evidence = noEvidence;
  const head: Buffer[] = [];
  let headSize = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    evidence = weighChunk(evidence, chunk);
    if (headSize < headBytes) head.push(chunk.subarray(0, headBytes - headSize));
    headSize += chunk.length;
  }
  const encoding = encodingOf(evidence);
  return { encoding, delimiter: delimiterOf(iconv.decode(Buffer.concat(head), iconvNames[encoding])) };
}

interface Parsed {
  record: string[];
  info: Info;
}

function inWords(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const line = typeof error['lines'] === 'number' ? ` (строка ${error['lines']})` : '';
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
      return new UnreadableFile(`Кавычка открыта и не закрыта до конца файла${line}`);
    default:
      return new UnreadableFile(`Файл не читается как таблица${line}`);
  }
}

async function* records(path: string, encoding: TextEncoding, delimiter: Delimiter): AsyncGenerator<SourceRow> {
  const parser = parse({
    delimiter,
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
  });
  // The parser carries every error of the streams before it, and the loop below throws it.
  pipeline(createReadStream(path), iconv.decodeStream(iconvNames[encoding]), parser, () => undefined);
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (record.every((cell) => cell.trim() === '')) continue;
      const breaks = record.reduce((total, cell) => total + (cell.match(/\r\n|\n|\r/gu)?.length ?? 0), 0);
      yield { line: info.lines - breaks, cells: record };
    }
  } catch (error) {
    throw inWords(error);
  }
}

/** A text table in any of the encodings and delimiters that lists come in; both are found out from the file itself. */
export async function openCsv(path: string): Promise<ImportTable> {
  const { encoding, delimiter } = await readFormat(path);
  let headers: string[] | null = null;
  for await (const row of records(path, encoding, delimiter)) {
    headers = uniqueHeaders(row.cells);
    break;
  }
  if (headers === null) throw new UnreadableFile('В файле нет ни одной строки');
  return {
    format: `CSV, ${encoding}, ${delimiterNames[delimiter]}`,
    headers,
    rows: async function* () {
      let isHeader = true;
      for await (const row of records(path, encoding, delimiter)) {
        if (!isHeader) yield row;
        isHeader = false;
      }
    },
  };
}
