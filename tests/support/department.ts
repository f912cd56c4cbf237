import type { Pool } from 'pg';
import { localDay } from '../../server/core/hours/local-time.ts';

/** A random lead, in the terms of the tables. */
export interface LeadSpec {
  timeZone: string;
  category: 'A' | 'B' | 'C';
  status: 'active' | 'notNow' | 'killed';
  notNowInDays: number | null;
  doNotCall: boolean;
  isCustomer: boolean;
  phone: 'inUse' | 'retired' | 'none';
  ownerIndex: number | null;
  listIndex: number | null;
  position: number;
  stagePosition: number | null;
  lastContactDaysAgo: number | null;
  promise: { repIndex: number; minutesFromNow: number; widthMinutes: number; askedOutsideHours: boolean } | null;
  retryInMinutes: number | null;
  triesTotal: number;
  triesToday: number;
  triedDaysAgo: number | null;
  exhausted: boolean;
  country: 'RU' | 'DE' | null;
  ownHours: 'none' | 'short' | 'lunch';
  companyConsent: 'unknown' | 'given' | 'withdrawn';
  phoneConsent: 'unknown' | 'given' | 'withdrawn';
  phoneBanned: boolean;
  lastCallMinutesAgo: number | null;
}

/** A lead of the first list with nothing in its way. */
export const plainLead: LeadSpec = {
  timeZone: 'Europe/Moscow',
  category: 'B',
  status: 'active',
  notNowInDays: null,
  doNotCall: false,
  isCustomer: false,
  phone: 'inUse',
  ownerIndex: null,
  listIndex: 0,
  position: 0,
  stagePosition: null,
  lastContactDaysAgo: null,
  promise: null,
  retryInMinutes: null,
  triesTotal: 0,
  triesToday: 0,
  triedDaysAgo: null,
  exhausted: false,
  country: null,
  ownHours: 'none',
  companyConsent: 'unknown',
  phoneConsent: 'unknown',
  phoneBanned: false,
  lastCallMinutesAgo: null,
};

const hours: Record<LeadSpec['ownHours'], (string | null)[]> = {
  none: [null, null, null, null],
  short: ['07:00', '11:30', null, null],
  lunch: ['08:00', '20:00', '11:00', '12:30'],
};

export interface DepartmentSpec {
  /** ISO 8601. */
  now: string;
  leads: LeadSpec[];
}

export interface Department {
  repIds: number[];
  listIds: number[];
}

/** Two teams of two reps; the second rep of the first team is absent. Lists 1 and 2 are handed out, 3 is paused, 4 is nobody's. */
export async function seedPeopleAndLists(pool: Pool, today: string): Promise<Department> {
  const teams = await pool.query<{ id: number }>(`INSERT INTO team (name) VALUES ('North'), ('South') RETURNING id`);
  const [north, south] = teams.rows.map((row) => row.id);
  const reps = await pool.query<{ id: number }>(
    `INSERT INTO app_user (email, name, password_hash, role, team_id, time_zone, absent_from, absent_until, updated_at) VALUES
      ('one@test', 'One', '', 'rep', $1, 'Europe/Moscow', NULL, NULL, now()),
      ('two@test', 'Two', '', 'rep', $1, 'Europe/Moscow', $3::date - 400, $3::date + 400, now()),
      ('three@test', 'Three', '', 'rep', $2, 'Asia/Vladivostok', NULL, NULL, now()),
      ('four@test', 'Four', '', 'rep', $2, 'Europe/Kaliningrad', NULL, NULL, now()) RETURNING id`,
    [north, south, today],
  );
  const repIds = reps.rows.map((row) => row.id);
  const lists = await pool.query<{ id: number }>(
    `INSERT INTO call_list (name, priority, status) VALUES ('Second', 2, 'active'), ('First', 1, 'active'), ('Paused', 1, 'paused'), ('Nobody', 1, 'active') RETURNING id`,
  );
  const listIds = lists.rows.map((row) => row.id);
  await pool.query(
    `INSERT INTO list_assignment (list_id, rep_id, starts_on, ends_on)
     SELECT l, r, $3::date - 400, $3::date + 400 FROM unnest($1::int[]) l CROSS JOIN unnest($2::int[]) r`,
    [listIds.slice(0, 3), repIds, today],
  );
  await pool.query(
    `INSERT INTO region (name, country, time_zone) VALUES ('Moscow', 'RU', 'Europe/Moscow'), ('Berlin', 'DE', 'Europe/Berlin')`,
  );
  await pool.query(`INSERT INTO funnel (name, is_default) VALUES ('Default', true)`);
  await pool.query(
    `INSERT INTO stage (funnel_id, position, name, heat, norm_days, probability)
     SELECT (SELECT id FROM funnel), n, 'stage ' || n, (CASE WHEN n <= 3 THEN 'early' WHEN n <= 6 THEN 'hot' ELSE 'won' END)::"StageHeat", 7, n * 10 FROM generate_series(1, 7) n`,
  );
  return { repIds, listIds };
}

const minutes = (count: number): number => count * 60_000;

/** The rows of one lead, in column names; ids are the lead's number in the department. */
function rowsOf(lead: LeadSpec, index: number, { repIds, listIds }: Department, now: Date) {
  const id = index + 1;
  const at = (offsetMs: number): string => new Date(now.getTime() + offsetMs).toISOString();
  const dayIn = (days: number): string => localDay(new Date(now.getTime() + minutes(1440 * days)), lead.timeZone);
  const owner = lead.ownerIndex === null ? null : (repIds[lead.ownerIndex] ?? null);
  return {
    company: {
      id,
      time_zone: lead.timeZone,
      category: lead.category,
      status: lead.status,
      not_now_until: lead.notNowInDays === null ? null : dayIn(lead.notNowInDays),
      do_not_call: lead.doNotCall,
      consent: lead.companyConsent,
      country: lead.country,
      call_from: hours[lead.ownHours][0],
      call_to: hours[lead.ownHours][1],
      lunch_from: hours[lead.ownHours][2],
      lunch_to: hours[lead.ownHours][3],
      is_customer: lead.isCustomer,
      owner_id: owner,
      last_contact_at: lead.lastContactDaysAgo === null ? null : at(-minutes(1440 * lead.lastContactDaysAgo)),
    },
    phone:
      lead.phone === 'none'
        ? []
        : [{ company_id: id, retired_at: lead.phone === 'retired' ? at(0) : null, consent: lead.phoneConsent, banned: lead.phoneBanned }],
    lead: {
      id,
      list_id: lead.listIndex === null ? null : (listIds[lead.listIndex] ?? null),
      position: lead.position,
      tries_total: lead.triesTotal,
      tries_today: lead.triesToday,
      tries_on: lead.triedDaysAgo === null ? null : dayIn(-lead.triedDaysAgo),
      retry_at: lead.retryInMinutes === null ? null : at(minutes(lead.retryInMinutes)),
      exhausted_at: lead.exhausted ? at(0) : null,
      last_call_at: lead.lastCallMinutesAgo === null ? null : at(-minutes(lead.lastCallMinutesAgo)),
    },
    deal: lead.stagePosition === null ? [] : [{ company_id: id, owner_id: owner ?? repIds[0], position: lead.stagePosition }],
    promise: lead.promise
      ? [
          {
            company_id: id,
            rep_id: repIds[lead.promise.repIndex],
            time_zone: lead.timeZone,
            starts_at: at(minutes(lead.promise.minutesFromNow)),
            deadline_at: at(minutes(lead.promise.minutesFromNow + lead.promise.widthMinutes)),
            asked: lead.promise.askedOutsideHours,
          },
        ]
      : [],
  };
}

/** Replaces all companies by those of the spec; the lead at index n gets the id n + 1. */
export async function seedLeads(pool: Pool, department: Department, spec: DepartmentSpec): Promise<void> {
  const now = new Date(spec.now);
  const rows = spec.leads.map((lead, index) => rowsOf(lead, index, department, now));
  const insert = (sql: string, values: unknown[]) => pool.query(sql, [JSON.stringify(values)]);
  await pool.query(
    'DELETE FROM lead_claim; DELETE FROM lead_queue; DELETE FROM promise; DELETE FROM deal; DELETE FROM phone; DELETE FROM lead; DELETE FROM company',
  );
  await insert(
    `INSERT INTO company (id, name, normalized_name, time_zone, category, status, not_now_until, do_not_call, is_customer, owner_id, last_contact_at, consent, region_id, call_from, call_to, lunch_from, lunch_to, updated_at)
     SELECT id, 'c' || id, 'c', time_zone, category, status, not_now_until, do_not_call, is_customer, owner_id, last_contact_at, consent, (SELECT r.id FROM region r WHERE r.country = given.country), call_from, call_to, lunch_from, lunch_to, now()
     FROM json_to_recordset($1) AS given (id int, consent "Consent", country text, call_from text, call_to text, lunch_from text, lunch_to text, time_zone text, category "CompanyCategory", status "CompanyStatus", not_now_until date, do_not_call boolean, is_customer boolean, owner_id int, last_contact_at timestamptz)`,
    rows.map((row) => row.company),
  );
  await insert(
    `INSERT INTO phone (company_id, e164, retired_at, consent, do_not_call) SELECT company_id, '+79990000000', retired_at, consent, banned FROM json_to_recordset($1) AS r (company_id int, retired_at timestamptz, consent "Consent", banned boolean)`,
    rows.flatMap((row) => row.phone),
  );
  await insert(
    `INSERT INTO lead (id, company_id, list_id, position, tries_total, tries_today, tries_on, retry_at, exhausted_at, last_call_at)
     SELECT id, id, list_id, position, tries_total, tries_today, tries_on, retry_at, exhausted_at, last_call_at
     FROM json_to_recordset($1) AS r (id int, list_id int, position int, tries_total int, tries_today int, tries_on date, retry_at timestamptz, exhausted_at timestamptz, last_call_at timestamptz)`,
    rows.map((row) => row.lead),
  );
  await insert(
    `INSERT INTO deal (company_id, funnel_id, stage_id, owner_id, title, stage_since, opened_at, updated_at)
     SELECT r.company_id, s.funnel_id, s.id, r.owner_id, 'd', now(), now(), now()
     FROM json_to_recordset($1) AS r (company_id int, owner_id int, position int) JOIN stage s ON s.position = r.position`,
    rows.flatMap((row) => row.deal),
  );
  await insert(
    `INSERT INTO promise (company_id, rep_id, kind, local_time, time_zone, starts_at, promised_at, deadline_at, asked_outside_hours)
     SELECT company_id, rep_id, 'window', '', time_zone, starts_at, deadline_at, deadline_at, asked
     FROM json_to_recordset($1) AS r (company_id int, rep_id int, time_zone text, starts_at timestamptz, deadline_at timestamptz, asked boolean)`,
    rows.flatMap((row) => row.promise),
  );
}
