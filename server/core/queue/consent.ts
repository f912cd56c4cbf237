/** Whether somebody agreed to be called; unknown leaves it to the company, and that to the settings. */
export type Consent = 'unknown' | 'given' | 'withdrawn';

/** The consent that counts for a number: its own, else the company's. */
export const consentOf = (phone: Consent, company: Consent): Consent => (phone === 'unknown' ? company : phone);

/** Whether a number may be dialled as far as consent goes. */
export const consentAllows = (consent: Consent, consentRequired: boolean): boolean =>
  consent === 'given' || (consent === 'unknown' && !consentRequired);
