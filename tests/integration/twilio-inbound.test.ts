import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentCall } from '../../server/app/calls/current-call.ts';
import { answerCall } from '../../server/app/inbound/answer-call.ts';
import { declineCall } from '../../server/app/inbound/decline-call.ts';
import { missedOf, ringsFor } from '../../server/app/inbound/see-rings.ts';
import { setPresence } from '../../server/app/presence/set-presence.ts';
import { missedCalls } from '../../server/contract/http/inbound.ts';
import { patience } from '../support/patience.ts';
import { testAccount } from '../support/twilio-carrier/carrier.ts';
import { twilioDepartment, type TwilioDepartment } from '../support/twilio-department.ts';
const [ownNumber = ''] = testAccount.numbers;
/** Somebody who stays on the line in silence. */
const silentLine = '0400';

let office: TwilioDepartment;
beforeAll(async () => {
  // As fast as life: a caller waits for most of a minute, however busy the machine is.
  office = await twilioDepartment({ reps: 2, companies: 8, speed: 1 });
});
afterAll(async () => {
  await office.close();
});
beforeEach(async () => {
  for (const index of [0, 1]) await setPresence(office.app, office.actor(index), 'ready');
});

/** The company at this place of the list, owned by the first rep, with a number of its own. */
async function ownCompany(place: number): Promise<{ id: number; phone: string }> {
  const { prisma } = office.database;
  const { id: leadId, companyId } = await prisma.lead.findFirstOrThrow({ where: { position: place } });
  await prisma.company.update({ where: { id: companyId }, data: { ownerId: office.actor(0).id } });
  await office.department.setFate(leadId, silentLine);
  const { e164 } = await prisma.phone.findFirstOrThrow({ where: { companyId } });
  return { id: companyId, phone: e164 };
}

/** Somebody calls our number: his leg at the carrier, and our call. */
async function callIn(from: string) {
  const leg = await office.carrier.callIn(from, ownNumber);
  const call = () => office.database.prisma.call.findFirst({ where: { carrierCallId: leg.sid } });
  const arrived = await vi.waitFor(async () => {
    const row = await call();
    if (!row) throw new Error('the call has not arrived');
    return row;
  }, patience);
  return { leg, callId: arrived.id };
}
const callOf = (id: number) => office.database.prisma.call.findUniqueOrThrow({ where: { id }, include: { recording: true } });
const ringsAt = (index: number) =>
  vi.waitFor(async () => {
    const [ring] = await ringsFor(office.app, office.actor(index));
    if (!ring) throw new Error(`it does not ring for rep ${index}`);
    return ring;
  }, patience);
const hangUp = (leg: Awaited<ReturnType<typeof callIn>>['leg']): void => office.carrier.exchange.end(leg, 'completed');
const ended = (callId: number) => vi.waitFor(async () => expect((await callOf(callId)).state).toBe('ended'), patience);

describe('a prospect who calls back over Twilio', () => {
  it('reaches his owner with the card, and is talked with in his room; the open promise is met by it', async () => {
    const company = await ownCompany(1);
    const { prisma } = office.database;
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    const times = { startsAt: inMinutes(-10), promisedAt: inMinutes(-5), deadlineAt: inMinutes(30) };
    const about = {
      companyId: company.id,
      repId: office.actor(0).id,
      kind: 'exact',
      localTime: '2026-01-01T11:00',
      timeZone: 'Europe/Moscow',
    } as const;
    const promise = await prisma.promise.create({ data: { ...about, ...times } });
    const { leg, callId } = await callIn(company.phone);
    expect(await ringsAt(0)).toMatchObject({ callId, stage: 'first', company: { id: company.id }, isNew: false });
    expect(await ringsFor(office.app, office.actor(1))).toEqual([]);
    await answerCall(office.app, office.actor(0), callId);
    expect(await currentCall(office.app, office.actor(0))).toMatchObject({
      call: { id: callId, state: 'answered', companyId: company.id },
    });
    expect(office.carrier.exchange.room(`zagon-rep-${office.actor(0).id}`)?.find(leg.sid)?.label).toBe(`call-${callId}`);
    const answeredAt = Date.now();
    // What is shorter than a word is not recorded.
    await vi.waitFor(() => expect(Date.now() - answeredAt).toBeGreaterThan(300), patience);
    hangUp(leg);
    await ended(callId);
    expect(await prisma.promise.findUniqueOrThrow({ where: { id: promise.id } })).toMatchObject({
      status: 'fulfilled',
      outcome: 'onTime',
      closedByCallId: callId,
    });
    await vi.waitFor(async () => expect((await callOf(callId)).recording).not.toBeNull(), patience);
    expect(office.carrier.complaints).toEqual([]);
    await prisma.call.update({ where: { id: callId }, data: { disposedAt: new Date() } });
  });

  it('whom neither his owner nor the team answers leaves a message: a task, a recording, and a call owed', async () => {
    const company = await ownCompany(2);
    const { prisma } = office.database;
    const { leg, callId } = await callIn(company.phone);
    await ringsAt(0);
    await declineCall(office.app, office.actor(0), callId);
    expect(await ringsAt(1)).toMatchObject({ callId, company: { id: company.id } });
    await declineCall(office.app, office.actor(1), callId);
    await vi.waitFor(async () => expect((await callOf(callId)).voicemailAt).not.toBeNull(), patience);
    const beganAt = Date.now();
    await vi.waitFor(() => expect(Date.now() - beganAt).toBeGreaterThan(300), patience);
    hangUp(leg);
    await ended(callId);
    expect(await callOf(callId)).toMatchObject({ answeredAt: null, endCause: 'noAnswer' });
    expect(await prisma.task.findMany({ where: { callId } })).toMatchObject([{ kind: 'voicemail', assigneeId: office.actor(0).id }]);
    expect(await prisma.promise.findMany({ where: { companyId: company.id, status: 'open' } })).toMatchObject([
      { origin: 'inbound', repId: office.actor(0).id, madeInCallId: callId },
    ]);
    await vi.waitFor(async () => expect((await callOf(callId)).recording).not.toBeNull(), patience);
    expect(office.carrier.complaints).toEqual([]);
  });

  it('and gives up while it rings is owed a call', async () => {
    const company = await ownCompany(3);
    const { leg, callId } = await callIn(company.phone);
    await ringsAt(0);
    hangUp(leg);
    await ended(callId);
    expect(await callOf(callId)).toMatchObject({ endCause: 'canceled', answeredAt: null });
    await vi.waitFor(async () => expect(await ringsFor(office.app, office.actor(0))).toEqual([]), patience);
    const missed = await missedOf(office.app, office.actor(0), missedCalls.query.parse({ open: 'true' }));
    expect(missed.items).toContainEqual(expect.objectContaining({ callId, voicemail: false, handledAt: null }));
  });

  it('from a number that nobody knows makes company, contact and deal', async () => {
    const { leg, callId } = await callIn('+78120000400');
    const { companyId } = await callOf(callId);
    const company = await office.database.prisma.company.findUniqueOrThrow({
      where: { id: companyId },
      include: { source: true, contacts: true, phones: true, deals: true },
    });
    expect(company).toMatchObject({ name: 'Неизвестный +78120000400', source: { name: 'Входящий звонок' } });
    expect([company.contacts.length, company.phones.length, company.deals.length]).toEqual([1, 1, 1]);
    hangUp(leg);
    await ended(callId);
  });
});
