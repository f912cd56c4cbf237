import type { AuditReads } from '../../../app/ports/reads/audit.ts';
import { auditEntrySchema } from '../../../contract/http/admin.ts';
import type { Prisma } from '../client.ts';

export function auditReads(prisma: Prisma): AuditReads {
  return {
    entries: async ({ userId, action, entity, entityId, from, until, beforeId, limit }) => {
      const rows = await prisma.auditEntry.findMany({
        where: { userId, action, entity, entityId, at: { gte: from, lt: until }, id: { lt: beforeId } },
        orderBy: { id: 'desc' },
        take: limit + 1,
      });
      const userIds = [...new Set(rows.map((row) => row.userId).filter((id) => id !== null))];
      const people = await prisma.user.findMany({ where: { id: { in: userIds } }, select: { id: true, name: true } });
      return rows.map((row) => ({
        id: row.id,
        at: row.at.toISOString(),
        user: people.find((person) => person.id === row.userId) ?? null,
        action: row.action,
        entity: row.entity,
        entityId: row.entityId,
        details: auditEntrySchema.shape.details.parse(row.details),
      }));
    },
    actions: async () =>
      (await prisma.auditEntry.findMany({ distinct: ['action'], select: { action: true }, orderBy: { action: 'asc' } })).map(
        (row) => row.action,
      ),
  };
}
