/** Someone who may take a task, and how many open ones he has. */
export interface Candidate {
  userId: number;
  openTasks: number;
}

/** The person with the least load of those who may take the task; of equals the longest here. Null when nobody may. */
export function chooseAssignee(candidates: readonly Candidate[]): number | null {
  const [first] = [...candidates].sort((one, other) => one.openTasks - other.openTasks || one.userId - other.userId);
  return first?.userId ?? null;
}
