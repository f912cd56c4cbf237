/**
 * How a supervisor has a part in a rep's call. `listen`: he hears both, nobody hears him. `whisper`: the rep hears him, the
 * prospect never does. `barge`: both hear him.
 */
export const supervisionModes = ['listen', 'whisper', 'barge'] as const;
export type SupervisionMode = (typeof supervisionModes)[number];

/** Why it ended: he stopped, he went to another call, the call was over, either browser went away, the rep's never answered. */
export const supervisionEnds = ['stopped', 'replaced', 'callEnded', 'supervisorGone', 'repGone', 'notAnswered'] as const;
export type SupervisionEnd = (typeof supervisionEnds)[number];

/** Whether the rep's screen says that somebody has a part in his call: whoever speaks is always shown, whoever listens by the setting. */
export function isShownToRep(mode: SupervisionMode, rules: { repSeesListening: boolean }): boolean {
  return mode !== 'listen' || rules.repSeesListening;
}
