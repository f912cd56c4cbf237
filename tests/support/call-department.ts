import { tmpdir } from 'node:os';
import path from 'node:path';
import { DiskRecordingStorage } from '../../server/adapters/storage/disk/disk-recording-storage.ts';
import type { CallParty } from '../../server/core/calls/call-party.ts';
import type { Actor } from '../../server/app/actor.ts';
import type { AppContext } from '../../server/app/context.ts';
import { startCall } from '../../server/app/calls/start-call.ts';
import { takeCarrierEvent } from '../../server/app/calls/take-carrier-event.ts';
import type { DialOutcome, DialRequest, LookUpOutcome, Telephony } from '../../server/app/ports/telephony.ts';
import { nextCall } from '../../server/app/queue/next-call.ts';
import { defaultSettings, type Settings } from '../../server/contract/settings.ts';
import type { CarrierEventBody } from '../../server/core/calls/carrier-event.ts';
import { openDatabase } from '../../server/adapters/db/client.ts';
import { boardReads } from '../../server/adapters/db/reads/board.ts';
import { callReads } from '../../server/adapters/db/reads/calls.ts';
import { companyCardReads } from '../../server/adapters/db/reads/company-card.ts';
import { kpiReads } from '../../server/adapters/db/reads/kpi.ts';
import { databaseNextCalls } from '../../server/adapters/db/next-calls.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import { freshDatabase } from './database.ts';
import { requeueAll } from '../../server/app/queue/requeue.ts';

/** A Tuesday, 11:00 in Moscow. */
export const tuesday = new Date('2026-11-24T08:00:00Z');

/** A carrier that does what the test says next. */
export class ObedientCarrier {
  readonly dialled: number[] = [];
  /** Which number of ours each dial showed. */
  readonly shown: (string | null)[] = [];
  /** What each dial's prospect was to hear before he is recorded. */
  readonly announcements: DialRequest['announcement'][] = [];
  readonly hungUp: number[] = [];
  readonly apologised: number[] = [];
  readonly answered: { callId: number; repId: number }[] = [];
  readonly joined: { callId: number; repId: number }[] = [];
  readonly turnedAway: number[] = [];
  readonly messages: number[] = [];
  readonly left: { callId: number; clipId: number }[] = [];
  readonly consulted: { callId: number; party: CallParty }[] = [];
  readonly transferred: { callId: number; to: CallParty }[] = [];
  /** What happens when a call is to be connected; null when it is. */
  atAnswer: Error | null = null;
  /** What happens when this line is to be brought to the rep; null when it is. */
  atJoin: (callId: number) => Error | null = () => null;
  outcome: DialOutcome | Error = { kind: 'accepted', carrierCallId: 'c-1' };
  known: LookUpOutcome = { kind: 'unheardOf' };

  telephony(): Telephony {
    const done = (): Promise<void> => Promise.resolve();
    return {
      name: 'sandbox',
      start: done,
      stop: done,
      health: () => Promise.resolve({ ok: true, detail: 'test' }),
      dial: ({ callId, from, announcement }) => {
        this.announcements.push(announcement);
        this.dialled.push(callId);
        this.shown.push(from);
        return this.outcome instanceof Error ? Promise.reject(this.outcome) : Promise.resolve(this.outcome);
      },
      hangup: (callId) => {
        this.hungUp.push(callId);
        return done();
      },
      apologise: (callId) => {
        this.apologised.push(callId);
        return done();
      },
      answer: (callId, repId) => {
        this.answered.push({ callId, repId });
        return this.atAnswer === null ? done() : Promise.reject(this.atAnswer);
      },
      connectToRep: (callId, repId) => {
        this.joined.push({ callId, repId });
        const refusal = this.atJoin(callId);
        return refusal === null ? done() : Promise.reject(refusal);
      },
      turnAway: (callId) => {
        this.turnedAway.push(callId);
        return done();
      },
      takeMessage: (callId) => {
        this.messages.push(callId);
        return done();
      },
      leaveMessage: (callId, clip) => {
        this.left.push({ callId, clipId: clip.id });
        return done();
      },
      consult: (callId, party) => {
        this.consulted.push({ callId, party });
        return done();
      },
      mergeParty: done,
      dismissParty: done,
      pauseRecording: done,
      resumeRecording: done,
      hold: done,
      unhold: done,
      mute: done,
      unmute: done,
      sendDigits: done,
      transfer: (callId, to) => {
        this.transferred.push({ callId, to });
        return done();
      },
      lookUp: () => Promise.resolve(this.known),
      headsetAccess: () => Promise.resolve({ kind: 'server' }),
      connectHeadset: () => Promise.resolve({ answerSdp: '' }),
      addHeadsetCandidate: done,
      disconnectHeadset: done,
      playHeadsetCheck: done,
    };
  }
}

/** A small department on a real database: two reps of a team, a seller, a list of companies with two numbers each. */
export async function callDepartment(companies = 3) {
  const fresh = await freshDatabase();
  const database = openDatabase(fresh.url);
  const { prisma } = database;
  const carrier = new ObedientCarrier();
  const time = { now: tuesday };
  const settings: Settings = structuredClone(defaultSettings);
  const silent = (): void => undefined;
  const context: AppContext = {
    clock: { now: () => time.now },
    log: { info: silent, warn: silent, error: silent },
    settings: { read: () => Promise.resolve(settings) },
    unitOfWork: prismaUnitOfWork(prisma),
  };
  const reads = { companyCard: companyCardReads(prisma), calls: callReads(prisma), kpi: kpiReads(prisma), board: boardReads(prisma) };
  const recordingStorage = new DiskRecordingStorage(path.join(tmpdir(), 'zagon-no-recordings'));
  const app = { ...context, telephony: carrier.telephony(), recordingStorage, reads, nextCalls: databaseNextCalls(database.quick) };
  const people = await hire(prisma);
  const companyIds = await fill(prisma, people.rep.id, people.other.id, companies);
  await requeueAll(app);
  return {
    ...people,
    app,
    carrier,
    companyIds,
    prisma,
    settings,
    time,
    /** Moves the clock. */
    pass: (minutes: number): void => {
      time.now = new Date(time.now.getTime() + minutes * 60_000);
    },
    close: async (): Promise<void> => {
      await database.close();
      await fresh.drop();
    },
  };
}
export type Department = Awaited<ReturnType<typeof callDepartment>>;

async function hire(prisma: Department['prisma']) {
  const team = await prisma.team.create({ data: { name: 'First' } });
  const hireOne = async (name: string, role: Actor['role']): Promise<Actor> => {
    const user = await prisma.user.create({ data: { name, email: `${name}@test.local`, role, passwordHash: '-', teamId: team.id } });
    return { id: user.id, name, role, teamId: team.id, timeZone: 'Europe/Moscow', locale: 'ru' };
  };
  return {
    rep: await hireOne('rep', 'rep'),
    other: await hireOne('other', 'rep'),
    lead: await hireOne('lead', 'lead'),
    head: await hireOne('head', 'head'),
    seller: await hireOne('seller', 'seller'),
  };
}

async function fill(prisma: Department['prisma'], repId: number, otherId: number, companies: number): Promise<number[]> {
  const heats = ['early', 'early', 'early', 'hot', 'hot', 'hot', 'won'] as const;
  const stages = heats.map((heat, place) => ({
    position: place + 1,
    name: `stage ${place + 1}`,
    heat,
    normDays: 7,
    probability: 10 * (place + 1),
  }));
  if ((await prisma.funnel.count({ where: { isDefault: true } })) === 0)
    await prisma.funnel.create({ data: { name: 'Default', isDefault: true, stages: { create: stages } } });
  const list = await prisma.callList.create({ data: { name: 'List' } });
  const days = { startsOn: new Date('2026-11-01'), endsOn: new Date('2027-12-31') };
  await prisma.listAssignment.createMany({ data: [repId, otherId].map((id) => ({ listId: list.id, repId: id, ...days })) });
  const ids: number[] = [];
  for (let place = 0; place < companies; place += 1) {
    const name = `Company ${place}`;
    const numbers = [0, 1].map((position) => ({ e164: `+7495000${String(place).padStart(3, '0')}${position}`, position }));
    const company = await prisma.company.create({
      data: {
        name,
        normalizedName: name,
        timeZone: 'Europe/Moscow',
        phones: { create: numbers },
        contacts: { create: { name: 'Мария', role: 'decisionMaker' } },
        lead: { create: { listId: list.id, position: place } },
      },
    });
    ids.push(company.id);
  }
  return ids;
}

let keys = 0;

/** Takes the next lead of a rep and dials it, after what happens meanwhile; answers the call and its company. */
export async function dialNext(department: Department, rep: Actor, meanwhile?: () => Promise<void>) {
  const claim = await nextCall(department.app, rep);
  if (!claim) throw new Error('nobody to call');
  await meanwhile?.();
  keys += 1;
  const call = await startCall(department.app, rep, { leadId: claim.lead.id, phoneId: undefined, idempotencyKey: `key ${keys}` });
  return { call, claim };
}

/** What the carrier says of a call, some seconds after the clock. */
export async function say(
  department: Department,
  callId: number,
  body: CarrierEventBody,
  seconds = 0,
  eventKey = `${body.kind}:${seconds}`,
): Promise<void> {
  const at = new Date(department.time.now.getTime() + seconds * 1000);
  await takeCarrierEvent(department.app, { callId, eventKey, at, carrierWord: body.kind, body });
}

/** A talk of a minute, or a dial that ended without one. */
export async function talk(department: Department, callId: number): Promise<void> {
  await say(department, callId, { kind: 'ringing' }, 2);
  await say(department, callId, { kind: 'answered' }, 5);
  await say(department, callId, { kind: 'answeredBy', by: 'human' }, 6);
  await say(department, callId, { kind: 'ended', cause: 'completed' }, 65);
}
