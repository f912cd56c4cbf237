import { z } from 'zod';
import { promiseInputSchema } from './calls.ts';
import { idParams, idSchema, idTextSchema, instantSchema, localTimeSchema, pageOf, pageQuery, personSchema, textSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const workers = ['rep', 'lead', 'head', 'seller', 'admin'] as const;

/** Planned ahead, begun without a card, or closed. */
const meetingPhaseSchema = z.enum(['planned', 'due', 'past']);

export const meetingSchema = z.object({
  id: idSchema,
  company: z.object({ id: idSchema, name: z.string() }),
  contactName: z.string().nullable(),
  dealId: idSchema.nullable(),
  amount: z.number().nullable().describe("The deal's sum"),
  owner: personSchema,
  /** The call it was set in. */
  callId: idSchema.nullable(),
  startsAt: instantSchema,
  localTime: localTimeSchema.describe("On the company's clock"),
  timeZone: z.string(),
  place: z.string().nullable(),
  status: z.enum(['planned', 'held', 'failed']),
  phase: meetingPhaseSchema,
  card: z.string().nullable(),
  closedAt: instantSchema.nullable(),
});
export type MeetingView = z.infer<typeof meetingSchema>;

export const listMeetings = defineEndpoint({
  method: 'get',
  path: '/api/meetings',
  summary: "Meetings of one's own, a lead's team, a head's all; past ones newest first, the others by their time",
  access: workers,
  query: pageQuery.extend({
    phase: meetingPhaseSchema.optional(),
    companyId: idTextSchema.optional(),
    ownerId: idTextSchema.optional(),
  }),
  reply: pageOf(meetingSchema),
});
export type MeetingQuery = z.output<typeof listMeetings.query>;

export const getMeeting = defineEndpoint({
  method: 'get',
  path: '/api/meetings/:id',
  summary: 'A meeting with its card',
  access: workers,
  params: idParams,
  reply: meetingSchema,
});

export const updateMeeting = defineEndpoint({
  method: 'patch',
  path: '/api/meetings/:id',
  summary: 'Its card (`status` with what was said, the deal’s sum, the next step), or another time (`localTime` with the `reason`)',
  access: workers,
  params: idParams,
  body: z.object({
    status: z.enum(['held', 'failed']).optional(),
    card: textSchema(10_000).optional().describe('Needed when held'),
    amount: z.number().min(0).max(1e12).optional(),
    nextStep: promiseInputSchema.optional(),
    localTime: localTimeSchema.optional(),
    reason: textSchema(500).optional(),
  }),
  reply: meetingSchema,
});
export type MeetingChange = z.output<typeof updateMeeting.body>;

export const createVisit = defineEndpoint({
  method: 'post',
  path: '/api/visits',
  summary: "A visit's card: when, with whom, which result, what was said, the date of the next contact",
  access: workers,
  body: z.object({
    companyId: idSchema,
    contactId: idSchema.optional().describe('With whom'),
    at: instantSchema,
    result: textSchema(300),
    note: z.string().trim().max(10_000).optional(),
    nextContact: promiseInputSchema.optional().describe('When to call next; takes the place of an open promise'),
  }),
  reply: z.object({ id: idSchema, companyId: idSchema, at: instantSchema, result: z.string(), note: z.string().nullable() }),
  status: 201,
});
export type NewVisit = z.output<typeof createVisit.body>;
