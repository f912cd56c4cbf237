interface PhoneChoice {
  id: number;
  contactId: number | null;
  retired: boolean;
}

interface ContactChoice {
  id: number;
  role: 'decisionMaker' | 'influencer' | 'shapesDecision' | 'gatekeeper' | 'unknown';
  left: boolean;
}

const nearness: Record<ContactChoice['role'], number> = { decisionMaker: 0, influencer: 1, shapesDecision: 2, unknown: 3, gatekeeper: 4 };

/**
 * Whom and at which number to call: the person of the promise, else the one nearest to the decision, at his own number first;
 * a company's general numbers follow. `phones` come in the order in which they are tried. Null when every number is retired.
 */
export function choosePhone<Phone extends PhoneChoice, Contact extends ContactChoice>(
  phones: readonly Phone[],
  contacts: readonly Contact[],
  promisedContactId: number | null,
): { phone: Phone; contact: Contact | null } | null {
  const usable = phones.filter((phone) => !phone.retired);
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
