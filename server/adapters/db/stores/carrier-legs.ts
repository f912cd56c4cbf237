import { z } from 'zod';
import { mostRecordingsDue, type CarrierLeg, type CarrierLegs, type CarrierPace } from '../../../app/ports/carrier-legs.ts';
import type { Prisma } from '../client.ts';
import type { CarrierLeg as Row } from '../generated/client.ts';
import { answeredBySchema } from '../reads/call-view.ts';

const phaseSchema = z.enum(['waiting', 'asked', 'placed', 'ended', 'refused']);
const recordingSchema = z.enum(['none', 'announced', 'handedOver', 'absent', 'deleted']);
const announcementSchema = z.enum(['none', 'due', 'playing', 'played']);
const live = ['waiting', 'asked', 'placed'];

const toLeg = (row: Row): CarrierLeg => ({
  ...row,
  phase: phaseSchema.parse(row.phase),
  recording: recordingSchema.parse(row.recording),
  announcement: announcementSchema.parse(row.announcement),
  answeredBy: answeredBySchema.parse(row.answeredBy),
});

/**
 * Each of these is one statement of its own and outside of any use case's transaction: what was asked of the carrier stays
 * asked, whatever becomes of the rest.
 */
export function carrierLegs(prisma: Prisma): CarrierLegs {
  return {
    open: async (leg) => {
      const { count } = await prisma.carrierLeg.createMany({ data: { phase: 'waiting', ...leg }, skipDuplicates: true });
      if (count === 1) return 'opened';
      return (await prisma.carrierLeg.count({ where: { callId: leg.callId } })) > 0 ? 'known' : 'repBusy';
    },
    find: async (callId) => {
      const row = await prisma.carrierLeg.findUnique({ where: { callId } });
      return row && toLeg(row);
    },
    liveOf: async (repId) => {
      const row = await prisma.carrierLeg.findFirst({ where: { repId, phase: { in: live } } });
      return row && toLeg(row);
    },
    liveWithParty: async (party) => {
      const row = await prisma.carrierLeg.findFirst({ where: { party, phase: { in: live } } });
      return row && toLeg(row);
    },
    live: async () => (await prisma.carrierLeg.findMany({ where: { phase: { in: live } } })).map(toLeg),
    change: async (callId, whilePhase, change) => {
      const { count } = await prisma.carrierLeg.updateMany({ where: { callId, phase: { in: [...whilePhase] } }, data: change });
      return count === 1;
    },
    beginAnnouncement: async (callId) => {
      const { count } = await prisma.carrierLeg.updateMany({
        where: { callId, phase: 'placed', announcement: 'due' },
        data: { announcement: 'playing' },
      });
      return count === 1;
    },
    known: async (sids) => {
      const rows = await prisma.carrierLeg.findMany({ where: { sid: { in: [...sids] } }, select: { sid: true, callId: true } });
      return new Map(rows.flatMap(({ sid, callId }) => (sid === null ? [] : [[sid, callId] as const])));
    },
    recordingsDue: async ({ since, before, states }) => {
      const rows = await prisma.carrierLeg.findMany({
        where: {
          record: true,
          phase: 'ended',
          OR: [{ answeredAt: { not: null } }, { message: true }, { recording: 'announced' }],
          endedAt: { gte: since, lt: before },
          recording: { in: [...states] },
        },
        orderBy: { endedAt: 'asc' },
        take: mostRecordingsDue,
      });
      return rows.map(toLeg);
    },
  };
}

/** The base's clock deals out the turns, one after the other, to whichever node asks. */
export function carrierPace(prisma: Prisma, carrier: string): CarrierPace {
  return {
    takeTurn: async (callsPerSecond) => {
      const seconds = 1 / callsPerSecond;
      const rows = await prisma.$queryRaw<{ wait: number }[]>`
        INSERT INTO carrier_pace AS pace (carrier, next_at) VALUES (${carrier}, clock_timestamp() + make_interval(secs => ${seconds}::float8))
        ON CONFLICT (carrier) DO UPDATE
          SET next_at = greatest(pace.next_at, clock_timestamp()) + make_interval(secs => ${seconds}::float8)
        RETURNING (extract(epoch FROM next_at - clock_timestamp()) - ${seconds}::float8)::float8 * 1000 AS wait`;
      return Math.max(0, Math.ceil(rows[0]?.wait ?? 0));
    },
    pushBack: async (milliseconds) => {
      await prisma.$executeRaw`
        UPDATE carrier_pace SET next_at = greatest(next_at, clock_timestamp() + make_interval(secs => ${milliseconds / 1000}::float8))
        WHERE carrier = ${carrier}`;
    },
  };
}
