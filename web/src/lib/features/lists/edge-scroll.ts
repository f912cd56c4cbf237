/** So near to an edge what is there begins to move. */
const edgePixels = 40;
/** In one frame, at the very edge and beyond it. */
const mostPixels = 16;

/** Pixels to scroll in one frame while the pointer is at `y` of what is seen from `top` to `bottom`: none in the middle, more nearer to the edge. */
export function edgePixelsAt(y: number, { top, bottom }: { top: number; bottom: number }): number {
  const edge = Math.min(edgePixels, (bottom - top) / 4);
  const inwards = Math.min(y - top, bottom - y);
  if (inwards >= edge) return 0;
  const pixels = Math.ceil(mostPixels * Math.min(1, (edge - inwards) / edge));
  return y - top < bottom - y ? -pixels : pixels;
}

/** What scrolls around an element from above to below. */
export function scrollerAround(element: Element | null): Element | null {
  for (let around = element?.parentElement ?? null; around; around = around.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(around).overflowY)) return around;
  }
  return null;
}
