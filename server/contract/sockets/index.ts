import { z } from 'zod';
import { consultationSchema } from '../http/call-parties.ts';
import { callSchema } from '../http/calls.ts';
import { idSchema, instantSchema } from '../http/common.ts';
import { ringSchema } from '../http/inbound.ts';
import { ledgerAlarmSchema } from '../http/recordings.ts';
import { boardRowSchema, boardSnapshotSchema, kpiFiguresSchema, presenceSchema } from '../http/kpi.ts';
import { volleySchema } from '../http/volleys.ts';
import { supervisionClientEvents, supervisionServerEvents } from './supervision.ts';

/** What the server tells; each declared once for both sides. */
export const serverEvents = {
  'call:state': callSchema,
  /** Lines of yours that were dialled at once: one of them changed, won, or all are over. */
  'volley:state': volleySchema,
  /** A call rings for you (`ring` says who), or it does so no more. */
  'call:ring': z.object({
    callId: idSchema,
    ring: ringSchema.nullable(),
    why: z.enum(['ringing', 'answered', 'answeredByColleague', 'declined', 'passedOn', 'gone', 'missed']),
  }),
  /** A colleague asks you into his call, you are in it, or no more (null). */
  'call:consult': z.object({ callId: idSchema, consultation: consultationSchema.nullable() }),
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
  /** Answered calls are without a playable recording, others than before, or none any more. */
  'recording:alarm': ledgerAlarmSchema,
  /** How much of a simulated day that you asked for is done. */
  'simulation:progress': z.object({ askId: z.uuid(), share: z.number().min(0).max(1) }),
  'task:created': z.object({ taskId: idSchema, title: z.string(), companyId: idSchema.nullable(), dueAt: instantSchema }),
  /** What other machines do reaches this one late: what carries it between them is out of reach. Told at each connection too. */
  'updates:state': z.object({ delayed: z.boolean() }),
  /** Another computer of yours has your headset now, or none has it any more: ask `headset:seat`. */
  'headset:moved': z.object({}),
  'headset:state': z.object({ state: z.enum(['connecting', 'connected', 'interrupted', 'closed']) }),
  ...supervisionServerEvents,
} as const;
export type ServerEvents = { [Name in keyof typeof serverEvents]: z.infer<(typeof serverEvents)[Name]> };
export type ServerEventName = keyof ServerEvents;

/** A STUN or TURN server as browsers take it; the credentials live for a day. */
const iceServerSchema = z.object({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() });

/** How a person's browser brings his voice: over WebRTC to us, or with the carrier's kit and a token that expires. */
const headsetAccessSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('server'), iceServers: z.array(iceServerSchema) }),
  z.object({ kind: z.literal('twilio'), token: z.string(), edge: z.string(), expiresAt: instantSchema }),
]);

/** What a client may ask; `reply` is the acknowledgement. A refusal is `{error: {code, detail}}`. */
export const clientEvents = {
  /**
   * One computer of a person has his headset. `look` only asks where it is, `keep` says that it is wanted here or still is, `take` is
   * the person's own press. `computerId` is the browser's, kept through reloads and the same in all of its tabs; a client that is no
   * browser may do without one: it takes the line as it comes.
   */
  'headset:seat': {
    payload: z.object({ computerId: z.uuid(), how: z.enum(['look', 'keep', 'take']) }),
    reply: z.object({ seat: z.enum(['here', 'elsewhere', 'free']) }),
  },
  /**
   * Asked before each connection, and again when a token is about to expire. For the person's own line it keeps his seat; without a
   * computer it is for a part in somebody else's call.
   */
  'headset:access': { payload: z.object({ computerId: z.uuid().optional() }), reply: headsetAccessSchema },
  'headset:offer': {
    payload: z.object({ computerId: z.uuid().optional(), sdp: z.string().min(1).max(100_000) }),
    reply: z.object({ sdp: z.string() }),
  },
  'headset:ice': {
    payload: z.object({ candidate: z.string().max(2_000), sdpMid: z.string().max(64).nullable(), sdpMLineIndex: z.int().nullable() }),
    reply: z.object({ ok: z.literal(true) }),
  },
  'headset:check': { payload: z.object({ what: z.enum(['tone', 'echo', 'stop']) }), reply: z.object({ ok: z.literal(true) }) },
  'presence:set': { payload: z.object({ state: presenceSchema }), reply: z.object({ state: presenceSchema }) },
  'board:watch': { payload: z.object({}), reply: boardSnapshotSchema },
  ...supervisionClientEvents,
} as const;
export type ClientEventName = keyof typeof clientEvents;
export type ClientPayload<Name extends ClientEventName> = z.input<(typeof clientEvents)[Name]['payload']>;
export type ClientReply<Name extends ClientEventName> = z.infer<(typeof clientEvents)[Name]['reply']>;

/** The acknowledgement of a client event that was refused. */
export const refusalSchema = z.object({ error: z.object({ code: z.string(), detail: z.string() }) });
export type Refusal = z.infer<typeof refusalSchema>;
