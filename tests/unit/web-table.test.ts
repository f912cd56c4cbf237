import { describe, expect, it } from 'vitest';
import { stepOf } from '../../web/src/lib/realtime/sequence.ts';
import { movedIndex, sortRows } from '../../web/src/lib/ui/table.ts';
import type { Column } from '../../web/src/lib/ui/table.ts';

interface Row {
  name: string;
  dials: number | null;
}
const columns: Column<Row>[] = [
  { id: 'name', header: 'Имя', value: (row) => row.name },
  { id: 'dials', header: 'Звонки', value: (row) => row.dials },
];
const rows: Row[] = [
  { name: 'Яна', dials: 9 },
  { name: 'анна', dials: null },
  { name: 'Борис', dials: 100 },
];
const names = (sorted: readonly Row[]): string[] => sorted.map((row) => row.name);

describe('a table', () => {
  it('sorts words by the alphabet and numbers by size, with the empty last either way', () => {
    expect(names(sortRows(rows, columns, { column: 'name', descending: false }))).toEqual(['анна', 'Борис', 'Яна']);
    expect(names(sortRows(rows, columns, { column: 'dials', descending: false }))).toEqual(['Яна', 'Борис', 'анна']);
    expect(names(sortRows(rows, columns, { column: 'dials', descending: true }))).toEqual(['Борис', 'Яна', 'анна']);
    expect(sortRows(rows, columns, null)).toBe(rows);
  });

  it('moves by keys and stops at its ends', () => {
    expect(movedIndex('ArrowDown', 2, 3, 10)).toBe(2);
    expect(movedIndex('ArrowUp', 0, 3, 10)).toBe(0);
    expect(movedIndex('PageDown', 5, 100, 20)).toBe(25);
    expect(movedIndex('End', 0, 100_000, 20)).toBe(99_999);
    expect(movedIndex('KeyA', 0, 3, 10)).toBeNull();
  });
});

describe('a numbered board', () => {
  it('applies the next number, ignores copies and asks after a gap', () => {
    expect(stepOf(null, 5)).toBe('askSnapshot');
    expect(stepOf(5, 6)).toBe('apply');
    expect(stepOf(5, 5)).toBe('ignore');
    expect(stepOf(5, 3)).toBe('ignore');
    expect(stepOf(5, 7)).toBe('askSnapshot');
  });
});
