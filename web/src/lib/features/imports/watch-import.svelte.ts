import { getImport } from '$contract/http/imports.ts';
import type { ImportView } from '$contract/http/imports.ts';
import { ApiProblem, call } from '$lib/api.ts';
import { isUnderWay } from './field-names.ts';

const everyMilliseconds = 700;

/** Follows an import until it ends; a lost connection is tried again. The answer stops it. */
export function watchImport(importId: number, show: (view: ImportView) => void, refuse: (problem: ApiProblem) => void): () => void {
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function look(): Promise<void> {
    try {
      const view = await call(getImport, { params: { id: importId }, signal: stop.signal });
      show(view);
      if (!isUnderWay(view)) return;
    } catch (error) {
      if (stop.signal.aborted) return;
      if (!(error instanceof ApiProblem)) throw error;
      if (error.code !== 'offline') {
        refuse(error);
        return;
      }
    }
    timer = setTimeout(() => void look(), everyMilliseconds);
  }
  void look();
  return () => {
    stop.abort();
    clearTimeout(timer);
  };
}
