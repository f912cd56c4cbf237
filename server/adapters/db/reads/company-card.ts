import { z } from 'zod';
import type { CompanyCardReads } from '../../../app/ports/reads/company-card.ts';
import type { CompanyCard, TimelineItem } from '../../../contract/http/company-card.ts';
import { localDay } from '../../../core/hours/local-time.ts';
import type { Transaction } from '../client.ts';
import { timelineOf } from './company-timeline.ts';
import { dealParts, dealView, isoOrNull, promiseParts, promiseView } from './views.ts';

type Plain = Omit<
  CompanyCard,
  'hours' | 'fields' | 'lastContactAt' | 'owner' | 'list' | 'deal' | 'promise' | 'timeline' | 'contacts' | 'phones'
>;

interface CardRow extends Plain {
  callFrom: string | null;
  callTo: string | null;
  lunchFrom: string | null;
  lunchTo: string | null;
  fields: unknown;
  lastContactAt: Date | null;
  owner: CompanyCard['owner'];
  list: CompanyCard['list'];
  contacts: CompanyCard['contacts'] | null;
  phones: CompanyCard['phones'] | null;
  triesOn: string | null;
  hasDeal: boolean;
  hasPromise: boolean;
  /** What its history has lines of: most companies that are called for the first time have none. */
  history: TimelineItem['kind'][];
}

/** One statement tells all of a company that nobody has spoken with yet; what it has more is asked for by itself. */
const readRow = (transaction: Transaction, companyId: number): Promise<CardRow[]> => transaction.$queryRaw<CardRow[]>`
  /* prepared: company_card */
  SELECT c.id, c.name, c.legal_name AS "legalName", c.tax_number AS "taxNumber", c.category::text, c.status::text,
    c.status_reason AS "statusReason", to_char(c.not_now_until, 'YYYY-MM-DD') AS "notNowUntil", c.do_not_call AS "doNotCall",
    c.do_not_call_reason AS "doNotCallReason", c.consent::text, c.call_from AS "callFrom", c.call_to AS "callTo", c.lunch_from AS "lunchFrom",
    c.lunch_to AS "lunchTo", c.is_customer AS "isCustomer", c.city, c.address, c.site, c.region_id AS "regionId", c.channel_id AS "channelId",
    c.subchannel_id AS "subchannelId", c.source_id AS "sourceId", c.time_zone AS "timeZone", c.notes, c.fields, c.last_contact_at AS "lastContactAt",
    r.name AS region, coalesce(r.country, 'RU') AS country, ch.name AS channel, sc.name AS subchannel, so.name AS source,
    CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END AS owner,
    CASE WHEN li.id IS NOT NULL THEN json_build_object('id', li.id, 'name', li.name,
      'dialing', json_build_object('mode', li.dial_mode, 'countdownSeconds', li.countdown_seconds, 'lines', li.lines,
        'capPercent', li.cap_percent)) END AS list,
    coalesce(l.tries_total, 0) AS "triesTotal", coalesce(l.tries_today, 0) AS "triesToday", to_char(l.tries_on, 'YYYY-MM-DD') AS "triesOn",
    (SELECT json_agg(json_build_object('id', k.id, 'name', k.name, 'position', k.position, 'role', k.role, 'email', k.email,
      'left', k.left_at IS NOT NULL) ORDER BY k.id) FROM contact k WHERE k.company_id = c.id) AS contacts,
    (SELECT json_agg(json_build_object('id', n.id, 'e164', n.e164, 'extension', n.extension, 'contactId', n.contact_id,
      'retired', n.retired_at IS NOT NULL, 'retiredReason', n.retired_reason, 'doNotCall', n.do_not_call, 'consent', n.consent)
      ORDER BY n.position, n.id) FROM phone n WHERE n.company_id = c.id) AS phones,
    EXISTS (SELECT FROM deal d WHERE d.company_id = c.id) AS "hasDeal",
    EXISTS (SELECT FROM promise p WHERE p.company_id = c.id AND p.status = 'open') AS "hasPromise",
    array_remove(ARRAY[
      CASE WHEN EXISTS (SELECT FROM call x WHERE x.company_id = c.id)
        OR EXISTS (SELECT FROM contact k JOIN call x ON x.contact_id = k.id WHERE k.company_id = c.id) THEN 'call' END,
      CASE WHEN EXISTS (SELECT FROM promise p WHERE p.company_id = c.id) THEN 'promise' END,
      CASE WHEN EXISTS (SELECT FROM note x WHERE x.company_id = c.id) THEN 'note' END,
      CASE WHEN EXISTS (SELECT FROM deal d JOIN deal_move m ON m.deal_id = d.id WHERE d.company_id = c.id) THEN 'stage' END,
      CASE WHEN EXISTS (SELECT FROM meeting x WHERE x.company_id = c.id) THEN 'meeting' END,
      CASE WHEN EXISTS (SELECT FROM visit x WHERE x.company_id = c.id) THEN 'visit' END,
      CASE WHEN EXISTS (SELECT FROM handoff x WHERE x.company_id = c.id) THEN 'handoff' END,
      CASE WHEN EXISTS (SELECT FROM deal d WHERE d.company_id = c.id AND d.status <> 'open') THEN 'deal' END,
      CASE WHEN EXISTS (SELECT FROM task x WHERE x.company_id = c.id) THEN 'task' END,
      CASE WHEN EXISTS (SELECT FROM win x WHERE x.company_id = c.id) THEN 'win' END], NULL) AS history
  FROM company c
  LEFT JOIN region r ON r.id = c.region_id LEFT JOIN channel ch ON ch.id = c.channel_id LEFT JOIN subchannel sc ON sc.id = c.subchannel_id
  LEFT JOIN source so ON so.id = c.source_id LEFT JOIN app_user o ON o.id = c.owner_id
  LEFT JOIN lead l ON l.company_id = c.id LEFT JOIN call_list li ON li.id = l.list_id
  WHERE c.id = ${companyId}::int`;

/** The open deal, else the last one, so that a customer's card shows how he became one. */
async function dealOf(transaction: Transaction, companyId: number): Promise<CompanyCard['deal']> {
  const deal = await transaction.deal.findFirst({
    where: { companyId },
    include: dealParts,
    orderBy: [{ status: 'asc' }, { openedAt: 'desc' }],
  });
  return deal && dealView(deal);
}

async function promiseOf(transaction: Transaction, companyId: number): Promise<CompanyCard['promise']> {
  const promise = await transaction.promise.findFirst({ where: { companyId, status: 'open' }, include: promiseParts });
  return promise && promiseView(promise);
}

export function companyCardReads(transaction: Transaction): CompanyCardReads {
  return {
    card: async (companyId, now) => {
      const [row] = await readRow(transaction, companyId);
      if (!row) return null;
      const { callFrom, callTo, lunchFrom, lunchTo, hasDeal, hasPromise, history, triesOn, ...own } = row;
      const [deal, promise, timeline] = await Promise.all([
        hasDeal ? dealOf(transaction, companyId) : null,
        hasPromise ? promiseOf(transaction, companyId) : null,
        timelineOf(transaction, companyId, history),
      ]);
      return {
        ...own,
        hours: { callFrom, callTo, lunchFrom, lunchTo },
        fields: textFields(row.fields),
        lastContactAt: isoOrNull(row.lastContactAt),
        contacts: row.contacts ?? [],
        phones: row.phones ?? [],
        // The count belongs to the company's local day that it was made on.
        triesToday: triesOn === localDay(now, row.timeZone) ? row.triesToday : 0,
        deal,
        promise,
        timeline,
      };
    },
  };
}

/** Imported columns and answers; what is not text yet (a number of a spreadsheet) is shown as text. */
const fieldsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String));
const textFields = (value: unknown): Record<string, string> => fieldsSchema.parse(value);
