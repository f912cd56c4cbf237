import type { SupervisionMode } from '../../core/supervision/mode.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { SupervisionRecord } from '../ports/stores/supervision.ts';
import { announceState, auditMode } from './end-supervision.ts';
import { lockAsRep } from './own-supervision.ts';

/** Takes the word of the rep's browser of what it mixes. @throws Refused 404 */
export async function takeMixed(app: AppContext, actor: Actor, { id, mode }: { id: number; mode: SupervisionMode }): Promise<void> {
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    await saveMode(stores, await lockAsRep(stores, actor, id), mode, now);
  });
}

/** What is so now; the mode before it goes into the audit. */
export async function saveMode(stores: Stores, supervision: SupervisionRecord, mode: SupervisionMode, now: Date): Promise<void> {
  if (supervision.mode === mode) return;
  await auditMode(stores, supervision, now);
  await stores.supervision.saveMode(supervision.id, mode, now);
  await announceState(stores, supervision);
}
