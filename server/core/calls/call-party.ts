/** Who is asked into a call or takes it over: a number outside, or a rep at his own headset. */
export type CallParty = { kind: 'number'; e164: string } | { kind: 'rep'; repId: number };

const repWord = /^rep:([1-9]\d{0,8})$/;

/** A party in one word, as events and rows keep it: `+79990000001` or `rep:7`. */
export const partyWord = (party: CallParty): string => (party.kind === 'rep' ? `rep:${party.repId}` : party.e164);

/** The party that a word of `partyWord` stands for. */
export function partyOfWord(word: string): CallParty {
  const repId = repWord.exec(word)?.[1];
  return repId === undefined ? { kind: 'number', e164: word } : { kind: 'rep', repId: Number(repId) };
}

export const partyStates = ['asked', 'joined', 'merged'] as const;
/** `asked` and not there yet · `joined` the rep, the prospect waits on hold · `merged` all three hear each other. */
export type PartyState = (typeof partyStates)[number];
