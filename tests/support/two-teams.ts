import type { Prisma } from '../../server/adapters/db/client.ts';
import type { Role } from '../../server/contract/http/endpoint.ts';

export interface Member {
  id: number;
  role: Role;
}

async function member(prisma: Prisma, email: string, role: Role, teamId: number | null, passwordHash: string): Promise<Member> {
  return prisma.user.create({
    data: { email, name: email.split('@')[0] ?? email, passwordHash, role, teamId },
    select: { id: true, role: true },
  });
}

/** Two teams with people of every role; everything recorded belongs to the second team's rep and to the second seller. */
export async function twoTeams(prisma: Prisma, passwordHash = '') {
  const north = await prisma.team.create({ data: { name: 'North' } });
  const south = await prisma.team.create({ data: { name: 'South' } });
  const of = (name: string, role: Role, teamId: number | null) => member(prisma, `${name}@test.local`, role, teamId, passwordHash);
  const people = {
    rep: await of('rep', 'rep', north.id),
    lead: await of('lead', 'lead', north.id),
    seller: await of('seller', 'seller', north.id),
    head: await of('head', 'head', null),
    lineManager: await of('line', 'lineManager', null),
    admin: await of('admin', 'admin', null),
  } satisfies Record<Role, Member>;
  const other = {
    rep: await of('other-rep', 'rep', south.id),
    lead: await of('other-lead', 'lead', south.id),
    seller: await of('other-seller', 'seller', south.id),
  };
  return { north, south, people, other, ...(await worldOf(prisma, other.rep.id, other.seller.id)) };
}

/** A company with all that hangs on it. */
export async function worldOf(prisma: Prisma, repId: number, sellerId: number) {
  const at = new Date('2026-11-20T09:00:00Z');
  const day = new Date('2026-11-20T00:00:00Z');
  const funnel =
    (await prisma.funnel.findFirst({ include: { stages: true } })) ??
    (await prisma.funnel.create({
      data: {
        name: 'Default',
        isDefault: true,
        stages: {
          create: [1, 2, 3, 4, 5, 6, 7].map((position) => ({
            position,
            name: `stage ${position}`,
            heat: position < 4 ? ('early' as const) : position < 7 ? ('hot' as const) : ('won' as const),
            normDays: 5,
            probability: position * 10,
          })),
        },
      },
      include: { stages: true },
    }));
  const stage = funnel.stages.find((one) => one.position === 3);
  if (!stage) throw new Error('the funnel has no third stage');
  const company = await prisma.company.create({
    data: { name: 'Север', normalizedName: 'север', timeZone: 'Europe/Moscow', ownerId: repId, lead: { create: {} } },
  });
  const contact = await prisma.contact.create({ data: { companyId: company.id, name: 'Ivanova', role: 'decisionMaker' } });
  const phone = await prisma.phone.create({ data: { companyId: company.id, e164: '+74950000001' } });
  const call = await prisma.call.create({
    data: {
      repId,
      companyId: company.id,
      phoneId: phone.id,
      phoneE164: phone.e164,
      carrier: 'sandbox',
      state: 'ended',
      endCause: 'completed',
      intentAt: at,
      answeredAt: at,
      endedAt: at,
      day,
      hour: 12,
      companyDay: day,
      dispositionCode: 'gatekeeper',
      disposedAt: at,
    },
  });
  const recording = await prisma.recording.create({ data: { callId: call.id, status: 'missing', missingReason: 'neverArrived' } });
  const deal = await prisma.deal.create({
    data: { companyId: company.id, funnelId: funnel.id, stageId: stage.id, ownerId: repId, title: 'Deal', stageSince: at, openedAt: at },
  });
  const task = await prisma.task.create({
    data: { title: 'Send the offer', companyId: company.id, dealId: deal.id, assigneeId: repId, dueAt: at },
  });
  const handoff = await prisma.handoff.create({
    data: { companyId: company.id, dealId: deal.id, fromRepId: repId, sellerId, openedAt: at },
  });
  const promise = await prisma.promise.create({
    data: {
      companyId: company.id,
      repId,
      kind: 'exact',
      localTime: '2030-11-25T11:00',
      timeZone: 'Europe/Moscow',
      startsAt: new Date('2030-11-25T07:55:00Z'),
      promisedAt: new Date('2030-11-25T08:00:00Z'),
      deadlineAt: new Date('2030-11-25T08:05:00Z'),
    },
  });
  return { company, contact, phone, call, recording, deal, task, handoff, promise, stages: funnel.stages };
}
