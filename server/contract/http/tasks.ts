import { z } from 'zod';
import { idParams, idSchema, idTextSchema, instantSchema, pageOf, pageQuery, personSchema, textSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const workers = ['rep', 'lead', 'head', 'seller', 'admin'] as const;

const taskKindSchema = z.enum(['sendOffer', 'holdMeeting', 'prepareMeeting', 'acceptHandoff', 'voicemail', 'other']);
/** By the reader's own day. */
export const taskWhenSchema = z.enum(['overdue', 'today', 'later']);
export type TaskWhen = z.infer<typeof taskWhenSchema>;

export const taskSchema = z.object({
  id: idSchema,
  kind: taskKindSchema,
  title: z.string(),
  company: z.object({ id: idSchema, name: z.string() }).nullable(),
  dealId: idSchema.nullable(),
  callId: idSchema.nullable(),
  assignee: personSchema,
  createdBy: personSchema.nullable(),
  dueAt: instantSchema,
  doneAt: instantSchema.nullable(),
  when: taskWhenSchema,
});
export type TaskView = z.infer<typeof taskSchema>;

export const listTasks = defineEndpoint({
  method: 'get',
  path: '/api/tasks',
  summary: "Tasks by due time: one's own, a lead's team, a head's all",
  access: workers,
  query: pageQuery.extend({
    scope: z.enum(['mine', 'team', 'all']).default('mine'),
    state: z.enum(['open', 'done']).default('open'),
    when: taskWhenSchema.optional(),
    assigneeId: idTextSchema.optional(),
    companyId: idTextSchema.optional(),
  }),
  reply: pageOf(taskSchema).extend({ counts: z.object({ overdue: z.int(), today: z.int(), later: z.int() }) }),
});
export type TaskQuery = z.infer<typeof listTasks.query>;

export const createTask = defineEndpoint({
  method: 'post',
  path: '/api/tasks',
  summary: 'Make a task, for oneself or for those one leads',
  access: workers,
  body: z.object({
    title: textSchema(300),
    kind: taskKindSchema.default('other'),
    companyId: idSchema.optional(),
    dealId: idSchema.optional(),
    assigneeId: idSchema.optional(),
    dueAt: instantSchema,
  }),
  reply: taskSchema,
  status: 201,
});
export type NewTask = z.infer<typeof createTask.body>;

export const updateTask = defineEndpoint({
  method: 'patch',
  path: '/api/tasks/:id',
  summary: 'Done or open again, to somebody else, to another time',
  access: workers,
  params: idParams,
  body: z.object({
    done: z.boolean().optional(),
    title: textSchema(300).optional(),
    assigneeId: idSchema.optional(),
    dueAt: instantSchema.optional(),
  }),
  reply: taskSchema,
});
export type TaskChange = z.infer<typeof updateTask.body>;
