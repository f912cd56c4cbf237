import type { Prisma } from '../../server/adapters/db/client.ts';
import type { Attempt } from '../../server/adapters/db/generated/client.ts';
import type { Actor } from '../../server/app/actor.ts';

/** People of every role that reads the matrix, two channels, five companies. */
export async function matrixPeople(prisma: Prisma) {
  const north = await prisma.team.create({ data: { name: 'Север' } });
  const south = await prisma.team.create({ data: { name: 'Юг' } });
  const channel = await prisma.channel.create({
    data: { name: 'Завод', subchannels: { create: { name: 'Металл' } } },
    include: { subchannels: true },
  });
  const other = await prisma.channel.create({ data: { name: 'Торговля' } });
  const region = await prisma.region.create({ data: { name: 'Москва и область', timeZone: 'Europe/Moscow' } });
  const subchannelId = channel.subchannels[0]?.id ?? null;
  const person = async (name: string, role: Actor['role'], more: { teamId?: number; channelId?: number } = {}): Promise<Actor> => {
    const user = await prisma.user.create({ data: { email: `matrix-${name}@test`, name, passwordHash: '', role, ...more } });
    return { id: user.id, name, role, teamId: user.teamId, timeZone: user.timeZone, locale: 'ru' };
  };
  const rep = await person('rep', 'rep', { teamId: north.id });
  const otherRep = await person('otherRep', 'rep', { teamId: south.id });
  const company = async (name: string, more: object): Promise<number> =>
    (await prisma.company.create({ data: { name, normalizedName: name.toLowerCase(), timeZone: 'Europe/Moscow', ...more } })).id;
  const first = { channelId: channel.id, subchannelId };
  return {
    rep,
    otherRepId: otherRep.id,
    head: await person('head', 'head'),
    lead: await person('lead', 'lead', { teamId: north.id }),
    lineManager: await person('line', 'lineManager', { channelId: channel.id }),
    withoutChannel: await person('newLine', 'lineManager'),
    channelId: channel.id,
    otherChannelId: other.id,
    subchannelId,
    regionId: region.id,
    companies: {
      alpha: await company('Альфа', { ...first, regionId: region.id, ownerId: rep.id, category: 'A' }),
      beta: await company('Бета', { ...first, ownerId: otherRep.id }),
      gamma: await company('Гамма', { channelId: channel.id }),
      delta: await company('Дельта', { channelId: other.id }),
      none: await company('Без канала', {}),
    },
  };
}
export type MatrixPeople = Awaited<ReturnType<typeof matrixPeople>>;

type AttemptOfCall = Pick<Attempt, 'kind' | 'yes'>;
const reached: AttemptOfCall = { kind: 'reachDecisionMaker', yes: true };
const notReached: AttemptOfCall = { kind: 'reachDecisionMaker', yes: false };
/** Only a talk with a decision maker has one. */
const noMeeting: AttemptOfCall = { kind: 'setMeeting', yes: false };

async function callTo(prisma: Prisma, { rep, companies }: MatrixPeople, at: string, attempts: readonly AttemptOfCall[]): Promise<number> {
  const day = new Date(`${at.slice(0, 10)}T00:00:00Z`);
  const parties = { repId: rep.id, companyId: companies.alpha, day, hour: 12 };
  const call = await prisma.call.create({
    data: {
      ...parties,
      phoneE164: '+74950000001',
      carrier: 'sandbox',
      state: 'ended',
      endCause: 'completed',
      intentAt: new Date(at),
      companyDay: day,
      dispositionCode: 'callBack',
      note: 'нужен расчёт',
    },
  });
  await prisma.attempt.createMany({ data: attempts.map((attempt) => ({ ...parties, ...attempt, at: new Date(at), callId: call.id })) });
  return call.id;
}

/** Facts of Альфа from August to December 2026, some of which are none: a secretary, a meeting that failed, a deal that was lost. */
export async function matrixContents(prisma: Prisma, people: MatrixPeople) {
  const { rep, companies } = people;
  const companyId = companies.alpha;
  await callTo(prisma, people, '2026-08-03T09:00:00Z', [reached, noMeeting]);
  // They called by themselves: nobody had to be reached.
  await callTo(prisma, people, '2026-08-04T09:00:00Z', [noMeeting]);
  // Still September in Moscow, October already further east.
  const callId = await callTo(prisma, people, '2026-09-30T20:30:00Z', [reached]);
  await callTo(prisma, people, '2026-10-05T09:00:00Z', [notReached]);
  const visit = await prisma.visit.create({
    data: { companyId, userId: rep.id, at: new Date('2026-09-10T09:00:00Z'), result: 'встретились' },
  });
  const meeting = (startsAt: string, status: 'planned' | 'held' | 'failed') =>
    prisma.meeting.create({ data: { companyId, ownerId: rep.id, startsAt: new Date(startsAt), timeZone: 'Europe/Moscow', status } });
  const held = await meeting('2026-09-12T09:00:00Z', 'held');
  await meeting('2026-09-13T09:00:00Z', 'failed');
  await meeting('2026-12-10T09:00:00Z', 'planned');
  const funnel = await prisma.funnel.create({ data: { name: 'Матрица' } });
  const stage = await prisma.stage.create({
    data: { funnelId: funnel.id, position: 7, name: 'Работа начата', heat: 'won', normDays: 1, probability: 100 },
  });
  const deal = (status: 'won' | 'lost', startedOn: string) =>
    prisma.deal.create({
      data: {
        companyId,
        funnelId: funnel.id,
        stageId: stage.id,
        ownerId: rep.id,
        title: 'Поставка',
        status,
        startedOn: new Date(startedOn),
        stageSince: new Date(startedOn),
        openedAt: new Date(startedOn),
      },
    });
  await deal('won', '2026-10-01');
  await deal('lost', '2026-10-02');
  const due = new Date('2026-10-20T09:00:00Z');
  await prisma.promise.create({
    data: {
      companyId,
      repId: rep.id,
      kind: 'exact',
      localTime: '2026-10-20T12:00',
      timeZone: 'Europe/Moscow',
      startsAt: due,
      promisedAt: due,
      deadlineAt: due,
    },
  });
  return { callId, visitId: visit.id, heldMeetingId: held.id };
}
