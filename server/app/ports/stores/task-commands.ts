import type { NewTask } from '../../../contract/http/tasks.ts';
import type { Actor } from '../../actor.ts';

export interface TaskRecord {
  id: number;
  assigneeId: number;
  assigneeTeamId: number | null;
  createdById: number | null;
  doneAt: Date | null;
}

/** Tasks that people make and change; those that rules make are written with the call. */
export interface TaskCommandStore {
  /** The task with its row locked until the transaction ends; null when there is none. */
  lock(taskId: number): Promise<TaskRecord | null>;
  /** Whether the actor works on that company: heads on all, a lead on his team's, others on those they own, hold, have called or have open work with. */
  worksOn(actor: Actor, companyId: number): Promise<boolean>;
  dealBelongsTo(dealId: number, companyId: number | undefined): Promise<boolean>;
  create(task: Omit<NewTask, 'assigneeId' | 'dueAt'> & { assigneeId: number; createdById: number | null; dueAt: Date }): Promise<number>;
  change(
    taskId: number,
    change: { title?: string | undefined; assigneeId?: number | undefined; dueAt?: Date | undefined; doneAt?: Date | null | undefined },
  ): Promise<void>;
}
