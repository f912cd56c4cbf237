import { Client } from 'pg';
import type { AccountToCheck, KeptNumber } from '../../server/adapters/telephony/twilio/check/account-to-check.ts';

const waitMilliseconds = 5_000;

/** The own numbers that the console keeps in this base, or why they cannot be read, for a sentence. */
export async function keptNumbers(databaseUrl: string | null): Promise<AccountToCheck['ownNumbers']> {
  if (databaseUrl === null) return { unreadable: 'no database has been started on this data folder' };
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: waitMilliseconds, query_timeout: waitMilliseconds });
  try {
    await client.connect();
    const { rows } = await client.query<KeptNumber>('SELECT e164, enabled, rests_until AS "restsUntil" FROM own_number ORDER BY id');
    return rows;
  } catch (error) {
    return { unreadable: reasonOf(error) };
  } finally {
    await client.end();
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isRefused = 'code' in error && error.code === 'ECONNREFUSED';
  return isRefused ? 'the database does not run' : error.message;
}
