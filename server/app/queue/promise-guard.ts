import type { Settings } from '../../contract/settings.ts';
import { callLengthOf, mayStartBefore } from '../../core/schedule/durations.ts';
import type { QueueQuestion, QueueStore } from '../ports/stores/queue.ts';

/**
 * The promise guard: leaves in the question only the pools whose optional calls end before the rep's next promise as surely as the head
 * asks, by what was learned of each list. The queue's statement gets it as a value; obligations are never held back.
 */
export async function guarded(queue: QueueStore, settings: Settings, question: QueueQuestion): Promise<QueueQuestion> {
  const due = await queue.nextPromiseDue(question.repId, question.at);
  if (due === null) return question;
  const { guardMinutes, guardPercent } = settings.promises;
  const secondsLeft = (due.getTime() - question.at.getTime()) / 1000;
  const learned = await queue.durations(question.funnelPools.filter((pool) => pool > 0));
  const fits = (pool: number): boolean =>
    mayStartBefore(callLengthOf(learned, pool > 0 ? pool : null), secondsLeft, guardPercent, guardMinutes * 60);
  return { ...question, funnelPools: question.funnelPools.filter(fits) };
}
