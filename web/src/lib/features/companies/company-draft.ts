import type { CompanyUpdate } from '$contract/http/companies.ts';
import type { CompanyCard } from '$contract/http/company-card.ts';

/** One line of what is known beside the fields that every company has. */
export interface FieldLine {
  name: string;
  value: string;
}

/** The facts as they stand in the form: a text is never null there. */
export function draftOf(card: CompanyCard) {
  return {
    name: card.name,
    legalName: card.legalName ?? '',
    taxNumber: card.taxNumber ?? '',
    city: card.city ?? '',
    address: card.address ?? '',
    site: card.site ?? '',
    timeZone: card.timeZone,
    notes: card.notes,
    category: card.category,
    regionId: card.regionId,
    channelId: card.channelId,
    subchannelId: card.subchannelId,
    sourceId: card.sourceId,
    ownerId: card.owner?.id ?? null,
  };
}
type Draft = ReturnType<typeof draftOf>;

export const linesOf = (fields: Record<string, string>): FieldLine[] => Object.entries(fields).map(([name, value]) => ({ name, value }));

const fieldsOf = (lines: readonly FieldLine[]): Record<string, string> =>
  Object.fromEntries(lines.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value.trim()]));

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Only what differs from the card, so that nobody's change in the meantime is undone. */
export function changedFacts(card: CompanyCard, draft: Draft, lines: readonly FieldLine[]): CompanyUpdate {
  const before = draftOf(card);
  const changed = (field: keyof Draft): boolean => before[field] !== draft[field];
  const fields = fieldsOf(lines);
  return {
    ...(changed('name') ? { name: draft.name.trim() } : {}),
    ...(changed('legalName') ? { legalName: orNull(draft.legalName) } : {}),
    ...(changed('taxNumber') ? { taxNumber: orNull(draft.taxNumber) } : {}),
    ...(changed('city') ? { city: orNull(draft.city) } : {}),
    ...(changed('address') ? { address: orNull(draft.address) } : {}),
    ...(changed('site') ? { site: orNull(draft.site) } : {}),
    ...(changed('timeZone') ? { timeZone: draft.timeZone.trim() } : {}),
    ...(changed('notes') ? { notes: draft.notes.trim() } : {}),
    ...(changed('category') ? { category: draft.category } : {}),
    ...(changed('regionId') ? { regionId: draft.regionId } : {}),
    ...(changed('channelId') ? { channelId: draft.channelId, subchannelId: draft.subchannelId } : {}),
    ...(changed('subchannelId') ? { subchannelId: draft.subchannelId } : {}),
    ...(changed('sourceId') ? { sourceId: draft.sourceId } : {}),
    ...(changed('ownerId') ? { ownerId: draft.ownerId } : {}),
    ...(JSON.stringify(fields) === JSON.stringify(card.fields) ? {} : { fields }),
  };
}
