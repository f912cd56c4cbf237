import type { Actor } from '../actor.ts';
import { conflict, invalid } from '../problem.ts';
import { changing } from './change-company.ts';
import { refuseUnseen, type CompanyParts } from './scope.ts';

/** Takes a duplicate into the company with everything it has; nothing of either history is lost. */
export async function mergeCompanies(app: CompanyParts, actor: Actor, companyId: number, duplicateId: number): Promise<void> {
  if (companyId === duplicateId) throw invalid('duplicateId', 'sameCompany', 'Это одна и та же компания');
  await refuseUnseen(app, actor, duplicateId);
  await changing(app, actor, { companyId, action: 'company.merge', details: { duplicateId } }, async (stores) => {
    if (!(await stores.companies.absorb(companyId, duplicateId)))
      throw conflict('companyInUse', 'Одной из этих компаний сейчас звонят: объедините после звонка');
  });
}
