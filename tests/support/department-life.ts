import fc from 'fast-check';
import { databaseReads } from '../../server/adapters/db/reads/index.ts';
import type { Actor } from '../../server/app/actor.ts';
import { disposeCall } from '../../server/app/calls/dispose-call.ts';
import { holdMeetings } from '../../server/app/calls/hold-meetings.ts';
import { mergeCompanies } from '../../server/app/companies/merge-companies.ts';
import { updateDeal } from '../../server/app/deals/update-deal.ts';
import { acceptHandoff } from '../../server/app/handoffs/accept-handoff.ts';
import { returnHandoff } from '../../server/app/handoffs/return-handoff.ts';
import { answerCall } from '../../server/app/inbound/answer-call.ts';
import { declineCall } from '../../server/app/inbound/decline-call.ts';
import { ringCall } from '../../server/app/inbound/ring-call.ts';
import { recordVisit } from '../../server/app/meetings/record-visit.ts';
import { updateMeeting } from '../../server/app/meetings/update-meeting.ts';
import { Refused } from '../../server/app/problem.ts';
import { handOverPromise } from '../../server/app/promises/hand-over-promise.ts';
import { markBrokenPromises } from '../../server/app/promises/mark-broken-promises.ts';
import { movePromise } from '../../server/app/promises/move-promise.ts';
import { withdrawPromise } from '../../server/app/promises/withdraw-promise.ts';
import { nextCall } from '../../server/app/queue/next-call.ts';
import { setPresence } from '../../server/app/presence/set-presence.ts';
import { disposeCall as disposeEndpoint } from '../../server/contract/http/calls.ts';
import { suggestedDisposition } from '../../server/core/calls/suggested-disposition.ts';
import { endCauses, type CarrierEventBody } from '../../server/core/calls/carrier-event.ts';
import { addDays, addMinutes, instantOf, localClock, localDay, weekdayOf } from '../../server/core/hours/local-time.ts';
import { dialNext, say, type Department } from './call-department.ts';
import { arrive, ringsFor } from './inbound-calls.ts';

const zone = 'Europe/Moscow';
const reps = ['rep', 'other'] as const;
const talkOutcomes = ['callBack', 'gatekeeper', 'refused', 'sendOffer', 'meetingSet', 'wrongNumber', 'handOver', 'notNow', 'kill'] as const;
type TalkOutcome = (typeof talkOutcomes)[number];

/** How the carrier tells of a call: in which order, and how often each. */
const telling = fc.record({ backwards: fc.boolean(), copies: fc.integer({ min: 1, max: 3 }) });
const nth = fc.nat(20);

/** Everything by which a count can come to be, or to change. */
export const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('dial' as const),
      who: fc.constantFrom(...reps),
      cause: fc.constantFrom(...endCauses),
      talked: fc.boolean(),
      outcome: fc.constantFrom(...talkOutcomes),
      telling,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('arrival' as const),
      from: fc.constantFrom('known', 'promised', 'unknown', 'hidden'),
      nth,
      ready: fc.subarray([...reps]),
      declines: fc.boolean(),
      fate: fc.constantFrom('answered', 'gone', 'message'),
      outcome: fc.constantFrom(...talkOutcomes),
      telling,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time' as const), passes: fc.constantFrom('minutes', 'hours', 'night') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sweep' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('meeting' as const), nth, held: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('handoff' as const), nth, accepted: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('deal' as const), nth, to: fc.constantFrom('stage', 'won', 'lost') }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('promise' as const), nth, deed: fc.constantFrom('move', 'handOver', 'withdraw') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('visit' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge' as const), nth, other: nth }) },
);
export type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;
type Of<Kind extends Happening['kind']> = Extract<Happening, { kind: Kind }>;

/** What it must add to the figures of all reps together, as domain.md defines a dial and a connect. */
export interface Expected {
  dials: number;
  connects: number;
}
const nothing: Expected = { dials: 0, connects: 0 };

/** Lets something happen in the department. What nobody is there for (no meeting yet, nobody to call) does not happen. */
export async function happen(department: Department, one: Happening): Promise<Expected> {
  switch (one.kind) {
    case 'dial':
      return dial(department, one);
    case 'arrival':
      return arrival(department, one);
    case 'time':
      pass(department, one.passes);
      return nothing;
    case 'sweep':
      await markBrokenPromises(department.app);
      await holdMeetings(department.app);
      return nothing;
    case 'meeting':
      await meeting(department, one);
      return nothing;
    case 'handoff':
      await handoff(department, one);
      return nothing;
    case 'deal':
      await deal(department, one);
      return nothing;
    case 'promise':
      await promise(department, one);
      return nothing;
    case 'visit':
      await visit(department, one);
      return nothing;
    case 'merge':
      await merge(department, one);
      return nothing;
    default:
      return one satisfies never;
  }
}

const whole = (department: Department) => ({ ...department.app, reads: databaseReads(department.prisma) });
const actorOf = (department: Department, id: number): Actor => {
  const found = [department.rep, department.other, department.seller, department.head].find((actor) => actor.id === id);
  if (!found) throw new Error(`nobody has the id ${id}`);
  return found;
};
const pick = <Row>(rows: readonly Row[], place: number): Row | undefined => rows[place % Math.max(1, rows.length)];
const wall = (at: Date): string => `${localDay(at, zone)}T${localClock(at, zone)}`;

/** From now on the wall clock of the next working day's morning, or a little later today. */
function pass(department: Department, passes: Of<'time'>['passes']): void {
  const { time } = department;
  if (passes !== 'night') {
    department.pass(passes === 'minutes' ? 7 : 95);
    return;
  }
  let day = addDays(localDay(time.now, zone), 1);
  while (weekdayOf(day) > 5) day = addDays(day, 1);
  time.now = instantOf(`${day}T10:00`, zone);
}

async function tell(
  department: Department,
  callId: number,
  events: readonly { body: CarrierEventBody; seconds: number }[],
  { backwards, copies }: Of<'dial'>['telling'],
): Promise<void> {
  for (const { body, seconds } of backwards ? events.toReversed() : events)
    await Promise.all(Array.from({ length: copies }, () => say(department, callId, body, seconds)));
}

const outcomeInput = (department: Department, code: TalkOutcome): object => {
  const soon = { kind: 'exact', localTime: wall(addMinutes(department.time.now, 90)), acceptOverCapacity: true };
  const inputs: Record<TalkOutcome, object> = {
    callBack: { promise: soon },
    gatekeeper: {},
    refused: { reason: 'Нет бюджета', withDecisionMaker: true },
    sendOffer: { withDecisionMaker: true },
    meetingSet: { meeting: { localTime: wall(addMinutes(department.time.now, 3 * 60)) } },
    wrongNumber: {},
    handOver: {},
    notNow: { notNowUntil: addDays(localDay(department.time.now, zone), 2) },
    kill: { reason: 'Ликвидирована' },
  };
  return { code, ...inputs[code] };
};

const dispose = (department: Department, actor: Actor, callId: number, input: object) =>
  disposeCall(department.app, actor, callId, disposeEndpoint.body.parse(input));

async function dial(department: Department, { who, cause, talked, outcome, telling: how }: Of<'dial'>): Promise<Expected> {
  const actor = department[who];
  if (!(await nextCall(department.app, actor))) return nothing;
  const { call } = await dialNext(department, actor);
  const talk = [
    { body: { kind: 'ringing' }, seconds: 2 },
    { body: { kind: 'answered' }, seconds: 5 },
    { body: { kind: 'answeredBy', by: 'human' }, seconds: 6 },
    { body: { kind: 'ended', cause: 'completed' }, seconds: 65 },
  ] as const;
  await tell(department, call.id, talked ? talk : [{ body: { kind: 'ended', cause }, seconds: 20 }], how);
  const suggested = talked ? null : suggestedDisposition(cause, null);
  await dispose(department, actor, call.id, suggested ? { code: suggested } : outcomeInput(department, outcome));
  return { dials: talked || cause !== 'providerError' ? 1 : 0, connects: talked ? 1 : 0 };
}

async function numberOf(department: Department, { from, nth: place }: Of<'arrival'>): Promise<string | null> {
  if (from === 'hidden') return null;
  if (from === 'unknown') return `+7812000${String(place).padStart(4, '0')}`;
  const where = from === 'promised' ? { company: { promises: { some: { status: 'open' as const } } } } : {};
  const phones = await department.prisma.phone.findMany({ where: { ...where, retiredAt: null }, orderBy: { id: 'asc' } });
  return pick(phones, place)?.e164 ?? null;
}

async function arrival(department: Department, one: Of<'arrival'>): Promise<Expected> {
  for (const who of reps) await setPresence(department.app, department[who], one.ready.includes(who) ? 'ready' : 'break');
  const callId = await arrive(department, await numberOf(department, one));
  const actor = one.fate === 'answered' ? await whoAnswers(department, callId, one.declines) : null;
  if (actor) {
    await answerCall(department.app, actor, callId);
    await talkedTo(department, callId, one);
    await dispose(department, actor, callId, outcomeInput(department, one.outcome));
    return { dials: 0, connects: 1 };
  }
  await missed(department, callId, one);
  return nothing;
}

/** It rings for one after the other, who may wave it on, until somebody hears it or nobody is left. */
async function whoAnswers(department: Department, callId: number, declines: boolean): Promise<Actor | null> {
  const first = (await ringsFor(department, callId))[0];
  if (declines && first !== undefined) await declineCall(department.app, actorOf(department, first), callId);
  for (let stage = 0; stage < 3; stage += 1) {
    const rung = (await ringsFor(department, callId))[0];
    if (rung !== undefined) return actorOf(department, rung);
    department.pass(21 / 60);
    await ringCall(department.app, callId);
  }
  return null;
}

/** A talk with the prospect who called: what was promised to him is met by it. */
async function talkedTo(department: Department, callId: number, { telling: how }: Of<'arrival'>): Promise<void> {
  const { prisma } = department;
  const { companyId } = await prisma.call.findUniqueOrThrow({ where: { id: callId } });
  const open = await prisma.promise.findFirst({ where: { companyId, status: 'open' } });
  const talk = [
    { body: { kind: 'answered' }, seconds: 3 },
    { body: { kind: 'ended', cause: 'completed' }, seconds: 63 },
  ] as const;
  await tell(department, callId, talk, how);
  const still = await prisma.promise.findMany({ where: { companyId, status: 'open' } });
  if (still.length > 0) throw new Error(`a promise is still owed to company ${companyId}, which called and was talked to`);
  const met = open && (await prisma.promise.findUnique({ where: { id: open.id } }));
  if (met?.status === 'fulfilled' && met.outcome === 'pending') throw new Error(`promise ${met.id} was fulfilled and nobody judged it`);
}

/** Nobody answered: a call back is owed to whoever may be called at all. */
async function missed(department: Department, callId: number, { fate, telling: how }: Of<'arrival'>): Promise<void> {
  const ended = { body: { kind: 'ended', cause: fate === 'gone' ? 'canceled' : 'noAnswer' }, seconds: 12 } as const;
  await tell(department, callId, fate === 'message' ? [{ body: { kind: 'voicemail' }, seconds: 1 }, ended] : [ended], how);
  const { company, disposedAt } = await department.prisma.call.findUniqueOrThrow({
    where: { id: callId },
    include: { company: { include: { phones: { where: { retiredAt: null } }, promises: { where: { status: 'open' } } } } },
  });
  if (disposedAt === null) throw new Error(`nobody can give the missed call ${callId} an outcome, and it wants one`);
  const callable = company.status !== 'killed' && !company.doNotCall && company.phones.length > 0;
  if (callable && company.promises.length !== 1) throw new Error(`no call back is owed to company ${company.id}`);
}

async function meeting(department: Department, { nth: place, held }: Of<'meeting'>): Promise<void> {
  const { prisma, time, head } = department;
  const planned = await prisma.meeting.findMany({ where: { status: 'planned' }, orderBy: { startsAt: 'asc' } });
  const chosen = pick(planned, place);
  if (!chosen) return;
  const card = held ? { status: 'held' as const, card: 'Показали продукт' } : { status: 'failed' as const };
  const move = { localTime: wall(addMinutes(time.now, 24 * 60)), reason: 'Попросили' };
  await updateMeeting(whole(department), head, chosen.id, held && chosen.startsAt > time.now ? move : card);
}

async function handoff(department: Department, { nth: place, accepted }: Of<'handoff'>): Promise<void> {
  const pending = await department.prisma.handoff.findMany({ where: { status: 'pending' }, orderBy: { id: 'asc' } });
  const chosen = pick(pending, place);
  if (!chosen) return;
  const seller = actorOf(department, chosen.sellerId);
  if (accepted) await acceptHandoff(whole(department), seller, chosen.id);
  else await returnHandoff(whole(department), seller, chosen.id, { reason: 'Нет бюджета' });
}

async function deal(department: Department, { nth: place, to }: Of<'deal'>): Promise<void> {
  const { prisma, time, head } = department;
  const open = await prisma.deal.findMany({ where: { status: 'open' }, orderBy: { id: 'asc' } });
  const chosen = pick(open, place);
  if (!chosen) return;
  const changes = {
    stage: { stagePosition: 1 + (place % 6) },
    won: { won: { startedOn: localDay(time.now, zone) } },
    lost: { lost: { reason: 'Выбрали других' } },
  };
  await updateDeal(whole(department), head, chosen.id, changes[to]);
}

async function promise(department: Department, { nth: place, deed }: Of<'promise'>): Promise<void> {
  const { app, prisma, time, head, rep, other } = department;
  const open = await prisma.promise.findMany({ where: { status: 'open' }, orderBy: { id: 'asc' } });
  const chosen = pick(open, place);
  if (!chosen) return;
  const reason = 'Так решили';
  const later = { kind: 'exact' as const, localTime: wall(addMinutes(time.now, 60 + place)), acceptOverCapacity: true };
  if (deed === 'withdraw') await withdrawPromise(app, head, chosen.id, reason);
  else if (deed === 'move') await movePromise(app, head, chosen.id, { promise: later, reason });
  else await handOverPromise(app, head, chosen.id, { repId: chosen.repId === rep.id ? other.id : rep.id, reason });
}

async function visit(department: Department, { nth: place }: Of<'visit'>): Promise<void> {
  const { app, prisma, time } = department;
  const mine = await prisma.promise.findMany({ where: { status: 'open', rep: { role: 'rep' } }, orderBy: { id: 'asc' } });
  const chosen = pick(mine, place);
  if (!chosen) return;
  const nextContact = { kind: 'exact' as const, localTime: wall(addMinutes(time.now, 120 + place)), acceptOverCapacity: true };
  const card = { companyId: chosen.companyId, at: time.now.toISOString(), result: 'Осмотрели цех', nextContact };
  await recordVisit(app, actorOf(department, chosen.repId), card);
}

/** Two that are one; two with a deal each stay two until one of the deals is closed. */
async function merge(department: Department, one: Of<'merge'>): Promise<void> {
  const companies = await department.prisma.company.findMany({ select: { id: true }, orderBy: { id: 'asc' } });
  const [keep, duplicate] = [pick(companies, one.nth), pick(companies, one.other)];
  if (!keep || !duplicate || keep.id === duplicate.id) return;
  try {
    await mergeCompanies(whole(department), department.head, keep.id, duplicate.id);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'twoOpenDeals') throw error;
  }
}
