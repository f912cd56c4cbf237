import { z } from 'zod';
import { callSchema, workers } from './calls.ts';
import { acceptedSchema, idParams, idSchema, instantSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { lineLimiterSchema } from './list-dialing.ts';

/** One of several lines that one press dialled. */
const volleyLineSchema = z.object({
  callId: idSchema,
  company: z.object({ id: idSchema, name: z.string(), city: z.string().nullable(), timeZone: z.string() }),
  phone: z.string(),
  state: callSchema.shape.state,
  endCause: callSchema.shape.endCause,
  abandoned: z.boolean().describe('A human answered and met nobody'),
});

export const volleySchema = z.object({
  id: idSchema,
  listName: z.string(),
  startedAt: instantSchema,
  lines: z.array(volleyLineSchema),
  winnerId: idSchema.nullable().describe('The call that the rep is joined to'),
  canceled: z.boolean(),
  ended: z.boolean(),
});
export type VolleyView = z.infer<typeof volleySchema>;

export const startVolley = defineEndpoint({
  method: 'post',
  path: '/api/volleys',
  summary:
    'Dial the claimed lead and the next ones of its list at once, as many as the pace allows; one line is an ordinary call. Header Idempotency-Key as for calls',
  access: workers,
  body: z.object({ leadId: idSchema, phoneId: idSchema.optional() }),
  reply: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('volley'), volley: volleySchema }),
    z.object({
      kind: z.literal('single'),
      call: callSchema,
      limitedBy: z.enum([...lineLimiterSchema.options, 'list', 'tier', 'queue']).describe('Why one line only'),
    }),
  ]),
  status: 201,
});

export const currentVolley = defineEndpoint({
  method: 'get',
  path: '/api/volleys/current',
  summary: "The rep's lines that ring; 204 when there are none",
  access: workers,
  reply: volleySchema,
});

export const cancelVolley = defineEndpoint({
  method: 'post',
  path: '/api/volleys/:id/cancel',
  summary: 'Take all lines back; whoever has won stays. What became of them comes as events',
  access: workers,
  params: idParams,
  reply: acceptedSchema,
  status: 202,
});
