import type { Pool } from 'pg';

/**
 * The same companies, people and numbers put into the same tables by COPY, indexes and all, without reading, checking or looking for
 * duplicates: what the base itself needs. Answers seconds; the base is empty again afterwards.
 */
export async function copyFloor(pool: Pool, folder: string, count: number): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('SET statement_timeout = 0');
    const rows = `generate_series(0, ${count - 1}) AS i`;
    await client.query(`COPY (SELECT i + 1, 'ООО «Компания ' || i || '»', 1000000000 + i, 'компания ' || i, 'Europe/Moscow', 'строка ' || i, now() FROM ${rows})
      TO '${folder}/company.copy'`);
    await client.query(`COPY (SELECT i + 1, i + 1, 'Иванов Иван ' || i % 1000, now() FROM ${rows}) TO '${folder}/contact.copy'`);
    await client.query(`COPY (SELECT i + 1, i + 1, '+749' || 50000000 + i FROM ${rows}) TO '${folder}/phone.copy'`);
    const startedMs = performance.now();
    await client.query(`COPY company (id, name, tax_number, normalized_name, time_zone, notes, updated_at) FROM '${folder}/company.copy'`);
    await client.query(`COPY contact (id, company_id, name, updated_at) FROM '${folder}/contact.copy'`);
    await client.query(`COPY phone (company_id, contact_id, e164) FROM '${folder}/phone.copy'`);
    const seconds = (performance.now() - startedMs) / 1000;
    await client.query('TRUNCATE company, contact, phone RESTART IDENTITY CASCADE');
    return seconds;
  } finally {
    client.release();
  }
}
