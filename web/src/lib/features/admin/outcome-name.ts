import type { DispositionCode } from '$contract/http/calls.ts';
import { m } from '$lib/paraglide/messages.js';

const names: Record<DispositionCode, () => string> = {
  callBack: m.admin_outcome_callBack,
  gatekeeper: m.admin_outcome_gatekeeper,
  refused: m.admin_outcome_refused,
  sendOffer: m.admin_outcome_sendOffer,
  meetingSet: m.admin_outcome_meetingSet,
  notNow: m.admin_outcome_notNow,
  wrongNumber: m.admin_outcome_wrongNumber,
  handOver: m.admin_outcome_handOver,
  kill: m.admin_outcome_kill,
  busy: m.admin_outcome_busy,
  noAnswer: m.admin_outcome_noAnswer,
  rejected: m.admin_outcome_rejected,
  invalidNumber: m.admin_outcome_invalidNumber,
  machine: m.admin_outcome_machine,
  providerError: m.admin_outcome_providerError,
  canceled: m.admin_outcome_canceled,
};

/** The usual name of an outcome, before an admin renamed it. */
export const outcomeName = (code: DispositionCode): string => names[code]();
