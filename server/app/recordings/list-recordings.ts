import type { RecordingCard, RecordingLedger, RecordingQuery, RecordingRow } from '../../contract/http/recordings.ts';
import { addDays, localDay } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import { pageOfRows, readCursor } from '../page.ts';
import { notFound } from '../problem.ts';
import { widestScope } from '../scope.ts';
import type { RecordingContext } from './recording-context.ts';

/** Recordings that the actor may hear, newest call first. */
export async function listRecordings(
  app: Pick<RecordingContext, 'reads'>,
  actor: Actor,
  query: RecordingQuery,
): Promise<{ items: RecordingRow[]; nextCursor: string | null }> {
  const { cursor, ...filters } = query;
  const [millis, id] = readCursor(cursor, 2) ?? [];
  const rows = await app.reads.recordings.page({
    ...filters,
    scope: widestScope(actor),
    after: millis === undefined || id === undefined ? undefined : { intentAt: new Date(millis), id },
  });
  return pageOfRows(rows, query.limit, (row) => [new Date(row.intentAt).getTime(), row.id]);
}

/** One recording with its review. @throws Refused 404 for an absent one and for one of others alike */
export async function recordingCard(app: Pick<RecordingContext, 'reads'>, actor: Actor, recordingId: number): Promise<RecordingCard> {
  const card = await app.reads.recordings.card(recordingId, widestScope(actor));
  if (card === null) throw notFound('recording');
  return card;
}

const ledgerDays = 30;

/** Answered calls against recordings against playable files; the last thirty days unless told. */
export async function recordingLedger(
  app: Pick<RecordingContext, 'reads' | 'clock'>,
  actor: Actor,
  query: { from?: string | undefined; to?: string | undefined },
): Promise<RecordingLedger> {
  const to = query.to ?? localDay(app.clock.now(), actor.timeZone);
  return app.reads.recordings.ledger(query.from ?? addDays(to, -ledgerDays), to);
}
