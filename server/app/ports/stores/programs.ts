import type { NewProgram, ProgramChange } from '../../../contract/http/programs.ts';

export interface ProgramStore {
  /** The program's days, its row locked; null when there is none. */
  lock(programId: number): Promise<{ startsOn: string; endsOn: string } | null>;
  /** Whose name it is; no other transaction can take it until this one ends. */
  reserveName(name: string): Promise<number | null>;
  create(program: Omit<NewProgram, 'companyIds'>): Promise<number>;
  change(programId: number, change: ProgramChange): Promise<void>;
  /** Companies that do not exist are left out; answers how many were added. */
  addCompanies(programId: number, companyIds: readonly number[]): Promise<number>;
  removeCompanies(programId: number, companyIds: readonly number[]): Promise<number>;
  markCompanies(programId: number, companyIds: readonly number[], doneAt: Date | null): Promise<number>;
}
