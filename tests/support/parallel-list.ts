import type { Database } from '../../server/adapters/db/client.ts';

/** A list dialled on three lines, with so many human answers behind it that its cap leaves room, and a threshold that learned to use it. */
export async function dialInParallel(
  prisma: Database['prisma'],
  past: { repId: number; companyId: number; intentAt: Date },
): Promise<void> {
  await prisma.callList.updateMany({ data: { dialMode: 'parallel', lines: 3, lineThreshold: 0.5 } });
  const list = await prisma.callList.findFirstOrThrow();
  const day = new Date(past.intentAt.toISOString().slice(0, 10));
  const answeredAt = new Date(past.intentAt.getTime() + 15_000);
  const call = { ...past, listId: list.id, phoneE164: '+74950000000', carrier: 'sandbox', answeredAt, answeredBy: 'human' };
  const over = { state: 'ended', endCause: 'completed', disposedAt: past.intentAt, day, companyDay: day, hour: 11 } as const;
  await prisma.call.createMany({ data: Array.from({ length: 100 }, () => ({ ...call, ...over })) });
}
