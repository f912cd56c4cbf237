import type { SupervisionView } from '../../contract/sockets/supervision.ts';
import type { SupervisionMode } from '../../core/supervision/mode.ts';
import { isShownToRep } from '../../core/supervision/mode.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { CallNotLive, type CoachedPart, type Telephony } from '../ports/telephony.ts';
import { announceMix } from './end-supervision.ts';
import { lockAsSupervisor } from './own-supervision.ts';

type Changing = AppContext & { telephony: Pick<Telephony, 'coaching'> };

/** Asks for another mode; that it is so comes as an event from who mixes, the rep's browser or the carrier. @throws Refused 404 */
export async function changeSupervision(
  app: Changing,
  actor: Actor,
  { id, mode }: { id: number; mode: SupervisionMode },
): Promise<SupervisionView> {
  const { supervision: rules } = await app.settings.read();
  const view = await app.unitOfWork.run(async (stores) => {
    const supervision = await lockAsSupervisor(stores, actor, id);
    await stores.supervision.saveWanted(id, mode);
    await announceMix(stores, supervision, { mode, offer: null, shown: isShownToRep(mode, rules) });
    return stores.supervision.view(id);
  });
  await changeAtCarrier(app.telephony, { supervisionId: id, callId: view.callId, mode });
  return view;
}

/** One who is not in the call yet comes in as was wanted last; see `takeSupervisionWord`. */
export async function changeAtCarrier({ coaching }: Pick<Telephony, 'coaching'>, part: CoachedPart): Promise<void> {
  try {
    await coaching?.change(part);
  } catch (error) {
    if (!(error instanceof CallNotLive)) throw error;
  }
}
