import { execFile } from 'node:child_process';
import { readdir, readlink } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { diskImportFiles } from '../../server/adapters/import-files/disk-import-files.ts';
import { UnreadableFile, type ImportTable } from '../../server/app/ports/import-files.ts';
import type { SourceRow } from '../../server/core/import/read-row.ts';
import { inlineRow, sharedRow, xlsxFile, xlsxParts, type XlsxBook } from '../support/xlsx-file.ts';
import { zipFile } from '../support/zip-file.ts';

let folder: string;
const files = () => diskImportFiles(folder);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xlsx-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function stored(content: Buffer): Promise<string> {
  const chunks = async function* () {
    yield content;
  };
  return (await files().store(chunks(), 100_000_000)).storagePath;
}

async function rowsOf(table: ImportTable): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of table.rows()) rows.push(row);
  return rows;
}

interface Content {
  headers: string[];
  rows: SourceRow[];
}
const contentOf = async (file: Buffer): Promise<Content> =>
  files().read(await stored(file), async (table) => ({ headers: table.headers, rows: await rowsOf(table) }));
const bookContent = (book: XlsxBook): Promise<Content> => contentOf(xlsxFile(book));
const oneSheet = (rows: string): XlsxBook => ({ sheets: [{ name: 'Лист1', rows }] });

/** What this process still holds open in the folder of imports. */
async function heldOpen(): Promise<string[]> {
  const links = await Promise.all((await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
  return links.filter((link) => link.startsWith(folder));
}

describe('the table of a workbook', () => {
  it('is the first sheet that the book names and does not hide, wherever its part lies in the zip', async () => {
    const { headers, rows } = await bookContent({
      sheets: [
        { name: 'Служебный', rows: inlineRow(1, ['настройки']), state: 'hidden' },
        { name: 'Компании', rows: inlineRow(1, ['Название', 'Город']) + inlineRow(2, ['Альфа', 'Тула']) },
        { name: 'Заметки', rows: inlineRow(1, ['позвонить маме']) },
      ],
    });
    expect(headers).toEqual(['Название', 'Город']);
    expect(rows).toEqual([{ line: 2, cells: ['Альфа', 'Тула'] }]);
  });

  it('is read whatever prefix a program gave to its words', async () => {
    const parts = xlsxParts(oneSheet(inlineRow(1, ['Название']) + inlineRow(2, ['Альфа'])));
    const prefixed = parts.map(({ name, content }) => ({
      name,
      content: name.startsWith('xl/') && !name.includes('_rels') ? String(content).replaceAll(/<(\/?)(?!\?)/gu, '<$1x:') : content,
    }));
    expect((await contentOf(zipFile(prefixed))).rows).toEqual([{ line: 2, cells: ['Альфа'] }]);
  });

  it('keeps places of cells and lines of rows, said or not, and leaves blank rows out', async () => {
    const { rows } = await bookContent(
      oneSheet(
        `${inlineRow(1, ['А', 'Б', 'В'])}<row r="3"><c r="C3"><v>1</v></c></row><row r="4"><c r="A4" s="1"/></row>` +
          `${inlineRow(5, [' '])}<row><c><v>2</v></c><c><v>3</v></c></row>`,
      ),
    );
    expect(rows).toEqual([
      { line: 3, cells: ['', '', '1'] },
      { line: 6, cells: ['2', '3'] },
    ]);
  });

  it('says cells as people see them', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="[$-419]d mmm yyyy;@"/><numFmt numFmtId="165" formatCode="#,##0&quot; дней&quot;"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs>';
    const cells = [
      '<c t="s"><v>0</v></c>',
      '<c t="s"><v>1</v></c>',
      '<c><v>7.7012345670000001E9</v></c>',
      '<c><v>0.30000000000000004</v></c>',
      '<c s="1"><v>46349</v></c>',
      '<c s="2"><v>46349.75</v></c>',
      '<c s="3"><v>46349</v></c>',
      '<c s="4"><v>0.39583333333333331</v></c>',
      '<c t="b"><v>1</v></c>',
      '<c t="e"><v>#DIV/0!</v></c>',
      '<c t="str"><f>CONCAT(A1)</f><v>сумма</v></c>',
      '<c><f>1+1</f><v>2</v></c>',
      '<c t="inlineStr"><is><r><t>два </t></r><r><t>слова</t></r><rPh sb="0" eb="1"><t>чтение</t></rPh></is></c>',
      '<c t="d"><v>2026-11-23T00:00:00Z</v></c>',
    ];
    const texts = [
      '<r><t>ООО </t></r><r><t>«Альфа» &amp; Ко</t></r><rPh sb="0" eb="1"><t>чтение</t></rPh>',
      '<t>раз_x000A_два _x005F_x</t>',
    ];
    const book = { sheets: [{ name: 'Лист1', rows: inlineRow(1, ['А']) + `<row>${cells.join('')}</row>` }], texts, styles };
    const said = [
      'ООО «Альфа» & Ко',
      'раз\nдва _x',
      '7701234567',
      '0.3',
      '2026-11-23',
      '2026-11-23',
      '46349',
      '09:30',
      'true',
      '',
      'сумма',
      '2',
      'два слова',
      '2026-11-23',
    ];
    expect((await bookContent(book)).rows[0]?.cells).toEqual(said);
    const from1904 = (await bookContent({ ...book, countsFrom1904: true })).rows[0]?.cells;
    expect([from1904?.[4], from1904?.[7]]).toEqual(['2030-11-24', '09:30']);
  });
});

describe('shared texts', () => {
  const sizes = { count: 60_000, length: 120 };
  const textAt = (number: number): string => `${number} ${'я'.repeat(sizes.length)}`;

  it('are the right ones in any order, more of them than stay in memory, and again', async () => {
    // Every seventh from the end on: nothing lies near to what was asked for before.
    const order = Array.from({ length: sizes.count }, (_, index) => sizes.count - 1 - ((index * 7) % sizes.count));
    const file = xlsxFile({
      sheets: [
        { name: 'Лист1', rows: inlineRow(1, ['А', 'Б']) + order.map((number, index) => sharedRow(index + 2, [number, 0])).join('') },
      ],
      texts: Array.from({ length: sizes.count }, (_, number) => `<t>${textAt(number)}</t>`),
    });
    const expected = order.map((number, index) => ({ line: index + 2, cells: [textAt(number), textAt(0)] }));
    await files().read(await stored(file), async (table) => {
      expect(await rowsOf(table)).toEqual(expected);
      expect(await rowsOf(table)).toEqual(expected);
    });
  });

  it('need no more memory when there are more of them', async () => {
    const count = 12_000;
    const name = 'Общество с ограниченной ответственностью «Рога, копыта и другие части крупного рогатого скота» '.repeat(25);
    const storagePath = await stored(
      xlsxFile({
        sheets: [{ name: 'Лист1', rows: Array.from({ length: count }, (_, index) => sharedRow(index + 1, [index])).join('') }],
        texts: Array.from({ length: count }, (_, index) => `<t>${name}${index}</t>`),
      }),
    );
    const reader = await promisify(execFile)(process.execPath, [
      '--import',
      'tsx',
      '--max-old-space-size=40',
      inRoot('tests/support/count-rows-process.ts'),
      folder,
      storagePath,
    ]);
    expect(Number(reader.stdout)).toBe(count - 1);
  });
});

describe('a file that is no table', () => {
  const header = inlineRow(1, ['Название']);
  const parts = xlsxParts(oneSheet(header));
  const with1 = (name: string, change: { content?: string | Buffer; saysBytes?: number }): Buffer =>
    zipFile(parts.map((part) => (part.name === name ? { ...part, ...change } : part)));
  const sheet = 'xl/worksheets/sheet1.xml';
  const bombs: Record<string, [() => Buffer, RegExp]> = {
    'that says it unpacks to more than is taken': [() => with1(sheet, { saysBytes: 3 * 1024 ** 3 }), /больше 2 ГБ/u],
    'that is packed a thousand times': [() => with1(sheet, { content: Buffer.alloc(70 * 1024 ** 2, ' ') }), /больше чем в 200 раз/u],
    'that says less of itself than it holds': [
      () => with1(sheet, { content: `<worksheet>${' '.repeat(8 * 1024 ** 2)}`, saysBytes: 100_000 }),
      /не открывается/u,
    ],
    'with a row without an end': [
      () => with1(sheet, { content: `<worksheet><sheetData><row><c><v>${'1'.repeat(40 * 1024 ** 2)}` }),
      /больше 32 МБ/u,
    ],
    'with levels without an end': [() => with1(sheet, { content: '<a>'.repeat(1_000_000) }), /нет таблицы/u],
    'with entities that multiply': [
      () => with1(sheet, { content: '<!DOCTYPE a [<!ENTITY b "&c;&c;">]><worksheet><sheetData><row><c><v>&b;</v></c></row>' }),
      /не открывается/u,
    ],
    'with a cell far to the right': [() => contentlessRow('<row><c r="ZZZZ1"><v>1</v></c></row>'), /16384 столбцов/u],
    'with a row far below': [() => contentlessRow('<row r="99999999999"><c><v>1</v></c></row>'), /1048576 строк/u],
    'that breaks off': [() => xlsxFile(oneSheet(header)).subarray(0, -100), /не открывается/u],
    'that is another kind of zip': [() => zipFile([{ name: 'readme.txt', content: 'привет' }]), /нет листа/u],
    'without its sheet': [() => zipFile(parts.filter(({ name }) => name !== sheet)), /нет листа/u],
    'without the texts of its cells': [() => contentlessRow(sharedRow(1, [5])), /не хватает текстов/u],
    'with nothing in it': [() => contentlessRow(''), /ни одной строки/u],
  };
  const contentlessRow = (rows: string): Buffer => xlsxFile(oneSheet(rows));

  it.each(Object.entries(bombs))('%s is refused in words', async (_name, [file, words]) => {
    const reading = contentOf(file());
    await expect(reading).rejects.toBeInstanceOf(UnreadableFile);
    await expect(reading).rejects.toThrow(words);
  });
});

describe('what a reader leaves behind', () => {
  const texts = Array.from({ length: 30_000 }, (_, number) => `<t>${number} текст</t>`);
  const rows = (count: number): string => Array.from({ length: count }, (_, index) => sharedRow(index + 1, [index])).join('');
  const expectNothing = async (): Promise<void> => {
    expect(await readdir(path.join(folder, 'imports'))).toHaveLength(1);
    await expect.poll(heldOpen).toEqual([]);
  };

  it('is nothing, also while it reads, when it stops after the first rows', async () => {
    const storagePath = await stored(xlsxFile({ sheets: [{ name: 'Лист1', rows: rows(20_000) }], texts }));
    await files().read(storagePath, async (table) => {
      for await (const row of table.rows()) {
        expect(row.cells).toEqual(['1 текст']);
        break;
      }
      expect(await readdir(path.join(folder, 'imports'))).toEqual([storagePath]);
    });
    await expectNothing();
  });

  it('is nothing when the one who reads gives up', async () => {
    const storagePath = await stored(xlsxFile({ sheets: [{ name: 'Лист1', rows: rows(20_000) }], texts }));
    const reading = files().read(storagePath, async (table) => {
      for await (const row of table.rows()) if (row.line > 10_000) throw new Error('the base is gone');
    });
    await expect(reading).rejects.toThrow('the base is gone');
    await expectNothing();
  });

  it('is nothing when the file is broken in its middle', async () => {
    const storagePath = await stored(xlsxFile({ sheets: [{ name: 'Лист1', rows: `${rows(20_000)}<row></sheet>` }], texts }));
    await expect(files().read(storagePath, rowsOf)).rejects.toBeInstanceOf(UnreadableFile);
    await expectNothing();
  });
});
