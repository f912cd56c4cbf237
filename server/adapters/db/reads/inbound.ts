import { z } from 'zod';
import type { MissedFilter } from '../../../app/ports/stores/inbound.ts';
import type { MissedCall, Ring } from '../../../contract/http/inbound.ts';
import type { Transaction } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { isoOf, isoOrNull } from './views.ts';

/** The number as people see it; a hidden one is stored empty. */
const shownNumber = (number: string): string | null => (number === '' ? null : number);

/** A call that rings, with all that is seen before it is answered; null when it does not ring any more. */
export async function ringView(transaction: Transaction, callId: number): Promise<Ring | null> {
  const row = await transaction.call.findFirst({
    where: { id: callId, untaken: true, state: { not: 'ended' } },
    include: {
      contact: { select: { name: true, role: true } },
      rep: { select: { id: true, name: true } },
      handedFrom: { select: { rep: { select: { id: true, name: true } } } },
      rings: { where: { stoppedAt: null }, select: { stage: true } },
      company: {
        select: { id: true, name: true, timeZone: true, city: true, promises: { where: { status: 'open' }, take: 1 } },
      },
    },
  });
  if (!row) return null;
  const { promises, ...company } = row.company;
  // Only a company that this very call made has a deal that began with it while it still rings.
  const made = await transaction.dealMove.count({ where: { callId, fromPosition: null } });
  const [promise] = promises;
  const lastCall = await transaction.call.findFirst({
    where: { companyId: company.id, id: { not: callId } },
    orderBy: { intentAt: 'desc' },
    select: { intentAt: true, rep: { select: { name: true } } },
  });
  const others =
    row.phoneE164 === ''
      ? []
      : await transaction.phone.findMany({
          where: { e164: row.phoneE164, companyId: { not: company.id }, retiredAt: null },
          select: { company: { select: { name: true } } },
          take: 5,
        });
  return {
    callId,
    stage: row.rings.some(({ stage }) => stage === 'team') ? 'team' : 'first',
    since: isoOf(row.intentAt),
    phone: shownNumber(row.phoneE164),
    company,
    handedOverBy: row.handedFrom?.rep ?? null,
    isNew: made > 0,
    contact: row.contact,
    owner: row.rep,
    promise: promise ? { promisedAt: isoOf(promise.promisedAt), note: promise.note } : null,
    lastCall: lastCall && { at: isoOf(lastCall.intentAt), repName: lastCall.rep.name },
    sameNumber: others.map((other) => other.company.name),
  };
}

interface MissedRow {
  callId: number;
  at: Date;
  phone: string;
  companyId: number;
  companyName: string;
  contactName: string | null;
  repId: number;
  repName: string;
  voicemail: boolean;
  recordingId: number | null;
  callBackBy: Date | null;
  handledAt: Date | null;
}

const cursorSchema = z.coerce.number().int().positive();

/** Calls that nobody answered, newest first. Handled is one whose company was dialled, or reached us, afterwards. */
export async function missedCalls(
  transaction: Transaction,
  { repId, teamId, openOnly, cursor, limit }: MissedFilter,
): Promise<{ items: MissedCall[]; nextCursor: string | null }> {
  const before = cursor === undefined ? null : cursorSchema.parse(cursor);
  const rows = await transaction.$queryRaw<MissedRow[]>`
    SELECT c.id AS "callId", c.intent_at AS at, c.phone_e164 AS phone, co.id AS "companyId", co.name AS "companyName", ct.name AS "contactName",
      u.id AS "repId", u.name AS "repName", c.voicemail_at IS NOT NULL AS voicemail, r.id AS "recordingId", p.deadline_at AS "callBackBy",
      k.at AS "handledAt"
    FROM call c
    JOIN company co ON co.id = c.company_id
    JOIN app_user u ON u.id = c.rep_id
    LEFT JOIN contact ct ON ct.id = c.contact_id
    LEFT JOIN recording r ON r.call_id = c.id AND r.status IN ('ready', 'partial')
    LEFT JOIN promise p ON p.company_id = c.company_id AND p.status = 'open'
    LEFT JOIN LATERAL (
      SELECT min(x.intent_at) AS at FROM call x WHERE x.company_id = c.company_id AND x.intent_at >= c.intent_at AND x.id <> c.id
        AND (x.direction = 'outbound' AND x.dialed_at IS NOT NULL OR x.direction = 'inbound' AND x.answered_at IS NOT NULL)) k ON true
    WHERE c.direction = 'inbound' AND c.state = 'ended' AND c.answered_at IS NULL
      AND (${repId === null} OR c.rep_id = ${repId}::int)
      AND (${teamId === null} OR u.team_id = ${teamId}::int)
      AND (${before === null} OR c.id < ${before}::int)
      AND ${openOnly ? Prisma.sql`k.at IS NULL` : Prisma.sql`true`}
    ORDER BY c.id DESC LIMIT ${limit + 1}`;
  const items = rows.slice(0, limit).map(toMissed);
  return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.callId) : null };
}

const toMissed = (row: MissedRow): MissedCall => ({
  callId: row.callId,
  at: isoOf(row.at),
  phone: shownNumber(row.phone),
  company: { id: row.companyId, name: row.companyName },
  contactName: row.contactName,
  rep: { id: row.repId, name: row.repName },
  voicemail: row.voicemail,
  recordingId: row.recordingId,
  callBackBy: isoOrNull(row.callBackBy),
  handledAt: isoOrNull(row.handledAt),
});
