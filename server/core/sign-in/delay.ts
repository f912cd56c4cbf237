/** Failures that cost nothing: everybody mistypes. */
const freeTries = 3;
const longestAccountDelaySeconds = 8;
const longestAddressDelaySeconds = 60;

/**
 * Seconds to wait after the last failure before the next try is even looked at (faults.md: delays per account and address).
 * The account's own delay stays short, so that a stranger who guesses at it cannot lock its owner out.
 */
export function signInDelaySeconds(failures: { ofAccount: number; ofAddress: number }): number {
  const grown = (count: number, longest: number): number => (count < freeTries ? 0 : Math.min(2 ** (count - freeTries), longest));
  return Math.max(grown(failures.ofAccount, longestAccountDelaySeconds), grown(Math.floor(failures.ofAddress / 4), longestAddressDelaySeconds));
}
