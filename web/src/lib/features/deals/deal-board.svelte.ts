import type { output } from 'zod';
import { listDeals, listFunnels, sumDeals, updateDeal } from '$contract/http/deals.ts';
import type { DealChange, DealFilter, DealRow, DealSum, listFunnels as FunnelsEndpoint } from '$contract/http/deals.ts';
import { ApiProblem, call } from '$lib/api.ts';

export type Stage = output<(typeof FunnelsEndpoint)['reply']>['items'][number]['stages'][number];

interface Column {
  deals: readonly DealRow[];
  next: string | null;
}

const pageSize = 50;
const empty: Column = { deals: [], next: null };

/** The open deals by stage: each column loads its own pages, what they sum to comes from the base. */
export class DealBoard {
  stages = $state.raw<readonly Stage[]>([]);
  sums = $state.raw<readonly DealSum[]>([]);
  loading = $state(true);
  failure = $state<string | null>(null);
  /** The deal that is being moved. */
  moving = $state<number | null>(null);
  #columns = $state.raw<ReadonlyMap<number, Column>>(new Map());
  #filter: DealFilter = {};

  /** The stages a deal can be put into; the last one is reached by winning. */
  get working(): readonly Stage[] {
    return this.stages.slice(0, -1);
  }

  column(stageId: number): Column {
    return this.#columns.get(stageId) ?? empty;
  }

  find(dealId: number): DealRow | undefined {
    return [...this.#columns.values()].flatMap(({ deals }) => deals).find((deal) => deal.id === dealId);
  }

  /** Begins anew; an answer to an older question is dropped. */
  async load(filter: DealFilter): Promise<void> {
    this.#filter = filter;
    this.loading = true;
    await this.#guarded(async () => {
      if (this.stages.length === 0) {
        const { items } = await call(listFunnels);
        this.stages = items.find(({ isDefault }) => isDefault)?.stages ?? [];
      }
      const [columns, sums] = await Promise.all([
        Promise.all(this.working.map(async ({ id }) => [id, await this.#page(id, filter)] as const)),
        call(sumDeals, { query: filter }),
      ]);
      if (filter !== this.#filter) return;
      this.#columns = new Map(columns);
      this.sums = sums.items;
    });
    if (filter === this.#filter) this.loading = false;
  }

  async more(stageId: number): Promise<void> {
    const { deals, next } = this.column(stageId);
    const filter = this.#filter;
    if (next === null) return;
    await this.#guarded(async () => {
      const page = await this.#page(stageId, filter, next);
      if (filter === this.#filter) this.#set(stageId, { ...page, deals: [...deals, ...page.deals] });
    });
  }

  /** Changes a deal on the server and shows it where it stands now. @throws ApiProblem */
  async change(dealId: number, body: DealChange): Promise<DealRow> {
    this.moving = dealId;
    try {
      const deal = await call(updateDeal, { params: { id: dealId }, body });
      this.put(deal);
      return deal;
    } finally {
      this.moving = null;
    }
  }

  /** The youngest of a stage stands last; one that stays in its stage keeps its place. */
  put(deal: DealRow): void {
    for (const { id } of this.working) {
      const column = this.column(id);
      const stays = deal.status === 'open' && deal.stage.id === id;
      const isHere = column.deals.some((other) => other.id === deal.id);
      if (stays && isHere) this.#set(id, { ...column, deals: column.deals.map((other) => (other.id === deal.id ? deal : other)) });
      else if (stays) this.#set(id, { ...column, deals: [...column.deals, deal] });
      else if (isHere) this.#set(id, { ...column, deals: column.deals.filter((other) => other.id !== deal.id) });
    }
    const filter = this.#filter;
    void this.#guarded(async () => {
      const sums = await call(sumDeals, { query: filter });
      if (filter === this.#filter) this.sums = sums.items;
    });
  }

  #set(stageId: number, column: Column): void {
    this.#columns = new Map(this.#columns).set(stageId, column);
  }

  async #page(stageId: number, filter: DealFilter, cursor?: string): Promise<Column> {
    const { items, nextCursor } = await call(listDeals, {
      query: { ...filter, stageId, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) },
    });
    return { deals: items, next: nextCursor };
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    this.failure = null;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.failure = error.message;
    }
  }
}
