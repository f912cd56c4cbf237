import type { SettingsGroup } from '$contract/settings.ts';
import { m } from '$lib/paraglide/messages.js';

type Words = () => string;

/** How a setting is typed. */
export type SettingKind = 'number' | 'time' | 'timeOrNone' | 'flag' | 'weekdays' | 'lines' | 'text' | 'outcomes';

export interface SettingField {
  key: string;
  kind: SettingKind;
  label: Words;
  help?: Words;
}

const field = (key: string, kind: SettingKind, label: Words, help?: Words): SettingField => ({
  key,
  kind,
  label,
  ...(help ? { help } : {}),
});

export interface SettingGroup {
  name: SettingsGroup;
  label: Words;
  help: Words;
  fields: readonly SettingField[];
}

/** Every group of the department's rules, in the order of the screen. */
export const settingGroups: readonly SettingGroup[] = [
  {
    name: 'callingHours',
    label: m.admin_group_callingHours,
    help: m.admin_group_callingHours_help,
    fields: [
      field('from', 'time', m.admin_set_callingHours_from, m.admin_set_callingHours_from_help),
      field('to', 'time', m.admin_set_callingHours_to, m.admin_set_callingHours_to_help),
      field('middayAt', 'time', m.admin_set_callingHours_middayAt, m.admin_set_callingHours_middayAt_help),
      field('lunchFrom', 'timeOrNone', m.admin_set_callingHours_lunchFrom, m.admin_set_callingHours_lunchFrom_help),
      field('lunchTo', 'timeOrNone', m.admin_set_callingHours_lunchTo),
      field('workingDays', 'weekdays', m.admin_set_callingHours_workingDays, m.admin_set_callingHours_workingDays_help),
    ],
  },
  {
    name: 'retry',
    label: m.admin_group_retry,
    help: m.admin_group_retry_help,
    fields: [
      field('busyMinutes', 'number', m.admin_set_retry_busyMinutes, m.admin_set_retry_busyMinutes_help),
      field('noAnswerMinutes', 'number', m.admin_set_retry_noAnswerMinutes, m.admin_set_retry_noAnswerMinutes_help),
      field('machineMinutes', 'number', m.admin_set_retry_machineMinutes, m.admin_set_retry_machineMinutes_help),
      field('gatekeeperMinutes', 'number', m.admin_set_retry_gatekeeperMinutes, m.admin_set_retry_gatekeeperMinutes_help),
      field('rejectedMinutes', 'number', m.admin_set_retry_rejectedMinutes, m.admin_set_retry_rejectedMinutes_help),
      field('providerErrorMinutes', 'number', m.admin_set_retry_providerErrorMinutes, m.admin_set_retry_providerErrorMinutes_help),
      field('canceledMinutes', 'number', m.admin_set_retry_canceledMinutes, m.admin_set_retry_canceledMinutes_help),
      field('unknownMinutes', 'number', m.admin_set_retry_unknownMinutes, m.admin_set_retry_unknownMinutes_help),
      field('companyPauseMinutes', 'number', m.admin_set_retry_companyPauseMinutes, m.admin_set_retry_companyPauseMinutes_help),
      field('maxDialsPerDay', 'number', m.admin_set_retry_maxDialsPerDay, m.admin_set_retry_maxDialsPerDay_help),
      field('maxDialsInAll', 'number', m.admin_set_retry_maxDialsInAll, m.admin_set_retry_maxDialsInAll_help),
    ],
  },
  {
    name: 'promises',
    label: m.admin_group_promises,
    help: m.admin_group_promises_help,
    fields: [
      field('graceMinutes', 'number', m.admin_set_promises_graceMinutes, m.admin_set_promises_graceMinutes_help),
      field('guardMinutes', 'number', m.admin_set_promises_guardMinutes, m.admin_set_promises_guardMinutes_help),
      field('guardPercent', 'number', m.admin_set_promises_guardPercent, m.admin_set_promises_guardPercent_help),
      field('perQuarterHour', 'number', m.admin_set_promises_perQuarterHour, m.admin_set_promises_perQuarterHour_help),
      field('dueSoonMinutes', 'number', m.admin_set_promises_dueSoonMinutes, m.admin_set_promises_dueSoonMinutes_help),
    ],
  },
  {
    name: 'queue',
    label: m.admin_group_queue,
    help: m.admin_group_queue_help,
    fields: [
      field('customersBeforeHot', 'flag', m.admin_set_queue_customersBeforeHot, m.admin_set_queue_customersBeforeHot_help),
      field('teamTakesOverAbsent', 'flag', m.admin_set_queue_teamTakesOverAbsent, m.admin_set_queue_teamTakesOverAbsent_help),
      field(
        'takeOverBeforeLateMinutes',
        'number',
        m.admin_set_queue_takeOverBeforeLateMinutes,
        m.admin_set_queue_takeOverBeforeLateMinutes_help,
      ),
      field('takeOverLateMinutes', 'number', m.admin_set_queue_takeOverLateMinutes, m.admin_set_queue_takeOverLateMinutes_help),
      field('ageingDays', 'number', m.admin_set_queue_ageingDays, m.admin_set_queue_ageingDays_help),
      field('consentRequired', 'flag', m.admin_set_queue_consentRequired, m.admin_set_queue_consentRequired_help),
      field('claimLeaseSeconds', 'number', m.admin_set_queue_claimLeaseSeconds, m.admin_set_queue_claimLeaseSeconds_help),
    ],
  },
  {
    name: 'dispositions',
    label: m.admin_group_dispositions,
    help: m.admin_group_dispositions_help,
    fields: [
      field('overrides', 'outcomes', m.admin_set_dispositions_overrides, m.admin_set_dispositions_overrides_help),
      field('sendOfferTaskHours', 'number', m.admin_set_dispositions_sendOfferTaskHours, m.admin_set_dispositions_sendOfferTaskHours_help),
      field('offerFollowUpDays', 'number', m.admin_set_dispositions_offerFollowUpDays, m.admin_set_dispositions_offerFollowUpDays_help),
      field('handoffAcceptHours', 'number', m.admin_set_dispositions_handoffAcceptHours, m.admin_set_dispositions_handoffAcceptHours_help),
      field('refusedRestDays', 'number', m.admin_set_dispositions_refusedRestDays, m.admin_set_dispositions_refusedRestDays_help),
      field('refusedReasons', 'lines', m.admin_set_dispositions_refusedReasons, m.admin_set_dispositions_refusedReasons_help),
      field('killReasons', 'lines', m.admin_set_dispositions_killReasons, m.admin_set_dispositions_killReasons_help),
    ],
  },
  {
    name: 'handoffs',
    label: m.admin_group_handoffs,
    help: m.admin_group_handoffs_help,
    fields: [field('returnReasons', 'lines', m.admin_set_handoffs_returnReasons, m.admin_set_handoffs_returnReasons_help)],
  },
  {
    name: 'norms',
    label: m.admin_group_norms,
    help: m.admin_group_norms_help,
    fields: [
      field('dials', 'number', m.admin_norm_dials),
      field('connects', 'number', m.admin_norm_connects),
      field('talkMinutes', 'number', m.admin_norm_talkMinutes),
      field('reachDecisionMaker', 'number', m.admin_norm_reachDecisionMaker),
      field('setMeeting', 'number', m.admin_norm_setMeeting),
      field('holdMeeting', 'number', m.admin_norm_holdMeeting),
      field('close', 'number', m.admin_norm_close),
    ],
  },
  {
    name: 'score',
    label: m.admin_group_score,
    help: m.admin_group_score_help,
    fields: [
      field('startedPercent', 'number', m.admin_set_score_startedPercent, m.admin_set_score_startedPercent_help),
      field('startedPerMonth', 'number', m.admin_set_score_startedPerMonth, m.admin_set_score_startedPerMonth_help),
      field('winsPerWeek', 'number', m.admin_set_score_winsPerWeek, m.admin_set_score_winsPerWeek_help),
      field('newCompaniesPerMonth', 'number', m.admin_set_score_newCompaniesPerMonth, m.admin_set_score_newCompaniesPerMonth_help),
    ],
  },
  {
    name: 'calls',
    label: m.admin_group_calls,
    help: m.admin_group_calls_help,
    fields: [
      field('ringTimeoutSeconds', 'number', m.admin_set_calls_ringTimeoutSeconds, m.admin_set_calls_ringTimeoutSeconds_help),
      field('spamRestDays', 'number', m.admin_set_calls_spamRestDays, m.admin_set_calls_spamRestDays_help),
      field('lineGraceSeconds', 'number', m.admin_set_calls_lineGraceSeconds, m.admin_set_calls_lineGraceSeconds_help),
      field('defaultCountry', 'text', m.admin_set_calls_defaultCountry, m.admin_set_calls_defaultCountry_help),
    ],
  },
  {
    name: 'inbound',
    label: m.admin_group_inbound,
    help: m.admin_group_inbound_help,
    fields: [
      field('ownerRingSeconds', 'number', m.admin_set_inbound_ownerRingSeconds, m.admin_set_inbound_ownerRingSeconds_help),
      field('teamRing', 'flag', m.admin_set_inbound_teamRing, m.admin_set_inbound_teamRing_help),
      field('teamRingSeconds', 'number', m.admin_set_inbound_teamRingSeconds, m.admin_set_inbound_teamRingSeconds_help),
      field('ringOutsideHours', 'flag', m.admin_set_inbound_ringOutsideHours, m.admin_set_inbound_ringOutsideHours_help),
      field('voicemail', 'flag', m.admin_set_inbound_voicemail, m.admin_set_inbound_voicemail_help),
      field('voicemailGreeting', 'flag', m.admin_set_inbound_voicemailGreeting, m.admin_set_inbound_voicemailGreeting_help),
      field('voicemailSeconds', 'number', m.admin_set_inbound_voicemailSeconds, m.admin_set_inbound_voicemailSeconds_help),
      field('callBackMinutes', 'number', m.admin_set_inbound_callBackMinutes, m.admin_set_inbound_callBackMinutes_help),
    ],
  },
  {
    name: 'supervision',
    label: m.admin_group_supervision,
    help: m.admin_group_supervision_help,
    fields: [field('repSeesListening', 'flag', m.admin_set_supervision_repSeesListening, m.admin_set_supervision_repSeesListening_help)],
  },
  {
    name: 'recordings',
    label: m.admin_group_recordings,
    help: m.admin_group_recordings_help,
    fields: [
      field('retentionDays', 'number', m.admin_set_recordings_retentionDays, m.admin_set_recordings_retentionDays_help),
      field('announce', 'flag', m.admin_set_recordings_announce, m.admin_set_recordings_announce_help),
    ],
  },
  {
    name: 'exports',
    label: m.admin_group_exports,
    help: m.admin_group_exports_help,
    fields: [
      field('headRowsPerDay', 'number', m.admin_set_exports_headRowsPerDay),
      field('lineManagerRowsPerDay', 'number', m.admin_set_exports_lineManagerRowsPerDay),
      field('adminRowsPerDay', 'number', m.admin_set_exports_adminRowsPerDay),
    ],
  },
];
