import { hash } from '@node-rs/argon2';
import type { Role } from '../../server/contract/http/endpoint.ts';
import { defaultSettings } from '../../server/contract/settings.ts';
import { openDatabase, type Database } from '../../server/adapters/db/client.ts';
import { settingsReader } from '../../server/adapters/db/settings.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import { requeueAll } from '../../server/app/queue/requeue.ts';
import { signIn, type ApiClient } from './api-client.ts';

const password = 'demo-demo-demo';
const zones = ['Europe/Moscow', 'Asia/Vladivostok'] as const;

export interface CallingDepartment {
  reps: readonly { id: number; email: string }[];
  database: Database;
  /** The fate of each company's number, as the sandbox's number book has it: its last four digits. */
  setFate: (leadId: number, lastFour: string) => Promise<void>;
  signIn: (url: string, email: string) => Promise<ApiClient>;
  close: () => Promise<void>;
}

/**
 * A department that may call at any hour at which the tests run, in a migrated base: reps, a lead, a head, an admin, and one list
 * of companies handed out to all reps. Sign-ins are `rep1@test.local` and so on, `lead@…`, `head@…`, `admin@…`.
 */
export async function callingDepartment(databaseUrl: string, options: { reps: number; companies: number }): Promise<CallingDepartment> {
  const database = openDatabase(databaseUrl, { poolSize: 4 });
  const { prisma } = database;
  const passwordHash = await hash(password);
  const team = await prisma.team.create({ data: { name: 'First' } });
  const hire = (name: string, role: Role): Promise<{ id: number; email: string }> =>
    prisma.user.create({
      data: { name, email: `${name}@test.local`, role, passwordHash, teamId: team.id },
      select: { id: true, email: true },
    });
  const reps: { id: number; email: string }[] = [];
  for (let index = 1; index <= options.reps; index += 1) reps.push(await hire(`rep${index}`, 'rep'));
  for (const role of ['lead', 'head', 'admin'] as const) await hire(role, role);
  await prisma.setting.create({
    data: {
      key: 'callingHours',
      value: { ...defaultSettings.callingHours, from: '00:00', to: '23:59', workingDays: [1, 2, 3, 4, 5, 6, 7] },
    },
  });
  await fill(database, reps, options.companies);
  await requeueAll({ unitOfWork: prismaUnitOfWork(prisma), settings: settingsReader(database.pool), clock: { now: () => new Date() } });
  return {
    reps,
    database,
    setFate: async (leadId, lastFour) => {
      const lead = await prisma.lead.findUniqueOrThrow({ where: { id: leadId } });
      const digits = String(lead.companyId).padStart(6, '0');
      await prisma.phone.updateMany({ where: { companyId: lead.companyId }, data: { e164: `+7${digits}${lastFour}` } });
    },
    signIn: (url, email) => signIn(url, email, password),
    close: () => database.close(),
  };
}

async function fill({ prisma }: Database, reps: readonly { id: number }[], companies: number): Promise<void> {
  const heats = ['early', 'early', 'early', 'hot', 'hot', 'hot', 'won'] as const;
  const stages = heats.map((heat, index) => ({
    position: index + 1,
    name: `stage ${index + 1}`,
    heat,
    normDays: 7,
    probability: 10 * (index + 1),
  }));
  if ((await prisma.funnel.count({ where: { isDefault: true } })) === 0) {
    await prisma.funnel.create({ data: { name: 'Default', isDefault: true, stages: { create: stages } } });
  }
  const list = await prisma.callList.create({ data: { name: 'List' } });
  const days = { startsOn: new Date(Date.now() - 7 * 86_400_000), endsOn: new Date(Date.now() + 7 * 86_400_000) };
  await prisma.listAssignment.createMany({ data: reps.map(({ id }) => ({ listId: list.id, repId: id, ...days })) });
  // Neither the last minute of a company's day nor its first hours, whenever the tests run: an hour ago is today.
  const hourInMoscow = (new Date().getUTCHours() + 3) % 24;
  const timeZone = hourInMoscow >= 20 || hourInMoscow < 2 ? zones[1] : zones[0];
  for (let index = 1; index <= companies; index += 1) {
    const name = `Company ${index}`;
    const phones = { create: { e164: `+7${String(index).padStart(6, '0')}0400`, position: 0 } };
    const contacts = { create: { name: 'Мария', role: 'decisionMaker' as const } };
    await prisma.company.create({
      data: { name, normalizedName: name, timeZone, phones, contacts, lead: { create: { listId: list.id, position: index } } },
    });
  }
}
