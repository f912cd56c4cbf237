import { shortestPassword } from '$contract/http/profile.ts';
import { ApiProblem } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';

/** What a refusal means and what to do about it, in the reader's words. */
export function problemText(problem: ApiProblem): string {
  switch (problem.code) {
    case 'emailTaken':
      return m.admin_error_emailTaken();
    case 'noSuchTeam':
      return m.admin_error_noSuchTeam();
    case 'lastAdmin':
      return m.admin_error_lastAdmin();
    case 'yourself':
      return m.admin_error_yourself();
    case 'endsBeforeStart':
      return m.admin_error_endsBeforeStart();
    case 'nameTaken':
      return m.admin_error_nameTaken();
    case 'handOnNeeded':
      return m.admin_error_handOnNeeded();
    case 'nobodyToTake':
      return m.admin_error_nobodyToTake();
    case 'totpWrong':
      return m.admin_error_totpWrong();
    case 'wrongPassword':
      return m.profile_error_wrongPassword();
    case 'samePassword':
      return m.profile_error_samePassword();
    case 'tooManyTries':
      return m.profile_error_tooManyTries();
    case 'totpOn':
      return m.profile_error_totpOn();
    case 'teamHasPeople':
      return m.admin_error_teamHasPeople();
    case 'inUse':
      return m.admin_error_inUse();
    case 'notAllowed':
      return m.admin_error_notAllowed();
    case 'notFound':
      return m.admin_error_notFound();
    case 'offline':
      return m.admin_error_offline();
    default:
      return m.admin_failed({ detail: problem.message });
  }
}

/** Errors of a form by field; what belongs to no field stands under the empty name. */
export type FieldErrors = Record<string, string>;

function wrongValueText(field: string): string {
  if (field === 'email') return m.admin_error_email();
  if (field === 'newPassword') return m.profile_error_short({ shortest: shortestPassword });
  return m.admin_error_other();
}

/** The errors of a refused form. @throws what is no refusal */
export function fieldErrors(error: unknown): FieldErrors {
  if (!(error instanceof ApiProblem)) throw error;
  const listed = error.errors.map(({ field }) => [field, wrongValueText(field)] as const);
  if (listed.length > 0) return Object.fromEntries(listed);
  return { [error.field ?? '']: problemText(error) };
}

/** The same as lines of an ErrorSummary; `prefix` leads from a field to the id of its control. */
export const summaryOf = (errors: FieldErrors, prefix: string): { field?: string; message: string }[] =>
  Object.entries(errors).map(([field, message]) => (field === '' ? { message } : { field: `${prefix}-${field}`, message }));
