import type { CallScript } from '../../contract/http/scripts.ts';
import type { ScriptReads } from '../ports/reads/scripts.ts';

/** What to say to a company. A script tells nothing of the company itself, so whoever may call may read it. */
export function scriptForCompany(app: { reads: { scripts: ScriptReads } }, companyId: number): Promise<CallScript | null> {
  return app.reads.scripts.forCompany(companyId);
}
