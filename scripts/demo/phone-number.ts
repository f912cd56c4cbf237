/** The sandbox carrier gives these endings a fixed fate (server/adapters/telephony/sandbox/number-book.ts). */
const fixedFate = (lastFour: number): boolean => lastFour < 1000;

/** Ends in a number at which the sandbox's prospect always answers and talks. */
export function talkativePhone(phoneCode: string, index: number): string {
  return `+7${phoneCode}0${String(900 + (index % 100)).slice(-2)}0001`;
}

/**
 * The next number of a town: its real code, then a subscriber number that begins with 0. Russian numbering gives no subscriber
 * a first digit of 0 (01–04 and 0xx are service numbers, 8 is the way out), so that it can be nobody's, while libphonenumber
 * still takes it as possible and shows the town. Endings below 1000 are left out: the sandbox carrier has plans for those.
 * @param index how far this town's numbers have been given out; the answer says which one was taken
 */
export function fictionalPhone(phoneCode: string, index: number): { e164: string; index: number } {
  // A stride that shares no factor with the range scatters neighbours, as real numbers are.
  let taken = index;
  let subscriber = (taken * 7919) % 900_000;
  while (fixedFate(subscriber % 10_000)) {
    taken += 1;
    subscriber = (taken * 7919) % 900_000;
  }
  return { e164: `+7${phoneCode}0${String(subscriber).padStart(6, '0')}`, index: taken };
}
