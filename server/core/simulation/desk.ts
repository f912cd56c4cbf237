import { dayBounds, localDay } from '../hours/local-time.ts';
import type { Company } from './company.ts';
import type { Colleague, Desk } from './next-call.ts';
import type { Run } from './run.ts';
import { isEngaged, type Rep } from './staff.ts';

/** What the next call of a department's rep depends on. */
export function deskOf({ department, order, rules, teams, lengths, opening }: Run, rep: Rep, now: Date): Desk<Company> {
  const { timeZone, takeover, guardMinutes, guardPercent } = department;
  const day = localDay(now, timeZone);
  const colleagues = (teams.get(rep.team) ?? []).filter(({ id }) => id !== rep.id);
  return {
    ...{ order, rules, takeover, opening, repId: rep.id, repTimeZone: timeZone, dayEnd: dayBounds(day, timeZone).end },
    guard: { lengthOf: () => lengths.learned, meanSeconds: lengths.meanSeconds, guardMinutes, guardPercent },
    promised: rep.promised,
    team: colleagues.map((colleague): Colleague<Company> => {
      const shift = colleague.shifts.get(day) ?? null;
      return { id: colleague.id, promised: colleague.promised, absent: shift === null, engaged: isEngaged(colleague, shift, now) };
    }),
    pools: [{ listId: null, pool: rep.others }],
    wasDialled: ({ promise }) => promise !== null && promise.dialledAt !== null,
  };
}
