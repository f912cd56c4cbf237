import { failureOf } from '../api.ts';

export interface Finding {
  ok: boolean;
  /** For a newcomer: what is so, or what to do. */
  sentence: string;
}

export const right = (sentence: string): Finding => ({ ok: true, sentence });
export const wrong = (sentence: string): Finding => ({ ok: false, sentence });

/** What a look at one part of the account found, or why it could not look. */
export async function asked(what: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    const { kind, carrierWord } = failureOf(error);
    if (kind === 'gone') return wrong(`${what} is not there: Twilio does not know it in this account.`);
    return wrong(`${what} could not be read: Twilio says ${carrierWord}. A restricted API key may not look at it; make a standard one.`);
  }
}
