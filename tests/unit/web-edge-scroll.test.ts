import { describe, expect, it } from 'vitest';
import { edgePixelsAt } from '../../web/src/lib/features/lists/edge-scroll.ts';

const page = { top: 100, bottom: 900 };

describe('what is dragged near an edge', () => {
  it('moves nothing in the middle, up at the upper edge and down at the lower one, more nearer to it', () => {
    expect(edgePixelsAt(500, page)).toBe(0);
    expect(edgePixelsAt(140, page)).toBe(0);
    expect(edgePixelsAt(130, page)).toBeLessThan(0);
    expect(edgePixelsAt(105, page)).toBeLessThan(edgePixelsAt(130, page));
    expect(edgePixelsAt(870, page)).toBeGreaterThan(0);
    expect(edgePixelsAt(895, page)).toBeGreaterThan(edgePixelsAt(870, page));
  });

  it('goes on beyond the edge as at it', () => {
    expect(edgePixelsAt(40, page)).toBe(edgePixelsAt(100, page));
    expect(edgePixelsAt(2000, page)).toBe(edgePixelsAt(900, page));
  });

  it('leaves a middle in what is low itself', () => {
    expect(edgePixelsAt(120, { top: 100, bottom: 140 })).toBe(0);
    expect(edgePixelsAt(102, { top: 100, bottom: 140 })).toBeLessThan(0);
  });
});
