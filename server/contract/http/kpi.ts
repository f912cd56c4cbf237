import { z } from 'zod';
import { metrics, type Metric } from '../../core/kpi/metrics.ts';
import { daySchema, idSchema, idTextSchema, instantSchema, personSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const yesNo = z.object({ yes: z.int(), no: z.int() });

/** The figures of domain.md; every count elsewhere uses these names. */
export const kpiFiguresSchema = z.object({
  dials: z.int(),
  providerErrors: z.int(),
  connects: z.int(),
  talkSeconds: z.int(),
  attempts: z.object({ reachDecisionMaker: yesNo, setMeeting: yesNo, holdMeeting: yesNo, close: yesNo }),
  promises: z.object({ onTime: z.int(), late: z.int(), broken: z.int() }),
  wins: z.int(),
  started: z.int(),
});
export type KpiFigures = z.infer<typeof kpiFiguresSchema>;

/** Every figure there is, as it is counted; attempts by how they ended. */
export const figureNames = metrics;
export type FigureName = Metric;

/** What a report can be grouped by. */
export const groupings = ['rep', 'team', 'list', 'channel', 'source', 'hour', 'day'] as const;
export type Grouping = (typeof groupings)[number];

/** Daily norms; the metrics that a head sets per role and per person. */
export const normsSchema = z.object({
  dials: z.int().min(0).max(1000),
  connects: z.int().min(0).max(1000),
  talkMinutes: z.int().min(0).max(1000),
  reachDecisionMaker: z.int().min(0).max(1000),
  setMeeting: z.int().min(0).max(1000),
  holdMeeting: z.int().min(0).max(1000),
  close: z.int().min(0).max(1000),
});
export type Norms = z.infer<typeof normsSchema>;

const watchers = ['rep', 'lead', 'head', 'admin'] as const;

export const kpiReport = defineEndpoint({
  method: 'get',
  path: '/api/kpi',
  summary: 'Figures by group; a rep sees his own',
  access: watchers,
  query: z.object({
    from: daySchema,
    to: daySchema,
    groupBy: z.enum(groupings).default('rep'),
    repId: idTextSchema.optional(),
    teamId: idTextSchema.optional(),
  }),
  reply: z.object({
    groups: z.array(kpiFiguresSchema.extend({ key: z.string(), label: z.string(), score: z.number().nullable() })),
    total: kpiFiguresSchema,
  }),
});

export const presenceSchema = z.enum(['ready', 'break', 'wrapUp', 'away']);
export type PresenceState = z.infer<typeof presenceSchema>;

/** One rep's live row on the lead's board. */
export const boardRowSchema = z.object({
  rep: personSchema,
  teamId: idSchema.nullable(),
  presence: presenceSchema,
  /** What he does now: presence, or the state of his call. */
  activity: z.enum(['away', 'break', 'ready', 'card', 'dialing', 'ringing', 'incoming', 'talking', 'wrapUp']),
  since: instantSchema,
  company: z.object({ id: idSchema, name: z.string() }).nullable(),
  callId: idSchema.nullable(),
  figures: kpiFiguresSchema,
  norms: normsSchema,
  /** Dials per hour of the rep's day, 0–23. */
  dialsByHour: z.array(z.int()).length(24),
  nextPromiseAt: instantSchema.nullable(),
  promisesAtRisk: z.int(),
});
export type BoardRow = z.infer<typeof boardRowSchema>;

export const boardSnapshotSchema = z.object({ sequence: z.int(), at: instantSchema, rows: z.array(boardRowSchema) });
export type BoardSnapshot = z.infer<typeof boardSnapshotSchema>;

export const boardSnapshot = defineEndpoint({
  method: 'get',
  path: '/api/board',
  summary: "The live board now: a lead's team, a head's all",
  access: ['lead', 'head', 'admin'],
  reply: boardSnapshotSchema,
});

export const myPace = defineEndpoint({
  method: 'get',
  path: '/api/kpi/me',
  summary: "The rep's own day: figures, norms, promises to come",
  access: watchers,
  reply: z.object({
    day: daySchema,
    figures: kpiFiguresSchema,
    norms: normsSchema,
    openPromises: z.int(),
    nextPromise: z.object({ id: idSchema, companyId: idSchema, companyName: z.string(), promisedAt: instantSchema }).nullable(),
    winsThisWeek: z.int(),
  }),
});

export const dailyCheck = defineEndpoint({
  method: 'get',
  path: '/api/kpi/daily-check',
  summary: "The head's page: each rep against the norm",
  access: ['lead', 'head', 'admin'],
  query: z.object({ date: daySchema.optional() }),
  reply: z.object({
    date: daySchema,
    rows: z.array(
      z.object({
        rep: personSchema,
        team: z.string().nullable(),
        figures: kpiFiguresSchema,
        norms: normsSchema,
        firstDialAt: instantSchema.nullable(),
        lastDialAt: instantSchema.nullable(),
        absent: z.boolean(),
        score: z.number().nullable(),
      }),
    ),
    total: kpiFiguresSchema,
    notBegun: z.array(personSchema),
    listsRunningDry: z.array(z.object({ id: idSchema, name: z.string(), coldLeft: z.int(), daysLeft: z.number().nullable() })),
    handoffsUntouched: z.int(),
    newCompaniesThisMonth: z.object({ started: z.int(), plan: z.int() }),
  }),
});
