import { normalizeCompanyName } from '../../core/import/company-name.ts';
import type { Actor } from '../actor.ts';
import type { CompanyChange } from '../ports/stores/companies.ts';
import type { Stores } from '../ports/stores/index.ts';
import { invalid, Refused } from '../problem.ts';
import { changing, givenOf } from './change-company.ts';
import type { CompanyParts } from './scope.ts';

type Change = { [Field in keyof CompanyChange]: CompanyChange[Field] | undefined };

async function refuseOwner(stores: Stores, actor: Actor, ownerId: number | null): Promise<void> {
  if (actor.role === 'rep' || actor.role === 'seller')
    throw new Refused(403, 'notAllowed', 'Ответственного меняет руководитель', { field: 'ownerId' });
  if (ownerId === null) return;
  const owner = await stores.companies.ownerTeam(ownerId);
  if (!owner || (actor.role === 'lead' && owner.teamId !== actor.teamId)) throw invalid('ownerId', 'ownerAbsent', 'Такого сотрудника нет');
}

/** Changes facts of a company. The owner is changed by leads (inside their team) and heads. */
export async function updateCompany(app: CompanyParts, actor: Actor, companyId: number, change: Change): Promise<void> {
  const { ownerId, name } = change;
  await changing(
    app,
    actor,
    { companyId, action: 'company.change', details: { fields: Object.keys(givenOf(change)).join(',') } },
    async (stores) => {
      if (ownerId !== undefined) await refuseOwner(stores, actor, ownerId);
      await stores.companies.change(
        companyId,
        givenOf({ ...change, normalizedName: name === undefined ? undefined : normalizeCompanyName(name) }),
      );
    },
  );
}
