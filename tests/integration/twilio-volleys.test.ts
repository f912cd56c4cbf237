import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { currentCall } from '../../server/app/calls/current-call.ts';
import { nextCall } from '../../server/app/queue/next-call.ts';
import { startVolley } from '../../server/app/volleys/start-volley.ts';
import { databaseReads } from '../../server/adapters/db/reads/index.ts';
import { localDay } from '../../server/core/hours/local-time.ts';
import { dialInParallel } from '../support/parallel-list.ts';
import { patience } from '../support/patience.ts';
import { twilioDepartment, type TwilioDepartment } from '../support/twilio-department.ts';

/** Fates of the carrier's number book: answers and goes after two seconds; stays on the line; never answers. */
const [shortly, stays, unanswered] = ['0500', '0400', '0480'];

let department: TwilioDepartment;
const prisma = () => department.database.prisma;
const callOf = (id: number) => prisma().call.findUniqueOrThrow({ where: { id }, include: { company: { include: { lead: true } } } });

beforeAll(async () => {
  department = await twilioDepartment({ reps: 2, companies: 20, speed: 10 });
  const repId = department.actor(0).id;
  await dialInParallel(prisma(), { repId, companyId: 20, intentAt: new Date(Date.now() - 4 * 86_400_000) });
  await prisma().$executeRaw`UPDATE phone SET e164 = left(e164, -4) || ${unanswered}`;
});
afterEach(() => void (department.carrier.faults = {}));
afterAll(() => department.close());

/** Three lines of a rep: his card's number has this fate, nobody answers the others. */
async function threeLines(index: number, fate: string) {
  const rep = department.actor(index);
  const claim = await nextCall(department.app, rep);
  if (!claim) throw new Error('nobody to call');
  await department.department.setFate(claim.lead.id, fate);
  const input = { leadId: claim.lead.id, phoneId: undefined, idempotencyKey: `three of ${index}` };
  const started = await startVolley(department.app, rep, input);
  if (started.kind !== 'volley') throw new Error(`one line only: ${started.limitedBy}`);
  const { lines } = started.volley;
  return { rep, first: lines[0]?.callId ?? 0, others: lines.slice(1).map(({ callId }) => callId) };
}
const ended = (callId: number) => vi.waitFor(async () => expect((await callOf(callId)).state).toBe('ended'), patience);

it('owes a call to who had gone before the word of his answer came, instead of giving the rep a talk that he did not have', async () => {
  department.carrier.faults = {
    delivery: ({ path, word }) => ({ lost: word === 'in-progress' || path.endsWith('/machine') }),
  };
  const { rep, first, others } = await threeLines(0, shortly);
  await ended(first);
  const gone = await vi.waitFor(async () => {
    const call = await callOf(first);
    expect([call.abandonedAt, call.disposedAt]).not.toContain(null);
    return call;
  }, patience);
  expect(gone).toMatchObject({ endCause: 'completed', untaken: true, joinedAt: null, dispositionCode: null });
  expect(gone.answeredAt).not.toBeNull();
  expect(gone.company.lead).toMatchObject({ triesTotal: 0 });
  expect(await prisma().promise.findMany({ where: { companyId: gone.companyId } })).toMatchObject([
    { repId: rep.id, origin: 'abandoned', status: 'open' },
  ]);
  const [list] = await databaseReads(prisma()).lists.lists({ teamId: null }, localDay(new Date(), 'Europe/Moscow'), new Date());
  expect(list?.pace).toMatchObject({ abandoned: 1 });
  // Nothing of it is on the rep's screen, and his other lines were not taken back for it.
  expect(await currentCall(department.app, rep)).toBeNull();
  expect(await prisma().carrierLeg.count({ where: { callId: { in: others }, hangupAsked: true } })).toBe(0);
  await Promise.all(others.map(ended));
  await vi.waitFor(async () => expect(await prisma().volley.count({ where: { endedAt: null } })).toBe(0), patience);
  expect(await prisma().call.count({ where: { abandonedAt: { not: null } } })).toBe(1);
});

it('gives the rep whom he was joined with, in the room and after it', async () => {
  const { rep, first, others } = await threeLines(1, stays);
  await vi.waitFor(async () => expect((await callOf(first)).joinedAt).not.toBeNull(), patience);
  await Promise.all(others.map(ended));
  expect(department.carrier.exchange.room(`zagon-rep-${rep.id}`)?.present.map(({ label }) => label)).toEqual([`call-${first}`]);
  await department.app.telephony.hangup(first);
  await ended(first);
  expect(await callOf(first)).toMatchObject({ untaken: false, abandonedAt: null, disposedAt: null });
  expect((await currentCall(department.app, rep))?.call.id).toBe(first);
});
