import type { VolleyView } from '../../../contract/http/volleys.ts';
import type { Transaction } from '../client.ts';
import { isoOf } from './views.ts';

/** Several lines of a rep as he sees them. */
export async function volleyView(transaction: Pick<Transaction, 'volley'>, volleyId: number): Promise<VolleyView> {
  const { id, list, startedAt, lines, winnerId, canceledAt, endedAt } = await transaction.volley.findUniqueOrThrow({
    where: { id: volleyId },
    include: { list: { select: { name: true } }, lines: { include: { company: true }, orderBy: { id: 'asc' } } },
  });
  return {
    id,
    listName: list.name,
    startedAt: isoOf(startedAt),
    lines: lines.map(({ id: callId, company, phoneE164, state, endCause, abandonedAt }) => ({
      callId,
      company: { id: company.id, name: company.name, city: company.city, timeZone: company.timeZone },
      phone: phoneE164,
      state,
      endCause,
      abandoned: abandonedAt !== null,
    })),
    winnerId,
    canceled: canceledAt !== null,
    ended: endedAt !== null,
  };
}
