import { localDay } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import { scopeOf } from '../calls/read-calls.ts';
import type { AppContext } from '../context.ts';
import type { DailyCheck, KpiQuery, KpiReport, Pace } from '../ports/reads/kpi.ts';
import type { Reads } from '../ports/reads/index.ts';
import { invalid } from '../problem.ts';

type Parts = Pick<AppContext, 'clock'> & { reads: Pick<Reads, 'kpi'> };

/** Figures by group of what the actor may see. @throws Refused 422 when the days are the wrong way round */
export async function kpiReport(app: Parts, actor: Actor, query: KpiQuery): Promise<KpiReport> {
  if (query.from > query.to) throw invalid('to', 'beforeFrom', 'the last day is before the first');
  return app.reads.kpi.report(scopeOf(actor), query);
}

/** The actor's own day against his norms. */
export function myPace(app: Parts, actor: Actor): Promise<Pace> {
  const now = app.clock.now();
  return app.reads.kpi.pace(actor.id, localDay(now, actor.timeZone), now);
}

/** Each rep of a team, or of all, against the norm on a day; today when none is named. */
export function dailyCheck(app: Parts, actor: Actor, date: string | undefined): Promise<DailyCheck> {
  const now = app.clock.now();
  return app.reads.kpi.dailyCheck(scopeOf(actor), date ?? localDay(now, actor.timeZone), now);
}
