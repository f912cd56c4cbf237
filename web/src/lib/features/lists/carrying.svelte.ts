import type { ListView } from '$contract/http/lists.ts';
import { edgePixelsAt, scrollerAround } from './edge-scroll.ts';

/** Where a list may be put down: on a rep, or on another list to stand before it. */
export interface PutDown {
  kind: 'rep' | 'list';
  id: number;
}

/** A finger that rests trembles; only beyond so many pixels it drags. */
const dragPixels = 5;

/** Where the pointer is in the window. */
interface Point {
  x: number;
  y: number;
}

function putDownAt({ x, y }: Point): PutDown | null {
  const marked = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-rep], [data-list]');
  const { rep, list } = marked?.dataset ?? {};
  if (rep !== undefined) return { kind: 'rep', id: Number(rep) };
  return list === undefined ? null : { kind: 'list', id: Number(list) };
}

/** Moves what the pointer is at the edge of: the strip of reps that it is over, or else the page of lists, which ends where that strip lies upon it. */
function scrollAtEdge({ x, y }: Point, page: Element | null): void {
  const strip = document.querySelector('[data-reps]');
  const around = strip?.getBoundingClientRect();
  const liesUpon = strip !== null && getComputedStyle(strip).position === 'fixed';
  if (strip && around && x >= around.left && x <= around.right && y >= around.top && y <= around.bottom) {
    const { scrollTop } = strip;
    strip.scrollBy(0, edgePixelsAt(y, around));
    // One beside the lists that is at its end, or all seen, leaves the movement to the page.
    if (liesUpon || strip.scrollTop !== scrollTop) return;
  }
  if (!page) return;
  const { top, bottom } = page.getBoundingClientRect();
  page.scrollBy(0, edgePixelsAt(y, { top, bottom: liesUpon && around ? Math.min(bottom, around.top) : bottom }));
}

/**
 * A list that is being carried to a rep or to another place: dragged by mouse or finger, or taken by a press (a key, a tap) and put
 * down by the next one. One state for both, so that they do the same.
 */
export class Carrying {
  list = $state.raw<ListView | null>(null);
  /** Where the pointer has it; null when it was taken by a press. */
  point = $state.raw<Point | null>(null);
  over = $state.raw<PutDown | null>(null);
  #pressed: (Point & { list: ListView; page: Element | null }) | null = null;
  #dragged = false;
  #frame = 0;
  readonly #onput: (list: ListView, where: PutDown) => void;

  constructor(onput: (list: ListView, where: PutDown) => void) {
    this.#onput = onput;
  }

  press(event: PointerEvent & { currentTarget: HTMLElement }, list: ListView): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#pressed = { list, x: event.clientX, y: event.clientY, page: scrollerAround(event.currentTarget) };
    this.#dragged = false;
  }

  move(event: PointerEvent): void {
    const from = this.#pressed;
    if (from === null) return;
    if (!this.#dragged && Math.hypot(event.clientX - from.x, event.clientY - from.y) < dragPixels) return;
    this.#dragged = true;
    this.list = from.list;
    this.point = { x: event.clientX, y: event.clientY };
    this.over = putDownAt(this.point);
    if (this.#frame === 0) this.#scrollOn();
  }

  /** A pointer that rests at an edge says nothing more: what is there goes on by frames until it leaves. */
  #scrollOn(): void {
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.point === null || this.#pressed === null) return;
      scrollAtEdge(this.point, this.#pressed.page);
      this.over = putDownAt(this.point);
      this.#scrollOn();
    });
  }

  release(): void {
    const { list, over } = this;
    const dragged = this.#dragged;
    this.#pressed = null;
    if (!dragged) return;
    this.cancel();
    if (list !== null && over !== null && !(over.kind === 'list' && over.id === list.id)) this.#onput(list, over);
  }

  /** A press without a drag: takes the list, or lets it go again. The press that ends a drag is none. */
  toggle(list: ListView): void {
    if (this.#dragged) {
      this.#dragged = false;
      return;
    }
    this.list = this.list?.id === list.id ? null : list;
  }

  putOn(where: PutDown): void {
    const { list } = this;
    this.cancel();
    if (list !== null) this.#onput(list, where);
  }

  cancel(): void {
    this.list = null;
    this.point = null;
    this.over = null;
    this.#pressed = null;
  }
}
