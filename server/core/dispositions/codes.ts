/** Outcomes that a rep chooses after a talk, in the order of their keys 1–9 (domain.md, "Dispositions"). */
export const repCodes = [
  'callBack',
  'gatekeeper',
  'refused',
  'sendOffer',
  'meetingSet',
  'notNow',
  'wrongNumber',
  'handOver',
  'kill',
] as const;
export type RepCode = (typeof repCodes)[number];

/** Outcomes that the carrier's cause chooses when there was no talk. */
export const carrierCodes = ['busy', 'noAnswer', 'rejected', 'invalidNumber', 'machine', 'providerError', 'canceled'] as const;
export type CarrierCode = (typeof carrierCodes)[number];

export type OutcomeCode = RepCode | CarrierCode;

/** What an outcome may ask for. */
export type Requirement = 'promise' | 'meeting' | 'reason' | 'notNowUntil' | 'seller' | 'contact' | 'note';
