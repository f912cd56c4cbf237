import type { z } from 'zod';
import type { dailyCheck, kpiReport, myPace } from '../../../contract/http/kpi.ts';
import type { CallScope } from './calls.ts';

export type KpiQuery = z.output<typeof kpiReport.query>;
export type KpiReport = z.infer<typeof kpiReport.reply>;
export type Pace = z.infer<typeof myPace.reply>;
export type DailyCheck = z.infer<typeof dailyCheck.reply>;

export interface KpiReads {
  report(scope: CallScope, query: KpiQuery): Promise<KpiReport>;
  pace(repId: number, day: string, now: Date): Promise<Pace>;
  dailyCheck(scope: CallScope, date: string, now: Date): Promise<DailyCheck>;
}
