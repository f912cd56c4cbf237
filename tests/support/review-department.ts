import type { Database } from '../../server/adapters/db/client.ts';

export interface ReviewDepartment {
  rep: number;
  otherRep: number;
  lead: number;
  otherLead: number;
  head: number;
  admin: number;
  companyId: number;
}

/** Two teams, each with a rep and a lead, a head, an admin, and one company. */
export async function seedReviewDepartment(database: Database): Promise<ReviewDepartment> {
  const { prisma } = database;
  const north = await prisma.team.create({ data: { name: 'North' } });
  const south = await prisma.team.create({ data: { name: 'South' } });
  const person = async (name: string, role: 'rep' | 'lead' | 'head' | 'admin', teamId: number | null): Promise<number> =>
    (await prisma.user.create({ data: { name, email: `${name}@test`, passwordHash: '', role, teamId } })).id;
  const company = await prisma.company.create({ data: { name: 'Альфа', normalizedName: 'альфа', timeZone: 'Europe/Moscow' } });
  return {
    rep: await person('rep', 'rep', north.id),
    otherRep: await person('otherRep', 'rep', south.id),
    lead: await person('lead', 'lead', north.id),
    otherLead: await person('otherLead', 'lead', south.id),
    head: await person('head', 'head', null),
    admin: await person('admin', 'admin', null),
    companyId: company.id,
  };
}

/** An answered call that ended a minute after `at`. */
export async function answeredCall(database: Database, repId: number, companyId: number, at: Date): Promise<number> {
  const day = new Date(`${at.toISOString().slice(0, 10)}T00:00:00Z`);
  const call = await database.prisma.call.create({
    data: {
      repId,
      companyId,
      phoneE164: '+79990000001',
      carrier: 'sandbox',
      state: 'ended',
      endCause: 'completed',
      talkSeconds: 60,
      intentAt: at,
      answeredAt: at,
      endedAt: new Date(at.getTime() + 60_000),
      day,
      companyDay: day,
      hour: at.getUTCHours(),
    },
  });
  return call.id;
}
