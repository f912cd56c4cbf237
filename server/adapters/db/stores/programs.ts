import type { ProgramStore } from '../../../app/ports/stores/programs.ts';
import type { Transaction } from '../client.ts';
import { dateOfDay, dayOf } from '../days.ts';

export function programStore(transaction: Transaction): ProgramStore {
  return {
    lock: async (programId) => {
      await transaction.$queryRaw`SELECT id FROM program WHERE id = ${programId} FOR UPDATE`;
      const program = await transaction.program.findUnique({ where: { id: programId } });
      return program ? { startsOn: dayOf(program.startsOn), endsOn: dayOf(program.endsOn) } : null;
    },
    reserveName: async (name) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('program.name'), hashtext(${name}))`;
      return (await transaction.program.findUnique({ where: { name }, select: { id: true } }))?.id ?? null;
    },
    create: async (program) => {
      const data = { ...program, startsOn: dateOfDay(program.startsOn), endsOn: dateOfDay(program.endsOn) };
      return (await transaction.program.create({ data, select: { id: true } })).id;
    },
    change: async (programId, { name, kind, goal, status, startsOn, endsOn, ownerId }) => {
      await transaction.program.update({
        where: { id: programId },
        data: {
          name,
          kind,
          goal,
          status,
          ownerId,
          startsOn: startsOn === undefined ? undefined : dateOfDay(startsOn),
          endsOn: endsOn === undefined ? undefined : dateOfDay(endsOn),
        },
      });
    },
    addCompanies: (programId, companyIds) => transaction.$executeRaw`
      INSERT INTO program_company (program_id, company_id)
      SELECT ${programId}, id FROM company WHERE id = ANY(${[...companyIds]}::int[]) ON CONFLICT DO NOTHING`,
    removeCompanies: async (programId, companyIds) =>
      (await transaction.programCompany.deleteMany({ where: { programId, companyId: { in: [...companyIds] } } })).count,
    markCompanies: async (programId, companyIds, doneAt) =>
      (await transaction.programCompany.updateMany({ where: { programId, companyId: { in: [...companyIds] } }, data: { doneAt } })).count,
  };
}
