import { Client } from 'pg';
import { openDatabase, type Database } from '../../../server/adapters/db/client.ts';
import { prismaUnitOfWork } from '../../../server/adapters/db/unit-of-work.ts';
import type { Actor } from '../../../server/app/actor.ts';
import { storedSettings } from '../../../server/adapters/db/settings.ts';
import { placeRules } from '../../../server/app/queue/rules.ts';
import { placeOf } from '../../../server/core/queue/place.ts';
import { defaultSettings } from '../../../server/contract/settings.ts';

const lists = 200;
const repsInAll = 1_000;
/** Leads of the list that all "shared" reps work. */
const sharedPart = 0.2;
const sampled = 1_000;
const zones = ['Europe/Moscow', 'Asia/Yekaterinburg', 'Asia/Novosibirsk', 'Asia/Vladivostok'];

export interface BigDepartment {
  /** Each has three lists of his own choosing. */
  spread: readonly Actor[];
  /** All of them work one list. */
  shared: readonly Actor[];
}

/** Indexes that only a search by parts of names needs: left out, because they would make the load many times longer. */
const searchIndexes = ['company_name_search', 'company_tax_number_search', 'contact_name_search', 'phone_search'];

async function people(client: Client): Promise<void> {
  await client.query(`INSERT INTO team (name) SELECT 'Team ' || i FROM generate_series(1, 50) AS i`);
  await client.query(
    `INSERT INTO app_user (id, email, name, password_hash, role, team_id, updated_at)
     SELECT i, 'rep' || i || '@bench', 'Rep ' || i, '', 'rep', 1 + i % 50, now() FROM generate_series(1, $1::int) AS i`,
    [repsInAll],
  );
  await client.query(`INSERT INTO call_list (name, priority) SELECT 'List ' || i, 1 + i % 9 FROM generate_series(1, $1::int) AS i`, [
    lists,
  ]);
  // Odd reps: three lists each out of all but the first; even ones: the first list.
  await client.query(
    `INSERT INTO list_assignment (list_id, rep_id, starts_on, ends_on)
     SELECT DISTINCT CASE WHEN u.id % 2 = 0 THEN 1 ELSE 2 + (u.id * 7 + k * 61) % ($1::int - 1) END, u.id, current_date - 7, current_date + 7
     FROM app_user u CROSS JOIN generate_series(0, 2) AS k`,
    [lists],
  );
  const hours = { ...defaultSettings.callingHours, from: '00:00', to: '23:59', workingDays: [1, 2, 3, 4, 5, 6, 7] };
  await client.query(`INSERT INTO setting (key, value, updated_at) VALUES ('callingHours', $1, now())`, [JSON.stringify(hours)]);
  await client.query(`INSERT INTO funnel (id, name, is_default) VALUES (1, 'Funnel', true)`);
  await client.query(
    `INSERT INTO stage (id, funnel_id, position, name, heat, norm_days, probability)
     SELECT n, 1, n, 'Stage ' || n, (CASE WHEN n <= 3 THEN 'early' ELSE 'hot' END)::"StageHeat", 7, n * 10 FROM generate_series(1, 6) AS n`,
  );
}

/** Companies with a person, a number and a place in a list; every hundredth has a deal and three calls behind it, every two-hundredth buys. */
async function companies(client: Client, count: number): Promise<void> {
  const all = 'generate_series(1, $1::int) AS i';
  await client.query(
    `INSERT INTO company (id, name, normalized_name, time_zone, category, is_customer, last_contact_at, updated_at)
     SELECT i, 'Company ' || i, 'company ' || i, ($2::text[])[1 + i % 4], (ARRAY['A', 'B', 'C']::"CompanyCategory"[])[1 + i % 3], i % 200 = 13,
       CASE WHEN i % 100 = 11 OR i % 200 = 13 THEN date_trunc('second', now()) - i % 60 * interval '1 day' END, now()
     FROM ${all}`,
    [count, zones],
  );
  await client.query(
    `INSERT INTO contact (id, company_id, name, role, updated_at) SELECT i, i, 'Contact', 'decisionMaker', now() FROM ${all}`,
    [count],
  );
  await client.query(`INSERT INTO phone (company_id, contact_id, e164) SELECT i, i, '+7' || (9000000000 + i) FROM ${all}`, [count]);
  await client.query(
    `INSERT INTO lead (id, company_id, list_id, position, tries_total)
     SELECT i, i, CASE WHEN i % 100 < $2 THEN 1 ELSE 2 + i % ($3::int - 1) END, i, i % 3 FROM ${all}`,
    [count, sharedPart * 100, lists],
  );
  await client.query(
    `INSERT INTO deal (company_id, funnel_id, stage_id, owner_id, title, stage_since, opened_at, updated_at)
     SELECT i, 1, 1 + i / 100 % 6, 1, 'Deal', now(), now(), now() FROM ${all} WHERE i % 100 = 11`,
    [count],
  );
  await client.query(
    `INSERT INTO call (rep_id, company_id, contact_id, lead_id, phone_e164, carrier, state, intent_at, ended_at, disposed_at, talk_seconds, day, hour, company_day)
     SELECT 1 + i % 1000, i, i, i, '+7' || (9000000000 + i), 'sandbox', 'ended', at, at, at, 60, at, 10, at
     FROM ${all} CROSS JOIN generate_series(1, 3) AS nth CROSS JOIN LATERAL (SELECT now() - nth * interval '9 days' AS at) AS moment
     WHERE i % 100 = 11`,
    [count],
  );
}

/** Every five-hundredth company was promised a call: three quarters of them are overdue by minutes to four days, the others are due tomorrow or later. */
async function promises(client: Client, count: number): Promise<void> {
  await client.query(
    `INSERT INTO promise (company_id, rep_id, kind, local_time, time_zone, starts_at, promised_at, deadline_at)
     SELECT i, 1 + i / 500 % $2::int, 'exact', '', 'Europe/Moscow', at, at, at + interval '5 minutes'
     FROM generate_series(1, $1::int) AS i CROSS JOIN LATERAL (
       SELECT date_trunc('second', now()) + CASE WHEN i / 500 % 4 < 3 THEN -(10 + i / 500 % 5760) ELSE 1440 + i / 500 % 5760 END * interval '1 minute' AS at) AS moment
     WHERE i % 500 = 7`,
    [count, repsInAll],
  );
}

/** Places by the rule of core/queue/place.ts in SQL; `checked` holds them against the rule itself. */
async function places(client: Client): Promise<void> {
  await client.query(
    `INSERT INTO zone (name, time_zone, country) SELECT z || '|RU', z, 'RU' FROM unnest($1::text[]) AS z ON CONFLICT DO NOTHING`,
    [zones],
  );
  await client.query(
    `INSERT INTO lead_queue (lead_id, pool, zone, rank, sort_key, ready_at, parked)
     SELECT l.id, coalesce(-p.rep_id, l.list_id), z.id, place.rank, place.sort_key, coalesce(p.starts_at, to_timestamp(0)), coalesce(p.starts_at > now(), false)
     FROM lead l JOIN company c ON c.id = l.company_id JOIN zone z ON z.name = c.time_zone || '|RU' JOIN call_list li ON li.id = l.list_id
     LEFT JOIN promise p ON p.company_id = c.id
     LEFT JOIN deal d ON d.company_id = c.id LEFT JOIN stage s ON s.id = d.stage_id
     CROSS JOIN LATERAL (SELECT ascii(c.category::text) - ascii('A') AS nth, extract(epoch FROM coalesce(c.last_contact_at, 'epoch')) * 1000 AS contact_ms) AS key
     CROSS JOIN LATERAL (SELECT
       CASE WHEN p.id IS NOT NULL THEN 0 WHEN s.heat = 'hot' THEN 200 + (30 - s.position) * 3 + key.nth WHEN c.is_customer THEN 300 + key.nth
         WHEN s.id IS NOT NULL THEN 400 + (30 - s.position) * 3 + key.nth ELSE 500 + li.priority END AS rank,
       CASE WHEN p.id IS NOT NULL THEN (extract(epoch FROM p.deadline_at) * 1000)::bigint WHEN s.id IS NOT NULL OR c.is_customer THEN key.contact_ms::bigint
         ELSE (l.tries_total::bigint << 32) + l.position END AS sort_key) AS place`,
  );
}

/** Throws when a sample of the bulk load stands elsewhere than the product's own rule would put it. */
async function checked(database: Database, count: number): Promise<void> {
  const step = Math.max(1, Math.floor(count / sampled));
  // A prime step would miss what repeats each hundred leads: neighbours are looked at too.
  const ids = Array.from({ length: sampled }, (_, index) => 1 + ((index * step + (index % 500)) % count));
  const settings = await storedSettings(database.prisma);
  const facts = await prismaUnitOfWork(database.prisma).run((stores) => stores.queue.facts(ids));
  const rows = await database.prisma.leadQueue.findMany({ where: { leadId: { in: ids } } });
  const standing = new Map(rows.map((row) => [row.leadId, row]));
  for (const lead of facts) {
    const place = placeOf(lead, placeRules(settings));
    const row = standing.get(lead.leadId);
    if (!place || !row || place.pool !== row.pool || place.rank !== row.rank || place.sortKey !== row.sortKey)
      throw new Error(`lead ${lead.leadId} was loaded to another place than the product's rule gives it`);
  }
}

/** Fills an empty base with so many leads in 200 lists and a thousand reps who work them. */
export async function loadDepartment(databaseUrl: string, count: number): Promise<void> {
  // The product's connections give up after half a minute; the load may take longer.
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Made inside the base from series: quicker than COPY of text. What refers to what is right by construction, so that nothing looks it up.
    await client.query(
      `SET statement_timeout = 0; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET session_replication_role = replica`,
    );
    for (const index of searchIndexes) await client.query(`DROP INDEX IF EXISTS ${index}`);
    await people(client);
    await companies(client, count);
    await promises(client, count);
    await places(client);
    await client.query(`SELECT setval(pg_get_serial_sequence('funnel', 'id'), 1), setval(pg_get_serial_sequence('stage', 'id'), 6)`);
    await client.query('RESET session_replication_role');
    await client.query('VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
  const database = openDatabase(databaseUrl);
  try {
    await checked(database, count);
  } finally {
    await database.close();
  }
}

/** The reps of a loaded base. */
export async function departmentOf(database: Database): Promise<BigDepartment> {
  const users = await database.prisma.user.findMany({ where: { role: 'rep' }, orderBy: { id: 'asc' } });
  const actors = users.map(({ id, name, teamId, timeZone }): Actor => ({ id, name, role: 'rep', teamId, timeZone, locale: 'ru' }));
  return { spread: actors.filter(({ id }) => id % 2 === 1), shared: actors.filter(({ id }) => id % 2 === 0) };
}
