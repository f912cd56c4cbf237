import { z } from 'zod';
import { command, workers } from './calls.ts';
import { acceptedSchema, idParams, idSchema, personSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const partyInput = z
  .object({ to: z.string().trim().min(3).max(32).optional().describe('A number'), repId: idSchema.optional().describe('A colleague') })
  .refine(({ to, repId }) => (to === undefined) !== (repId === undefined), { message: 'to or repId', path: ['to'] });
export type PartyInput = z.infer<typeof partyInput>;

const partyCommand = (name: string, summary: string) =>
  defineEndpoint({
    method: 'post',
    path: `/api/calls/:id/${name}`,
    summary,
    access: workers,
    params: idParams,
    body: partyInput,
    reply: acceptedSchema,
    status: 202,
  });

export const transferCall = partyCommand(
  'transfer',
  'Hand the prospect on to a number or a colleague; who was consulted takes over at once',
);
export const consultCall = partyCommand(
  'consult',
  'Ask a number or a colleague in while the prospect waits on hold; a colleague is asked first',
);
export const mergeCall = command('merge', 'Bring the prospect and who was asked in together');
export const dismissParty = command('dismiss', 'Let who was asked in go, or stop asking, and come back to the prospect');
export const pauseRecording = command(
  'pause-recording',
  'What is said from now on is not kept, for card numbers; the recording shows the gap',
);
export const resumeRecording = command('resume-recording', 'Keep what is said again');

/** A call of a colleague's that I was asked into. */
export const consultationSchema = z.object({
  callId: idSchema,
  state: z.enum(['asked', 'joined', 'merged']),
  by: personSchema.describe('Whose call it is'),
  company: z.object({ id: idSchema, name: z.string() }),
});
export type Consultation = z.infer<typeof consultationSchema>;

export const consultations = defineEndpoint({
  method: 'get',
  path: '/api/calls/consultations',
  summary: "Colleagues' live calls that I was asked into",
  access: workers,
  reply: z.object({ items: z.array(consultationSchema) }),
});
export const joinCall = command('join', 'Come into the call of a colleague who asked me, at my headset');
export const leaveCall = command('leave', 'Decline to come into a colleague’s call, or leave it');

/** Whom a call can be handed to. */
export const callColleagues = defineEndpoint({
  method: 'get',
  path: '/api/calls/colleagues',
  summary: 'Whom I can consult or hand a call to, free ones first',
  access: workers,
  reply: z.object({
    items: z.array(personSchema.extend({ team: z.string().nullable(), state: z.enum(['free', 'inCall', 'away']) })),
  }),
});
export type CallColleague = z.infer<typeof callColleagues.reply>['items'][number];
