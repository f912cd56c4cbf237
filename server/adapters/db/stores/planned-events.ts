import type { PlannedEventStore } from '../../../app/ports/stores/planned-events.ts';
import type { Transaction } from '../client.ts';
import { dateOfDay } from '../days.ts';

export function plannedEventStore(transaction: Transaction): PlannedEventStore {
  return {
    create: async (companyId, { kind, title, on, monthsAhead }, authorId) => {
      const data = { companyId, kind, title, on: dateOfDay(on), monthsAhead, authorId };
      return (await transaction.plannedEvent.create({ data, select: { id: true } })).id;
    },
    companyOf: async (eventId) =>
      (await transaction.plannedEvent.findUnique({ where: { id: eventId }, select: { companyId: true } }))?.companyId ?? null,
    remove: async (eventId) => (await transaction.plannedEvent.deleteMany({ where: { id: eventId } })).count > 0,
  };
}
