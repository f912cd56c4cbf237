import { z } from 'zod';
import { countdownLimits, dialModes } from '../../core/dialing/card-mode.ts';
import { highestCapPercent, lineLimiters, lineLimits } from '../../core/pacing/pace.ts';

export const dialModeSchema = z.enum(dialModes);
export type DialMode = z.infer<typeof dialModeSchema>;

const countdownSchema = z.int().min(countdownLimits.shortest).max(countdownLimits.longest);

/** How the companies of a list are dialled. */
export const listDialingSchema = z.object({
  mode: dialModeSchema.describe(
    'preview: the rep presses; progressive: the card dials by itself after the countdown; parallel: one press dials several cold companies',
  ),
  countdownSeconds: countdownSchema,
  lines: z.int().min(lineLimits.fewest).max(lineLimits.most).describe('In mode parallel: so many at once at most'),
  capPercent: z.int().min(1).max(highestCapPercent).describe('Of human answers in 30 days at most so many meet nobody'),
});
export type ListDialing = z.infer<typeof listDialingSchema>;

export const lineLimiterSchema = z.enum(lineLimiters);

/** What the last 30 days of a list allow now. */
export const listPaceSchema = z.object({
  answered: z.int().describe('Calls that a human answered'),
  abandoned: z.int().describe('Those of them that met nobody'),
  lines: z.int().describe('How many lines a rep would get now'),
  limitedBy: lineLimiterSchema.nullable().describe('Why not all; learning: too few answers yet to risk one'),
});
