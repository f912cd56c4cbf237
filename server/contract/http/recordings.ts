import { z } from 'zod';
import { dispositionCodeSchema, endCauseSchema } from './calls.ts';
import {
  daySchema,
  doneSchema,
  flagSchema,
  idParams,
  idSchema,
  idTextSchema,
  instantSchema,
  pageOf,
  pageQuery,
  personSchema,
  textSchema,
} from './common.ts';
import { defineEndpoint } from './endpoint.ts';

export const recordingStatusSchema = z.enum(['pending', 'ready', 'partial', 'missing', 'erased']);
export type RecordingStatus = z.infer<typeof recordingStatusSchema>;

/** Why there is no file, where we know it ourselves; a carrier's own words are kept as they came. */
export const missingReasons = ['neverArrived', 'sourceGone', 'unreadable', 'fileGone'] as const;

/** What a conversation is judged by, in the order of a conversation; 0 to 5 points each. */
export const scoreCriteria = ['greeting', 'reachingDecisionMaker', 'findingNeed', 'objections', 'nextStep'] as const;
export type ScoreCriterion = (typeof scoreCriteria)[number];
export const scoresSchema = z.record(z.enum(scoreCriteria), z.int().min(0).max(5));
export type Scores = z.infer<typeof scoresSchema>;

/** The second of the recording, from its beginning. */
export const secondSchema = z
  .number()
  .min(0)
  .max(24 * 3600);

export const recordingRowSchema = z.object({
  id: idSchema,
  callId: idSchema,
  status: recordingStatusSchema,
  missingReason: z.string().nullable(),
  lossAccepted: z.boolean().describe('Somebody has seen that it will not come: the alarm is over for it'),
  sourceKept: z.boolean().describe("The carrier's own file is still kept; a missing recording can be fetched from it again"),
  durationSeconds: z.number().nullable(),
  intentAt: instantSchema,
  rep: personSchema,
  company: z.object({ id: idSchema, name: z.string() }),
  contactName: z.string().nullable(),
  listName: z.string().nullable(),
  endCause: endCauseSchema.nullable(),
  dispositionCode: dispositionCodeSchema.nullable(),
  talkSeconds: z.int(),
  comments: z.int(),
  scorecards: z.int(),
  score: z.number().nullable().describe('Mean of all points given, 0 to 5'),
  listens: z.int(),
});
export type RecordingRow = z.infer<typeof recordingRowSchema>;

export const commentSchema = z.object({
  id: idSchema,
  author: personSchema,
  atSecond: z.number(),
  text: z.string(),
  createdAt: instantSchema,
});
export type RecordingComment = z.infer<typeof commentSchema>;

export const scorecardSchema = z.object({
  id: idSchema,
  author: personSchema,
  scores: scoresSchema,
  note: z.string().nullable(),
  createdAt: instantSchema,
});
export type Scorecard = z.infer<typeof scorecardSchema>;

export const recordingCardSchema = recordingRowSchema.omit({ comments: true, scorecards: true, listens: true }).extend({
  comments: z.array(commentSchema),
  scorecards: z.array(scorecardSchema),
  listens: z.array(z.object({ person: personSchema, at: instantSchema })).describe('Who listened, newest first'),
  gaps: z
    .array(z.object({ fromSecond: z.number(), toSecond: z.number() }))
    .describe('Where the rep paused the recording: silence of the same length, not a fault'),
  readyAt: instantSchema.nullable(),
  erasedAt: instantSchema.nullable(),
});
export type RecordingCard = z.infer<typeof recordingCardSchema>;

const listeners = ['rep', 'lead', 'head', 'admin'] as const;
export const reviewers = ['lead', 'head', 'admin'] as const;

export const listRecordings = defineEndpoint({
  method: 'get',
  path: '/api/recordings',
  summary: "Recordings, newest first. A rep sees his own, a lead his team's",
  access: listeners,
  query: pageQuery.extend({
    repId: idTextSchema.optional(),
    teamId: idTextSchema.optional(),
    listId: idTextSchema.optional(),
    outcome: dispositionCodeSchema.optional(),
    minTalkSeconds: z.coerce.number().int().min(0).optional(),
    from: daySchema.optional(),
    to: daySchema.optional(),
    commented: flagSchema.optional(),
    scored: flagSchema.optional(),
    status: recordingStatusSchema.optional().describe('All but erased ones unless told'),
  }),
  reply: pageOf(recordingRowSchema),
});
export type RecordingQuery = z.infer<typeof listRecordings.query>;

export const getRecording = defineEndpoint({
  method: 'get',
  path: '/api/recordings/:id',
  summary: 'A recording with its comments, scorecards and who listened',
  access: listeners,
  params: idParams,
  reply: recordingCardSchema,
});

export const recordingAudio = defineEndpoint({
  method: 'get',
  path: '/api/recordings/:id/audio',
  summary:
    'The sound: left channel the rep, right the prospect. Answers Range (206, 416), HEAD, If-None-Match. Opening it is logged as a listen',
  access: listeners,
  params: idParams,
  query: z.object({
    format: z
      .enum(['kept', 'wav'])
      .default('kept')
      .describe('As it is kept: Opus in Ogg, or a carrier’s WAV; or always as WAV, made on demand and only whole'),
  }),
  replyKind: 'stream',
  reply: z.unknown(),
});

export const peaksSchema = z.object({
  durationSeconds: z.number(),
  channels: z
    .array(z.object({ minimum: z.array(z.int().min(-128).max(127)), maximum: z.array(z.int().min(-128).max(127)) }))
    .describe('One entry a channel, left (rep) first; equal buckets over the whole length, lowest and highest sample of each, -128 to 127'),
});
export type Peaks = z.infer<typeof peaksSchema>;

export const recordingPeaks = defineEndpoint({
  method: 'get',
  path: '/api/recordings/:id/peaks',
  summary: 'The waveform of both channels, so that no browser has to decode the sound to draw it',
  access: listeners,
  params: idParams,
  reply: peaksSchema,
});

export const addComment = defineEndpoint({
  method: 'post',
  path: '/api/recordings/:id/comments',
  summary: 'Say something at a second of the recording',
  access: listeners,
  params: idParams,
  body: z.object({ atSecond: secondSchema, text: textSchema(4000) }),
  reply: commentSchema,
  status: 201,
});

export const saveScorecard = defineEndpoint({
  method: 'post',
  path: '/api/recordings/:id/scorecards',
  summary: 'Judge a conversation; a reviewer has one card per recording, giving it again replaces it',
  access: reviewers,
  params: idParams,
  body: z.object({ scores: scoresSchema, note: z.string().trim().max(4000).optional() }),
  reply: scorecardSchema,
  status: 201,
});

export const eraseRecording = defineEndpoint({
  method: 'delete',
  path: '/api/recordings/:id',
  summary: 'Erase the sound for good; the row stays and the deed is audited',
  access: ['admin'],
  params: idParams,
  reply: doneSchema,
});

export const fetchRecordingAgain = defineEndpoint({
  method: 'post',
  path: '/api/recordings/:id/fetch',
  summary: "Fetch a missing recording once more from the carrier's file that was kept",
  access: ['head', 'admin'],
  params: idParams,
  reply: doneSchema,
});

export const acceptRecordingLoss = defineEndpoint({
  method: 'post',
  path: '/api/recordings/:id/accept-loss',
  summary: "Take note that a missing recording will not come; the ledger's alarm is over for it",
  access: ['head', 'admin'],
  params: idParams,
  reply: doneSchema,
});

const ledgerCountsSchema = z.object({
  answeredCalls: z.int(),
  recordings: z.int(),
  playable: z.int().describe('ready and partial'),
  partial: z.int(),
  pending: z.int(),
  missing: z.int(),
  accepted: z.int().describe('Of the missing ones, those that were accepted as lost'),
  erased: z.int(),
  unaccounted: z.int().describe('Answered calls without a row here; the sweeper turns them into missing ones'),
  cutShort: z
    .int()
    .describe('Calls that ended while the prospect heard that he would be recorded: nothing was lost, and they are in no other figure'),
});
export type LedgerCounts = z.infer<typeof ledgerCountsSchema>;

export const recordingLedger = defineEndpoint({
  method: 'get',
  path: '/api/recordings/ledger',
  summary: 'Whether answered calls, recordings and playable files agree, in all and by the day of the call',
  access: ['head', 'admin'],
  query: z.object({ from: daySchema.optional(), to: daySchema.optional() }),
  reply: ledgerCountsSchema.extend({
    from: daySchema,
    to: daySchema,
    missingReasons: z.array(z.object({ reason: z.string(), count: z.int() })),
    days: z.array(ledgerCountsSchema.extend({ day: daySchema })).describe('Days with answered calls, the newest first'),
  }),
});
export type RecordingLedger = z.infer<typeof recordingLedger.reply>;

export const ledgerAlarmSchema = z.object({
  calls: z.int().describe('Answered calls whose recording should long be here and is neither playable nor erased nor accepted as lost'),
  since: instantSchema.nullable().describe('When the first of them ended'),
});
export type LedgerAlarm = z.infer<typeof ledgerAlarmSchema>;

export const ledgerAlarm = defineEndpoint({
  method: 'get',
  path: '/api/recordings/ledger/alarm',
  summary: 'Whether the ledger balances after the grace; the calls are those of /api/calls?recording=overdue',
  access: ['head', 'admin'],
  reply: ledgerAlarmSchema,
});
