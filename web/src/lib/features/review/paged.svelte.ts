import { ApiProblem } from '$lib/api.ts';

export interface Page<Row> {
  items: readonly Row[];
  nextCursor: string | null;
  /** On the first page, where it is known. */
  total?: number | undefined;
}

/** Rows that come page by page; a newer question silences the answers of an older one. */
export class Paged<Row> {
  rows = $state.raw<readonly Row[]>([]);
  loading = $state(true);
  /** How many there are in all, here or not; null when nobody counted. */
  total = $state<number | null>(null);
  failure = $state<string | null>(null);
  #next = $state.raw<string | null>(null);
  #ask: ((cursor: string | undefined) => Promise<Page<Row>>) | null = null;

  get hasMore(): boolean {
    return this.#next !== null;
  }

  /** Begins anew. */
  async begin(ask: (cursor: string | undefined) => Promise<Page<Row>>): Promise<void> {
    this.#ask = ask;
    await this.#load(undefined);
  }

  /** The next page, when there is one. */
  async more(): Promise<void> {
    if (this.#next !== null && !this.loading) await this.#load(this.#next);
  }

  async #load(cursor: string | undefined): Promise<void> {
    const ask = this.#ask;
    if (!ask) return;
    this.loading = true;
    this.failure = null;
    try {
      const page = await ask(cursor);
      if (ask !== this.#ask) return;
      this.rows = cursor === undefined ? page.items : [...this.rows, ...page.items];
      this.#next = page.nextCursor;
      if (cursor === undefined) this.total = page.total ?? null;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (ask === this.#ask) this.failure = error.message;
    }
    if (ask === this.#ask) this.loading = false;
  }
}
