import type { TaskView } from '../../../contract/http/tasks.ts';
import type { Scope } from './scope.ts';

export interface TaskQuestion {
  scope: Scope;
  done: boolean;
  assigneeId?: number | undefined;
  companyId?: number | undefined;
  /** From inclusive, until exclusive. */
  dueFrom?: Date | undefined;
  dueUntil?: Date | undefined;
  after?: { dueAt: Date; id: number } | undefined;
  limit: number;
}

export type TaskRow = Omit<TaskView, 'when'>;

export interface TaskReads {
  /** By due time, one more than `limit` when there are more. */
  tasks(question: TaskQuestion): Promise<TaskRow[]>;
  /** Open ones due before now, until the end of the day, and after it. */
  counts(scope: Scope, now: Date, endOfDay: Date): Promise<{ overdue: number; today: number; later: number }>;
  task(taskId: number): Promise<TaskRow | null>;
}
