import { isShownToRep } from '../../core/supervision/mode.ts';
import type { AppContext } from '../context.ts';
import type { SupervisionWord, Telephony } from '../ports/telephony.ts';
import { changeAtCarrier } from './change-supervision.ts';
import { announceMix, endSupervision } from './end-supervision.ts';
import { saveMode } from './take-mixed.ts';

/**
 * Takes the carrier's word of how a supervisor is heard. Where something else was wanted meanwhile the carrier is asked for it, and who
 * came after his part was over is sent away.
 */
export async function takeSupervisionWord(
  app: AppContext & { telephony: Pick<Telephony, 'coaching'> },
  { supervisionId, heard }: SupervisionWord,
): Promise<void> {
  const { supervision: rules } = await app.settings.read();
  const now = app.clock.now();
  const found = await app.unitOfWork.run(async (stores) => {
    const supervision = await stores.supervision.lock(supervisionId);
    if (!supervision) return stores.supervision.view(supervisionId);
    if (heard === 'left') await endSupervision(stores, supervision, 'supervisorGone', now);
    else {
      await saveMode(stores, supervision, heard, now);
      await announceMix(stores, supervision, { mode: heard, offer: null, shown: isShownToRep(heard, rules) });
    }
    return stores.supervision.view(supervisionId);
  });
  if (heard === 'left') return;
  const { callId, wanted } = found;
  if (found.endedBecause !== null) await app.telephony.coaching?.leave({ supervisionId, callId });
  else if (heard !== wanted) await changeAtCarrier(app.telephony, { supervisionId, callId, mode: wanted });
}
