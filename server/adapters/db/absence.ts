import { Prisma } from './generated/client.ts';

/** Whether a person, by the alias of his row, is absent on a day; an absence without a last day goes on until somebody ends it. */
export function isAbsentOn(alias: string, day: Prisma.Sql): Prisma.Sql {
  const person = Prisma.raw(alias);
  return Prisma.sql`coalesce(${day} BETWEEN ${person}.absent_from AND coalesce(${person}.absent_until, 'infinity'), false)`;
}
