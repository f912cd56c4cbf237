import type { Settings } from '../../contract/settings.ts';
import { fittingQuarter } from '../../core/promises/capacity.ts';
import { callLengthOf, meanAndSpread } from '../../core/schedule/durations.ts';
import type { QueueStore } from '../ports/stores/queue.ts';

/** How many promises fit into a quarter of an hour: by the learned length of calls, by the setting until enough were made. */
export async function promisesPerQuarter(queue: QueueStore, settings: Settings): Promise<number> {
  const length = callLengthOf(await queue.durations([]), null);
  const { graceMinutes, perQuarterHour } = settings.promises;
  return fittingQuarter(length && meanAndSpread(length), graceMinutes, perQuarterHour);
}
