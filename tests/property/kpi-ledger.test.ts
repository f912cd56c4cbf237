import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseReads } from '../../server/adapters/db/reads/index.ts';
import { countersOfLedger } from '../../server/adapters/db/stores/kpi-ledger.ts';
import { listCalls } from '../../server/app/calls/read-calls.ts';
import { kpiReport } from '../../server/app/kpi/read-kpi.ts';
import { rebuildCounters } from '../../server/app/kpi/rebuild-counters.ts';
import { listAttempts, listPromises, listWins } from '../../server/app/kpi/rows-behind.ts';
import { watchBoard } from '../../server/app/kpi/watch-board.ts';
import { listAttempts as attemptsEndpoint } from '../../server/contract/http/attempts.ts';
import { listCalls as callsEndpoint } from '../../server/contract/http/calls.ts';
import { listPromises as promisesEndpoint } from '../../server/contract/http/met-promises.ts';
import { listWins as winsEndpoint } from '../../server/contract/http/wins.ts';
import { localDay } from '../../server/core/hours/local-time.ts';
import { metrics } from '../../server/core/kpi/metrics.ts';
import { callDepartment, type Department } from '../support/call-department.ts';
import { happen, happening, type Happening } from '../support/department-life.ts';

let department: Department;
beforeAll(async () => {
  department = await callDepartment(150);
});
afterAll(() => department.close());

const plainly = { backwards: false, copies: 1 };
const lateWord = { backwards: true, copies: 2 };
const dial = (outcome: Extract<Happening, { kind: 'dial' }>['outcome'], who: 'rep' | 'other' = 'rep'): Happening => {
  return { kind: 'dial', who, cause: 'completed', talked: true, outcome, telling: plainly };
};
const arrives = (more: Partial<Extract<Happening, { kind: 'arrival' }>>): Happening => {
  const usual = { from: 'promised', nth: 0, ready: ['rep', 'other'], declines: false, fate: 'answered', outcome: 'gatekeeper' } as const;
  return { ...usual, kind: 'arrival', ready: [...usual.ready], telling: plainly, ...more };
};
/** Days in which everything that is counted happens once at least, looked at after each, before chance takes over. */
const everything: Happening[][] = [
  [
    dial('callBack'),
    { kind: 'time', passes: 'hours' },
    arrives({ outcome: 'sendOffer' }),
    dial('callBack'),
    arrives({ declines: true, telling: lateWord }),
    arrives({ from: 'unknown', fate: 'message' }),
    { kind: 'dial', who: 'other', cause: 'providerError', talked: false, outcome: 'kill', telling: lateWord },
    dial('callBack', 'other'),
    { kind: 'time', passes: 'night' },
    { kind: 'sweep' },
    { kind: 'promise', nth: 0, deed: 'handOver' },
  ],
  [
    arrives({ from: 'known', fate: 'gone' }),
    { kind: 'time', passes: 'hours' },
    { kind: 'dial', who: 'rep', cause: 'busy', talked: false, outcome: 'kill', telling: plainly },
    { kind: 'dial', who: 'other', cause: 'busy', talked: false, outcome: 'kill', telling: plainly },
    dial('meetingSet'),
    dial('meetingSet', 'other'),
    { kind: 'meeting', nth: 0, held: false },
    { kind: 'time', passes: 'night' },
    { kind: 'meeting', nth: 0, held: true },
    dial('handOver'),
    { kind: 'handoff', nth: 0, accepted: true },
    { kind: 'deal', nth: 0, to: 'lost' },
    { kind: 'deal', nth: 0, to: 'won' },
  ],
];

const counters = async () => {
  const rows = await department.prisma.kpiCounter.findMany({ where: { value: { not: 0 } } });
  return rows.map(({ day, ...row }) => ({ ...row, day: day.toISOString().slice(0, 10) }));
};
type Counters = Awaited<ReturnType<typeof counters>>;

async function ofLedger(): Promise<Counters> {
  type Row = Record<'hour' | 'rep_id' | 'team_id' | 'list_id' | 'channel_id' | 'source_id' | 'value', number> & {
    day: Date;
    metric: string;
  };
  const rows = await department.prisma.$queryRaw<Row[]>(countersOfLedger);
  return rows.map(({ day, rep_id: repId, team_id: teamId, list_id: listId, channel_id: channelId, source_id: sourceId, ...row }) => {
    return { ...row, repId, teamId, listId, channelId, sourceId, day: day.toISOString().slice(0, 10) };
  });
}

const lineOf = (row: Counters[number]): string =>
  [row.day, row.hour, row.repId, row.teamId, row.listId, row.channelId, row.sourceId, row.metric, row.value].join(' ');
const lines = (rows: Counters): string[] => rows.map(lineOf).sort();
const sumOf = (rows: Counters, metric: string): number =>
  rows.filter((row) => row.metric === metric).reduce((sum, row) => sum + row.value, 0);

/** Counters that a transaction changed without telling the board of their rep in the same transaction. */
const untold = () => department.prisma.$queryRaw`
  SELECT k.rep_id, k.metric, k.value FROM kpi_counter k WHERE NOT EXISTS (
    SELECT FROM outbox_event o WHERE o.xmin::text = k.xmin::text AND o.topic = 'board' AND o.payload -> 'repIds' @> to_jsonb(k.rep_id))`;

/** Promises to companies that nobody may dial: nobody could ever keep them. */
const owedToNobody = () =>
  department.prisma.promise.findMany({
    where: { status: 'open', company: { OR: [{ status: 'killed' }, { doNotCall: true }] } },
    select: { id: true, companyId: true, origin: true },
  });

async function live(one: Happening): Promise<void> {
  const before = await counters();
  const expected = await happen(department, one);
  const after = await counters();
  expect(lines(after)).toEqual(lines(await ofLedger()));
  for (const metric of ['dials', 'connects'] as const) expect(sumOf(after, metric) - sumOf(before, metric), metric).toBe(expected[metric]);
  expect(await untold()).toEqual([]);
  expect(await owedToNobody()).toEqual([]);
}

/** The rows that a figure of a rep's day opens. */
async function rowsBehind(repId: number, day: string) {
  const { prisma, head } = department;
  const app = { ...department.app, reads: databaseReads(prisma) };
  const of = { repId: String(repId), from: day, to: day, limit: '1' };
  const calls = async (metric: string) => (await listCalls(app, head, callsEndpoint.query.parse({ ...of, metric }))).total;
  const attempts = async (kind: string) => ({
    yes: (await listAttempts(app, head, attemptsEndpoint.query.parse({ ...of, kind, yes: 'true' }))).total,
    no: (await listAttempts(app, head, attemptsEndpoint.query.parse({ ...of, kind, yes: 'false' }))).total,
  });
  const promises = async (outcome: string) => (await listPromises(app, head, promisesEndpoint.query.parse({ ...of, outcome }))).total;
  return {
    dials: await calls('dials'),
    connects: await calls('connects'),
    providerErrors: await calls('providerErrors'),
    attempts: {
      reachDecisionMaker: await attempts('reachDecisionMaker'),
      setMeeting: await attempts('setMeeting'),
      holdMeeting: await attempts('holdMeeting'),
      close: await attempts('close'),
    },
    promises: { onTime: await promises('onTime'), late: await promises('late'), broken: await promises('broken') },
    wins: (await listWins(app, head, winsEndpoint.query.parse(of))).total,
    started: (await listWins(app, head, winsEndpoint.query.parse({ ...of, kind: 'workStarted' }))).total,
  };
}

async function everySightIsOne(): Promise<void> {
  const { app, head, rep, other } = department;
  const today = localDay(department.time.now, 'Europe/Moscow');
  const { groups } = await kpiReport(app, head, { from: today, to: today, groupBy: 'rep' });
  const board = await watchBoard(app, head);
  const { promises } = databaseReads(department.prisma);
  for (const { id } of [rep, other]) {
    const row = board.rows.find((candidate) => candidate.rep.id === id);
    const group = groups.find(({ key }) => key === String(id));
    if (group) expect(group).toMatchObject(row?.figures ?? {});
    expect(row?.figures).toMatchObject(await rowsBehind(id, today));
    const { onTime, late, broken } = await promises.summary({ repId: null, teamId: null }, { repId: id }, { from: today, to: today });
    expect(row?.figures.promises).toEqual({ onTime, late, broken });
  }
}

describe('counters, ledger, board and the rows behind each figure', () => {
  it('are one and the same whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 8 }), async (happenings) => {
        for (const one of happenings) await live(one);
        await everySightIsOne();
      }),
      { numRuns: 30, endOnFailure: true, examples: everything.map((happenings) => [happenings]) },
    );
  }, 600_000);

  it('had something of everything that is counted, and are counted anew to the same', async () => {
    const counted = await counters();
    expect(metrics.filter((metric) => sumOf(counted, metric) === 0)).toEqual([]);
    await rebuildCounters(department.app);
    expect(lines(await counters())).toEqual(lines(counted));
  });
});
