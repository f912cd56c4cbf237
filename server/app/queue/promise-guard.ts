import type { Settings } from '../../contract/settings.ts';
import { callLengthOf, mayStartBefore, meanAndSpread } from '../../core/schedule/durations.ts';
import { mustEndBy } from '../../core/schedule/guard.ts';
import type { Desk, QueueQuestion } from '../ports/stores/queue.ts';

/**
 * The promise guard: leaves in the question only the pools whose optional calls end before the rep's next promises as surely as the head
 * asks, by what was learned of each list. The queue's statement gets it as a value; obligations are never held back.
 */
export function guarded({ promisesAhead, durations }: Desk, settings: Settings, question: QueueQuestion): QueueQuestion {
  if (promisesAhead.length === 0) return question;
  const { guardMinutes, guardPercent } = settings.promises;
  const anyCall = callLengthOf(durations, null);
  const endBy = mustEndBy(promisesAhead, anyCall ? meanAndSpread(anyCall).meanSeconds : guardMinutes * 60);
  if (endBy === null) return question;
  const secondsLeft = (endBy.getTime() - question.at.getTime()) / 1000;
  const fits = (pool: number): boolean =>
    mayStartBefore(callLengthOf(durations, pool > 0 ? pool : null), secondsLeft, guardPercent, guardMinutes * 60);
  return { ...question, funnelPools: question.funnelPools.filter(fits) };
}
