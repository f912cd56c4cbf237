import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disposeCall } from '../../server/app/calls/dispose-call.ts';
import { listCalls } from '../../server/app/calls/read-calls.ts';
import { dailyCheck, kpiReport, myPace } from '../../server/app/kpi/read-kpi.ts';
import { watchBoard } from '../../server/app/kpi/watch-board.ts';
import { disposeCall as disposeEndpoint, listCalls as listEndpoint } from '../../server/contract/http/calls.ts';
import {
  boardSnapshotSchema,
  dailyCheck as dailyCheckEndpoint,
  kpiReport as reportEndpoint,
  myPace as paceEndpoint,
} from '../../server/contract/http/kpi.ts';
import { callDepartment, dialNext, say, talk, type Department } from '../support/call-department.ts';

let department: Department;
beforeAll(async () => {
  department = await callDepartment();
  const first = await dialNext(department, department.rep);
  await talk(department, first.call.id);
  await disposeCall(
    department.app,
    department.rep,
    first.call.id,
    disposeEndpoint.body.parse({ code: 'sendOffer', withDecisionMaker: true }),
  );
  const second = await dialNext(department, department.rep);
  await say(department, second.call.id, { kind: 'ended', cause: 'providerError' }, 3);
  await dialNext(department, department.other);
});
afterAll(() => department.close());

const today = { from: '2026-11-24', to: '2026-11-24' };

describe('the figures of a day', () => {
  it.each(['rep', 'team', 'list', 'channel', 'source', 'hour', 'day'] as const)('by %s, as the contract says', async (groupBy) => {
    const report = reportEndpoint.reply.parse(await kpiReport(department.app, department.head, { ...today, groupBy }));
    expect(report.total).toMatchObject({ dials: 1, providerErrors: 1, connects: 1, talkSeconds: 60, wins: 1 });
    expect(report.groups[0]?.label).not.toBe('');
  });

  it('of others are not for a rep', async () => {
    expect((await kpiReport(department.app, department.other, { ...today, groupBy: 'rep' })).groups).toEqual([]);
  });

  it.each(['dials', 'connects', 'providerErrors', 'reachDecisionMaker', 'setMeeting'] as const)(
    'open exactly their calls: %s',
    async (metric) => {
      expect((await listCalls(department.app, department.head, listEndpoint.query.parse({ metric, ...today }))).items).toHaveLength(1);
    },
  );

  it('stand on the board with what each does now', async () => {
    const board = boardSnapshotSchema.parse(await watchBoard(department.app, department.lead));
    expect(board.rows.map((row) => [row.rep.name, row.activity, row.figures.dials])).toEqual([
      ['other', 'dialing', 0],
      ['rep', 'wrapUp', 1],
    ]);
    await expect(watchBoard(department.app, department.rep)).rejects.toMatchObject({ status: 403 });
  });

  it("make the rep's pace and the head's morning", async () => {
    const pace = paceEndpoint.reply.parse(await myPace(department.app, department.rep));
    expect(pace).toMatchObject({ day: '2026-11-24', winsThisWeek: 1, nextPromise: { companyName: 'Company 0' } });
    const check = dailyCheckEndpoint.reply.parse(await dailyCheck(department.app, department.head, undefined));
    expect(check.total.dials).toBe(1);
    expect(check.rows.map((row) => row.rep.name)).toEqual(['other', 'rep']);
    expect(check.listsRunningDry[0]).toMatchObject({ name: 'List' });
  });
});
