import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { databaseReads } from '../../server/adapters/db/reads/index.ts';
import { currentCall, hangupCall } from '../../server/contract/http/calls.ts';
import { nextCall } from '../../server/contract/http/queue.ts';
import { startVolley } from '../../server/contract/http/volleys.ts';
import { localDay } from '../../server/core/hours/local-time.ts';
import type { ApiClient } from '../support/api-client.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { tenMinutesPass } from '../support/minutes-pass.ts';
import { patience } from '../support/patience.ts';
import { dialInParallel } from '../support/parallel-list.ts';
import { freePorts } from '../support/ports.ts';
import { ServerProcess } from '../support/server-process.ts';
import { TwilioCarrier } from '../support/twilio-carrier/carrier.ts';
import { twilioSettings } from '../support/twilio-carrier/settings.ts';

/** Fates of the carrier's number book: stays on the line in silence; never answers. */
const [answers, rings] = ['0400', '0480'];

interface Expected {
  /** What becomes of the numbers of the two lines besides the card's. */
  others: string;
  /** How often each number was called. */
  dials: 0 | 1;
  /** The card's line becomes the rep's call. */
  wins: boolean;
  /** Who answered and met nobody, by his place among the lines. */
  abandoned: readonly number[];
}
const unheard = { others: rings, dials: 0, wins: false, abandoned: [] } as const;
const won = { others: rings, dials: 1, wins: true, abandoned: [] } as const;

/** Where the three lines of each of nine reps are when the server dies, and what must have become of them. */
const steps: Record<string, Expected> = {
  /** All wait for the account's pace. */
  waiting: unheard,
  /** Asked, and no request arrived. */
  sending: unheard,
  /** Dialled, no answer of Twilio's read, and nothing else heard of them; one was answered. */
  sent: won,
  /** One was answered, and nobody had decided. */
  undecided: won,
  /** Decided and noted, and Twilio never heard that the winner is to be joined. */
  joining: won,
  /** Twilio has joined him, and that was never read. */
  brought: won,
  /** The others were to be taken back, and Twilio never heard of it. */
  settling: won,
  /** The others answered too, and Twilio never heard that they are to be told that we call again. */
  apologising: { ...won, others: answers, abandoned: [1, 2] },
  /** As `joining`, and the prospect gave up before the next process looked. */
  gone: { ...won, wins: false, abandoned: [0] },
};
const names = Object.keys(steps);
const winning = names.filter((step) => steps[step]?.wins);

interface Volley {
  client: ApiClient;
  repId: number;
  leadId: number;
  /** The number of the card's line. */
  number: string;
}

let base: FreshDatabase;
let department: CallingDepartment;
let carrier: TwilioCarrier;
let server: ServerProcess;
const at = new Map<string, Volley>();
/** At which step a number is, from its dial on. */
const stepOf = new Map<string, string>();
let pressing = '';
/** Nobody can decide the volley `undecided` any more. */
let isUndecidable = (): void => undefined;
const undecidable = new Promise<void>((resolve) => (isUndecidable = resolve));
/** Changes of calls that never arrived or were never answered, by the number of the call. */
const held = new Set<string>();

const keyOf = (step: string): string => `killed at ${step}`;
const prisma = () => department.database.prisma;
const of = (step: string): Volley => {
  const found = at.get(step);
  if (!found) throw new Error(`nobody is at the step ${step}`);
  return found;
};
const legOf = (number: string) => [...carrier.exchange.legs.values()].find((leg) => leg.options.to === number);
const numberOf = (sid: string): string => carrier.exchange.legs.get(sid)?.options.to ?? '';
const isOf = (number: string, ...about: string[]): boolean => about.includes(stepOf.get(number) ?? '');
const isCard = (number: string, ...about: string[]): boolean => about.some((step) => at.get(step)?.number === number);
/** Its lines, the card's first. */
const linesOf = (step: string) =>
  prisma().call.findMany({ where: { volley: { idempotencyKey: keyOf(step) } }, include: { volley: true }, orderBy: { id: 'asc' } });
const press = (step: string) =>
  of(step).client.ask(startVolley, { body: { leadId: of(step).leadId }, headers: { 'idempotency-key': keyOf(step) } });
/** Its answer dies with the server. */
const unanswerable = (request: Promise<unknown>): Promise<unknown> => request.catch(() => undefined);

/** Of whoever is in no line yet. */
const setFates = (fate: string) =>
  prisma().$executeRaw`
    UPDATE phone p SET e164 = left(p.e164, -4) || ${fate} FROM lead l JOIN lead_queue q ON q.lead_id = l.id WHERE l.company_id = p.company_id`;

/** Takes the rep's card; the next two of the list will be its other lines. */
async function claim(step: string, place: number): Promise<void> {
  const client = await department.signIn(server.url, `rep${place + 1}@test.local`);
  const { lead } = await client.get(nextCall);
  await department.setFate(lead.id, answers);
  const { e164 } = await prisma().phone.findFirstOrThrow({ where: { company: { lead: { id: lead.id } } } });
  await setFates(steps[step]?.others ?? rings);
  at.set(step, { client, repId: department.reps[place]?.id ?? 0, leadId: lead.id, number: e164 });
  // What the answers so far have taught the list is not what is tested here.
  await prisma().callList.updateMany({ data: { lineThreshold: 1 } });
  pressing = step;
}

/** What becomes of the carrier's words and of ours to it, by the step. */
function spoil(): void {
  carrier.faults = {
    dial: ({ to }) => {
      if (!stepOf.has(to)) stepOf.set(to, pressing);
      if (isOf(to, 'sending')) held.add(to);
      if (isOf(to, 'sending')) return 'holdBefore';
      return isOf(to, 'sent') ? 'holdAfter' : null;
    },
    delivery: ({ callSid, path, word }) => {
      const number = numberOf(callSid);
      if (isOf(number, 'sent')) return { lost: true };
      if (path.endsWith('/machine')) return { lost: !isOf(number, 'settling', 'apologising') };
      // All three answer; the card's line is heard of first, whatever the machine is busy with.
      if (isOf(number, 'apologising') && !isCard(number, 'apologising') && word === 'in-progress') return { lateMilliseconds: 1500 };
      return isCard(number, 'undecided') && word === 'in-progress' ? { after: undecidable } : {};
    },
    change: (callSid) => {
      const number = numberOf(callSid);
      const isBefore =
        isCard(number, 'joining', 'gone') || (isOf(number, 'settling', 'apologising') && !isCard(number, 'settling', 'apologising'));
      if (!isBefore && !isCard(number, 'brought')) return null;
      held.add(number);
      return isBefore ? 'holdBefore' : 'holdAfter';
    },
  };
}

const isHeld = (step: string, ...places: number[]) =>
  vi.waitFor(async () => {
    const lines = await linesOf(step);
    expect([...held], step).toEqual(expect.arrayContaining(places.map((place) => lines[place]?.phoneE164)));
  }, patience);
/** All of its dials are asked for. */
const isDialled = (step: string) =>
  vi.waitFor(
    () =>
      expect(
        [...stepOf.values()].filter((each) => each === step),
        step,
      ).toHaveLength(3),
    patience,
  );

/** Nobody decides this volley until then. */
async function keepUndecided(until: Promise<void>): Promise<void> {
  const [line] = await linesOf('undecided');
  await prisma().$transaction(
    async (transaction) => {
      await transaction.$queryRaw`SELECT id FROM volley WHERE id = ${line?.volleyId ?? 0} FOR UPDATE`;
      isUndecidable();
      await until;
    },
    { timeout: 120_000 },
  );
}

async function bringEachToItsStep(): Promise<Promise<unknown>[]> {
  const broken: Promise<unknown>[] = [];
  for (const [place, step] of names.entries()) {
    if (step === 'waiting' || step === 'undecided') continue;
    await claim(step, place);
    broken.push(unanswerable(press(step)));
    await isDialled(step);
  }
  return broken;
}

async function untilEachIsThere(): Promise<void> {
  await isHeld('sending', 0, 1, 2);
  for (const step of ['joining', 'brought', 'gone']) await isHeld(step, 0);
  for (const step of ['settling', 'apologising']) await isHeld(step, 1, 2);
  await vi.waitFor(() => expect(legOf(of('sent').number)?.status).toBe('in-progress'), patience);
}

beforeAll(async () => {
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: names.length, companies: 60 });
  const past = { repId: department.reps[0]?.id ?? 0, companyId: 60, intentAt: new Date(Date.now() - 4 * 86_400_000) };
  // So many answers that the cap leaves room for all of these lines at once.
  for (let hundred = 0; hundred < 12; hundred += 1) await dialInParallel(prisma(), past);
  const port = await freePorts(1);
  carrier = new TwilioCarrier({ publicUrl: `http://127.0.0.1:${port}`, callsPerSecond: 1000 });
  const env = { ...twilioSettings(await carrier.listen()), TWILIO_CALLS_PER_SECOND: '50' };
  server = await ServerProcess.start({ databaseUrl: base.url, port, env });
  spoil();
  const broken = await bringEachToItsStep();
  await untilEachIsThere();
  await prisma().$executeRaw`UPDATE carrier_pace SET next_at = now() + interval '5 minutes'`;
  await claim('waiting', names.indexOf('waiting'));
  broken.push(unanswerable(press('waiting')));
  // Told of its turn: one that has none yet would be dialled at the pace of what follows.
  const told = { kind: 'waiting', call: { volley: { idempotencyKey: keyOf('waiting') } } };
  await vi.waitFor(async () => expect(await prisma().callEvent.count({ where: told })).toBe(3), patience);
  await prisma().$executeRaw`UPDATE carrier_pace SET next_at = now()`;
  // The last one: whatever is told of it waits for the lock, and takes the server's connections to the base with it.
  await claim('undecided', names.indexOf('undecided'));
  broken.push(unanswerable(press('undecided')));
  await isDialled('undecided');
  let isDead = (): void => undefined;
  const death = new Promise<void>((resolve) => (isDead = resolve));
  const undecided = keepUndecided(death);
  await vi.waitFor(async () => expect((await linesOf('undecided'))[0]).toMatchObject({ state: 'answered', untaken: true }), patience);
  await server.kill();
  isDead();
  await Promise.all([...broken, undecided]);
  carrier.faults = {};
  const gaveUp = legOf(of('gone').number);
  if (gaveUp) carrier.exchange.end(gaveUp, 'completed', 200);
  await tenMinutesPass(department.database);
  await server.startAgain();
}, 240_000);

afterAll(async () => {
  await server.end();
  await carrier.close();
  await department.close();
  await base.drop();
});

describe('the server is killed with nine reps at nine steps of several lines over Twilio', () => {
  it.each(winning)('brings who had answered to his rep: %s', async (step) => {
    const card = async () => (await linesOf(step))[0];
    await vi.waitFor(async () => expect((await card())?.joinedAt, step).not.toBeNull(), patience);
    const { client, repId } = of(step);
    const inRoom = () => carrier.exchange.room(`zagon-rep-${repId}`)?.present.map(({ label }) => label);
    await vi.waitFor(async () => expect(inRoom(), step).toEqual([`call-${(await card())?.id ?? 0}`]), patience);
    const { call } = await client.get(currentCall);
    expect(call).toMatchObject({ id: (await card())?.id, state: 'answered' });
    await client.ask(hangupCall, { params: { id: call.id } });
  });

  it.each(names)('ends every line, calls nobody twice, and counts who met nobody: %s', async (step) => {
    const { wins, dials, abandoned }: Expected = steps[step] ?? unheard;
    await vi.waitFor(async () => {
      for (const { state, volley } of await linesOf(step)) expect([state, volley?.endedAt === null], step).toEqual(['ended', false]);
    }, patience);
    const { leadId, client } = of(step);
    await press(step);
    const lines = await linesOf(step);
    expect(lines.map(({ phoneE164 }) => carrier.dialsTo(phoneE164))).toEqual([dials, dials, dials]);
    expect(lines.flatMap(({ abandonedAt }, place) => (abandonedAt === null ? [] : [place]))).toEqual(abandoned);
    for (const [place, { companyId, untaken }] of lines.entries()) {
      expect(untaken, `${step} ${place}`).toBe(!(wins && place === 0));
      const owed = await prisma().promise.findMany({ where: { companyId } });
      expect(
        owed.map(({ origin, status }) => [origin, status]),
        `${step} ${place}`,
      ).toEqual(abandoned.includes(place) ? [['abandoned', 'open']] : []);
    }
    if (wins) expect((await client.get(currentCall)).call).toMatchObject({ leadId, state: 'ended', disposedAt: null });
  });

  it('has whoever met nobody in the ledger of the cap, once, and holds no company of a line any more', async () => {
    const total = names.reduce((sum, step) => sum + (steps[step]?.abandoned.length ?? 0), 0);
    const [list] = await databaseReads(prisma()).lists.lists({ teamId: null }, localDay(new Date(), 'Europe/Moscow'), new Date());
    expect(list?.pace).toMatchObject({ abandoned: total, answered: 1200 + winning.length + total });
    const leadIds = winning.map((step) => of(step).leadId);
    const claims = await prisma().leadClaim.findMany();
    expect(claims.map(({ leadId }) => leadId).toSorted((one, other) => one - other)).toEqual(leadIds.toSorted((one, other) => one - other));
  });

  it('tells nothing wrong to the carrier but that nobody was there meanwhile', () => {
    expect(carrier.complaints.filter((complaint) => !complaint.startsWith('11205'))).toEqual([]);
  });
});
