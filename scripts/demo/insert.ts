import type { ClientBase } from 'pg';

const rowsAtOnce = 4_000;
const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);

/**
 * Writes rows with one statement per few thousand. Field names become columns; the table itself says what their types are, so that
 * arrays, dates and JSON need no mapping here.
 */
export async function insertRows(client: ClientBase, table: string, rows: readonly object[]): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const fields = Object.keys(first);
  const columns = fields.map((field) => `"${snakeCase(field)}"`).join(', ');
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const named = rows
      .slice(start, start + rowsAtOnce)
      .map((row) => Object.fromEntries(Object.entries(row).map(([field, value]) => [snakeCase(field), value])));
    await client.query(`INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::"${table}", $1::json)`, [
      JSON.stringify(named),
    ]);
  }
}

/** After rows with ids of their own the next id has to follow them. */
export async function advanceIds(client: ClientBase, table: string): Promise<void> {
  await client.query(`SELECT setval(pg_get_serial_sequence($1, 'id'), (SELECT coalesce(max(id), 0) + 1 FROM "${table}"), false)`, [table]);
}
