import type { Actor } from '../actor.ts';
import { companyScope, type CompanyParts } from '../companies/scope.ts';
import type { CompanyScope } from '../ports/reads/companies.ts';
import { notFound } from '../problem.ts';

/** Whose companies the matrix shows: a line manager's channel, for others what they see anyway; null for a line manager without a channel. */
export async function matrixScope(app: CompanyParts, actor: Actor): Promise<CompanyScope | null> {
  if (actor.role !== 'lineManager') return companyScope(app, actor);
  const channelId = await app.reads.matrix.channelOf(actor.id);
  return channelId === null ? null : { kind: 'channel', channelId };
}

/** @throws Refused 404 for a company out of the actor's sight, as for an absent one */
export async function refuseOutsideMatrix(app: CompanyParts, actor: Actor, companyId: number): Promise<void> {
  const scope = await matrixScope(app, actor);
  if (scope === null || !(await app.reads.companies.sees(scope, companyId))) throw notFound('company');
}
