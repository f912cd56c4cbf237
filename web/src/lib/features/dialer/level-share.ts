/** Where a loudness stands between a quiet room (−60 dBFS) and a loud voice (−10), 0 to 1. */
export function levelShare(decibels: number): number {
  return Math.min(1, Math.max(0, (decibels + 60) / 50));
}
