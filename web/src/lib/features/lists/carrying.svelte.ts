import type { ListView } from '$contract/http/lists.ts';

/** Where a list may be put down: on a rep, or on another list to stand before it. */
export interface PutDown {
  kind: 'rep' | 'list';
  id: number;
}

/** A finger that rests trembles; only beyond so many pixels it drags. */
const dragPixels = 5;
/** Near its edge the strip of reps moves under the pointer. */
const edgePixels = 32;
const scrollPixels = 12;

function putDownAt({ clientX, clientY }: PointerEvent): PutDown | null {
  const marked = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-rep], [data-list]');
  const { rep, list } = marked?.dataset ?? {};
  if (rep !== undefined) return { kind: 'rep', id: Number(rep) };
  return list === undefined ? null : { kind: 'list', id: Number(list) };
}

function scrollStrip({ clientX, clientY }: PointerEvent): void {
  const strip = document.elementFromPoint(clientX, clientY)?.closest('[data-reps]');
  if (!strip) return;
  const { top, bottom } = strip.getBoundingClientRect();
  if (clientY > bottom - edgePixels) strip.scrollBy(0, scrollPixels);
  else if (clientY < top + edgePixels) strip.scrollBy(0, -scrollPixels);
}

/**
 * A list that is being carried to a rep or to another place: dragged by mouse or finger, or taken by a press (a key, a tap) and put
 * down by the next one. One state for both, so that they do the same.
 */
export class Carrying {
  list = $state.raw<ListView | null>(null);
  /** Where the pointer has it; null when it was taken by a press. */
  point = $state.raw<{ x: number; y: number } | null>(null);
  over = $state.raw<PutDown | null>(null);
  #pressed: { list: ListView; x: number; y: number } | null = null;
  #dragged = false;
  readonly #onput: (list: ListView, where: PutDown) => void;

  constructor(onput: (list: ListView, where: PutDown) => void) {
    this.#onput = onput;
  }

  press(event: PointerEvent & { currentTarget: HTMLElement }, list: ListView): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#pressed = { list, x: event.clientX, y: event.clientY };
    this.#dragged = false;
  }

  move(event: PointerEvent): void {
    const from = this.#pressed;
    if (from === null) return;
    if (!this.#dragged && Math.hypot(event.clientX - from.x, event.clientY - from.y) < dragPixels) return;
    this.#dragged = true;
    this.list = from.list;
    this.point = { x: event.clientX, y: event.clientY };
    this.over = putDownAt(event);
    scrollStrip(event);
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
