import { z } from 'zod';
import { clockTimeSchema } from './http/common.ts';
import { failedOutcomes } from '../core/retry/plan-retry.ts';
import { normsSchema } from './http/kpi.ts';

const isLunch = ({ lunchFrom, lunchTo }: { lunchFrom: string | null; lunchTo: string | null }): boolean =>
  lunchFrom === null || lunchTo === null ? lunchFrom === lunchTo : lunchFrom < lunchTo;

const minutes = (fallback: number, max = 60 * 24 * 30) => z.int().min(0).max(max).default(fallback);

/**
 * Every setting of the department with its default (domain.md, "Defaults and definitions").
 * Stored by group in the table `setting`; what is absent takes the default.
 */
export const settingsSchema = z.object({
  callingHours: z
    .object({
      /** In the company's zone. */
      from: clockTimeSchema.default('09:00'),
      to: clockTimeSchema.default('18:00'),
      /** ISO weekdays, 1 is Monday. */
      workingDays: z.array(z.int().min(1).max(7)).min(1).default([1, 2, 3, 4, 5]),
      /** Splits the working day into the two parts that retries are spread over, and ends "the first half of the day". */
      middayAt: clockTimeSchema.default('13:00'),
      /** Nobody is called at lunch, on the company's clock; off while it is not set. A company may have its own. */
      lunchFrom: clockTimeSchema.nullable().default(null),
      lunchTo: clockTimeSchema.nullable().default(null),
    })
    .refine((hours) => hours.from < hours.middayAt && hours.middayAt < hours.to, { message: 'from < middayAt < to', path: ['to'] })
    .refine(isLunch, { message: 'both or neither, lunchFrom < lunchTo', path: ['lunchTo'] })
    .prefault({}),
  retry: z
    .object({
      busyMinutes: minutes(15),
      noAnswerMinutes: minutes(120),
      machineMinutes: minutes(0),
      gatekeeperMinutes: minutes(180),
      rejectedMinutes: minutes(0),
      providerErrorMinutes: minutes(5),
      canceledMinutes: minutes(15),
      /** A dial that ended without an outcome anyone could name. */
      unknownMinutes: minutes(15),
      /** Minutes after the first, second… try of a day by outcome; 0 is the next working day, the last one repeats. Before the single pauses. */
      steps: z
        .partialRecord(
          z.enum(failedOutcomes),
          z
            .array(
              z
                .int()
                .min(0)
                .max(60 * 24),
            )
            .min(1)
            .max(10),
        )
        .default({}),
      /** No two calls to one company within so many minutes, whatever the reason but a call of theirs that was missed; 0 leaves it to the pauses above. */
      companyPauseMinutes: minutes(5, 60 * 24),
      maxDialsPerDay: z.int().min(1).max(20).default(3),
      maxDialsInAll: z.int().min(1).max(100).default(8),
    })
    .prefault({}),
  promises: z
    .object({
      graceMinutes: z.int().min(0).max(60).default(5),
      /** A call that is not an obligation is not offered when a promise falls due within so many minutes. */
      guardMinutes: z.int().min(0).max(120).default(4),
      /** How surely such a call must end before the promise, by the lengths that were learned; the minutes above hold until enough were. */
      guardPercent: z.int().min(50).max(99).default(80),
      /** How many promises fit into a quarter of an hour of one rep, until the length of his calls is learned. */
      perQuarterHour: z.int().min(1).max(20).default(3),
      /** Promises at exact times that need no calling hours: the prospect asked for it. */
      dueSoonMinutes: z.int().min(1).max(240).default(15),
    })
    .prefault({}),
  queue: z
    .object({
      customersBeforeHot: z.boolean().default(false),
      claimLeaseSeconds: z.int().min(30).max(3600).default(120),
      /** Promises that fall due while a colleague of the team is absent are the team's, from their beginning. */
      teamTakesOverAbsent: z.boolean().default(true),
      /** Reps may take a promise of a colleague who is in a call, or not at work, so many minutes before it is late; 0 is never. */
      takeOverBeforeLateMinutes: z.int().min(0).max(60).default(2),
      /** Reps may take a colleague's promise that is so many minutes overdue, though he is at work; 0 is never. */
      takeOverLateMinutes: z
        .int()
        .min(0)
        .max(60 * 24 * 7)
        .default(0),
      /** A promise overdue for so many days goes before everything else, so that it cannot starve behind fresh ones; 0 is off. */
      ageingDays: z.int().min(0).max(60).default(0),
      /** Only companies and numbers that agreed are called. Who withdrew is never called. */
      consentRequired: z.boolean().default(false),
    })
    .prefault({}),
  calls: z
    .object({
      ringTimeoutSeconds: z.int().min(5).max(120).default(30),
      /** A rep whose line dropped has so long to come back to his live call. */
      lineGraceSeconds: z.int().min(5).max(120).default(30),
      defaultCountry: z.string().length(2).default('RU'),
      /** A number of ours that was marked as spam is not shown for so long. */
      spamRestDays: z.int().min(1).max(365).default(14),
    })
    .prefault({}),
  supervision: z
    .object({
      /** Whether a rep's screen says that somebody listens to his call; whoever whispers or speaks in it is always shown. */
      repSeesListening: z.boolean().default(false),
    })
    .prefault({}),
  inbound: z
    .object({
      /** An arriving call rings so long for whose company it is, then for his team. */
      ownerRingSeconds: z.int().min(5).max(120).default(20),
      teamRing: z.boolean().default(true),
      teamRingSeconds: z.int().min(5).max(120).default(20),
      /** Who is ready outside the calling hours of his own zone is rung all the same. */
      ringOutsideHours: z.boolean().default(true),
      /** Without it a caller whom nobody answers is turned away. */
      voicemail: z.boolean().default(true),
      voicemailGreeting: z.boolean().default(true),
      voicemailSeconds: z.int().min(10).max(600).default(120),
      /** A missed call is called back within this, unless the source of the company says otherwise. */
      callBackMinutes: z.int().min(1).max(1440).default(15),
    })
    .prefault({}),
  norms: normsSchema
    .default({ dials: 60, connects: 25, talkMinutes: 90, reachDecisionMaker: 12, setMeeting: 2, holdMeeting: 1, close: 1 })
    .describe('Daily norms of a rep'),
  /** The share of "started to work" in a rep's score; domain.md refuses less than 60 %. */
  score: z
    .object({
      startedPercent: z.int().min(60, 'domain.md: at least 60 %').max(100).default(60),
      startedPerMonth: z.int().min(1).max(100).default(2),
      winsPerWeek: z.int().min(1).max(100).default(5),
      newCompaniesPerMonth: z.int().min(1).max(10_000).default(10),
    })
    .prefault({}),
  handoffs: z
    .object({
      /** What a seller picks from when he gives a prospect back. */
      returnReasons: z
        .array(z.string().trim().min(1).max(200))
        .min(1)
        .default([
          'Нет потребности',
          'Нет бюджета',
          'Не лицо, принимающее решения',
          'Уже наш клиент',
          'Не договаривались о передаче',
          'Ошибка в данных',
        ]),
    })
    .prefault({}),
  recordings: z
    .object({
      retentionDays: z.int().min(1).max(3650).default(365),
      /** Whoever is called, or calls us, hears that he is recorded before he is. */
      announce: z.boolean().default(false),
    })
    .prefault({}),
  /** Rows that one person of a role may take out within a day; 0 is none. Only an admin changes these. */
  exports: z
    .object({
      headRowsPerDay: z.int().min(0).max(1_000_000).default(20_000),
      lineManagerRowsPerDay: z.int().min(0).max(1_000_000).default(20_000),
      adminRowsPerDay: z.int().min(0).max(1_000_000).default(20_000),
    })
    .prefault({}),
  dispositions: z
    .object({
      sendOfferTaskHours: z.int().min(1).max(240).default(4),
      /** When nothing else is said, the offer is followed up after so many working days. */
      offerFollowUpDays: z.int().min(1).max(30).default(2),
      handoffAcceptHours: z.int().min(1).max(240).default(24),
      refusedReasons: z
        .array(z.string().min(1))
        .default(['Нет потребности', 'Нет бюджета', 'Работают с другими', 'Не тот профиль', 'Не хотят говорить']),
      killReasons: z.array(z.string().min(1)).default(['Ликвидирована', 'Просили не звонить', 'Конкурент', 'Не наш клиент']),
      /** After a refusal the company rests so long before it may be called again. */
      refusedRestDays: z.int().min(1).max(3650).default(90),
      /** Dispositions an admin switched off or renamed; a code that is absent keeps its default. */
      overrides: z
        .record(
          z.string(),
          z.object({
            enabled: z.boolean().default(true),
            label: z.string().trim().min(1).max(80).optional(),
            noteRequired: z.boolean().default(false),
            createsTask: z.boolean().default(true),
          }),
        )
        .default({}),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingsGroup = keyof Settings;

/** All settings at their defaults. */
export const defaultSettings: Settings = settingsSchema.parse({});
