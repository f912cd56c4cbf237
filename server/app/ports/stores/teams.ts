export interface TeamStore {
  exists(teamId: number): Promise<boolean>;
  /** Null when another team has the name. */
  create(name: string): Promise<number | null>;
  /** False when there is no such team. */
  rename(teamId: number, name: string): Promise<'done' | 'absent' | 'nameTaken'>;
  remove(teamId: number): Promise<'done' | 'absent' | 'hasPeople'>;
}
