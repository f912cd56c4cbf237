import { z } from 'zod';
import type { ImportStore } from '../../../app/ports/stores/imports.ts';
import type { CompanyFacts } from '../../../core/import/company-facts.ts';
import type { KnownCompany } from '../../../core/import/plan-batch.ts';
import { Prisma } from '../generated/client.ts';
import type { Transaction } from '../client.ts';
import { writeImported } from './imported-companies.ts';
import { listBeside, skillsAsked } from './imported-lists.ts';

const textRecord = z.record(z.string(), z.string());
const fieldsSchema = z
  .record(z.string(), z.unknown())
  .transform((fields) =>
    Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)])),
  );
const factsSchema = z.object({
  name: z.string(),
  normalizedName: z.string(),
  legalName: z.string().nullable(),
  taxNumber: z.string().nullable(),
  region: z.string().nullable(),
  city: z.string().nullable(),
  address: z.string().nullable(),
  timeZone: z.string(),
  category: z.enum(['A', 'B', 'C']),
  channel: z.string().nullable(),
  subchannel: z.string().nullable(),
  source: z.string().nullable(),
  skill: z.string().nullable().default(null),
  site: z.string().nullable(),
  notes: z.string(),
  fields: textRecord,
  phones: z.array(z.object({ e164: z.string(), extension: z.string().nullable(), contactName: z.string().nullable() })),
  contacts: z.array(
    z.object({
      name: z.string(),
      position: z.string().nullable(),
      role: z.enum(['decisionMaker', 'influencer', 'shapesDecision', 'gatekeeper', 'unknown']),
      email: z.string().nullable(),
    }),
  ),
});

const withFacts = {
  region: true,
  channel: true,
  subchannel: true,
  source: true,
  phones: { include: { contact: true }, orderBy: { position: 'asc' } },
  contacts: { where: { leftAt: null }, orderBy: { id: 'asc' } },
} as const satisfies Prisma.CompanyInclude;
type CompanyRow = Prisma.CompanyGetPayload<{ include: typeof withFacts }>;

const factsOf = (row: CompanyRow, skill: string | null): CompanyFacts => ({
  name: row.name,
  normalizedName: row.normalizedName,
  legalName: row.legalName,
  taxNumber: row.taxNumber,
  region: row.region?.name ?? null,
  city: row.city,
  address: row.address,
  timeZone: row.timeZone,
  category: row.category,
  channel: row.channel?.name ?? null,
  subchannel: row.subchannel?.name ?? null,
  source: row.source?.name ?? null,
  skill,
  site: row.site,
  notes: row.notes,
  fields: fieldsSchema.parse(row.fields),
  phones: row.phones.map((phone) => ({ e164: phone.e164, extension: phone.extension, contactName: phone.contact?.name ?? null })),
  contacts: row.contacts.map(({ name, position, role, email }) => ({ name, position, role, email })),
});

const keyed = (keys: readonly string[], kind: string): string[] =>
  keys.filter((key) => key.startsWith(`${kind}:`)).map((key) => key.slice(kind.length + 1));

async function knownCompanies(transaction: Transaction, keys: readonly string[], listId: number | null): Promise<KnownCompany[]> {
  // Each branch has its own index; an OR over three tables would read the whole base for every batch.
  const found = await transaction.$queryRaw<{ id: number }[]>`
    SELECT id FROM company WHERE id IN (
      SELECT id FROM company WHERE tax_number = ANY(${keyed(keys, 'tax')}::text[])
      UNION SELECT company_id FROM phone WHERE e164 = ANY(${keyed(keys, 'phone')}::text[])
      UNION SELECT company.id FROM company LEFT JOIN region ON region.id = company.region_id
            WHERE company.normalized_name = ANY(${keyed(keys, 'name').map((key) => key.slice(0, key.lastIndexOf('|')))}::text[])
              AND company.normalized_name || '|' || coalesce(region.name, '') = ANY(${keyed(keys, 'name')}::text[])
      UNION SELECT id FROM company WHERE normalized_name = ANY(${keyed(keys, 'bare')}::text[])
      UNION SELECT company_id FROM import_row WHERE fingerprint = ANY(${keyed(keys, 'row')}::uuid[])
    ) ORDER BY id FOR NO KEY UPDATE`;
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const earlierRows = new Map<number, string[]>();
  for (const { fingerprint, companyId } of await transaction.importRow.findMany({ where: { fingerprint: { in: keyed(keys, 'row') } } }))
    earlierRows.set(companyId, [...(earlierRows.get(companyId) ?? []), fingerprint]);
  const rows = await transaction.company.findMany({ where: { id: { in: ids } }, include: withFacts, orderBy: { id: 'asc' } });
  const skills = listId === null ? new Map<number, string | null>() : await skillsAsked(transaction, listId, ids);
  return rows.map((row) => ({
    id: row.id,
    facts: factsOf(row, skills.get(row.id) ?? null),
    rows: earlierRows.get(row.id) ?? [],
    listed: skills.has(row.id),
  }));
}

export function importStore(transaction: Transaction): ImportStore {
  return {
    create: async (input) => (await transaction.import.create({ data: input, select: { id: true } })).id,
    find: async (importId) => {
      const row = await transaction.import.findUnique({ where: { id: importId } });
      if (!row) return null;
      const creator = await transaction.user.findUniqueOrThrow({ where: { id: row.createdById }, select: { timeZone: true } });
      return { ...row, mapping: textRecord.parse(row.mapping), timeZone: creator.timeZone };
    },
    begin: async (importId, rowsTotal, now) => {
      await transaction.import.update({ where: { id: importId }, data: { status: 'running', rowsTotal, startedAt: now } });
    },
    hold: async (importId, { worker, until }, now) => {
      const { count } = await transaction.import.updateMany({
        where: {
          id: importId,
          status: { in: ['queued', 'running'] },
          OR: [{ worker: null }, { worker }, { leaseUntil: { lte: now } }],
        },
        data: { worker, leaseUntil: until },
      });
      return count > 0;
    },
    takeAt: async (importId, rowsDone, { worker, until }) => {
      const { count } = await transaction.import.updateMany({
        where: { id: importId, rowsDone, worker, status: 'running' },
        data: { leaseUntil: until },
      });
      return count > 0;
    },
    dictionaries: async () => ({
      regions: await transaction.region.findMany({ select: { name: true, timeZone: true } }),
      skills: (await transaction.skill.findMany({ select: { name: true } })).map(({ name }) => name),
    }),
    listBeside: (listId, skill) => listBeside(transaction, listId, skill),
    known: (keys, listId) => knownCompanies(transaction, keys, listId),
    planned: async (importId, keys) => {
      const rows = await transaction.importDraft.findMany({
        where: { importId, keys: { hasSome: [...keys] } },
        orderBy: { companyId: 'desc' },
      });
      return rows.map((row) => ({
        id: row.companyId,
        facts: factsSchema.parse(row.facts),
        rows: keyed(row.keys, 'row'),
        listed: row.listed,
      }));
    },
    keepPlanned: async (importId, companies) => {
      await transaction.importDraft.deleteMany({ where: { importId, companyId: { in: companies.map(({ id }) => id) } } });
      await transaction.importDraft.createMany({
        data: companies.map(({ id, facts, listed, keys }) => ({
          importId,
          companyId: id,
          keys: [...keys],
          facts: factsSchema.parse(facts),
          listed,
        })),
      });
    },
    write: (plan, listOf, now) => writeImported(transaction, plan, listOf, now),
    ...progressOfImport(transaction),
  };
}

function progressOfImport(
  transaction: Transaction,
): Pick<ImportStore, 'advance' | 'finish' | 'unfinished' | 'rememberedMapping' | 'rememberMapping'> {
  return {
    advance: async (importId, rowsDone, counts, problems) => {
      await transaction.import.update({
        where: { id: importId },
        data: {
          rowsDone,
          created: { increment: counts.created },
          merged: { increment: counts.merged },
          unchanged: { increment: counts.unchanged },
          rejected: { increment: counts.rejected },
        },
      });
      await transaction.importError.createMany({ data: problems.map((problem) => ({ importId, ...problem })) });
    },
    finish: async (importId, now, failure) => {
      await transaction.import.updateMany({
        where: { id: importId, status: { in: ['queued', 'running'] } },
        data: { status: failure === null ? 'done' : 'failed', failure, finishedAt: now },
      });
      await transaction.importDraft.deleteMany({ where: { importId } });
    },
    unfinished: async (createdBefore, now) => {
      const rows = await transaction.import.findMany({
        where: {
          status: { in: ['queued', 'running'] },
          createdAt: { lte: createdBefore },
          OR: [{ worker: null }, { leaseUntil: { lte: now } }],
        },
        orderBy: { id: 'asc' },
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    rememberedMapping: async (headerHash) => {
      const row = await transaction.importMapping.findUnique({ where: { headerHash } });
      return row ? textRecord.parse(row.mapping) : null;
    },
    rememberMapping: async (headerHash, mapping) => {
      await transaction.importMapping.upsert({ where: { headerHash }, create: { headerHash, mapping }, update: { mapping } });
    },
  };
}
