import type { Database } from '../../server/adapters/db/client.ts';

/** Ten minutes go by while no server runs: what was silent is asked after at once by the next. */
export async function tenMinutesPass({ prisma }: Database): Promise<void> {
  await prisma.$executeRaw`UPDATE call SET intent_at = intent_at - interval '10 minutes'`;
  await prisma.$executeRaw`UPDATE call_event SET received_at = received_at - interval '10 minutes'`;
  await prisma.$executeRaw`UPDATE carrier_leg SET opened_at = opened_at - interval '10 minutes',
    asked_at = asked_at - interval '10 minutes', ended_at = ended_at - interval '10 minutes'`;
  await prisma.$executeRaw`UPDATE carrier_pace SET next_at = now()`;
}
