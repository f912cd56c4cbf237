import { z } from 'zod';
import { callSchema } from '../http/calls.ts';
import { idSchema, instantSchema } from '../http/common.ts';
import { ringSchema } from '../http/inbound.ts';
import { boardRowSchema, boardSnapshotSchema, kpiFiguresSchema, presenceSchema } from '../http/kpi.ts';

/** What the server tells; each declared once for both sides. */
export const serverEvents = {
  'call:state': callSchema,
  /** A call rings for you (`ring` says who), or it does so no more. */
  'call:ring': z.object({
    callId: idSchema,
    ring: ringSchema.nullable(),
    why: z.enum(['ringing', 'answered', 'answeredByColleague', 'declined', 'passedOn', 'gone', 'missed']),
  }),
  'queue:claim': z.object({
    leadId: idSchema.nullable(),
    companyId: idSchema.nullable(),
    why: z.enum(['claimed', 'released', 'expired', 'disposed', 'answeredByColleague']),
  }),
  'promise:due': z.object({ promiseId: idSchema, companyId: idSchema, companyName: z.string(), promisedAt: instantSchema }),
  'promise:changed': z.object({ promiseId: idSchema, companyId: idSchema }),
  'kpi:update': z.object({ repId: idSchema, figures: kpiFiguresSchema }),
  'board:snapshot': boardSnapshotSchema,
  'board:update': z.object({ sequence: z.int(), rows: z.array(boardRowSchema) }),
  'recording:ready': z.object({ callId: idSchema, recordingId: idSchema, status: z.enum(['ready', 'partial', 'missing']) }),
  'task:created': z.object({ taskId: idSchema, title: z.string(), companyId: idSchema.nullable(), dueAt: instantSchema }),
  /** What other machines do reaches this one late: what carries it between them is out of reach. Told at each connection too. */
  'updates:state': z.object({ delayed: z.boolean() }),
  'headset:state': z.object({ state: z.enum(['connecting', 'connected', 'interrupted', 'closed']) }),
} as const;
export type ServerEvents = { [Name in keyof typeof serverEvents]: z.infer<(typeof serverEvents)[Name]> };
export type ServerEventName = keyof ServerEvents;

/** What a client may ask; `reply` is the acknowledgement. A refusal is `{error: {code, detail}}`. */
export const clientEvents = {
  'headset:offer': { payload: z.object({ sdp: z.string().min(1).max(100_000) }), reply: z.object({ sdp: z.string() }) },
  'headset:ice': {
    payload: z.object({ candidate: z.string().max(2_000), sdpMid: z.string().max(64).nullable(), sdpMLineIndex: z.int().nullable() }),
    reply: z.object({ ok: z.literal(true) }),
  },
  'headset:check': { payload: z.object({ what: z.enum(['tone', 'echo', 'stop']) }), reply: z.object({ ok: z.literal(true) }) },
  'presence:set': { payload: z.object({ state: presenceSchema }), reply: z.object({ state: presenceSchema }) },
  'board:watch': { payload: z.object({}), reply: boardSnapshotSchema },
} as const;
export type ClientEventName = keyof typeof clientEvents;
export type ClientPayload<Name extends ClientEventName> = z.input<(typeof clientEvents)[Name]['payload']>;
export type ClientReply<Name extends ClientEventName> = z.infer<(typeof clientEvents)[Name]['reply']>;

/** The acknowledgement of a client event that was refused. */
export const refusalSchema = z.object({ error: z.object({ code: z.string(), detail: z.string() }) });
export type Refusal = z.infer<typeof refusalSchema>;
