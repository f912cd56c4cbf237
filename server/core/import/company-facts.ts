export type Category = 'A' | 'B' | 'C';
export type ContactRole = 'decisionMaker' | 'influencer' | 'shapesDecision' | 'gatekeeper' | 'unknown';

export interface ContactFacts {
  name: string;
  position: string | null;
  role: ContactRole;
  email: string | null;
}

export interface PhoneFacts {
  e164: string;
  extension: string | null;
  /** Whose number it is, when the file says so. */
  contactName: string | null;
}

/** A company as an import sees it: names instead of numbers of the dictionaries, so that a dry run needs none. */
export interface CompanyFacts {
  name: string;
  normalizedName: string;
  legalName: string | null;
  taxNumber: string | null;
  region: string | null;
  city: string | null;
  address: string | null;
  timeZone: string;
  category: Category;
  channel: string | null;
  subchannel: string | null;
  source: string | null;
  /** What whoever calls it must be able to do: the list that it is put into asks for it. */
  skill: string | null;
  site: string | null;
  notes: string;
  fields: Readonly<Record<string, string>>;
  phones: readonly PhoneFacts[];
  contacts: readonly ContactFacts[];
}

type Identity = Pick<CompanyFacts, 'taxNumber' | 'phones' | 'normalizedName' | 'region'>;

/**
 * What a row is looked up by, strongest first. A row that has nothing but a name finds its company again even after that got a region
 * from another row; with a number of its own it would be too easily somebody else's.
 */
export function lookupKeysOf(facts: Identity): string[] {
  const onlyNamed = facts.taxNumber === null && facts.phones.length === 0 && facts.region === null;
  const keys = keysOf(facts);
  return onlyNamed ? keys : keys.slice(0, -1);
}

/** What makes two records one company: tax number, a phone, or name and region (issue "Import"); last its bare name. */
export function keysOf(facts: Identity): string[] {
  return [
    ...(facts.taxNumber === null ? [] : [`tax:${facts.taxNumber}`]),
    ...facts.phones.map((phone) => `phone:${phone.e164}`),
    `name:${facts.normalizedName}|${facts.region ?? ''}`,
    `bare:${facts.normalizedName}`,
  ];
}
