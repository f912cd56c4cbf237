import type { z } from 'zod';
import type { ExhaustedLead, listExhausted as listEndpoint } from '../../contract/http/leads.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { pageOfRows, readCursor } from '../page.ts';
import type { Reads } from '../ports/reads/index.ts';
import { placeLeads } from '../queue/place-lead.ts';
import { widestScope } from '../scope.ts';

/** Leads on which nothing is tried any more, as far as the person sees them. */
export async function listExhausted(
  app: { reads: Pick<Reads, 'leads'> },
  actor: Actor,
  query: z.output<typeof listEndpoint.query>,
): Promise<{ items: ExhaustedLead[]; nextCursor: string | null }> {
  const position = readCursor(query.cursor, 2);
  const rows = await app.reads.leads.exhausted({
    scope: widestScope(actor),
    listId: query.listId,
    reason: query.reason,
    after: position && { exhaustedAt: new Date(position[0] ?? 0), leadId: position[1] ?? 0 },
    limit: query.limit + 1,
  });
  return pageOfRows(rows, query.limit, (row) => [Date.parse(row.exhaustedAt), row.leadId]);
}

/** Counts the tries of exhausted leads anew and puts them back; those that the person does not see, or that are not exhausted, stay. */
export async function returnExhausted(app: AppContext, actor: Actor, leadIds: readonly number[]): Promise<{ returned: number }> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  return app.unitOfWork.run(async (stores) => {
    const companyIds = await stores.leads.returnExhausted(widestScope(actor), leadIds);
    await placeLeads(stores, { companyIds, now, settings });
    await stores.audit.write({
      userId: actor.id,
      action: 'lead.return',
      entity: 'lead',
      details: { leads: companyIds.length, ...(leadIds.length === 1 && leadIds[0] !== undefined ? { leadId: leadIds[0] } : {}) },
    });
    return { returned: companyIds.length };
  });
}
