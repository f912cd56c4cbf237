import type { CallScope } from '../../../app/ports/reads/calls.ts';
import type { PromiseNarrow, PromiseReads } from '../../../app/ports/reads/promises.ts';
import type { OpenPromiseRow, PromiseDeedView, PromiseSummary } from '../../../contract/http/promises.ts';
import type { Prisma as Client } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { countedBy } from './counted-by.ts';
import { isoOf, isoOrNull } from './views.ts';

interface DeedRow {
  promiseId: number;
  kind: PromiseDeedView['kind'];
  at: Date;
  byId: number | null;
  byName: string | null;
  reason: string | null;
  callId: number | null;
  fromRepId: number | null;
  fromRepName: string | null;
  toRepId: number | null;
  toRepName: string | null;
  fromPromisedAt: Date | null;
  toPromisedAt: Date | null;
  outcome: PromiseDeedView['outcome'];
}

const person = (id: number | null, name: string | null) => (id === null || name === null ? null : { id, name });

const deedView = ({ byId, byName, fromRepId, fromRepName, toRepId, toRepName, ...row }: DeedRow): PromiseDeedView => ({
  ...row,
  at: isoOf(row.at),
  by: person(byId, byName),
  fromRep: person(fromRepId, fromRepName),
  toRep: person(toRepId, toRepName),
  fromPromisedAt: isoOrNull(row.fromPromisedAt),
  toPromisedAt: isoOrNull(row.toPromisedAt),
});

/** The open promises (`p`) of people (`u`) that are meant; whose they are now decides, for they are not judged yet. */
const openIn = (scope: CallScope, narrow: PromiseNarrow): Prisma.Sql => Prisma.sql`p.status = 'open'
  AND (${scope.repId}::int IS NULL OR p.rep_id = ${scope.repId}::int) AND (${scope.teamId}::int IS NULL OR u.team_id = ${scope.teamId}::int)
  AND (${narrow.repId ?? null}::int IS NULL OR p.rep_id = ${narrow.repId ?? null}::int)
  AND (${narrow.teamId ?? null}::int IS NULL OR u.team_id = ${narrow.teamId ?? null}::int)`;

interface MetRow {
  onTime: number;
  late: number;
  broken: number;
  p90LatenessMinutes: number | null;
}
interface OpenRow {
  id: number;
  kind: OpenPromiseRow['kind'];
  startsAt: Date;
  promisedAt: Date;
  deadlineAt: Date;
  dialledAt: Date | null;
  overCapacity: boolean;
  note: string | null;
  repId: number;
  repName: string;
  companyId: number;
  companyName: string;
  timeZone: string;
}

const openView = ({ repId, repName, companyId, companyName, timeZone, ...row }: OpenRow): OpenPromiseRow => ({
  ...row,
  startsAt: isoOf(row.startsAt),
  promisedAt: isoOf(row.promisedAt),
  deadlineAt: isoOf(row.deadlineAt),
  dialledAt: isoOrNull(row.dialledAt),
  rep: { id: repId, name: repName },
  company: { id: companyId, name: companyName, timeZone },
});

export function promiseReads(prisma: Client): PromiseReads {
  return {
    repOf: async (promiseId) =>
      (await prisma.promise.findUnique({ where: { id: promiseId }, select: { rep: { select: { id: true, teamId: true } } } }))?.rep ?? null,
    history: async (promiseId) => {
      const rows = await prisma.$queryRaw<DeedRow[]>`
        WITH RECURSIVE before AS (
          SELECT id, moved_to_id FROM promise WHERE id = ${promiseId}
          UNION SELECT p.id, p.moved_to_id FROM promise p JOIN before b ON p.moved_to_id = b.id
        ), after AS (
          SELECT id, moved_to_id FROM promise WHERE id = ${promiseId}
          UNION SELECT p.id, p.moved_to_id FROM promise p JOIN after a ON p.id = a.moved_to_id
        ), chain AS (SELECT id FROM before UNION SELECT id FROM after), first AS (
          SELECT p.* FROM promise p JOIN chain ON chain.id = p.id ORDER BY p.created_at, p.id LIMIT 1
        ), deed AS (
          SELECT f.id AS "promiseId", 'made' AS kind, f.created_at AS at, coalesce(k.rep_id, m.from_rep_id, f.rep_id) AS by_id, NULL AS reason,
            f.made_in_call_id AS "callId", NULL::int AS from_id, coalesce(m.from_rep_id, f.rep_id) AS to_id,
            NULL::timestamptz AS "fromPromisedAt", f.promised_at AS "toPromisedAt", NULL AS outcome, 0 AS place
          FROM first f LEFT JOIN call k ON k.id = f.made_in_call_id
          LEFT JOIN LATERAL (SELECT from_rep_id FROM promise_move WHERE promise_id = f.id ORDER BY at, id LIMIT 1) m ON true
          UNION ALL
          SELECT m.promise_id, m.kind::text, m.at, m.by_user_id, m.reason, m.call_id, m.from_rep_id, m.to_rep_id, m.from_promised_at, m.to_promised_at, NULL, m.id
          FROM promise_move m JOIN chain ON chain.id = m.promise_id
          UNION ALL
          SELECT p.id, 'met', coalesce(p.dialled_at, p.closed_at, p.deadline_at), p.counted_rep_id, NULL, p.closed_by_call_id, NULL, NULL, p.promised_at, NULL, p.outcome::text, 2147483647
          FROM promise p JOIN chain ON chain.id = p.id WHERE p.outcome <> 'pending'
        )
        SELECT d."promiseId", d.kind, d.at, b.id AS "byId", b.name AS "byName", d.reason, d."callId", f.id AS "fromRepId", f.name AS "fromRepName",
          t.id AS "toRepId", t.name AS "toRepName", d."fromPromisedAt", d."toPromisedAt", d.outcome
        FROM deed d LEFT JOIN app_user b ON b.id = d.by_id LEFT JOIN app_user f ON f.id = d.from_id LEFT JOIN app_user t ON t.id = d.to_id
        ORDER BY d.at, d.place`;
      return rows.map(deedView);
    },
    ...openOnes(prisma),
    summary: async (scope, narrow, days): Promise<PromiseSummary> => {
      const counted = Prisma.join([Prisma.sql`c.day IS NOT NULL`, ...countedBy('promise', scope, { ...narrow, ...days })], ' AND ');
      const [met] = await prisma.$queryRaw<MetRow[]>`
        SELECT count(*) FILTER (WHERE c.outcome = 'onTime')::int AS "onTime", count(*) FILTER (WHERE c.outcome = 'late')::int AS late,
          count(*) FILTER (WHERE c.outcome = 'broken')::int AS broken,
          percentile_cont(0.9) WITHIN GROUP (ORDER BY greatest(0, extract(epoch FROM c.dialled_at - c.deadline_at) / 60))
            FILTER (WHERE c.dialled_at IS NOT NULL)::float8 AS "p90LatenessMinutes"
        FROM promise c WHERE ${counted}`;
      const { open, countOpen } = openOnes(prisma);
      const [oldest] = await open(scope, narrow, { after: undefined, limit: 1 });
      const { onTime, late, broken, p90LatenessMinutes } = met ?? { onTime: 0, late: 0, broken: 0, p90LatenessMinutes: null };
      const all = onTime + late + broken;
      return {
        onTime,
        late,
        broken,
        onTimeShare: all === 0 ? null : onTime / all,
        p90LatenessMinutes,
        open: await countOpen(scope, narrow),
        oldestOpen: oldest
          ? {
              promiseId: oldest.id,
              companyId: oldest.company.id,
              companyName: oldest.company.name,
              rep: oldest.rep,
              deadlineAt: oldest.deadlineAt,
            }
          : null,
      };
    },
  };
}

function openOnes(prisma: Client): Pick<PromiseReads, 'open' | 'countOpen'> {
  return {
    open: async (scope, narrow, { after, limit }) => {
      const rows = await prisma.$queryRaw<OpenRow[]>`
        SELECT p.id, p.kind::text AS kind, p.starts_at AS "startsAt", p.promised_at AS "promisedAt", p.deadline_at AS "deadlineAt",
          p.dialled_at AS "dialledAt", p.over_capacity AS "overCapacity", p.note, u.id AS "repId", u.name AS "repName", c.id AS "companyId", c.name AS "companyName",
          c.time_zone AS "timeZone"
        FROM promise p JOIN app_user u ON u.id = p.rep_id JOIN company c ON c.id = p.company_id
        WHERE ${openIn(scope, narrow)}
          AND (${after?.deadlineAt ?? null}::timestamptz IS NULL
            OR (p.deadline_at, p.id) > (${after?.deadlineAt ?? null}::timestamptz, ${after?.id ?? null}::int))
        ORDER BY p.deadline_at, p.id LIMIT ${limit}`;
      return rows.map(openView);
    },
    countOpen: async (scope, narrow) => {
      const [row] = await prisma.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM promise p JOIN app_user u ON u.id = p.rep_id WHERE ${openIn(scope, narrow)}`;
      return row?.count ?? 0;
    },
  };
}
