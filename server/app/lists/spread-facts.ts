import type { ListView } from '../../contract/http/lists.ts';
import { addDays, hoursAhead } from '../../core/hours/local-time.ts';
import type { SpreadList, SpreadRep, SpreadRule } from '../../core/lists/spread-lists.ts';
import type { Reads } from '../ports/reads/index.ts';

/** Days of calls by which it is known who calls a region. */
const regionDays = 60;

/** The clock that the middle one of its never dialled companies has. */
function middleClock(zones: ListView['zones'], noon: Date): number | null {
  const clocks = zones
    .map(({ timeZone, cold }) => ({ ahead: hoursAhead(noon, timeZone), cold }))
    .toSorted((left, right) => left.ahead - right.ahead);
  let before = clocks.reduce((sum, { cold }) => sum + cold, 0) / 2;
  return clocks.find(({ cold }) => (before -= cold) <= 0)?.ahead ?? null;
}

/** What the rules of dealing out look at in a list. @param noon of the first day, for the clocks */
export const spreadListOf = ({ id, depth, zones, regions, skill }: ListView, noon: Date): SpreadList => ({
  id,
  cold: depth.cold,
  regionId: regions[0]?.id ?? null,
  hoursAhead: middleClock(zones, noon),
  skillId: skill?.id ?? null,
});

/** What the rules look at in reps; whom they called is read only for the rule that asks. @param noon of the first day */
export async function spreadRepsOf(
  app: { reads: Pick<Reads, 'lists'> },
  reps: readonly { id: number; timeZone: string; skillIds: readonly number[] }[],
  { rule, noon, today }: { rule: SpreadRule; noon: Date; today: string },
): Promise<SpreadRep[]> {
  const dialled = rule === 'region' ? await app.reads.lists.regionDials(addDays(today, -regionDays)) : [];
  return reps.map(({ id, timeZone, skillIds }) => ({
    id,
    hoursAhead: hoursAhead(noon, timeZone),
    regionDials: new Map(dialled.filter(({ repId }) => repId === id).map(({ regionId, dials }) => [regionId, dials])),
    skillIds,
  }));
}
