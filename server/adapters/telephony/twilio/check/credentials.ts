import { z } from 'zod';
import type { AccountToCheck } from './account-to-check.ts';
import { right, wrong, type Finding } from './finding.ts';

/** A browser's token carries instants; beyond this Twilio and we disagree on whether it is valid. */
const toleratedClockSeconds = 30;
const answerMilliseconds = 10_000;

const accountWord = z.object({ status: z.string(), type: z.string() });

interface Answer {
  status: number;
  body: unknown;
  /** Twilio's clock. */
  at: Date | null;
}

async function readAccount({ account }: AccountToCheck, user: string, password: string): Promise<Answer> {
  const response = await fetch(`${account.apiUrl}/2010-04-01/Accounts/${account.accountSid}.json`, {
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
    redirect: 'error',
    signal: AbortSignal.timeout(answerMilliseconds),
  });
  const date = response.headers.get('date');
  return { status: response.status, body: await response.json().catch(() => null), at: date === null ? null : new Date(date) };
}

/** Account, API key and auth token, each told apart; and whether our clock is Twilio's. `mayGoOn` is false when nothing else can be read. */
export async function checkCredentials(given: AccountToCheck): Promise<{ findings: Finding[]; mayGoOn: boolean }> {
  const { account } = given;
  let byKey: Answer;
  try {
    byKey = await readAccount(given, account.apiKeySid, account.apiKeySecret);
  } catch (error) {
    return {
      findings: [wrong(`Twilio cannot be reached at ${account.apiUrl}: ${reasonOf(error)}. May this machine go out by https?`)],
      mayGoOn: false,
    };
  }
  const tokens = await Promise.all(account.authTokens.map((token, place) => checkToken(given, token, place)));
  const findings = [
    judgeKey(
      byKey,
      tokens.some(({ ok }) => ok),
    ),
    ...tokens,
    ...checkClock(byKey.at, given.now()),
  ];
  if (byKey.status !== 200) return { findings, mayGoOn: false };
  return { findings: [...judgeAccount(byKey.body), ...findings], mayGoOn: true };
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};

function judgeAccount(body: unknown): Finding[] {
  const read = accountWord.safeParse(body);
  if (!read.success) return [wrong('What answers as Twilio is not Twilio: look at TWILIO_API_URL.')];
  const { status, type } = read.data;
  if (status !== 'active') return [wrong(`The account is ${status}: Twilio says why in its console.`)];
  return [
    type === 'Trial' ? wrong('The account is a trial: it calls verified numbers only. Upgrade it.') : right('The account is active.'),
  ];
}

function judgeKey({ status }: Answer, isTokenRight: boolean): Finding {
  if (status === 200) return right('The API key is this account’s.');
  if (status === 404 || (status === 401 && !isTokenRight))
    return wrong(
      'Twilio takes neither the API key nor the auth token for this account: is TWILIO_ACCOUNT_SID right (it stands on the first page of the console)?',
    );
  if (status === 401)
    return wrong(
      'The account is right, but not the API key: make a standard one (Console → Account → API keys) and put both its parts into TWILIO_API_KEY_SID and TWILIO_API_KEY_SECRET. The secret is shown once only.',
    );
  return wrong(`The API key could not be tried: Twilio answers ${status}.`);
}

async function checkToken(given: AccountToCheck, token: string, place: number): Promise<Finding> {
  const name = place === 0 ? 'TWILIO_AUTH_TOKEN' : 'TWILIO_AUTH_TOKEN_NEXT';
  const { status } = await readAccount(given, given.account.accountSid, token);
  if (status === 200) return right(`${name} is this account's.`);
  if (place > 0)
    return wrong(`${name} is not valid yet: make the secondary token in the console (Account → Auth tokens) and copy it from there.`);
  return wrong(
    `${name} is not this account's: we would refuse everything that Twilio tells us. Copy it from the first page of the console.`,
  );
}

function checkClock(theirs: Date | null, ours: Date): Finding[] {
  if (theirs === null || Number.isNaN(theirs.getTime())) return [];
  const aheadSeconds = Math.round((ours.getTime() - theirs.getTime()) / 1000);
  if (Math.abs(aheadSeconds) <= toleratedClockSeconds) return [right('The clock of this machine agrees with Twilio’s.')];
  const way = aheadSeconds > 0 ? 'ahead of' : 'behind';
  return [wrong(`The clock of this machine is ${Math.abs(aheadSeconds)} s ${way} Twilio’s: headsets are refused. Let NTP set it.`)];
}
