import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { currentCall, hangupCall, startCall } from '../../server/contract/http/calls.ts';
import { nextCall } from '../../server/contract/http/queue.ts';
import { recordingLedger } from '../../server/contract/http/recordings.ts';
import type { ApiClient } from '../support/api-client.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { tenMinutesPass } from '../support/minutes-pass.ts';
import { patience } from '../support/patience.ts';
import { freePorts } from '../support/ports.ts';
import { ServerProcess } from '../support/server-process.ts';
import { TwilioCarrier } from '../support/twilio-carrier/carrier.ts';
import { twilioSettings } from '../support/twilio-carrier/settings.ts';

/** Fates of the carrier's number book: stays on the line in silence; is busy; never answers. */
const [silentLine, busy, unanswered] = ['0400', '0486', '0480'];

/** Where each of ten calls is when the server dies, and what must have become of it when the next one has looked. */
const steps = {
  /** The intent is written, the carrier was not asked yet. */
  intended: { fate: silentLine, dials: 0, cause: 'canceled' },
  /** Waits for the account's pace. */
  waiting: { fate: silentLine, dials: 0, cause: 'canceled' },
  /** Asked, and the request never arrived. */
  sending: { fate: silentLine, dials: 0, cause: 'canceled' },
  /** Dialled, and its answer never read; nothing else was heard of it. */
  sent: { fate: silentLine, dials: 1, cause: 'completed' },
  /** The answer was read, and no callback came. */
  accepted: { fate: busy, dials: 1, cause: 'busy' },
  ringing: { fate: unanswered, dials: 1, cause: 'noAnswer' },
  answered: { fate: silentLine, dials: 1, cause: 'completed' },
  /** Hung up, and the answer to that never read, nor the end heard of. */
  hangingUp: { fate: silentLine, dials: 1, cause: 'completed' },
  /** Ended and recorded, and the word of the recording never came. */
  recorded: { fate: silentLine, dials: 1, cause: 'completed' },
  /** Half of the recording was fetched. */
  downloading: { fate: silentLine, dials: 1, cause: 'completed' },
} as const;
type Step = keyof typeof steps;
const names = Object.keys(steps) as Step[];
const talks: readonly Step[] = ['sent', 'answered', 'hangingUp', 'recorded', 'downloading'];
const undialled: readonly Step[] = ['intended', 'waiting', 'sending'];

let base: FreshDatabase;
let department: CallingDepartment;
let carrier: TwilioCarrier;
let server: ServerProcess;
const at = new Map<Step, { client: ApiClient; leadId: number; companyId: number; number: string }>();

const of = (step: Step) => {
  const found = at.get(step);
  if (!found) throw new Error(`nobody is at the step ${step}`);
  return found;
};
const callOf = (step: Step) =>
  department.database.prisma.call.findFirstOrThrow({ where: { leadId: of(step).leadId }, include: { events: true, recording: true } });
const legOf = (step: Step) => [...carrier.exchange.legs.values()].find((leg) => leg.options.to === of(step).number);
const isAbout = (sid: string, ...about: Step[]): boolean => about.some((step) => legOf(step)?.sid === sid);
const inState = (step: Step, state: string) => vi.waitFor(async () => expect((await callOf(step)).state, step).toBe(state), patience);
const promiseOf = (step: Step) => department.database.prisma.promise.findFirstOrThrow({ where: { companyId: of(step).companyId } });

async function claim(step: Step, place: number): Promise<void> {
  const client = await department.signIn(server.url, `rep${place + 1}@test.local`);
  const { lead, company } = await client.get(nextCall);
  await department.setFate(lead.id, steps[step].fate);
  const { e164 } = await department.database.prisma.phone.findFirstOrThrow({ where: { companyId: company.id } });
  at.set(step, { client, leadId: lead.id, companyId: company.id, number: e164 });
}

const dial = (step: Step) =>
  of(step).client.ask(startCall, { body: { leadId: of(step).leadId }, headers: { 'idempotency-key': `killed at ${step}` } });
const hangUp = async (step: Step) => of(step).client.ask(hangupCall, { params: { id: (await callOf(step)).id } });
/** Its answer dies with the server. */
const unanswerable = (request: Promise<unknown>): Promise<unknown> => request.catch(() => undefined);

/** Whom the dial at this step calls was promised to be called now. */
async function promise(step: Step): Promise<void> {
  const { companyId } = of(step);
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  const times = { startsAt: inMinutes(-10), promisedAt: inMinutes(-5), deadlineAt: inMinutes(30) };
  const repId = department.reps[names.indexOf(step)]?.id ?? 0;
  const about = { companyId, repId, kind: 'exact', localTime: '2026-01-01T11:00', timeZone: 'Europe/Moscow' } as const;
  await department.database.prisma.promise.create({ data: { ...about, ...times } });
}

/** Between the commit of the intent and the dial nothing waits that a test could hold: the row is written as that commit leaves it. */
async function writeIntentOnly(step: Step): Promise<void> {
  await department.database.prisma.$executeRaw`
    INSERT INTO call (idempotency_key, rep_id, company_id, lead_id, phone_id, phone_e164, carrier, intent_at, day, hour, company_day)
    SELECT ${`killed at ${step}`}, k.rep_id, l.company_id, l.id, p.id, p.e164, 'twilio', now(), now()::date, 12, now()::date
    FROM lead_claim k JOIN lead l ON l.id = k.lead_id JOIN phone p ON p.company_id = l.company_id AND p.retired_at IS NULL
    WHERE k.lead_id = ${of(step).leadId} LIMIT 1`;
}

async function bringEachToItsStep(): Promise<Promise<unknown>[]> {
  let heldMedia = 0;
  let heldDials = 0;
  carrier.faults = {
    dial: ({ to }) => {
      if (to === of('sent').number) return 'holdAfter';
      if (to !== of('sending').number) return null;
      heldDials += 1;
      return 'holdBefore';
    },
    delivery: ({ callSid, path, word }) => ({
      lost:
        isAbout(callSid, 'sent', 'accepted') ||
        (isAbout(callSid, 'recorded') && path.endsWith('/recording')) ||
        (isAbout(callSid, 'hangingUp') && path.endsWith('/status') && word === 'completed'),
    }),
    change: (callSid) => (isAbout(callSid, 'hangingUp') ? 'holdAfter' : null),
    media: (callSid) => {
      if (!isAbout(callSid, 'downloading')) return null;
      heldMedia += 1;
      return 'half';
    },
  };
  for (const step of ['answered', 'hangingUp', 'recorded', 'downloading', 'ringing', 'accepted'] as const)
    expect((await dial(step)).status, step).toBe(201);
  for (const step of ['answered', 'hangingUp', 'recorded', 'downloading'] as const) await inState(step, 'answered');
  await inState('ringing', 'ringing');
  const sentAt = Date.now();
  const broken = [unanswerable(dial('sent'))];
  await vi.waitFor(() => expect(legOf('sent')?.status).toBe('in-progress'), patience);
  // What is shorter than a word is not recorded.
  await vi.waitFor(() => expect(Date.now() - sentAt).toBeGreaterThan(300), patience);
  broken.push(unanswerable(hangUp('hangingUp')));
  for (const step of ['recorded', 'downloading'] as const) await hangUp(step);
  for (const step of ['recorded', 'downloading'] as const) await inState(step, 'ended');
  await vi.waitFor(() => expect([legOf('hangingUp')?.isOver, heldMedia > 0]).toEqual([true, true]), patience);
  await vi.waitFor(async () => expect((await callOf('hangingUp')).recording).not.toBeNull(), patience);
  broken.push(unanswerable(dial('sending')));
  await vi.waitFor(() => expect(heldDials).toBe(1), patience);
  const { prisma } = department.database;
  await prisma.$executeRaw`UPDATE carrier_pace SET next_at = now() + interval '5 minutes'`;
  broken.push(unanswerable(dial('waiting')));
  await vi.waitFor(async () => expect(await prisma.carrierLeg.count({ where: { phase: 'waiting' } })).toBe(1), patience);
  return broken;
}

beforeAll(async () => {
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: names.length, companies: 20 });
  const port = await freePorts(1);
  carrier = new TwilioCarrier({ publicUrl: `http://127.0.0.1:${port}`, speed: 4, callsPerSecond: 1000 });
  const env = { ...twilioSettings(await carrier.listen()), TWILIO_CALLS_PER_SECOND: '50' };
  server = await ServerProcess.start({ databaseUrl: base.url, port, env });
  for (const [place, step] of names.entries()) await claim(step, place);
  for (const step of ['sending', 'ringing'] as const) await promise(step);
  const broken = await bringEachToItsStep();
  await server.kill();
  await Promise.all(broken);
  carrier.faults = {};
  await writeIntentOnly('intended');
  await tenMinutesPass(department.database);
  await server.startAgain();
});

afterAll(async () => {
  await server.end();
  await carrier.close();
  await department.close();
  await base.drop();
});

describe('the server is killed with ten reps at ten steps of a call over Twilio', () => {
  it('gives the two who still talk their calls back, also the one that was never heard of', async () => {
    for (const step of ['sent', 'answered'] as const) {
      await vi.waitFor(
        async () => expect((await of(step).client.get(currentCall)).call, step).toMatchObject({ state: 'answered' }),
        patience,
      );
      expect((await hangUp(step)).status, step).toBe(202);
    }
  });

  it.each(names)('ends the call that was %s, with its cause, and has dialled nobody twice', async (step) => {
    await inState(step, 'ended');
    expect(await callOf(step)).toMatchObject({ endCause: steps[step].cause, disposedAt: null });
    const again = await dial(step);
    expect(again.value?.id).toBe((await callOf(step)).id);
    expect(carrier.dialsTo(of(step).number)).toBe(steps[step].dials);
    const lead = await department.database.prisma.lead.findUniqueOrThrow({ where: { id: of(step).leadId } });
    expect(lead.triesTotal).toBe(steps[step].dials);
  });

  it('accounts for every recording: each talk is whole and playable, nothing else waits for one', async () => {
    for (const step of talks) await vi.waitFor(async () => expect((await callOf(step)).recording?.status, step).toBe('ready'), patience);
    for (const step of names.filter((name) => !talks.includes(name))) expect((await callOf(step)).recording, step).toBeNull();
    const head = await department.signIn(server.url, 'head@test.local');
    const ledger = await head.get(recordingLedger);
    expect(ledger).toMatchObject({ answeredCalls: talks.length, recordings: talks.length, playable: talks.length, unaccounted: 0 });
  });

  it('leaves obligations as they are: not dialled stays owed, dialled in vain is kept and stays open', async () => {
    expect(await promiseOf('sending')).toMatchObject({ status: 'open', outcome: 'pending' });
    expect(await promiseOf('ringing')).toMatchObject({ status: 'open', outcome: 'onTime' });
  });

  it('counts what was dialled and talked, and only that', async () => {
    const counters = await department.database.prisma.kpiCounter.findMany({ where: { metric: { in: ['dials', 'connects'] } } });
    const sum = (metric: string): number =>
      counters.filter((counter) => counter.metric === metric).reduce((total, { value }) => total + value, 0);
    expect([sum('dials'), sum('connects')]).toEqual([names.length - undialled.length, talks.length]);
  });

  it('tells nothing wrong to the carrier but that nobody was there meanwhile', () => {
    expect(carrier.complaints.filter((complaint) => !complaint.startsWith('11205'))).toEqual([]);
  });
});
