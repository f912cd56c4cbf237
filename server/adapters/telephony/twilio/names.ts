// What we call things at Twilio. Its logs are read by strangers: ids only, no names and no numbers.

const repIdentity = /^rep_(\d+)$/;
const repLabel = /^rep-(\d+)-/;
const callLabel = /^call-(\d+)(?:-announced)?$/;
const supervisorLabel = /^supervisor-(\d+)-/;
const partyLabel = /^party-(\d+)-/;

/** The browser of a rep: letters, digits and `_` only. */
export const identityOf = (repId: number): string => `rep_${repId}`;
export const repOfIdentity = (identity: string): number | null => idIn(repIdentity, identity.replace(/^client:/, ''));

/** The room that a rep's leg stays in through his shift. */
export const roomOf = (repId: number): string => `zagon-rep-${repId}`;

/** Where a line that is one of several waits until its prospect is joined to a rep. */
export const waitingRoomOf = (callId: number): string => `zagon-call-${callId}`;

/** Unique for each browser call: a label that is taken would send the call past the conference. */
export const labelOfRep = (repId: number, callSid: string): string => `rep-${repId}-${callSid.slice(-8)}`;
export const repOfLabel = (label: string | undefined): number | null => idIn(repLabel, label ?? '');

/** Who comes back into the room after he heard that he is recorded has another label: the one before may still be taken. */
export const labelOfCall = (callId: number, isAnnounced = false): string => `call-${callId}${isAnnounced ? '-announced' : ''}`;
export const isAnnouncedLabel = (label: string | undefined): boolean => label?.endsWith('-announced') ?? false;
export const callOfLabel = (label: string | undefined): number | null => idIn(callLabel, label ?? '');

/** Who was asked into a call; unique for each time, or he who comes again would be sent past the conference. */
export const labelOfParty = (callId: number, nonce: string): string => `party-${callId}-${nonce}`;
export const callOfPartyLabel = (label: string | undefined): number | null => idIn(partyLabel, label ?? '');

/** Who listens to a call, or has a say in it. */
export const labelOfSupervisor = (supervisionId: number, callSid: string): string => `supervisor-${supervisionId}-${callSid.slice(-8)}`;
export const supervisionOfLabel = (label: string | undefined): number | null => idIn(supervisorLabel, label ?? '');

/** Where a prospect and the number he was handed to go on without us. */
export const roomOfHandedOver = (callId: number): string => `zagon-handed-${callId}`;

function idIn(shape: RegExp, text: string): number | null {
  const found = shape.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}
