import type { KpiStore } from '../../../app/ports/stores/kpi.ts';
import { metrics } from '../../../core/kpi/metrics.ts';
import type { Transaction } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { boardRows } from '../reads/board-rows.ts';
import { dateOfDay } from '../days.ts';
import { countFromLedger } from './kpi-ledger.ts';

export function kpiStore(transaction: Transaction): KpiStore {
  return {
    add: async (at, counts) => {
      // In the order of `metrics`, so that two transactions of one rep never lock crosswise.
      const rows = metrics.flatMap((metric) => {
        const value = counts[metric] ?? 0;
        return value === 0
          ? []
          : [
              Prisma.sql`(${dateOfDay(at.day)}::date, ${at.hour}, ${at.repId}, ${at.teamId}, ${at.listId}, ${at.channelId}, ${at.sourceId}, ${metric}, ${value})`,
            ];
      });
      if (rows.length === 0) return;
      await transaction.$executeRaw`
        INSERT INTO kpi_counter (day, hour, rep_id, team_id, list_id, channel_id, source_id, metric, value) VALUES ${Prisma.join(rows)}
        ON CONFLICT (day, rep_id, metric, hour, team_id, list_id, channel_id, source_id) DO UPDATE SET value = kpi_counter.value + excluded.value`;
    },
    nextSequence: async (audience) => {
      const rows = await transaction.$queryRaw<{ value: bigint }[]>`
        INSERT INTO board_sequence (id, value) VALUES (${audience}, 1)
        ON CONFLICT (id) DO UPDATE SET value = board_sequence.value + 1 RETURNING value`;
      return Number(rows[0]?.value ?? 0);
    },
    boardRows: (repIds, now) => boardRows(transaction, { repIds, teamId: null }, now),
    rebuild: async () => {
      await transaction.$executeRaw`LOCK TABLE kpi_counter IN EXCLUSIVE MODE`;
      await transaction.$executeRaw`DELETE FROM kpi_counter`;
      await transaction.$executeRaw(countFromLedger);
    },
  };
}
