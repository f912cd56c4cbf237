import type { Response } from 'express';
import { once } from 'node:events';
import type { ExportRow } from '../../../app/ports/reads/companies.ts';
import { inertCell } from '../../../core/import/inert-cell.ts';

/** Headers that the import knows, so that an export can be brought in again as it is. */
const columns: readonly [header: string, value: (row: ExportRow) => string | null][] = [
  ['Название', (row) => row.name],
  ['Юридическое название', (row) => row.legalName],
  ['ИНН', (row) => row.taxNumber],
  ['Телефон', (row) => row.phones.join(', ')],
  ['Контакт', (row) => row.contactName],
  ['Должность', (row) => row.contactPosition],
  ['E-mail', (row) => row.email],
  ['Регион', (row) => row.region],
  ['Город', (row) => row.city],
  ['Адрес', (row) => row.address],
  ['Часовой пояс', (row) => row.timeZone],
  ['Категория', (row) => row.category],
  ['Канал', (row) => row.channel],
  ['Подканал', (row) => row.subchannel],
  ['Источник', (row) => row.source],
  ['Сайт', (row) => row.site],
  ['Примечание', (row) => row.notes],
];
const cellsOf = (row: ExportRow): string[] => columns.map(([, value]) => inertCell(value(row) ?? ''));
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const lineOf = (cells: readonly string[]): string => `${cells.map(quoted).join(';')}\r\n`;

async function writeCsv(response: Response, rows: AsyncIterable<ExportRow>): Promise<void> {
  // Excel takes a text for UTF-8 only with the mark in front.
  response.type('text/csv').write(`\uFEFF${lineOf(columns.map(([header]) => header))}`);
  for await (const row of rows) {
    if (!response.write(lineOf(cellsOf(row)))) await once(response, 'drain');
  }
  response.end();
}

async function writeXlsx(response: Response, rows: AsyncIterable<ExportRow>): Promise<void> {
  response.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: response, useSharedStrings: false });
  const sheet = workbook.addWorksheet('Компании');
  sheet.addRow(columns.map(([header]) => header)).commit();
  for await (const row of rows) sheet.addRow(cellsOf(row)).commit();
  await workbook.commit();
}

/** Sends companies as a file, row by row as they are read. */
export async function sendCompanies(response: Response, rows: AsyncIterable<ExportRow>, format: 'csv' | 'xlsx'): Promise<void> {
  response.setHeader('Content-Disposition', `attachment; filename="companies.${format}"`);
  response.setHeader('Cache-Control', 'no-store');
  await (format === 'csv' ? writeCsv(response, rows) : writeXlsx(response, rows));
}
