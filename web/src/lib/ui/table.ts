/** One column of a Table. */
export interface Column<Row> {
  id: string;
  header: string;
  /** Plain text of the cell, and what it sorts by; for drawn cells still give it when the column sorts. */
  value?: (row: Row) => string | number | null | undefined;
  /** Drawn by the table's `cell` snippet instead of as plain text. */
  custom?: boolean;
  sortable?: boolean;
  align?: 'start' | 'end';
  /** Grid track, e.g. `120px` or `minmax(160px, 2fr)`. */
  width?: string;
  /** What a row is about: on a phone it is the row's first line, and the other columns are words under it. */
  lead?: boolean;
  /** What is pressed in a row: on a phone it stands beside the row's lines. */
  buttons?: boolean;
  /** Says under a phone's first line nothing that the others do not. */
  wideOnly?: boolean;
  /** Not shown until chosen. */
  hidden?: boolean;
}

export interface Sort {
  column: string;
  descending: boolean;
}

/** Rows in the order of a column; equal ones stay as they were, empty ones come last either way. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort | null): readonly Row[] {
  const value = sort && columns.find((column) => column.id === sort.column)?.value;
  if (!value) return rows;
  const collator = new Intl.Collator(['ru', 'en'], { numeric: true });
  const direction = sort.descending ? -1 : 1;
  return rows
    .map((row) => ({ row, key: value(row) }))
    .toSorted((left, right) => {
      const leftEmpty = left.key === null || left.key === undefined || left.key === '';
      const rightEmpty = right.key === null || right.key === undefined || right.key === '';
      if (leftEmpty || rightEmpty) return Number(leftEmpty) - Number(rightEmpty);
      if (typeof left.key === 'number' && typeof right.key === 'number') return (left.key - right.key) * direction;
      return collator.compare(String(left.key), String(right.key)) * direction;
    })
    .map(({ row }) => row);
}

/** The row that a key leads to from `index`, or null when the key moves nothing. */
export function movedIndex(key: string, index: number, count: number, pageRows: number): number | null {
  const clamp = (to: number): number => Math.min(count - 1, Math.max(0, to));
  switch (key) {
    case 'ArrowDown':
      return clamp(index + 1);
    case 'ArrowUp':
      return clamp(index - 1);
    case 'PageDown':
      return clamp(index + pageRows);
    case 'PageUp':
      return clamp(index - pageRows);
    case 'Home':
      return clamp(0);
    case 'End':
      return clamp(count - 1);
    default:
      return null;
  }
}
