import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disposeCall } from '../../server/app/calls/dispose-call.ts';
import { rebuildCounters } from '../../server/app/kpi/rebuild-counters.ts';
import { kpiReport } from '../../server/app/kpi/read-kpi.ts';
import { watchBoard } from '../../server/app/kpi/watch-board.ts';
import { disposeCall as disposeEndpoint } from '../../server/contract/http/calls.ts';
import { suggestedDisposition } from '../../server/core/calls/suggested-disposition.ts';
import { endCauses } from '../../server/core/calls/carrier-event.ts';
import { callDepartment, dialNext, say, talk, type Department } from '../support/call-department.ts';

let department: Department;
beforeAll(async () => {
  department = await callDepartment(60);
}, 60_000);
afterAll(() => department.close());

const talkOutcomes = [
  { code: 'callBack', promise: { kind: 'exact', localTime: '2026-11-24T16:30', acceptOverCapacity: true } },
  { code: 'gatekeeper' },
  { code: 'refused', reason: 'Нет бюджета', withDecisionMaker: true },
  { code: 'sendOffer', withDecisionMaker: true },
  { code: 'meetingSet', meeting: { localTime: '2026-12-01T15:00' } },
  { code: 'wrongNumber' },
  { code: 'handOver' },
];

const step = fc.record({
  who: fc.constantFrom('rep', 'other'),
  cause: fc.constantFrom(...endCauses),
  talked: fc.boolean(),
  copies: fc.integer({ min: 1, max: 3 }),
  outcome: fc.nat(talkOutcomes.length - 1),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function live({ who, cause, talked, copies, outcome }: Step): Promise<void> {
  const actor = department[who];
  const { call } = await dialNext(department, actor);
  for (let copy = 0; copy < copies; copy += 1) {
    if (talked) await talk(department, call.id);
    else await say(department, call.id, { kind: 'ended', cause }, 20);
  }
  const suggested = talked ? null : suggestedDisposition(cause, null);
  const input = suggested ? { code: suggested } : talkOutcomes[outcome];
  await disposeCall(department.app, actor, call.id, disposeEndpoint.body.parse(input));
}

const counters = () => department.prisma.kpiCounter.findMany({ orderBy: [{ repId: 'asc' }, { metric: 'asc' }, { hour: 'asc' }] });

describe('counters, ledger and board', () => {
  it('are one and the same after any calls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        for (const one of steps) await live(one);
        const counted = await counters();
        const report = await kpiReport(department.app, department.head, { from: '2026-11-24', to: '2026-11-24', groupBy: 'rep' });
        const board = await watchBoard(department.app, department.head);
        for (const group of report.groups) {
          const row = board.rows.find((candidate) => String(candidate.rep.id) === group.key);
          expect(group).toMatchObject(row?.figures ?? {});
          expect(row).toBeDefined();
        }
        await rebuildCounters(department.app);
        expect(await counters()).toEqual(counted);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});
