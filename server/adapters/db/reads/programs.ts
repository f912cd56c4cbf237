import type { ProgramReads } from '../../../app/ports/reads/programs.ts';
import type { ProgramView } from '../../../contract/http/programs.ts';
import type { Prisma } from '../client.ts';
import { dayOf } from '../days.ts';

interface StoredProgram {
  id: number;
  name: string;
  kind: string;
  goal: string | null;
  status: ProgramView['status'];
  starts_on: Date;
  ends_on: Date;
  owner_id: number | null;
  owner_name: string | null;
  companies: number;
  companies_done: number;
}

const viewOf = (row: StoredProgram): ProgramView => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  goal: row.goal,
  status: row.status,
  startsOn: dayOf(row.starts_on),
  endsOn: dayOf(row.ends_on),
  owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? `#${row.owner_id}` },
  companies: row.companies,
  companiesDone: row.companies_done,
});

export function programReads(prisma: Prisma): ProgramReads {
  const rows = (where: {
    id: number | null;
    status: string | null;
    offset: number;
    limit: number;
  }): Promise<StoredProgram[]> => prisma.$queryRaw<StoredProgram[]>`
    SELECT p.id, p.name, p.kind, p.goal, p.status, p.starts_on, p.ends_on, p.owner_id, u.name AS owner_name,
      (SELECT count(*) FROM program_company c WHERE c.program_id = p.id)::int AS companies,
      (SELECT count(*) FROM program_company c WHERE c.program_id = p.id AND c.done_at IS NOT NULL)::int AS companies_done
    FROM program p LEFT JOIN app_user u ON u.id = p.owner_id
    WHERE (${where.id}::int IS NULL OR p.id = ${where.id}::int) AND (${where.status}::text IS NULL OR p.status::text = ${where.status}::text)
    ORDER BY p.status = 'running' DESC, p.status = 'planned' DESC, p.starts_on, p.id
    LIMIT ${where.limit} OFFSET ${where.offset}`;
  return {
    programs: async ({ status, offset, limit }) => (await rows({ id: null, status: status ?? null, offset, limit: limit + 1 })).map(viewOf),
    program: async (programId) => (await rows({ id: programId, status: null, offset: 0, limit: 1 })).map(viewOf)[0] ?? null,
    companies: async (programId, afterCompanyId, limit) => {
      const members = await prisma.programCompany.findMany({
        where: { programId, companyId: { gt: afterCompanyId } },
        include: { company: { select: { name: true } } },
        orderBy: { companyId: 'asc' },
        take: limit + 1,
      });
      return members.map((member) => ({
        companyId: member.companyId,
        companyName: member.company.name,
        doneAt: member.doneAt?.toISOString() ?? null,
      }));
    },
  };
}
