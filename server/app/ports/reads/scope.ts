/** Whose records a reader may see: everybody's, those of a team, or only his own. */
export type Scope = { kind: 'all' } | { kind: 'team'; teamId: number; userId: number } | { kind: 'own'; userId: number };
