import { z } from 'zod';
import { daySchema, idTextSchema } from './common.ts';

/** A dimension of a figure; 0 asks for the records that have none: calls of no list, of no channel. */
const dimensionSchema = z.coerce.number().int().min(0).optional();

/** Several people, divided by commas: the rows behind a line that adds them up. */
const idsTextSchema = z
  .string()
  .max(2_000)
  .regex(/^[1-9]\d*(,[1-9]\d*)*$/)
  .transform((text) => text.split(',').map(Number));

/** What a figure is counted by, as a query: it narrows a list of records to exactly those that the figure counts. */
export const countedByQuery = z.object({
  repId: idTextSchema.optional(),
  repIds: idsTextSchema.optional(),
  teamId: dimensionSchema,
  listId: dimensionSchema,
  channelId: dimensionSchema,
  sourceId: dimensionSchema,
  hour: z.coerce.number().int().min(0).max(23).optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
});
export type CountedBy = z.output<typeof countedByQuery>;
