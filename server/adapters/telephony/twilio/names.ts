// What we call things at Twilio. Its logs are read by strangers: ids only, no names and no numbers.

const repIdentity = /^rep_(\d+)$/;
const repLabel = /^rep-(\d+)-/;
const callLabel = /^call-(\d+)$/;

/** The browser of a rep: letters, digits and `_` only. */
export const identityOf = (repId: number): string => `rep_${repId}`;
export const repOfIdentity = (identity: string): number | null => idIn(repIdentity, identity.replace(/^client:/, ''));

/** The room that a rep's leg stays in through his shift. */
export const roomOf = (repId: number): string => `zagon-rep-${repId}`;

/** Unique for each browser call: a label that is taken would send the call past the conference. */
export const labelOfRep = (repId: number, callSid: string): string => `rep-${repId}-${callSid.slice(-8)}`;
export const repOfLabel = (label: string | undefined): number | null => idIn(repLabel, label ?? '');

export const labelOfCall = (callId: number): string => `call-${callId}`;
export const callOfLabel = (label: string | undefined): number | null => idIn(callLabel, label ?? '');

function idIn(shape: RegExp, text: string): number | null {
  const found = shape.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}
