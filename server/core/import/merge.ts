import type { CompanyFacts, ContactFacts } from './company-facts.ts';
import type { CompanyDraft } from './read-row.ts';

/** Labels under which a value that lost to an older one is kept. */
const conflictLabels = {
  name: 'Название',
  legalName: 'Юридическое название',
  taxNumber: 'ИНН',
  region: 'Регион',
  city: 'Город',
  address: 'Адрес',
  timeZone: 'Часовой пояс',
  category: 'Категория',
  channel: 'Канал',
  subchannel: 'Подканал',
  source: 'Источник',
  skill: 'Навык',
  site: 'Сайт',
} as const;
type Comparable = keyof typeof conflictLabels;
const comparables = Object.keys(conflictLabels) as Comparable[];

const alike = (left: string, right: string): boolean => left.trim().toLowerCase() === right.trim().toLowerCase();

/** A value that is not lost: added to what stands under the label, once. */
function withKept(fields: Record<string, string>, label: string, value: string): void {
  const before = fields[label];
  if (before === undefined) fields[label] = value;
  else if (!` | ${before} | `.toLowerCase().includes(` | ${value} | `.toLowerCase())) fields[label] = `${before} | ${value}`;
}

/** What may fill or contest the older side: assumed zones and categories do neither, nor does the same name with another legal form. */
function offered(older: CompanyFacts, draft: CompanyDraft, field: Comparable): string | null {
  if (field === 'name' && draft.facts.normalizedName === older.normalizedName) return null;
  if (field === 'timeZone' && !draft.saidTimeZone) return null;
  if (field === 'category' && !draft.saidCategory) return null;
  return draft.facts[field];
}

function mergeContact(older: ContactFacts, newer: ContactFacts, fields: Record<string, string>): ContactFacts {
  const settle = (label: string, before: string | null, after: string | null): string | null => {
    if (before !== null && after !== null && !alike(before, after)) withKept(fields, `${older.name}: ${label} (из файла)`, after);
    return before ?? after;
  };
  return {
    ...older,
    position: settle('должность', older.position, newer.position),
    role: older.role === 'unknown' ? newer.role : older.role,
    email: settle('e-mail', older.email, newer.email),
  };
}

function mergeContacts(older: readonly ContactFacts[], newer: readonly ContactFacts[], fields: Record<string, string>): ContactFacts[] {
  const merged = [...older];
  for (const contact of newer) {
    const index = merged.findIndex((known) => alike(known.name, contact.name));
    const known = merged[index];
    if (known) merged[index] = mergeContact(known, contact, fields);
    else merged.push(contact);
  }
  return merged;
}

function mergePhones(older: CompanyFacts['phones'], newer: CompanyFacts['phones']): CompanyFacts['phones'] {
  const filled = older.map((phone) => {
    const same = newer.find((candidate) => candidate.e164 === phone.e164);
    return same ? { ...phone, extension: phone.extension ?? same.extension, contactName: phone.contactName ?? same.contactName } : phone;
  });
  return [...filled, ...newer.filter((phone) => !older.some((known) => known.e164 === phone.e164))];
}

/**
 * Puts a row onto a company that is already known. Nothing that stands is overwritten: empty fields are filled, numbers and people
 * are added, and a value that contradicts is kept beside («Город (из файла)»). The same row again gives the same facts.
 */
export function mergeDraft(older: CompanyFacts, draft: CompanyDraft): CompanyFacts {
  const newer = draft.facts;
  const fields: Record<string, string> = { ...older.fields };
  const filled: Partial<Record<Comparable, string>> = {};
  for (const field of comparables) {
    const before = older[field];
    const after = offered(older, draft, field);
    if (after === null) continue;
    // A subchannel belongs to its channel: under another channel's name it would mean something else.
    const mayFill = before === null && (field !== 'subchannel' || newer.channel === (filled.channel ?? older.channel));
    if (mayFill) filled[field] = after;
    else if (before === null || !alike(before, after)) withKept(fields, `${conflictLabels[field]} (из файла)`, after);
  }
  for (const [label, value] of Object.entries(newer.fields)) withKept(fields, label, value);
  const contacts = mergeContacts(older.contacts, newer.contacts, fields);
  return {
    ...older,
    legalName: filled.legalName ?? older.legalName,
    taxNumber: filled.taxNumber ?? older.taxNumber,
    region: filled.region ?? older.region,
    city: filled.city ?? older.city,
    address: filled.address ?? older.address,
    channel: filled.channel ?? older.channel,
    subchannel: filled.subchannel ?? older.subchannel,
    source: filled.source ?? older.source,
    skill: filled.skill ?? older.skill,
    site: filled.site ?? older.site,
    notes: newer.notes === '' || older.notes.includes(newer.notes) ? older.notes : [older.notes, newer.notes].filter(Boolean).join('\n'),
    fields,
    phones: mergePhones(older.phones, newer.phones),
    contacts,
  };
}

/** Whether two states of a company say the same. */
export const sameFacts = (left: CompanyFacts, right: CompanyFacts): boolean =>
  JSON.stringify(ordered(left)) === JSON.stringify(ordered(right));

const ordered = (facts: CompanyFacts): object => ({
  ...facts,
  fields: Object.entries(facts.fields).toSorted(([left], [right]) => left.localeCompare(right)),
});
