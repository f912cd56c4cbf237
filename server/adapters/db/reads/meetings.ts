import type { MeetingQuestion, MeetingReads } from '../../../app/ports/reads/meetings.ts';
import type { Scope } from '../../../app/ports/reads/scope.ts';
import type { MeetingView } from '../../../contract/http/meetings.ts';
import { localClock, localDay } from '../../../core/hours/local-time.ts';
import type { Prisma } from '../client.ts';
import type { Prisma as Queries } from '../generated/client.ts';
import { isoOf, isoOrNull } from './views.ts';

type Where = Queries.MeetingWhereInput;

const shape = {
  company: { select: { id: true, name: true } },
  contact: { select: { name: true } },
  deal: { select: { amount: true } },
} satisfies Queries.MeetingInclude;
type Stored = Queries.MeetingGetPayload<{ include: typeof shape }>;

/** A meeting is seen by whoever set it and by whose deal it has become. */
async function visibleTo(prisma: Prisma, scope: Scope): Promise<Where> {
  if (scope.kind === 'all') return {};
  if (scope.kind === 'own') return { OR: [{ ownerId: scope.userId }, { deal: { ownerId: scope.userId } }] };
  const members = await prisma.user.findMany({ where: { teamId: scope.teamId }, select: { id: true } });
  return { OR: [{ ownerId: { in: members.map((member) => member.id) } }, { deal: { owner: { teamId: scope.teamId } } }] };
}

function inPhase(phase: MeetingQuestion['phase'], now: Date): Where {
  switch (phase) {
    case undefined:
      return {};
    case 'planned':
      return { status: 'planned', startsAt: { gt: now } };
    case 'due':
      return { status: 'planned', startsAt: { lte: now } };
    case 'past':
      return { status: { not: 'planned' } };
    default:
      return phase satisfies never;
  }
}

async function viewsOf(prisma: Prisma, meetings: Stored[], now: Date): Promise<MeetingView[]> {
  const owners = await prisma.user.findMany({
    where: { id: { in: meetings.map((meeting) => meeting.ownerId) } },
    select: { id: true, name: true },
  });
  return meetings.map((meeting) => ({
    id: meeting.id,
    company: meeting.company,
    contactName: meeting.contact?.name ?? null,
    dealId: meeting.dealId,
    amount: meeting.deal?.amount?.toNumber() ?? null,
    owner: owners.find((owner) => owner.id === meeting.ownerId) ?? { id: meeting.ownerId, name: '' },
    callId: meeting.setInCallId,
    startsAt: isoOf(meeting.startsAt),
    localTime: `${localDay(meeting.startsAt, meeting.timeZone)}T${localClock(meeting.startsAt, meeting.timeZone)}`,
    timeZone: meeting.timeZone,
    place: meeting.place,
    status: meeting.status,
    phase: meeting.status !== 'planned' ? 'past' : meeting.startsAt > now ? 'planned' : 'due',
    card: meeting.card,
    closedAt: isoOrNull(meeting.closedAt),
  }));
}

export function meetingReads(prisma: Prisma): MeetingReads {
  return {
    meetings: async ({ scope, phase, companyId, ownerId, after, limit, now }) => {
      const direction = phase === 'past' ? 'desc' : 'asc';
      const beyond = direction === 'desc' ? 'lt' : 'gt';
      const where: Where = {
        AND: [
          await visibleTo(prisma, scope),
          inPhase(phase, now),
          { companyId, ownerId },
          after ? { OR: [{ startsAt: { [beyond]: after.startsAt } }, { startsAt: after.startsAt, id: { [beyond]: after.id } }] } : {},
        ],
      };
      const found = await prisma.meeting.findMany({
        where,
        include: shape,
        orderBy: [{ startsAt: direction }, { id: direction }],
        take: limit + 1,
      });
      return viewsOf(prisma, found, now);
    },
    meeting: async (scope, meetingId, now) => {
      const found = await prisma.meeting.findFirst({ where: { AND: [{ id: meetingId }, await visibleTo(prisma, scope)] }, include: shape });
      return found && ((await viewsOf(prisma, [found], now))[0] ?? null);
    },
  };
}
