import { listTeams } from '$contract/http/admin.ts';
import { call } from '$lib/api.ts';

/** A team to look at. */
export interface TeamChoice {
  id: number;
  name: string;
}

/** The teams that somebody who sees all may choose from. @throws ApiProblem */
export async function loadTeams(): Promise<TeamChoice[]> {
  const { items } = await call(listTeams);
  return items.map(({ id, name }) => ({ id, name }));
}
