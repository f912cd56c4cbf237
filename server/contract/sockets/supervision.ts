import { z } from 'zod';
import { supervisionEnds, supervisionModes } from '../../core/supervision/mode.ts';
import { idSchema, instantSchema, personSchema } from '../http/common.ts';

const supervisionModeSchema = z.enum(supervisionModes);
export type { SupervisionEnd, SupervisionMode } from '../../core/supervision/mode.ts';

const about = z.object({ id: idSchema });
const sdpSchema = z.string().min(1).max(100_000);
const taken = z.object({ ok: z.literal(true) });

/** A part in a rep's live call, as its supervisor sees it. */
export const supervisionSchema = z.object({
  id: idSchema,
  callId: idSchema,
  rep: personSchema,
  company: z.object({ id: idSchema, name: z.string() }),
  wanted: supervisionModeSchema,
  /** What is so, by the word of who mixes the sound; null until the sound is there. */
  mode: supervisionModeSchema.nullable(),
  since: instantSchema.nullable(),
  endedBecause: z.enum(supervisionEnds).nullable(),
});
export type SupervisionView = z.infer<typeof supervisionSchema>;

/** How the sound comes: from the rep's browser, or from the carrier to a headset call that shows this ticket. */
const soundSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('browsers') }),
  z.object({ kind: z.literal('carrier'), ticket: z.string() }),
]);
export type SupervisionSound = z.infer<typeof soundSchema>;

/** What the server tells of supervision. */
export const supervisionServerEvents = {
  'supervision:state': supervisionSchema,
  /** The rep's browser answered the supervisor's offer. */
  'supervision:answer': about.extend({ sdp: sdpSchema }),
  /** To the rep's browser: what it mixes from now on; null takes the supervisor out of the call. */
  'supervision:mix': about.extend({
    callId: idSchema,
    supervisor: personSchema,
    mode: supervisionModeSchema.nullable(),
    /** A new connection to answer. */
    offer: sdpSchema.nullable(),
    /** Whether the rep's screen says so. */
    shown: z.boolean(),
  }),
} as const;

/** What those who supervise, and the browsers of those who are supervised, may ask. */
export const supervisionClientEvents = {
  'supervise:start': {
    payload: z.object({ repId: idSchema, mode: supervisionModeSchema }),
    reply: z.object({ supervision: supervisionSchema, sound: soundSchema }),
  },
  'supervise:offer': { payload: about.extend({ sdp: sdpSchema }), reply: taken },
  'supervise:mode': { payload: about.extend({ mode: supervisionModeSchema }), reply: supervisionSchema },
  'supervise:stop': { payload: about.extend({ why: z.enum(['stopped', 'lost', 'notAnswered']) }), reply: taken },
  /** Either browser says that it is still there and hears what is wanted, should it have missed that; refused when it is over. */
  'supervise:keep': { payload: about, reply: z.object({ wanted: supervisionModeSchema }) },
  /** The rep's browser answers the offer. */
  'supervise:answer': { payload: about.extend({ sdp: sdpSchema }), reply: taken },
  /** The rep's browser mixes so now. */
  'supervise:mixed': { payload: about.extend({ mode: supervisionModeSchema }), reply: taken },
} as const;
