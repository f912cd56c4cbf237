import { setTimeout as delay } from 'node:timers/promises';
import { Router } from 'express';
import type { Metrics } from '../metrics.ts';

export interface Check {
  name: 'database' | 'redis' | 'telephony' | 'storage' | 'jobs';
  /** Answers what is in use; throws or answers `ok: false` when it cannot work. */
  run(): Promise<{ ok: boolean; detail: string }>;
}

export interface OperationParts {
  checks: readonly Check[];
  metrics: Metrics;
  /** True from the moment a stop was asked for: the balancer is told to send nobody more. */
  isStopping: () => boolean;
}

/** A part that swallows the question does not work either, and the balancer must hear it before it gives up asking. */
const checkTimeoutMs = 3_000;

async function runCheck(check: Check): Promise<[string, { ok: boolean; detail: string }]> {
  const patience = new AbortController();
  const tooLate = delay(checkTimeoutMs, { ok: false, detail: `no answer within ${checkTimeoutMs / 1000} s` }, { signal: patience.signal });
  try {
    return [check.name, await Promise.race([check.run(), tooLate])];
  } catch (error) {
    return [check.name, { ok: false, detail: error instanceof Error ? error.message : String(error) }];
  } finally {
    // Calling the timer off rejects it, and nobody waits for it any more.
    tooLate.catch(() => undefined);
    patience.abort();
  }
}

/** Liveness, readiness with each part named, and Prometheus figures. */
export function operationRoutes({ checks, metrics, isStopping }: OperationParts): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  router.get('/readyz', async (_request, response) => {
    const parts = Object.fromEntries(await Promise.all(checks.map(runCheck)));
    const ok = !isStopping() && Object.values(parts).every((part) => part.ok);
    response.status(ok ? 200 : 503).json({ ok, stopping: isStopping(), ...parts });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.scrape());
  });
  return router;
}
