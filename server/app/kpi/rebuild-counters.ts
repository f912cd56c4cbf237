import type { AppContext } from '../context.ts';

/** Counts everything anew from the records: after a restore, or when somebody doubts a board. */
export const rebuildCounters = (app: Pick<AppContext, 'unitOfWork'>): Promise<void> => app.unitOfWork.run((stores) => stores.kpi.rebuild());
