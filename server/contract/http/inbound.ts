import { z } from 'zod';
import { callSchema } from './calls.ts';
import { acceptedSchema, idParams, idSchema, instantSchema, pageOf, pageQuery, personSchema } from './common.ts';
import { contactRoleSchema } from './company-card.ts';
import { defineEndpoint } from './endpoint.ts';

/** A call that rings for somebody now: all that he sees before he answers. */
export const ringSchema = z.object({
  callId: idSchema,
  stage: z.enum(['first', 'team']).describe('Rings for whose company it is, or for his whole team'),
  since: instantSchema,
  phone: z.string().nullable().describe('E.164; null when the caller hides his number'),
  company: z.object({ id: idSchema, name: z.string(), timeZone: z.string(), city: z.string().nullable() }),
  handedOverBy: personSchema.nullable().describe('The colleague who hands this call over'),
  isNew: z.boolean().describe('The company was made by this call: nobody knew the number'),
  contact: z.object({ name: z.string(), role: contactRoleSchema }).nullable().describe('Whom to greet by name'),
  owner: personSchema.describe('Whose the call is when nobody answers'),
  promise: z.object({ promisedAt: instantSchema, note: z.string().nullable() }).nullable(),
  lastCall: z.object({ at: instantSchema, repName: z.string() }).nullable(),
  sameNumber: z.array(z.string()).describe('Other companies with this number'),
});
export type Ring = z.infer<typeof ringSchema>;

const answerers = ['rep', 'lead', 'head', 'admin'] as const;

export const ringingCalls = defineEndpoint({
  method: 'get',
  path: '/api/calls/ringing',
  summary: 'Calls that ring for me now',
  access: answerers,
  reply: z.object({ items: z.array(ringSchema) }),
});

export const answerCall = defineEndpoint({
  method: 'post',
  path: '/api/calls/:id/answer',
  summary: 'Answer an arriving call at my headset; one rep gets it',
  access: answerers,
  params: idParams,
  reply: callSchema,
});

export const declineCall = defineEndpoint({
  method: 'post',
  path: '/api/calls/:id/decline',
  summary: 'Wave an arriving call on to whoever is next',
  access: answerers,
  params: idParams,
  reply: acceptedSchema,
  status: 202,
});

/** A call that nobody answered. */
export const missedCallSchema = z.object({
  callId: idSchema,
  at: instantSchema,
  phone: z.string().nullable(),
  company: z.object({ id: idSchema, name: z.string() }),
  contactName: z.string().nullable(),
  rep: personSchema,
  voicemail: z.boolean(),
  recordingId: idSchema.nullable().describe('The message that was left, once it can be played'),
  callBackBy: instantSchema.nullable(),
  handledAt: instantSchema.nullable().describe('When he was called back or reached us again'),
});
export type MissedCall = z.infer<typeof missedCallSchema>;

export const missedCalls = defineEndpoint({
  method: 'get',
  path: '/api/calls/missed',
  summary: 'Calls that nobody answered, newest first; a rep sees his own, a lead his team’s',
  access: answerers,
  query: pageQuery.extend({ open: z.enum(['true', 'false']).default('false').describe('Only those not called back yet') }),
  reply: pageOf(missedCallSchema),
});

export const callBackMissed = defineEndpoint({
  method: 'post',
  path: '/api/calls/:id/call-back',
  summary: 'Hold the lead of a missed call now, before the queue’s own order; the card then waits to be dialled',
  access: answerers,
  params: idParams,
  reply: z.object({ leadId: idSchema, companyId: idSchema }),
});

export const sandboxInbound = defineEndpoint({
  method: 'post',
  path: '/api/sandbox/inbound',
  summary: 'Training: lets a prospect of the sandbox carrier call us; 404 with a real carrier',
  access: answerers,
  body: z.object({
    from: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, 'E.164')
      .nullish()
      .describe('Who calls; null hides the number, absent takes whom I dialled last'),
  }),
  reply: z.object({ callId: idSchema.nullable() }),
  status: 202,
});
