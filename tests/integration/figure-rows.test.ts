import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disposeCall } from '../../server/app/calls/dispose-call.ts';
import { listCalls } from '../../server/app/calls/read-calls.ts';
import { kpiReport } from '../../server/app/kpi/read-kpi.ts';
import { rebuildCounters } from '../../server/app/kpi/rebuild-counters.ts';
import { listAttempts, listPromises, listWins } from '../../server/app/kpi/rows-behind.ts';
import { attemptReads } from '../../server/adapters/db/reads/attempts.ts';
import * as attempts from '../../server/contract/http/attempts.ts';
import * as calls from '../../server/contract/http/calls.ts';
import * as promises from '../../server/contract/http/met-promises.ts';
import * as wins from '../../server/contract/http/wins.ts';
import { figureNames, groupings, type FigureName, type Grouping } from '../../server/contract/http/kpi.ts';
import { figureOf, rowsBehind, scopeOfGroup } from '../../web/src/lib/features/boards/links.ts';
import { callDepartment, dialNext, say, talk, type Department } from '../support/call-department.ts';

const days = { from: '2026-11-20', to: '2026-11-24' };
let department: Department;

beforeAll(async () => {
  department = await callDepartment(6);
  await callAll();
  await writeRecords();
  await rebuildCounters(department.app);
});
afterAll(() => department.close());

/** One call each way: a talk with an outcome, a failure of the carrier, a busy line. */
async function callAll(): Promise<void> {
  const { app, rep, other } = department;
  const dispose = (callId: number, actor: typeof rep, body: object) =>
    disposeCall(app, actor, callId, calls.disposeCall.body.parse({ withDecisionMaker: true, ...body }));
  const offered = await dialNext(department, rep);
  await talk(department, offered.call.id);
  await dispose(offered.call.id, rep, { code: 'sendOffer' });
  const met = await dialNext(department, other);
  await talk(department, met.call.id);
  await dispose(met.call.id, other, { code: 'meetingSet', meeting: { localTime: '2026-12-01T15:00' } });
  const failed = await dialNext(department, rep);
  await say(department, failed.call.id, { kind: 'ended', cause: 'providerError' }, 3);
  await dispose(failed.call.id, rep, { code: 'providerError', withDecisionMaker: false });
  const busy = await dialNext(department, rep);
  await say(department, busy.call.id, { kind: 'ended', cause: 'busy' }, 3);
  await dispose(busy.call.id, rep, { code: 'busy', withDecisionMaker: false });
}

/** Records that no call writes, with and without each dimension. */
async function writeRecords(): Promise<void> {
  const { prisma, rep, other, companyIds } = department;
  const companyId = companyIds[5] ?? 0;
  const channel = await prisma.channel.create({ data: { name: 'Опт' } });
  const source = await prisma.source.create({ data: { name: 'Выставка' } });
  const at = new Date('2026-11-23T09:00:00Z');
  const whole = { repId: rep.id, teamId: rep.teamId, channelId: channel.id, sourceId: source.id, day: new Date('2026-11-23'), hour: 12 };
  const bare = { repId: other.id, day: new Date('2026-11-20'), hour: 17 };
  for (const [index, counted] of [whole, bare].entries()) {
    const about = { ...counted, companyId, at };
    for (const [place, kind] of (['holdMeeting', 'close'] as const).entries())
      for (const yes of [true, false])
        await prisma.attempt.create({
          data: { ...about, kind, yes, [kind === 'close' ? 'dealId' : 'meetingId']: 100 + index * 10 + place * 2 + Number(yes) },
        });
    for (const kind of ['workStarted', 'meetingHeld'] as const)
      await prisma.win.create({ data: { ...about, kind, key: `${kind}:${index}` } });
    for (const outcome of ['onTime', 'late', 'broken'] as const) {
      const times = { startsAt: at, promisedAt: at, deadlineAt: at, localTime: '2026-11-23T12:00', timeZone: 'Europe/Moscow' };
      await prisma.promise.create({
        data: { ...counted, ...times, countedRepId: counted.repId, companyId, kind: 'exact', status: 'fulfilled', outcome },
      });
    }
  }
}

/** How many rows the console's address of a figure shows, and their seconds of talk. */
async function rowsOf(address: string): Promise<{ count: number; talkSeconds: number }> {
  const { app, head, prisma } = department;
  const url = new URL(address, 'http://console');
  const query = { ...Object.fromEntries(url.searchParams), limit: '200' };
  const rows = { reads: { attempts: attemptReads(prisma) } };
  const count = ({ items, total }: { items: readonly unknown[]; total?: number }) => {
    expect(total).toBe(items.length);
    return { count: items.length, talkSeconds: 0 };
  };
  switch (url.pathname) {
    case '/calls': {
      const page = await listCalls(app, head, calls.listCalls.query.parse(query));
      return { ...count(page), talkSeconds: page.items.reduce((sum, row) => sum + row.talkSeconds, 0) };
    }
    case '/attempts':
      return count(await listAttempts(rows, head, attempts.listAttempts.query.parse(query)));
    case '/wins':
      return count(await listWins(rows, head, wins.listWins.query.parse(query)));
    case '/promises':
      return count(await listPromises(rows, head, promises.listPromises.query.parse(query)));
    default:
      throw new Error(`no rows at ${address}`);
  }
}

const shown = async (figure: FigureName, address: string): Promise<number> => {
  const rows = await rowsOf(address);
  return figure === 'talkSeconds' ? rows.talkSeconds : rows.count;
};

describe('a figure and the rows that it leads to', () => {
  const cases = figureNames.flatMap((figure) => groupings.map((groupBy): [FigureName, Grouping] => [figure, groupBy]));
  it.each(cases)('are equal: %s by %s', async (figure, groupBy) => {
    const report = await kpiReport(department.app, department.head, { ...days, groupBy });
    expect(figureOf(report.total, figure)).toBeGreaterThan(0);
    for (const group of report.groups) {
      const behind = scopeOfGroup(group, groupBy, days);
      expect([group.label, await shown(figure, rowsBehind(figure, behind.days, behind.scope))]).toEqual([
        group.label,
        figureOf(group, figure),
      ]);
    }
  });

  it.each(figureNames)('of several people together: %s', async (figure) => {
    const { rep, other } = department;
    const report = await kpiReport(department.app, department.head, { ...days, groupBy: 'rep' });
    const both = report.groups.filter((group) => [rep.id, other.id].includes(Number(group.key)));
    const sum = both.reduce((total, group) => total + figureOf(group, figure), 0);
    expect(await shown(figure, rowsBehind(figure, days, { repIds: `${rep.id},${other.id}` }))).toBe(sum);
  });

  it("stay a rep's own for a rep", async () => {
    const rows = { reads: { attempts: attemptReads(department.prisma) } };
    const query = wins.listWins.query.parse(days);
    const own = await listWins(rows, department.rep, query);
    expect(own.items.length).toBeGreaterThan(0);
    expect(own.items.every((row) => row.rep.id === department.rep.id)).toBe(true);
  });
});
