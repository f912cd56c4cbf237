import { highestCapPercent } from '../pacing/pace.ts';

/** How a list is dialled: the rep presses, the card dials by itself after a countdown, or one press dials several cold companies. */
export const dialModes = ['preview', 'progressive', 'parallel'] as const;

/** Seconds that a countdown may last: long enough to read the company's name, short enough to be one. */
export const countdownLimits = { shortest: 3, longest: 60, usual: 7 } as const;

/** What is in no list waits for the rep's key. */
export const pressedByHand = { mode: 'preview', countdownSeconds: countdownLimits.usual, lines: 3, capPercent: highestCapPercent } as const;
