import type { Database } from '../../../server/adapters/db/client.ts';
import { prismaUnitOfWork } from '../../../server/adapters/db/unit-of-work.ts';
import type { Actor } from '../../../server/app/actor.ts';
import { settingsReader } from '../../../server/adapters/db/settings.ts';
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

async function people({ pool }: Database): Promise<void> {
  await pool.query(`INSERT INTO team (name) SELECT 'Team ' || i FROM generate_series(1, 50) AS i`);
  await pool.query(
    `INSERT INTO app_user (email, name, password_hash, role, team_id, updated_at)
     SELECT 'rep' || i || '@bench', 'Rep ' || i, '', 'rep', 1 + i % 50, now() FROM generate_series(1, $1::int) AS i`,
    [repsInAll],
  );
  await pool.query(`INSERT INTO call_list (name, priority) SELECT 'List ' || i, 1 + i % 9 FROM generate_series(1, $1::int) AS i`, [lists]);
  // The first half of the reps: three lists each out of all but the first; the second half: the first list.
  await pool.query(
    `INSERT INTO list_assignment (list_id, rep_id, starts_on, ends_on)
     SELECT DISTINCT CASE WHEN u.id % 2 = 0 THEN 1 ELSE 2 + (u.id * 7 + k * 61) % ($1::int - 1) END, u.id, current_date - 7, current_date + 7
     FROM app_user u CROSS JOIN generate_series(0, 2) AS k WHERE u.role = 'rep' ON CONFLICT DO NOTHING`,
    [lists],
  );
  const hours = { ...defaultSettings.callingHours, from: '00:00', to: '23:59', workingDays: [1, 2, 3, 4, 5, 6, 7] };
  await pool.query(`INSERT INTO setting (key, value, updated_at) VALUES ('callingHours', $1, now())`, [JSON.stringify(hours)]);
}

/** Cold leads by the rule of core/queue/place.ts in SQL; `checked` holds it against the rule itself. */
async function companies({ pool }: Database, count: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`SET statement_timeout = 0; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'`);
    for (const index of searchIndexes) await client.query(`DROP INDEX IF EXISTS ${index}`);
    await client.query(
      `INSERT INTO zone (name, time_zone, country) SELECT z || '|RU', z, 'RU' FROM unnest($1::text[]) AS z ON CONFLICT DO NOTHING`,
      [zones],
    );
    await client.query(
      `INSERT INTO company (id, name, normalized_name, time_zone, updated_at)
       SELECT i, 'Company ' || i, 'company ' || i, ($2::text[])[1 + i % 4], now() FROM generate_series(1, $1::int) AS i`,
      [count, zones],
    );
    await client.query(
      `INSERT INTO contact (id, company_id, name, role, updated_at) SELECT i, i, 'Contact', 'decisionMaker', now() FROM generate_series(1, $1::int) AS i`,
      [count],
    );
    await client.query(
      `INSERT INTO phone (company_id, contact_id, e164) SELECT i, i, '+7' || (9000000000 + i) FROM generate_series(1, $1::int) AS i`,
      [count],
    );
    await client.query(
      `INSERT INTO lead (id, company_id, list_id, position, tries_total)
       SELECT i, i, CASE WHEN i % 100 < $2 THEN 1 ELSE 2 + i % ($3::int - 1) END, i, i % 3 FROM generate_series(1, $1::int) AS i`,
      [count, sharedPart * 100, lists],
    );
    await client.query(
      `INSERT INTO lead_queue (lead_id, pool, zone, rank, sort_key, ready_at, parked)
       SELECT l.id, l.list_id, z.id, 500 + li.priority, (l.tries_total::bigint << 32) + l.position, to_timestamp(0), false
       FROM lead l JOIN company c ON c.id = l.company_id JOIN zone z ON z.name = c.time_zone || '|RU' JOIN call_list li ON li.id = l.list_id`,
    );
    await client.query('VACUUM (ANALYZE) company, contact, phone, lead, lead_queue, list_assignment, app_user');
  } finally {
    client.release();
  }
}

/** Throws when a sample of the bulk load stands elsewhere than the product's own rule would put it. */
async function checked(database: Database, count: number): Promise<void> {
  const ids = Array.from({ length: sampled }, (_, index) => 1 + Math.floor((index * count) / sampled));
  const settings = await settingsReader(database.prisma).read();
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
export async function bigDepartment(database: Database, count: number): Promise<BigDepartment> {
  await people(database);
  await companies(database, count);
  await checked(database, count);
  const users = await database.prisma.user.findMany({ where: { role: 'rep' }, orderBy: { id: 'asc' } });
  const actors = users.map(({ id, name, teamId, timeZone }): Actor => ({ id, name, role: 'rep', teamId, timeZone, locale: 'ru' }));
  return { spread: actors.filter(({ id }) => id % 2 === 1), shared: actors.filter(({ id }) => id % 2 === 0) };
}
