import type { CallScript } from '../../../contract/http/scripts.ts';

export interface ScriptReads {
  /** The script of the list that a company's lead is in, else the department's only script; null when neither is there. */
  forCompany(companyId: number): Promise<CallScript | null>;
}
