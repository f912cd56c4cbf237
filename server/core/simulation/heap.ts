/** The first by an order, in steps that grow with the logarithm of how many there are; equals come out in any order. */
export class Heap<Item> {
  readonly #items: Item[];
  readonly #compare: (left: Item, right: Item) => number;

  /** @param sorted in the order already: then it is a heap as it stands */
  constructor(compare: (left: Item, right: Item) => number, sorted: readonly Item[] = []) {
    this.#compare = compare;
    this.#items = [...sorted];
  }

  get first(): Item | undefined {
    return this.#items[0];
  }

  push(item: Item): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || this.#compare(parent, item) <= 0) break;
      items[at] = parent;
      at = above;
    }
    items[at] = item;
  }

  pop(): Item | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (last !== undefined && items.length > 0) this.#sink(last);
    return first;
  }

  /** Puts an item where the first one was, and lets it sink to its place. */
  #sink(item: Item): void {
    const items = this.#items;
    let at = 0;
    for (;;) {
      const below = 2 * at + 1;
      const [left, right] = [items[below], items[below + 1]];
      if (left === undefined) break;
      const [child, place] =
        right !== undefined && this.#compare(right, left) < 0 ? ([right, below + 1] as const) : ([left, below] as const);
      if (this.#compare(item, child) <= 0) break;
      items[at] = child;
      at = place;
    }
    items[at] = item;
  }
}
