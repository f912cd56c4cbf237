import type { z } from 'zod';
import type { ExhaustedDecision, ExhaustedLead, listExhausted as listEndpoint } from '../../contract/http/leads.ts';
import { localDay } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { seeList, type ListParts } from '../lists/see-lists.ts';
import { pageOfRows, readCursor } from '../page.ts';
import type { Reads } from '../ports/reads/index.ts';
import type { Stores } from '../ports/stores/index.ts';
import { invalid } from '../problem.ts';
import { placeLeads } from '../queue/place-lead.ts';
import { widestScope } from '../scope.ts';

/** Leads on which nothing is tried any more and that wait for a decision, as far as the person sees them. */
export async function listExhausted(
  app: Pick<AppContext, 'clock'> & { reads: Pick<Reads, 'leads'> },
  actor: Actor,
  query: z.output<typeof listEndpoint.query>,
): Promise<{ items: ExhaustedLead[]; nextCursor: string | null; total?: number }> {
  const position = readCursor(query.cursor, 2);
  const today = localDay(app.clock.now(), actor.timeZone);
  const asked = { scope: widestScope(actor), listId: query.listId, reason: query.reason, today };
  const rows = await app.reads.leads.exhausted({
    ...asked,
    after: position && { exhaustedAt: new Date(position[0] ?? 0), leadId: position[1] ?? 0 },
    limit: query.limit + 1,
  });
  const page = pageOfRows(rows, query.limit, (row) => [Date.parse(row.exhaustedAt), row.leadId]);
  return position ? page : { ...page, total: await app.reads.leads.countExhausted(asked) };
}

/** Only lists that the person sees, and that are worked. @throws Refused 404, 422 `listClosed` */
async function checkList(app: ListParts, actor: Actor, listId: number): Promise<void> {
  const list = await seeList(app, actor, listId);
  if (list.status === 'closed') throw invalid('listId', 'listClosed', 'Список закрыт: выберите другой');
}

/** What the decision writes beside the tries: where the companies are called from, or until when they rest. */
async function carryOut(stores: Stores, companyIds: readonly number[], { listId, notNow }: ExhaustedDecision, now: Date): Promise<void> {
  if (listId !== undefined) await stores.lists.moveCompanies(listId, companyIds, now);
  if (notNow) {
    const { until, reason } = notNow;
    await stores.companies.changeAll(companyIds, { status: 'notNow', notNowUntil: until, statusReason: reason ?? null });
  }
}

/**
 * Counts the tries of exhausted leads anew and puts them back: at once, into another list, or from a later day on. Those that the person
 * does not see, or that are not exhausted, stay; one without a number stays exhausted, so that it is never silently away.
 * @throws Refused 404 for a list he does not see; 422 `listClosed`, `dayPassed`
 */
export async function returnExhausted(
  app: ListParts,
  actor: Actor,
  decision: ExhaustedDecision,
): Promise<{ returned: number; withoutPhone: number }> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  const { leadIds, listId, notNow } = decision;
  if (listId !== undefined) await checkList(app, actor, listId);
  if (notNow && notNow.until <= localDay(now, actor.timeZone)) throw invalid('until', 'dayPassed', 'Выберите день позже сегодняшнего');
  return app.unitOfWork.run(async (stores) => {
    const found = await stores.leads.lockExhausted(widestScope(actor), leadIds);
    const callable = found.filter(({ hasPhone }) => hasPhone);
    const companyIds = (notNow ? found : callable).map(({ companyId }) => companyId);
    await stores.leads.tryAnew(callable.map(({ leadId }) => leadId));
    await carryOut(stores, companyIds, decision, now);
    await placeLeads(stores, { companyIds, now, settings });
    const [only] = leadIds;
    const details = { leads: callable.length, ...(leadIds.length === 1 && only !== undefined ? { leadId: only } : {}) };
    await stores.audit.write({ userId: actor.id, action: 'lead.return', entity: 'lead', details });
    return { returned: callable.length, withoutPhone: found.length - callable.length };
  });
}
