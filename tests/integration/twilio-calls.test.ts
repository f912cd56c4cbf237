import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../server/adapters/db/client.ts';
import { carrierLegs, carrierPace } from '../../server/adapters/db/stores/carrier-legs.ts';
import { startCall } from '../../server/app/calls/start-call.ts';
import { currentClaim, nextCall } from '../../server/app/queue/next-call.ts';
import type { App } from '../../server/entrypoints/app.ts';
import { patience } from '../support/patience.ts';
import { sendOverHttp, type OutgoingRequest } from '../support/twilio-carrier/deliveries.ts';
import { testAccount, type TwilioCarrier } from '../support/twilio-carrier/carrier.ts';
import { twilioDepartment, type TwilioDepartment } from '../support/twilio-department.ts';

let department: TwilioDepartment['department'];
let database: Database;
let app: App;
let carrier: TwilioCarrier;
let sent: OutgoingRequest[];
let actor: TwilioDepartment['actor'];
let close: () => Promise<void>;

beforeAll(async () => {
  ({ department, database, app, carrier, sent, actor, close } = await twilioDepartment({ reps: 7, companies: 30, speed: 10 }));
});
afterAll(async () => {
  await close();
});

/** Claims the next lead of a rep, gives its number a fate and dials it. */
async function dial(index: number, fate: string): Promise<{ callId: number; to: string }> {
  const rep = actor(index);
  const claim = await nextCall(app, rep);
  if (!claim) throw new Error('nobody to call');
  await department.setFate(claim.lead.id, fate);
  const call = await startCall(app, rep, { leadId: claim.lead.id, phoneId: undefined, idempotencyKey: `key-${index}-${fate}` });
  const { phoneE164 } = await database.prisma.call.findUniqueOrThrow({ where: { id: call.id } });
  return { callId: call.id, to: phoneE164 };
}

const stateOf = async (callId: number) => (await database.prisma.call.findUniqueOrThrow({ where: { id: callId } })).state;

describe('calls over Twilio, on the real base', () => {
  it('carry a talk from the dial to its recording; told again, nothing changes', async () => {
    const { callId } = await dial(0, '0001');
    await vi.waitFor(async () => expect(await stateOf(callId)).toBe('answered'), patience);
    // A recording shorter than a word is told as absent.
    const answeredAt = Date.now();
    await vi.waitFor(() => expect(Date.now() - answeredAt).toBeGreaterThan(300), patience);
    await app.telephony.hangup(callId);
    await vi.waitFor(async () => {
      expect(await stateOf(callId)).toBe('ended');
      expect(await database.prisma.recording.findUnique({ where: { callId } })).toMatchObject({ status: 'pending' });
    }, patience);
    const before = await database.prisma.call.findUniqueOrThrow({ where: { id: callId }, include: { events: true } });
    for (const request of [...sent].reverse()) expect((await sendOverHttp(request)).status).toBeLessThan(300);
    expect(await database.prisma.call.findUniqueOrThrow({ where: { id: callId }, include: { events: true } })).toEqual(before);
    expect(carrier.complaints).toEqual([]);
  });

  it('refuse every request with a byte changed before the base is asked anything', async () => {
    const genuine = sent.find(({ url }) => url.endsWith('/status'));
    if (!genuine?.body) throw new Error('the carrier told nothing');
    const signature = genuine.headers['x-twilio-signature'] ?? '';
    const flip = (text: string, at: number): string => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    const forged: OutgoingRequest[] = [
      { ...genuine, headers: { ...genuine.headers, 'x-twilio-signature': '' } },
      { ...genuine, url: `${genuine.url}?more=1` },
      { ...genuine, url: genuine.url.replace(/calls\/\d+/, 'calls/999') },
      // The last two letters of base64 hold fewer bits than they show.
      ...Array.from({ length: signature.length - 2 }, (_, at) => ({
        ...genuine,
        headers: { ...genuine.headers, 'x-twilio-signature': flip(signature, at) },
      })),
      ...Array.from({ length: genuine.body.length }, (_, at) => ({ ...genuine, body: flip(genuine.body ?? '', at) })),
    ];
    let asked = 0;
    const count = (): void => void (asked += 1);
    database.pool.on('acquire', count);
    for (const request of forged) expect((await sendOverHttp(request)).status).toBe(403);
    expect(asked).toBe(0);
    expect((await sendOverHttp(genuine)).status).toBe(204);
    database.pool.off('acquire', count);
    expect(asked).toBeGreaterThan(0);
  });

  it('take the next token while the account rotates to it', async () => {
    carrier.authToken = 'the token after it';
    const { callId } = await dial(1, '0486');
    await vi.waitFor(async () => expect(await stateOf(callId)).toBe('ended'), patience);
    carrier.authToken = testAccount.authToken;
  });

  it.each([
    ['reset after sending', '0506', 1],
    ['reset before it', '0505', 0],
  ])('dial once, whatever the answer: %s', async (_name, fate, dials) => {
    const { callId, to } = await dial(fate === '0506' ? 2 : 3, fate);
    const found = await app.telephony.lookUp(callId);
    expect(['live', 'ended']).toContain(found.kind);
    expect(carrier.dialsTo(to)).toBe(dials);
    await app.telephony.dial({ callId, repId: actor(2).id, to, from: null, ringTimeoutSeconds: 5, record: true });
    expect(carrier.dialsTo(to)).toBe(dials);
  });

  it('wait and try again when Twilio asks for fewer calls a second', async () => {
    let refusals = 0;
    carrier.faults = { dial: () => ((refusals += 1) <= 2 ? 'tooManyRequests' : null) };
    const { callId, to } = await dial(4, '0001');
    expect(await app.telephony.lookUp(callId)).toEqual({ kind: 'live' });
    expect(refusals).toBe(3);
    expect(carrier.dialsTo(to)).toBe(1);
    await app.telephony.hangup(callId);
    carrier.faults = {};
  });

  it('wait for a line in sight of the rep; taken back there they were never dialled, and he dials anew', async () => {
    carrier.faults = { dial: () => 'tooManyRequests' };
    const rep = actor(6);
    const claim = await nextCall(app, rep);
    if (!claim) throw new Error('nobody to call');
    await department.setFate(claim.lead.id, '0001');
    const input = { leadId: claim.lead.id, phoneId: undefined };
    const dialling = startCall(app, rep, { ...input, idempotencyKey: 'taken-back' });
    const waiting = await vi.waitFor(
      () => database.prisma.call.findFirstOrThrow({ where: { repId: rep.id, waitsUntil: { not: null } }, include: { events: true } }),
      patience,
    );
    expect(waiting).toMatchObject({ state: 'intent', dialedAt: null, events: [{ kind: 'waiting', carrierWord: '429 20429' }] });
    await app.telephony.hangup(waiting.id);
    expect(await dialling).toMatchObject({ state: 'ended', endCause: 'canceled', waitsUntil: null, dispositionCode: null });
    const { dialedAt, disposedAt, phoneE164 } = await database.prisma.call.findUniqueOrThrow({ where: { id: waiting.id } });
    expect({ dialedAt, isClosed: disposedAt !== null, dials: carrier.dialsTo(phoneE164) }).toEqual({
      dialedAt: null,
      isClosed: true,
      dials: 0,
    });
    expect(await database.prisma.lead.findUniqueOrThrow({ where: { id: claim.lead.id } })).toMatchObject({ triesTotal: 0, retryAt: null });
    expect(await currentClaim(app, rep)).toMatchObject({ lead: { id: claim.lead.id } });

    carrier.faults = {};
    const { id } = await startCall(app, rep, { ...input, idempotencyKey: 'dialled' });
    await vi.waitFor(async () => expect(await stateOf(id)).toBe('answered'), patience);
    await app.telephony.hangup(id);
  });

  it('taken back while Twilio is asked are not asked for again when it says no', async () => {
    let asked = 0;
    carrier.faults = {
      dial: async ({ to }) => {
        asked += 1;
        const { id } = await database.prisma.call.findFirstOrThrow({ where: { phoneE164: to }, orderBy: { id: 'desc' } });
        await app.telephony.hangup(id);
        return 'tooManyRequests' as const;
      },
    };
    const { callId, to } = await dial(5, '0001');
    carrier.faults = {};
    expect({ asked, dials: carrier.dialsTo(to) }).toEqual({ asked: 1, dials: 0 });
    expect(await database.prisma.call.findUniqueOrThrow({ where: { id: callId } })).toMatchObject({ state: 'ended', endCause: 'canceled' });
    expect(await app.telephony.lookUp(callId)).toMatchObject({ kind: 'ended', cause: 'canceled' });
  });

  it('learn the end by asking when every callback of it was lost', async () => {
    carrier.faults = { delivery: ({ word }) => ({ lost: word === 'busy' }) };
    const { callId } = await dial(5, '0486');
    await vi.waitFor(async () => expect(await app.telephony.lookUp(callId)).toMatchObject({ kind: 'ended', cause: 'busy' }), patience);
    carrier.faults = {};
  });
});

describe('what is remembered of a call at a carrier', () => {
  it('lets one live leg a rep be opened, and the same one known', async () => {
    const legs = carrierLegs(database.prisma);
    const calls = await database.prisma.call.findMany({ orderBy: { id: 'asc' } });
    const known = await legs.find(calls[0]?.id ?? 0);
    expect(known).toMatchObject({ phase: 'ended', recording: 'handedOver' });
    const again = { callId: calls[0]?.id ?? 0, repId: 1, to: '+79000000001', from: '+74950000000', record: true, openedAt: new Date() };
    expect(await legs.open(again)).toBe('known');
    expect(await legs.change(again.callId, ['waiting'], { phase: 'asked' })).toBe(false);
  });

  it('deals out turns at the pace of the account, and none before it may', async () => {
    const pace = carrierPace(database.prisma, 'a-carrier-of-its-own');
    const waits = await Promise.all([1, 2, 3, 4].map(() => pace.takeTurn(2)));
    const sorted = waits.sort((one, other) => one - other);
    expect(sorted[0]).toBeLessThan(50);
    expect(sorted[3]).toBeGreaterThan(1000);
    await pace.pushBack(5000);
    expect(await pace.takeTurn(2)).toBeGreaterThan(4000);
  });
});
