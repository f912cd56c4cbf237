import { regionOfPhone } from '../import/regions.ts';

/** A number of ours that calls may show, as it stands now. */
export interface OwnNumber {
  e164: string;
  /** The region whose people know it as near; null for a mobile or a number of the whole country. */
  region: string | null;
  dailyLimit: number;
  dialsToday: number;
  lastDialAt: Date | null;
  /** Switched on by the admin. */
  enabled: boolean;
  /** Marked as spam somewhere: it rests until then. */
  restsUntil: Date | null;
}

/**
 * The number that a dial shows (local presence and rotation): one of the called number's own region before any other, among those the
 * one with the most of its daily limit left, then the one that rested longest. A number that is off or rests is never shown. When
 * every limit is used up the least used goes on: a promise is kept before a limit. Null when there is none at all, and the carrier's
 * own default is shown.
 */
export function chooseNumber(numbers: readonly OwnNumber[], calledE164: string, now: Date): OwnNumber | null {
  const region = regionOfPhone(calledE164)?.name ?? null;
  const able = numbers.filter(({ enabled, restsUntil }) => enabled && (restsUntil === null || restsUntil <= now));
  const rested = able.filter(({ dialsToday, dailyLimit }) => dialsToday < dailyLimit);
  const near = rested.filter((number) => region !== null && number.region === region);
  const from = near.length > 0 ? near : rested.length > 0 ? rested : able;
  return [...from].sort(byUse)[0] ?? null;
}

function byUse(one: OwnNumber, other: OwnNumber): number {
  return (
    usedShare(one) - usedShare(other) ||
    (one.lastDialAt?.getTime() ?? 0) - (other.lastDialAt?.getTime() ?? 0) ||
    (one.e164 < other.e164 ? -1 : 1)
  );
}

const usedShare = ({ dialsToday, dailyLimit }: OwnNumber): number => dialsToday / Math.max(1, dailyLimit);
