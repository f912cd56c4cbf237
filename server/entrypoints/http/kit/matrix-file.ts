import type { Response } from 'express';
import type { MatrixFile, MatrixFileRow } from '../../../app/matrix/export-matrix.ts';
import { inertCell } from '../../../core/import/inert-cell.ts';
import type { Mark } from '../../../core/matrix/marks.ts';

const letters: Record<Mark, string> = { started: 'Дог', visit: 'В', call: 'Зв', tender: 'Т', plannedVisit: 'в', plannedCall: 'зв' };
const nextWords = { promise: 'перезвонить', plannedMeeting: 'встреча', tender: 'тендер', plannedContact: 'контакт' } as const;
const dayWords = (day: string): string => day.split('-').toReversed().join('.');
const joined = (parts: readonly (string | null)[], by: string): string => parts.filter(Boolean).join(by);

const marksIn = (row: MatrixFileRow, month: string): string =>
  (row.cells.find((cell) => cell.month === month)?.marks ?? [])
    .map(({ mark, count }) => (count > 1 ? `${letters[mark]} ${count}` : letters[mark]))
    .join(', ');

/** The first columns are those by which the import knows a company; the last is the line manager's, and comes back in by the same import. */
const before: readonly [header: string, width: number, value: (row: MatrixFileRow) => string | null][] = [
  ['Название', 36, (row) => row.name],
  ['ИНН', 14, (row) => row.taxNumber],
  ['Подканал', 18, (row) => row.subchannel],
  ['Регион', 22, (row) => row.region],
  ['Категория', 10, (row) => row.category],
  ['Ответственный', 20, (row) => row.owner?.name ?? null],
];
const after: typeof before = [
  [
    'Суть контактов',
    60,
    (row) => row.contacts.map(({ day, outcome, text }) => `${dayWords(day)}: ${joined([outcome, text], ' — ') || 'без записи'}`).join('\n'),
  ],
  [
    'Предложение по дальнейшей работе',
    44,
    (row) =>
      joined(
        [
          ...row.next.map(({ kind, day, text }) => joined([`${dayWords(day)} ${nextWords[kind]}`, text], ': ')),
          row.stage && `этап: ${row.stage}`,
        ],
        '\n',
      ),
  ],
  ['Ответ линейного руководителя', 44, () => ''],
];

/** One sheet, row by row as they are read, with its header kept in sight. */
export async function sendMatrix(response: Response, { channel, months, rows }: MatrixFile): Promise<void> {
  const name = encodeURIComponent(`${channel} ${months[0]} — ${months.at(-1)}.xlsx`);
  response.setHeader('Content-Disposition', `attachment; filename="matrix.xlsx"; filename*=UTF-8''${name}`);
  response.setHeader('Cache-Control', 'no-store');
  response.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: response, useSharedStrings: false, useStyles: true });
  const sheet = workbook.addWorksheet('Сводная', { views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }] });
  const monthColumns = months.map((month) => ({ header: month.split('-').toReversed().join('.'), width: 9 }));
  const columnOf = ([header, width]: (typeof before)[number]) => ({
    header,
    width,
    style: { alignment: { wrapText: true, vertical: 'top' as const } },
  });
  sheet.columns = [...before.map(columnOf), ...monthColumns, ...after.map(columnOf)];
  for await (const row of rows) {
    const cells = [
      ...before.map(([, , value]) => value(row)),
      ...months.map((month) => marksIn(row, month)),
      ...after.map(([, , value]) => value(row)),
    ];
    sheet.addRow(cells.map((cell) => inertCell(cell ?? ''))).commit();
  }
  await workbook.commit();
}
