import ExcelJS from 'exceljs';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const header = ['Название', 'ИНН', 'Телефон', 'Регион', 'Контакт', 'Примечание'];

/** A company of its own in every row: the most that an import has to write. */
const rowOf = (index: number): string[] => [
  `ООО «Компания ${index}»`,
  String(1_000_000_000 + index),
  `+749${String(50_000_000 + index)}`,
  'Москва',
  `Иванов Иван ${index % 1000}`,
  `строка ${index}`,
];

export async function writeCsv(file: string, count: number, tenMegabyteCell = false): Promise<void> {
  const lines = function* () {
    yield `${header.join(';')}\n`;
    for (let index = 0; index < count; index += 1) yield `${rowOf(index).join(';')}\n`;
    if (tenMegabyteCell) yield `Большая;;;;;${'я'.repeat(5 * 1024 * 1024)}\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(file));
}

/** As a spreadsheet writes it: texts in one shared table. */
export async function writeXlsx(file: string, count: number): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file, useSharedStrings: true });
  const sheet = workbook.addWorksheet('Компании');
  sheet.addRow(header).commit();
  for (let index = 0; index < count; index += 1) sheet.addRow(rowOf(index)).commit();
  sheet.commit();
  await workbook.commit();
}
