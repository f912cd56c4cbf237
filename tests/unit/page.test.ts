import { describe, expect, it } from 'vitest';
import { pageByOffset, pageOfRows, readCursor } from '../../server/app/page.ts';

describe('a page', () => {
  it('says where to go on only when there is more', () => {
    const position = (row: number): number[] => [row * 10, row];
    expect(pageOfRows([1, 2, 3], 2, position)).toEqual({ items: [1, 2], nextCursor: '20.2' });
    expect(pageOfRows([1, 2], 2, position)).toEqual({ items: [1, 2], nextCursor: null });
    expect(pageByOffset([1, 2, 3], 40, 2)).toEqual({ items: [1, 2], nextCursor: '42' });
  });

  it('reads only cursors that were given out', () => {
    expect(readCursor(undefined, 2)).toBeUndefined();
    expect(readCursor('20.2', 2)).toEqual([20, 2]);
    for (const made of ['20', '20.x', '1.2.3', 'NaN.1', '1e99.1']) expect(() => readCursor(made, 2)).toThrow('cursor');
  });
});
