import { consentAllows, consentOf, type Consent } from './consent.ts';

interface PhoneChoice {
  id: number;
  contactId: number | null;
  retired: boolean;
  doNotCall: boolean;
  consent: Consent;
}

interface ContactChoice {
  id: number;
  role: 'decisionMaker' | 'influencer' | 'shapesDecision' | 'gatekeeper' | 'unknown';
  left: boolean;
}

const nearness: Record<ContactChoice['role'], number> = { decisionMaker: 0, influencer: 1, shapesDecision: 2, unknown: 3, gatekeeper: 4 };

/** What the company said of being called, and what the settings ask for. */
export interface ConsentRule {
  company: Consent;
  required: boolean;
}

/** Whether a number may be dialled: in use, not banned, and agreed to as far as the settings ask. */
export const isDialable = (phone: Omit<PhoneChoice, 'id' | 'contactId'>, rule: ConsentRule): boolean =>
  !phone.retired && !phone.doNotCall && consentAllows(consentOf(phone.consent, rule.company), rule.required);

/**
 * Whom and at which number to call: the person of the promise, else the one nearest to the decision, at his own number first;
 * a company's general numbers follow. `phones` come in the order in which they are tried. Null when no number may be dialled.
 */
export function choosePhone<Phone extends PhoneChoice, Contact extends ContactChoice>(
  phones: readonly Phone[],
  contacts: readonly Contact[],
  promisedContactId: number | null,
  consent: ConsentRule,
): { phone: Phone; contact: Contact | null } | null {
  const usable = phones.filter((phone) => isDialable(phone, consent));
  const people = contacts
    .filter((contact) => !contact.left)
    .sort(
      (left, right) =>
        Number(right.id === promisedContactId) - Number(left.id === promisedContactId) ||
        nearness[left.role] - nearness[right.role] ||
        left.id - right.id,
    );
  for (const contact of people) {
    const phone = usable.find((candidate) => candidate.contactId === contact.id);
    if (phone) return { phone, contact };
  }
  const general = usable[0];
  return general ? { phone: general, contact: people[0] ?? null } : null;
}
