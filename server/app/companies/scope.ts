import { dayBounds, localDay } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { CompanyScope } from '../ports/reads/companies.ts';
import type { Reads } from '../ports/reads/index.ts';
import { notFound } from '../problem.ts';

export interface CompanyParts extends AppContext {
  reads: Reads;
}

/** A rep sees what he owns or works on today, a seller what is his or was handed to him, a lead his team's and what is nobody's. */
export function companyScope(app: Pick<AppContext, 'clock'>, actor: Actor): CompanyScope {
  switch (actor.role) {
    case 'head':
    case 'admin':
      return { kind: 'all' };
    case 'lead':
      return { kind: 'team', teamId: actor.teamId ?? 0, userId: actor.id };
    case 'seller':
    case 'lineManager':
      return { kind: 'seller', userId: actor.id };
    case 'rep':
      return { kind: 'rep', userId: actor.id, workedSince: dayBounds(localDay(app.clock.now(), actor.timeZone), actor.timeZone).start };
    default:
      return actor.role satisfies never;
  }
}

/** Another's company and an absent one answer alike. */
export async function refuseUnseen(app: CompanyParts, actor: Actor, companyId: number): Promise<void> {
  if (!(await app.reads.companies.sees(companyScope(app, actor), companyId))) throw notFound('company');
}
