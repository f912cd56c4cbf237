/** A calendar day as Prisma wants it for a DATE column. */
export const dateOfDay = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** The calendar day, YYYY-MM-DD, of what Prisma reads from a DATE column. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** The same for a column that may be empty. */
export const dayOfDate = (date: Date | null): string | null => (date === null ? null : dayOf(date));
