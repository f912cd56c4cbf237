import { listDispositions } from '$contract/http/calls.ts';
import type { Disposition, DispositionCode } from '$contract/http/calls.ts';
import { call } from '$lib/api.ts';

const loaded = $state<{ items: readonly Disposition[]; locale: string | null }>({ items: [], locale: null });

/** The outcomes as this department has them, in the language they were loaded in. */
export const dispositions = {
  get all(): readonly Disposition[] {
    return loaded.items;
  },
  /** Loads them once per language. @throws ApiProblem */
  async load(locale: string): Promise<void> {
    if (loaded.locale === locale) return;
    const { items } = await call(listDispositions);
    loaded.items = items;
    loaded.locale = locale;
  },
};

export function dispositionOf(code: DispositionCode | null): Disposition | null {
  return loaded.items.find((item) => item.code === code) ?? null;
}

export function dispositionLabel(code: DispositionCode): string {
  return dispositionOf(code)?.label ?? code;
}
