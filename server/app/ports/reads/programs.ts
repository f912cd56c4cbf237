import type { ProgramView } from '../../../contract/http/programs.ts';

export interface ProgramReads {
  /** Running ones first, then planned, then done, each by start; one more than `limit` when there are more. */
  programs(question: { status?: ProgramView['status'] | undefined; offset: number; limit: number }): Promise<ProgramView[]>;
  program(programId: number): Promise<ProgramView | null>;
  /** By company id, one more than `limit` when there are more. */
  companies(
    programId: number,
    afterCompanyId: number,
    limit: number,
  ): Promise<{ companyId: number; companyName: string; doneAt: string | null }[]>;
}
