import { localDay, localHour } from '../../core/hours/local-time.ts';
import { countsOfAttempt, countsOfWin, type Counts } from '../../core/kpi/metrics.ts';
import type { WinKind } from '../ports/stores/attempts.ts';
import type { Stores } from '../ports/stores/index.ts';

/** Something that counts and happened without a call. */
interface Progress {
  repId: number;
  companyId: number;
  dealId: number;
  at: Date;
}

async function ledgerLine(stores: Stores, { repId, companyId, dealId, at }: Progress) {
  const { timeZone, ...counted } = await stores.dealCommands.countedBy(repId, companyId);
  return { ...counted, day: localDay(at, timeZone), hour: localHour(at, timeZone), at, repId, companyId, dealId, callId: null };
}

type LedgerLine = Awaited<ReturnType<typeof ledgerLine>>;

const count = (stores: Stores, { day, hour, repId, teamId, listId, channelId, sourceId }: LedgerLine, counts: Counts): Promise<void> =>
  stores.kpi.add(
    { day, hour, repId, teamId: teamId ?? 0, listId: listId ?? 0, channelId: channelId ?? 0, sourceId: sourceId ?? 0 },
    counts,
  );

/** Writes a win and counts it; one with the same key is written once. */
export async function bookWin(stores: Stores, kind: WinKind, key: string, progress: Progress): Promise<void> {
  const line = await ledgerLine(stores, progress);
  if (await stores.attempts.writeWin({ ...line, kind, key })) await count(stores, line, countsOfWin(kind));
}

/** Writes the attempt to close, one per deal, and counts it. */
export async function bookClose(stores: Stores, yes: boolean, progress: Progress): Promise<void> {
  const line = await ledgerLine(stores, progress);
  const attempt = { kind: 'close', yes } as const;
  if (await stores.attempts.write({ ...line, ...attempt, meetingId: null })) await count(stores, line, countsOfAttempt(attempt));
}
