import type { NewProgram, ProgramChange, ProgramView } from '../../contract/http/programs.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Reads } from '../ports/reads/index.ts';
import type { Stores } from '../ports/stores/index.ts';
import { invalid, notFound } from '../problem.ts';
import { programView } from './read-programs.ts';

type ProgramContext = AppContext & { reads: Pick<Reads, 'programs'> };

async function refuseWrongInput(
  stores: Stores,
  programId: number | null,
  change: { name?: string | undefined; ownerId?: number | null | undefined },
): Promise<void> {
  const { name, ownerId } = change;
  if (name !== undefined) {
    const holder = await stores.programs.reserveName(name);
    if (holder !== null && holder !== programId) throw invalid('name', 'nameTaken', 'another program has this name');
  }
  if (ownerId !== undefined && ownerId !== null && !(await stores.people.lock(ownerId)))
    throw invalid('ownerId', 'noSuchPerson', 'there is no such person');
}

/** Starts a campaign over a group of companies. @throws Refused 422 `nameTaken`, `noSuchPerson` */
export async function createProgram(app: ProgramContext, actor: Actor, { companyIds, ...input }: NewProgram): Promise<ProgramView> {
  const programId = await app.unitOfWork.run(async (stores) => {
    await refuseWrongInput(stores, null, input);
    const created = await stores.programs.create(input);
    const companies = await stores.programs.addCompanies(created, companyIds);
    await stores.audit.write({ userId: actor.id, action: 'program.create', entity: 'program', entityId: created, details: { companies } });
    return created;
  });
  return programView(app, programId);
}

/** Changes a program, its companies and their progress. @throws Refused 404, 422 `nameTaken`, `noSuchPerson`, `endsBeforeStart` */
export async function updateProgram(app: ProgramContext, actor: Actor, programId: number, change: ProgramChange): Promise<ProgramView> {
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    const days = await stores.programs.lock(programId);
    if (!days) throw notFound('program');
    if ((change.endsOn ?? days.endsOn) < (change.startsOn ?? days.startsOn))
      throw invalid('endsOn', 'endsBeforeStart', 'the program ends before it begins');
    await refuseWrongInput(stores, programId, change);
    await stores.programs.change(programId, change);
    const added = await stores.programs.addCompanies(programId, change.addCompanyIds);
    const removed = await stores.programs.removeCompanies(programId, change.removeCompanyIds);
    await stores.programs.markCompanies(programId, change.doneCompanyIds, now);
    await stores.programs.markCompanies(programId, change.notDoneCompanyIds, null);
    await stores.audit.write({
      userId: actor.id,
      action: 'program.change',
      entity: 'program',
      entityId: programId,
      details: { added, removed },
    });
  });
  return programView(app, programId);
}
