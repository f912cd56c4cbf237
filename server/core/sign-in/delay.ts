/** Failures that cost nothing: everybody mistypes. */
const freeTries = 3;
const longestAccountDelaySeconds = 8;
const longestAddressDelaySeconds = 60;
/** An address may stand for a whole office: it is slowed down four times later than an account. */
const accountsBehindAddress = 4;

const grown = (failures: number, longest: number): number => (failures < freeTries ? 0 : Math.min(2 ** (failures - freeTries), longest));

/** Seconds to wait after an account's last failure before the next try is even looked at; short, a stranger's guesses must not shut its owner out. */
export const accountDelaySeconds = (failures: number): number => grown(failures, longestAccountDelaySeconds);

/** Seconds to wait after an address's last failure. */
export const addressDelaySeconds = (failures: number): number =>
  grown(Math.floor(failures / accountsBehindAddress), longestAddressDelaySeconds);
