import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { endEvent } from '../../server/app/calls/start-call.ts';
import type { CarrierEvent } from '../../server/core/calls/carrier-event.ts';
import { foldCall } from '../../server/core/calls/fold-call.ts';
import { countsOfCall, differenceOf, metrics, type Counts } from '../../server/core/kpi/metrics.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { patience } from '../support/patience.ts';
import { twilioInside } from '../support/twilio-inside.ts';

const calls = 1000;
const fates = ['0001', '0300', '0404', '0480', '0486', '0500', '0503', '0603', '0504', '0505', '0506', '1234'];

/** Chance that a test run can repeat. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

let notebook: CarrierNotebook;
let rig: Awaited<ReturnType<typeof twilioInside>>;

beforeEach(async () => {
  notebook = new CarrierNotebook();
  rig = await twilioInside(notebook);
});
afterEach(async () => {
  await rig.close();
});

const plus = (one: Counts, other: Counts): Counts =>
  Object.fromEntries(metrics.map((metric) => [metric, (one[metric] ?? 0) + (other[metric] ?? 0)]));

/** What a call counts by what was heard so far. */
function countsAfter(events: readonly CarrierEvent[], intentAt: Date): Counts {
  const folded = foldCall(events, intentAt);
  return countsOfCall({ ...folded, ended: folded.state === 'ended', direction: 'outbound', dialled: events.length > 0 });
}

/** As the product counts: with each word that comes, the difference to what was counted before. */
function countedOneByOne(events: readonly CarrierEvent[], intentAt: Date): Counts {
  return events.reduce<Counts>(
    (sum, _, place) =>
      plus(sum, differenceOf(countsAfter(events.slice(0, place), intentAt), countsAfter(events.slice(0, place + 1), intentAt))),
    plus({}, {}),
  );
}

it('ends each of a thousand calls, dialled once at most, counted and recorded as it was, through loss, copies, delay and doubt', async () => {
  const { carrier, telephony } = rig;
  const chance = chanceFrom(20_261_123);
  carrier.faults = {
    delivery: () => ({ lost: chance() < 0.1, copies: chance() < 0.1 ? 2 : 1, lateMilliseconds: Math.floor(chance() * 60) }),
    dial: () => (chance() < 0.03 ? 'tooManyRequests' : chance() < 0.03 ? 'serverErrorAfter' : null),
    recording: () => (chance() < 0.05 ? 'silent' : chance() < 0.05 ? 'late' : null),
  };
  const numbers = Array.from({ length: calls }, (_, index) => `+7${String(900_000 + index)}${fates[index % fates.length] ?? ''}`);
  const intentAt = new Date(Date.now() - 1000);
  const outcomes = await Promise.all(
    numbers.map((to, index) =>
      telephony.dial({ callId: index + 1, repId: index + 1, to, from: null, ringTimeoutSeconds: 20, record: true }),
    ),
  );
  await vi.waitFor(
    () => expect([...carrier.exchange.legs.values()].every((leg) => leg.isOver || leg.status === 'in-progress')).toBe(true),
    patience,
  );
  for (let callId = 1; callId <= calls; callId += 1) await telephony.hangup(callId);
  await carrier.deliveries.settled();
  // What nothing was heard of is asked after, once early and once when Twilio's lists must have it; so are recordings.
  const lookAfter = async (aheadMilliseconds: number): Promise<void> => {
    rig.clock.aheadMilliseconds = aheadMilliseconds;
    for (let callId = 1; callId <= calls; callId += 1) {
      const found = await telephony.lookUp(callId);
      if (found.kind === 'ended')
        await notebook.onCarrierEvent(endEvent(callId, 'lookUp:ended', found.cause, found.carrierWord, found.endedAt));
    }
    await telephony.sweep();
  };
  await lookAfter(0);
  await lookAfter(300_000);
  // One whose sound comes late is fetched by a later sweep, as in life.
  const everything = { since: new Date(0), before: new Date(8.64e15), states: ['announced'] } as const;
  await vi.waitFor(async () => {
    await telephony.sweep();
    expect(await rig.legs.recordingsDue(everything)).toEqual([]);
  }, patience);
  await lookAfter(7_200_000);
  const answered = (kind: string): number => outcomes.filter((outcome) => outcome.kind === kind).length;
  expect(answered('accepted')).toBeGreaterThan(500);
  expect(answered('ambiguous')).toBeGreaterThan(150);
  const recordings = new Map(notebook.recordings.map((recording) => [recording.callId, recording.kind]));
  let kpi: Counts = {};
  let indistinct = 0;
  for (const [index, to] of numbers.entries()) {
    const callId = index + 1;
    const what = `call ${callId}, ${outcomes[index]?.kind ?? ''}`;
    const real = [...carrier.exchange.legs.values()].find((leg) => leg.options.to === to);
    expect(carrier.dialsTo(to), what).toBeLessThanOrEqual(1);
    const found = await telephony.lookUp(callId);
    // What really was dialled has an end; what was not is unheard of.
    expect(found.kind, what).toBe(real ? 'ended' : 'unheardOf');
    const events = notebook.of(callId);
    const folded = foldCall(events, intentAt);
    if (found.kind === 'ended') expect(folded.endCause, what).toBe(found.cause);
    // Over within half a second of an answer that was never told, it has the same words and length as one that we cancelled.
    const isIndistinct = Boolean(real?.answeredAt) && real?.seconds === 0 && folded.answeredAt === null;
    if (isIndistinct) indistinct += 1;
    expect(folded.answeredAt !== null, what).toBe(Boolean(real?.answeredAt) && !isIndistinct);
    expect(countedOneByOne(events, intentAt), what).toEqual(plus({}, countsAfter(events, intentAt)));
    kpi = plus(kpi, countsAfter(events, intentAt));
    // Each answered call has its recording, or is known to have none; nobody else waits for one.
    const kept = carrier.recordings.all.find(({ leg, status }) => leg === real && status === 'completed');
    if (!isIndistinct) expect(recordings.get(callId), what).toBe(real?.answeredAt ? (kept ? 'ready' : 'missing') : undefined);
  }
  expect(indistinct).toBeLessThan(calls / 50);
  const placed = [...carrier.exchange.legs.values()];
  expect((kpi.dials ?? 0) + (kpi.providerErrors ?? 0)).toBe(placed.length);
  expect(carrier.complaints).toEqual([]);
});
