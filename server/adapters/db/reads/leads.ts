import type { ExhaustedQuery, LeadReads } from '../../../app/ports/reads/leads.ts';
import type { Scope } from '../../../app/ports/reads/scope.ts';
import type { ExhaustedLead } from '../../../contract/http/leads.ts';
import type { Prisma as Client } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { isoOf, isoOrNull } from './views.ts';

/** Companies (`c`) of the scope; what nobody owns is every lead's to see. */
export function exhaustedIn(scope: Scope): Prisma.Sql {
  if (scope.kind === 'all') return Prisma.sql`true`;
  if (scope.kind === 'own') return Prisma.sql`c.owner_id = ${scope.userId}`;
  return Prisma.sql`(c.owner_id IS NULL OR c.owner_id IN (SELECT id FROM app_user WHERE team_id = ${scope.teamId}))`;
}

interface Row {
  leadId: number;
  companyId: number;
  companyName: string;
  category: 'A' | 'B' | 'C';
  region: string | null;
  ownerId: number | null;
  ownerName: string | null;
  listId: number | null;
  listName: string | null;
  reason: ExhaustedLead['reason'];
  exhaustedAt: Date;
  triesTotal: number;
  lastTriedAt: Date | null;
  lastCause: string | null;
  promisedAt: Date | null;
}

const named = (id: number | null, name: string | null) => (id === null || name === null ? null : { id, name });

const viewOf = ({ companyId, companyName, category, region, ownerId, ownerName, listId, listName, ...row }: Row): ExhaustedLead => ({
  ...row,
  company: { id: companyId, name: companyName, category, region },
  owner: named(ownerId, ownerName),
  list: named(listId, listName),
  exhaustedAt: isoOf(row.exhaustedAt),
  lastTriedAt: isoOrNull(row.lastTriedAt),
  promisedAt: isoOrNull(row.promisedAt),
});

/** The leads (`l`) of a question: exhausted, and their company (`c`) neither killed nor at rest until a later day. */
const waiting = ({ scope, listId, reason, today }: Pick<ExhaustedQuery, 'scope' | 'listId' | 'reason' | 'today'>): Prisma.Sql => Prisma.sql`
  l.exhausted_at IS NOT NULL AND ${exhaustedIn(scope)}
  AND (c.status = 'active' OR (c.status = 'notNow' AND c.not_now_until <= ${today}::date))
  AND (${listId ?? null}::int IS NULL OR l.list_id = ${listId ?? null}::int)
  AND (${reason ?? null}::text IS NULL OR coalesce(l.exhausted_reason, 'tries') = ${reason ?? null}::text)`;

export function leadReads(prisma: Client): LeadReads {
  return {
    exhausted: async ({ after, limit, ...query }) => {
      const rows = await prisma.$queryRaw<Row[]>`
        SELECT l.id AS "leadId", c.id AS "companyId", c.name AS "companyName", c.category::text AS category, r.name AS region,
          u.id AS "ownerId", u.name AS "ownerName", li.id AS "listId", li.name AS "listName", coalesce(l.exhausted_reason, 'tries') AS reason,
          l.exhausted_at AS "exhaustedAt", l.tries_total AS "triesTotal", l.last_tried_at AS "lastTriedAt", l.last_cause AS "lastCause",
          p.promised_at AS "promisedAt"
        FROM lead l JOIN company c ON c.id = l.company_id
        LEFT JOIN region r ON r.id = c.region_id
        LEFT JOIN app_user u ON u.id = c.owner_id
        LEFT JOIN call_list li ON li.id = l.list_id
        LEFT JOIN promise p ON p.company_id = c.id AND p.status = 'open'
        WHERE ${waiting(query)}
          AND (${after?.exhaustedAt ?? null}::timestamptz IS NULL OR l.exhausted_at < ${after?.exhaustedAt ?? null}::timestamptz
            OR (l.exhausted_at = ${after?.exhaustedAt ?? null}::timestamptz AND l.id > ${after?.leadId ?? null}::int))
        ORDER BY l.exhausted_at DESC, l.id LIMIT ${limit}`;
      return rows.map(viewOf);
    },
    countExhausted: async (query) => {
      const [row] = await prisma.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM lead l JOIN company c ON c.id = l.company_id WHERE ${waiting(query)}`;
      return row?.count ?? 0;
    },
  };
}
