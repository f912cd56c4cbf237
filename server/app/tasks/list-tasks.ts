import type { TaskQuery, TaskView, TaskWhen } from '../../contract/http/tasks.ts';
import { dayBounds, localDay } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { pageOfRows, readCursor } from '../page.ts';
import type { Reads } from '../ports/reads/index.ts';
import type { Scope } from '../ports/reads/scope.ts';
import type { TaskRow } from '../ports/reads/tasks.ts';
import { Refused } from '../problem.ts';
import { widestScope } from '../scope.ts';

export type TaskContext = AppContext & { reads: Pick<Reads, 'tasks' | 'people'> };

interface Day {
  now: Date;
  /** First instant of tomorrow for the reader. */
  end: Date;
}

export const readersDay = (app: Pick<AppContext, 'clock'>, actor: Actor): Day => {
  const now = app.clock.now();
  return { now, end: dayBounds(localDay(now, actor.timeZone), actor.timeZone).end };
};

/** A task as its reader sees it: what is late for him and what is for today. */
export function taskView(row: TaskRow, day: Day): TaskView {
  const dueAt = new Date(row.dueAt);
  const when: TaskWhen = dueAt < day.now ? 'overdue' : dueAt < day.end ? 'today' : 'later';
  return { ...row, when };
}

/** @throws Refused 403 when the actor asks for more than his role sees */
function scopeAsked(actor: Actor, asked: TaskQuery['scope']): Scope {
  const widest = widestScope(actor);
  if (asked === 'mine') return { kind: 'own', userId: actor.id };
  if (asked === 'team' && widest.kind === 'all' && actor.teamId !== null) return { kind: 'team', teamId: actor.teamId, userId: actor.id };
  if (widest.kind === 'own' || (asked === 'all' && widest.kind !== 'all'))
    throw new Refused(403, 'notAllowed', 'these are not your tasks to see', { field: 'scope' });
  return widest;
}

const dueWithin = (when: TaskWhen | undefined, day: Day): { dueFrom?: Date; dueUntil?: Date } => {
  if (when === 'overdue') return { dueUntil: day.now };
  if (when === 'today') return { dueFrom: day.now, dueUntil: day.end };
  return when === 'later' ? { dueFrom: day.end } : {};
};

/** Tasks by due time with how many are late, for today, for later. @throws Refused 403 */
export async function listTasks(
  app: TaskContext,
  actor: Actor,
  query: TaskQuery,
): Promise<{ items: TaskView[]; nextCursor: string | null; counts: { overdue: number; today: number; later: number } }> {
  const scope = scopeAsked(actor, query.scope);
  const day = readersDay(app, actor);
  const [dueMillis, id] = readCursor(query.cursor, 2) ?? [];
  const [rows, counts] = await Promise.all([
    app.reads.tasks.tasks({
      scope,
      done: query.state === 'done',
      assigneeId: query.assigneeId,
      companyId: query.companyId,
      ...dueWithin(query.when, day),
      after: dueMillis === undefined || id === undefined ? undefined : { dueAt: new Date(dueMillis), id },
      limit: query.limit,
    }),
    app.reads.tasks.counts(scope, day.now, day.end),
  ]);
  const page = pageOfRows(rows, query.limit, (row) => [new Date(row.dueAt).getTime(), row.id]);
  return { items: page.items.map((row) => taskView(row, day)), nextCursor: page.nextCursor, counts };
}
