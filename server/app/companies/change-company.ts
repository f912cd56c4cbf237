import type { Actor } from '../actor.ts';
import type { CompanyChange } from '../ports/stores/companies.ts';
import type { Stores } from '../ports/stores/index.ts';
import { placeLead } from '../queue/place-lead.ts';
import { refuseUnseen, type CompanyParts } from './scope.ts';

interface Deed {
  companyId: number;
  /** For the audit, like `company.change`. */
  action: string;
  details?: Record<string, string | number | boolean | null>;
}

/** One change to a company that the person sees: done, its lead placed anew and the deed written down, all in one transaction. */
export async function changing(
  app: CompanyParts,
  actor: Actor,
  deed: Deed,
  work: (stores: Stores, now: Date) => Promise<void>,
): Promise<void> {
  await refuseUnseen(app, actor, deed.companyId);
  const settings = await app.settings.read();
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    await work(stores, now);
    await placeLead(stores, { companyId: deed.companyId, now, settings });
    await stores.audit.write({
      userId: actor.id,
      action: deed.action,
      entity: 'company',
      entityId: deed.companyId,
      ...(deed.details ? { details: deed.details } : {}),
    });
  });
}

/** Without the fields that were not given: `undefined` would mean nothing to the base. */
export const givenOf = (change: { [Field in keyof CompanyChange]: CompanyChange[Field] | undefined }): CompanyChange =>
  Object.fromEntries(Object.entries(change).filter(([, value]: [string, unknown]) => value !== undefined));
