import type { AuditEntryView } from '$contract/http/admin.ts';
import { roleSchema } from '$contract/http/endpoint.ts';
import { formatTimeToSecond } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';
import { session } from '$lib/session.svelte.ts';
import { roleName } from '$lib/shell/role-name.ts';

const actions: Record<string, (() => string) | undefined> = {
  'demo.written': m.admin_action_demo_written,
  'demo.queued': m.admin_action_demo_queued,
  'user.create': m.admin_action_user_create,
  'user.change': m.admin_action_user_change,
  'user.disable': m.admin_action_user_disable,
  'user.enable': m.admin_action_user_enable,
  'user.resetPassword': m.admin_action_user_resetPassword,
  'user.changePassword': m.admin_action_user_changePassword,
  'user.endSessions': m.admin_action_user_endSessions,
  'user.totpOn': m.admin_action_user_totpOn,
  'user.totpOff': m.admin_action_user_totpOff,
  'team.create': m.admin_action_team_create,
  'team.rename': m.admin_action_team_rename,
  'team.remove': m.admin_action_team_remove,
  'settings.change': m.admin_action_settings_change,
  'holiday.put': m.admin_action_holiday_put,
  'holiday.remove': m.admin_action_holiday_remove,
  'dictionary.add': m.admin_action_dictionary_add,
  'dictionary.change': m.admin_action_dictionary_change,
  'dictionary.remove': m.admin_action_dictionary_remove,
  'company.create': m.admin_action_company_create,
  'company.change': m.admin_action_company_change,
  'company.merge': m.admin_action_company_merge,
  'company.note': m.admin_action_company_note,
  'company.phoneAdd': m.admin_action_company_phoneAdd,
  'company.phoneRetire': m.admin_action_company_phoneRetire,
  'company.export': m.admin_action_company_export,
  'company.exportRefused': m.admin_action_company_exportRefused,
  'contact.create': m.admin_action_contact_create,
  'contact.change': m.admin_action_contact_change,
  'deal.change': m.admin_action_deal_change,
  'handoff.accept': m.admin_action_handoff_accept,
  'handoff.return': m.admin_action_handoff_return,
  'list.create': m.admin_action_list_create,
  'list.change': m.admin_action_list_change,
  'list.add': m.admin_action_list_add,
  'list.handOut': m.admin_action_list_handOut,
  'meeting.close': m.admin_action_meeting_close,
  'meeting.move': m.admin_action_meeting_move,
  'visit.create': m.admin_action_visit_create,
  'program.create': m.admin_action_program_create,
  'program.change': m.admin_action_program_change,
  'queue.release': m.admin_action_queue_release,
  'recording.erase': m.admin_action_recording_erase,
  'ownNumber.add': m.admin_action_ownNumber_add,
  'ownNumber.change': m.admin_action_ownNumber_change,
  'ownNumber.remove': m.admin_action_ownNumber_remove,
  'voiceClip.add': m.admin_action_voiceClip_add,
  'voiceClip.change': m.admin_action_voiceClip_change,
  'voiceClip.remove': m.admin_action_voiceClip_remove,
  'recording.announced': m.admin_action_recording_announced,
  'recording.pause': m.admin_action_recording_pause,
  'recording.resume': m.admin_action_recording_resume,
  'recording.acceptLoss': m.admin_action_recording_acceptLoss,
  'recording.fetchAgain': m.admin_action_recording_fetchAgain,
  'recording.listen': m.admin_action_recording_listen,
  'call.supervise': m.admin_action_call_supervise,
  'task.reassign': m.admin_action_task_reassign,
  'company.groupChange': m.admin_action_company_groupChange,
  'company.phoneChange': m.admin_action_company_phoneChange,
  'company.phoneOrder': m.admin_action_company_phoneOrder,
  'company.active': m.admin_action_company_active,
  'company.notNow': m.admin_action_company_notNow,
  'company.killed': m.admin_action_company_killed,
  'deal.create': m.admin_action_deal_create,
  'import.start': m.admin_action_import_start,
  'import.dryRun': m.admin_action_import_dryRun,
  'lead.return': m.admin_action_lead_return,
  'plan.create': m.admin_action_plan_create,
  'plan.remove': m.admin_action_plan_remove,
  'promise.make': m.admin_action_promise_make,
};

const entities: Record<string, (() => string) | undefined> = {
  department: m.admin_entity_department,
  user: m.admin_entity_user,
  team: m.admin_entity_team,
  settings: m.admin_entity_settings,
  holiday: m.admin_entity_holiday,
  company: m.admin_entity_company,
  contact: m.admin_entity_contact,
  deal: m.admin_entity_deal,
  handoff: m.admin_entity_handoff,
  list: m.admin_entity_list,
  meeting: m.admin_entity_meeting,
  visit: m.admin_entity_visit,
  program: m.admin_entity_program,
  lead: m.admin_entity_lead,
  recording: m.admin_entity_recording,
  ownNumber: m.admin_entity_ownNumber,
  voiceClip: m.admin_entity_voiceClip,
  call: m.admin_entity_call,
  task: m.admin_entity_task,
  channel: m.admin_entity_channel,
  subchannel: m.admin_entity_subchannel,
  region: m.admin_entity_region,
  source: m.admin_entity_source,
  import: m.admin_entity_import,
  promise: m.admin_entity_promise,
};

const details: Record<string, (() => string) | undefined> = {
  rows: m.admin_detail_rows,
  taken: m.admin_detail_taken,
  quota: m.admin_detail_quota,
  sessions: m.admin_detail_sessions,
  format: m.admin_detail_format,
  role: m.admin_detail_role,
  teamId: m.admin_detail_teamId,
  companies: m.admin_detail_companies,
  promises: m.admin_detail_promises,
  tasks: m.admin_detail_tasks,
  deals: m.admin_detail_deals,
  handoffs: m.admin_detail_handoffs,
  toUserId: m.admin_detail_toUserId,
  toTeamId: m.admin_detail_toTeamId,
  group: m.admin_detail_group,
  country: m.admin_detail_country,
  day: m.admin_detail_day,
  why: m.admin_detail_why,
  reason: m.admin_detail_reason,
  status: m.admin_detail_status,
  ownerId: m.admin_detail_ownerId,
  callId: m.admin_detail_callId,
  repId: m.admin_detail_repId,
  mode: m.admin_detail_mode,
  since: m.admin_detail_since,
  until: m.admin_detail_until,
  was: m.admin_detail_was,
  listId: m.admin_detail_listId,
  sizeBytes: m.admin_detail_sizeBytes,
  skill: m.admin_detail_skill,
  priority: m.admin_detail_priority,
  companyId: m.admin_detail_companyId,
  phoneId: m.admin_detail_phoneId,
};

/** Codes of the recordings' log and of live listening, in words. */
const codes: Record<string, (() => string) | undefined> = {
  asked: m.admin_code_asked,
  retention: m.admin_code_retention,
  ready: m.admin_code_ready,
  partial: m.admin_code_partial,
  pending: m.admin_code_pending,
  missing: m.admin_code_missing,
  listen: m.admin_code_listen,
  whisper: m.admin_code_whisper,
  barge: m.admin_code_barge,
};

/** What was done, in words; a code that an older version wrote stays as it is. */
export const actionName = (action: string): string => actions[action]?.() ?? action;

/** What it was done with: a person by name, other things by their number. */
export function entityText({ entity, entityId }: AuditEntryView, personName: (id: number) => string | undefined): string {
  const person = entity === 'user' && entityId !== null ? personName(entityId) : undefined;
  return person ?? [entities[entity]?.() ?? entity, ...(entityId === null ? [] : [String(entityId)])].join(' ');
}

/** Where the thing itself can be seen, when it has a page. */
export function entityLink({ entity, entityId, details: more }: AuditEntryView): string | null {
  if (entity === 'company' && entityId !== null) return `/companies/${entityId}`;
  if (entity === 'call' && entityId !== null) return `/calls/${entityId}`;
  return typeof more.callId === 'number' ? `/calls/${more.callId}` : null;
}

type Value = AuditEntryView['details'][string];

function valueText(name: string, value: Value, personName: (id: number) => string | undefined): string {
  if (typeof value === 'boolean') return value ? m.admin_yes() : m.admin_no();
  const role = name === 'role' ? roleSchema.safeParse(value) : null;
  if (role?.success) return roleName(role.data);
  const isPerson = ['toUserId', 'ownerId', 'repId'].includes(name) && typeof value === 'number';
  if (typeof value === 'string' && ['since', 'until'].includes(name)) return formatTimeToSecond(value, session.me.timeZone);
  const code = typeof value === 'string' && ['why', 'was', 'mode'].includes(name) ? codes[value]?.() : undefined;
  return code ?? (isPerson ? personName(value) : undefined) ?? String(value);
}

/** The details in one line; what is empty or nought says nothing. */
export const detailsText = (entry: AuditEntryView, personName: (id: number) => string | undefined): string =>
  Object.entries(entry.details)
    .filter(([, value]) => value !== null && value !== 0)
    .map(([name, value]) => `${details[name]?.() ?? name}: ${valueText(name, value, personName)}`)
    .join(' · ');
