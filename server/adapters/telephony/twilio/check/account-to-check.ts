import type { TwilioAccount } from '../api.ts';

export interface Asked {
  status: number;
  contentType: string;
  text: string;
}

/** How our own public address is looked at; a test looks without a name service and a certificate. */
export interface Outside {
  addressesOf: (host: string) => Promise<{ address: string; family: number }[]>;
  ask: (request: { method: 'GET' | 'POST'; url: string; headers: Record<string, string>; body: string | null }) => Promise<Asked>;
}

/** A number of ours that the console keeps: dials show one by region and in turn. */
export interface KeptNumber {
  e164: string;
  enabled: boolean;
  /** Marked as spam: not shown until then. */
  restsUntil: Date | null;
}

export interface AccountToCheck {
  account: TwilioAccount & { appSid: string; callerIds: readonly string[]; authTokens: readonly string[]; callsPerSecond: number };
  publicUrl: string;
  /** What the console keeps, or why that could not be read. */
  ownNumbers: readonly KeptNumber[] | { unreadable: string };
  outside: Outside;
  now: () => Date;
}
