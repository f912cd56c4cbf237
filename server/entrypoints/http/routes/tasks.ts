import { createTask } from '../../../app/tasks/create-task.ts';
import { listTasks } from '../../../app/tasks/list-tasks.ts';
import { updateTask } from '../../../app/tasks/update-task.ts';
import * as tasks from '../../../contract/http/tasks.ts';
import { route, type Route } from '../kit/route.ts';

export const taskRoutes: Route[] = [
  route(tasks.listTasks, ({ app, actor, query }) => listTasks(app, actor, query)),
  route(tasks.createTask, ({ app, actor, body }) => createTask(app, actor, body)),
  route(tasks.updateTask, ({ app, actor, params, body }) => updateTask(app, actor, params.id, body)),
];
