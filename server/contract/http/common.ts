import { z } from 'zod';

/** A record's number. */
export const idSchema = z.int().positive();
/** The same in a path or a query, where everything is text. */
export const idTextSchema = z.coerce.number().int().positive();
export const idParams = z.object({ id: idTextSchema });

/** An instant, ISO 8601 in UTC. */
export const instantSchema = z.iso.datetime({ offset: true });
/** A calendar day without a zone, YYYY-MM-DD. */
export const daySchema = z.iso.date();
/** Wall time without a zone, YYYY-MM-DDTHH:mm. */
export const localTimeSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'YYYY-MM-DDTHH:mm');
/** HH:mm. */
export const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:mm');
export const timeZoneSchema = z.string().min(1).refine(isTimeZone, 'unknown time zone');
export const categorySchema = z.enum(['A', 'B', 'C']);
export const textSchema = (max: number) => z.string().trim().min(1).max(max);

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Query of a page: `cursor` from the page before, `limit` rows at the most. */
export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** A page of `item`s; `total` only where it is cheap to know. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int().optional() });

/** Booleans in a query string. */
export const flagSchema = z.enum(['true', 'false']).transform((value) => value === 'true');

export const personSchema = z.object({ id: idSchema, name: z.string() });
export type Person = z.infer<typeof personSchema>;

export const acceptedSchema = z.object({ accepted: z.literal(true) });
export const doneSchema = z.object({ ok: z.literal(true) });
