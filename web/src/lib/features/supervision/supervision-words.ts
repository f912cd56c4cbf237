import type { SupervisionEnd, SupervisionMode } from '$contract/sockets/supervision.ts';
import { m } from '$lib/paraglide/messages.js';
import type { SupervisingProblem } from './supervising.svelte.ts';

type Named = { name: string };

const modes: Record<
  SupervisionMode,
  { name: () => string; isSo: (who: Named) => string; help: () => string; toRep: (who: Named) => string }
> = {
  listen: { name: m.supervision_listen, isSo: m.supervision_is_listen, help: m.supervision_listen_help, toRep: m.supervision_rep_listen },
  whisper: {
    name: m.supervision_whisper,
    isSo: m.supervision_is_whisper,
    help: m.supervision_whisper_help,
    toRep: m.supervision_rep_whisper,
  },
  barge: { name: m.supervision_barge, isSo: m.supervision_is_barge, help: m.supervision_barge_help, toRep: m.supervision_rep_barge },
};

/** What the button says. */
export const modeName = (mode: SupervisionMode): string => modes[mode].name();
/** What the supervisor does now, and whom. */
export const modeNow = (mode: SupervisionMode, name: string): string => modes[mode].isSo({ name });
/** Who hears him then. */
export const modeHelp = (mode: SupervisionMode): string => modes[mode].help();
/** The same to the rep. */
export const modeToRep = (mode: SupervisionMode, name: string): string => modes[mode].toRep({ name });

const ends: Record<SupervisionEnd, (who: Named) => string> = {
  stopped: m.supervision_end_stopped,
  replaced: m.supervision_end_replaced,
  callEnded: m.supervision_end_call,
  supervisorGone: m.supervision_end_lost,
  repGone: m.supervision_end_lost,
  notAnswered: m.supervision_end_not_answered,
};
/** Why it is over. */
export const endWords = (because: SupervisionEnd, name: string): string => ends[because]({ name });

const problems: Record<SupervisingProblem, (who: Named) => string> = {
  noLiveCall: m.supervision_no_call,
  noMicrophone: m.supervision_no_microphone,
  noConnection: m.supervision_no_connection,
  failed: m.supervision_failed,
};
/** What stood in the way. */
export const problemWords = (what: SupervisingProblem, name: string): string => problems[what]({ name });
