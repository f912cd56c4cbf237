import type { CompanyFilter, CompanyRow, CompanySort } from '../../contract/http/companies.ts';
import type { ContactRow } from '../../contract/http/contacts.ts';
import type { CompanyCard } from '../../contract/http/company-card.ts';
import type { Actor } from '../actor.ts';
import { pageByOffset, readCursor } from '../page.ts';
import { notFound } from '../problem.ts';
import { companyScope, refuseUnseen, type CompanyParts } from './scope.ts';

interface Page {
  cursor?: string | undefined;
  limit: number;
}

function pageFrom<Row extends { id: number }>(rows: Row[], limit: number): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.id) : null };
}

const after = (page: Page): { after: number; limit: number } => ({ after: Number(page.cursor) || 0, limit: page.limit + 1 });

/** Beyond so many a count would cost more than it tells. */
const countedAtMost = 200_000;

/** Companies that the person sees, by number or in the order asked for; the first page says how many there are. */
export async function seeCompanies(
  app: CompanyParts,
  actor: Actor,
  filter: CompanyFilter,
  { cursor, limit, sort, descending }: Page & { sort?: CompanySort | undefined; descending?: boolean | undefined },
): Promise<{ items: CompanyRow[]; nextCursor: string | null; total?: number }> {
  const scope = companyScope(app, actor);
  const [offset = 0] = readCursor(cursor, 1) ?? [];
  const rows = await app.reads.companies.companies(scope, filter, {
    sort: sort ?? null,
    descending: descending ?? false,
    offset,
    limit: limit + 1,
  });
  const page = pageByOffset(rows, offset, limit);
  if (offset > 0) return page;
  const total = page.nextCursor === null ? rows.length : await app.reads.companies.countSeen(scope, filter, countedAtMost + 1);
  return total > countedAtMost ? page : { ...page, total };
}

/** A company's card. */
export async function seeCompany(app: CompanyParts, actor: Actor, companyId: number): Promise<CompanyCard> {
  await refuseUnseen(app, actor, companyId);
  return cardOf(app, companyId);
}

/** The card after a change that was allowed: who gives a company away may not see it any more, but is told what he did. */
export async function cardOf(app: CompanyParts, companyId: number): Promise<CompanyCard> {
  const card = await app.reads.companyCard.card(companyId, app.clock.now());
  if (!card) throw notFound('company');
  return card;
}

/** People of the companies that the person sees. */
export async function seeContacts(
  app: CompanyParts,
  actor: Actor,
  filter: { companyId?: number | undefined; q?: string | undefined },
  page: Page,
): Promise<{ items: ContactRow[]; nextCursor: string | null }> {
  return pageFrom(await app.reads.companies.contacts(companyScope(app, actor), filter, after(page)), page.limit);
}

/** One person. */
export async function seeContact(app: CompanyParts, actor: Actor, contactId: number): Promise<ContactRow> {
  const [contact] = await app.reads.companies.contacts(companyScope(app, actor), { contactId }, { after: 0, limit: 1 });
  if (!contact) throw notFound('contact');
  return contact;
}

/** Companies that may be the same as this one. */
export async function seeDuplicates(app: CompanyParts, actor: Actor, companyId: number): Promise<CompanyRow[]> {
  await refuseUnseen(app, actor, companyId);
  return app.reads.companies.mayBeSame(companyId);
}
