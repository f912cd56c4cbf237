import type { SupervisionRecord, SupervisionStore } from '../../../app/ports/stores/supervision.ts';
import type { Transaction } from '../client.ts';
import { Prisma } from '../generated/client.ts';

export function supervisionStore(transaction: Transaction): SupervisionStore {
  return { ...locking(transaction), ...writing(transaction), ...viewing(transaction) };
}

type Locking = Pick<SupervisionStore, 'lock' | 'lockOf' | 'lockOfCall' | 'lockLapsed'>;

function locking(transaction: Transaction): Locking {
  const locked = (where: Prisma.Sql): Promise<SupervisionRecord[]> =>
    transaction.$queryRaw<SupervisionRecord[]>`
      SELECT id, call_id AS "callId", supervisor_id AS "supervisorId", rep_id AS "repId", wanted, mode, mode_since AS "modeSince",
        supervisor_lease_until AS "supervisorLeaseUntil", rep_lease_until AS "repLeaseUntil"
      FROM supervision WHERE ended_at IS NULL AND ${where} ORDER BY id FOR UPDATE`;
  return {
    lock: async (id) => (await locked(Prisma.sql`id = ${id}`))[0] ?? null,
    lockOf: async (supervisorId) => {
      await transaction.$queryRaw`SELECT id FROM app_user WHERE id = ${supervisorId} FOR NO KEY UPDATE`;
      return (await locked(Prisma.sql`supervisor_id = ${supervisorId}`))[0] ?? null;
    },
    lockOfCall: (callId) => locked(Prisma.sql`call_id = ${callId}`),
    lockLapsed: (now) => locked(Prisma.sql`(supervisor_lease_until <= ${now}::timestamptz OR rep_lease_until <= ${now}::timestamptz)`),
  };
}

type Writing = Pick<SupervisionStore, 'open' | 'saveWanted' | 'saveMode' | 'saveEnd' | 'keep' | 'expectRep' | 'shorten'>;

function writing(transaction: Transaction): Writing {
  return {
    open: async ({ callId, supervisorId, repId, wanted, now, lease }) => {
      const row = await transaction.supervision.create({
        data: {
          callId,
          supervisorId,
          repId,
          wanted,
          askedAt: now,
          supervisorSocket: lease.socketId,
          supervisorLeaseUntil: lease.until,
        },
        select: { id: true },
      });
      return row.id;
    },
    saveWanted: async (id, wanted) => {
      await transaction.supervision.update({ where: { id }, data: { wanted } });
    },
    saveMode: async (id, mode, since) => {
      await transaction.supervision.update({ where: { id }, data: { mode, modeSince: since } });
    },
    saveEnd: async (id, because, at) => {
      await transaction.supervision.update({ where: { id }, data: { endedAt: at, endedBecause: because } });
    },
    keep: async (id, side, { socketId, until }) => {
      const data =
        side === 'rep' ? { repSocket: socketId, repLeaseUntil: until } : { supervisorSocket: socketId, supervisorLeaseUntil: until };
      await transaction.supervision.update({ where: { id }, data });
    },
    expectRep: async (id, until) => {
      await transaction.supervision.update({ where: { id }, data: { repLeaseUntil: until } });
    },
    shorten: async (socketId, until) => {
      const live = { endedAt: null };
      const bySupervisor = await transaction.supervision.updateMany({
        where: { ...live, supervisorSocket: socketId, supervisorLeaseUntil: { gt: until } },
        data: { supervisorLeaseUntil: until },
      });
      const byRep = await transaction.supervision.updateMany({
        where: { ...live, repSocket: socketId, repLeaseUntil: { gt: until } },
        data: { repLeaseUntil: until },
      });
      return bySupervisor.count + byRep.count > 0;
    },
  };
}

function viewing(transaction: Transaction): Pick<SupervisionStore, 'view' | 'person'> {
  return {
    view: async (id) => {
      const row = await transaction.supervision.findUniqueOrThrow({
        where: { id },
        include: {
          rep: { select: { id: true, name: true } },
          call: { select: { company: { select: { id: true, name: true } } } },
        },
      });
      return {
        id: row.id,
        callId: row.callId,
        rep: row.rep,
        company: row.call.company,
        wanted: row.wanted,
        mode: row.mode,
        since: row.modeSince?.toISOString() ?? null,
        endedBecause: row.endedBecause,
      };
    },
    person: (userId) => transaction.user.findUniqueOrThrow({ where: { id: userId }, select: { id: true, name: true } }),
  };
}
