import type { ProspectPlan, ScriptStep } from './prospect-plan.ts';
import { seededChoice, seededFraction } from './seeded.ts';

const personas = ['andrei', 'marina', 'viktor', 'james'] as const;
type Persona = (typeof personas)[number];

const say = (clipId: string): ScriptStep => ({ kind: 'say', clipId });
const listen = (patienceSeconds = 6): ScriptStep => ({ kind: 'listen', patienceSeconds });
const think = (seconds: number): ScriptStep => ({ kind: 'think', seconds });
const bye = { cause: 'completed', carrierWord: 'bye' } as const;

/** A decision maker who listens and answers; how warm he is depends on the seed. */
function conversation(persona: Persona, seed: string): readonly ScriptStep[] {
  const pause = (turn: string): ScriptStep => think(0.3 + seededFraction(seed, 'pause', turn));
  const firstObjection = seededFraction(seed, 'objection') < 0.5 ? 1 : 2;
  return [
    say(`${persona}-greeting-1`),
    listen(),
    pause('question'),
    say(`${persona}-question-1`),
    listen(),
    pause('objection'),
    say(`${persona}-objection-${firstObjection}`),
    listen(10),
    pause('second objection'),
    say(`${persona}-objection-${3 - firstObjection}`),
    listen(10),
    pause('agreement'),
    say(`${persona}-agreement-1`),
    listen(10),
    say(`${persona}-goodbye-1`),
  ];
}

/** Answers and talks; `persona` fixes the voice, otherwise the seed chooses it. */
export function human(seed: string, ringSeconds: number, persona?: Persona): ProspectPlan {
  const voice = persona ?? seededChoice(personas, seed, 'persona');
  return { kind: 'answered', ringSeconds, by: 'human', steps: conversation(voice, seed), farEnd: bye };
}

/** The voice of a number: the one that its last digits fix, otherwise the seed's choice. */
export function personaOfNumber(seed: string, number: string): Persona {
  const fixed = { '0001': 'andrei', '0002': 'marina', '0003': 'viktor', '0004': 'james' } as const;
  const ending = Object.entries(fixed).find(([digits]) => number.endsWith(digits));
  return ending ? ending[1] : seededChoice(personas, seed, 'persona');
}

/** Calls back, lets the rep speak first, says why he calls, and talks. */
export function caller(seed: string, persona: Persona): ProspectPlan & { kind: 'answered' } {
  const [, ...talk] = conversation(persona, seed);
  return { kind: 'answered', ringSeconds: 0, by: 'human', steps: [listen(3), say(`${persona}-callback-1`), ...talk], farEnd: bye };
}

/** Hears the greeting and the beep out, leaves a few words and hangs up. */
export const message = (persona: Persona): readonly ScriptStep[] => [
  listen(8),
  listen(4),
  say(`${persona}-callback-1`),
  think(0.4),
  say(`${persona}-goodbye-1`),
];

/** A secretary: asks, keeps away or puts through. */
export function gatekeeper(seed: string): ProspectPlan {
  const putsThrough = seededFraction(seed, 'puts through') < 0.3;
  const rest = putsThrough
    ? [say('secretary-agreement-1'), think(3), ...conversation('viktor', seed)]
    : [say('secretary-objection-1'), listen(), say('secretary-objection-2'), listen(), say('secretary-goodbye-1')];
  const steps = [say('secretary-greeting-1'), listen(), think(0.4), say('secretary-question-1'), listen(), ...rest];
  return { kind: 'answered', ringSeconds: 4, by: 'human', steps, farEnd: bye };
}

/** A menu that wants a digit: 1 brings a person, 0 the secretary, anything else the menu again, then nothing. */
export function menu(seed: string): ProspectPlan {
  const choices = {
    '1': [think(2), ...conversation('marina', seed)],
    '0': [say('secretary-greeting-1'), listen(), say('secretary-objection-1'), listen(), say('secretary-goodbye-1')],
  };
  const again: ScriptStep = { kind: 'menu', choices, patienceSeconds: 8, otherwise: [] };
  const otherwise = [say('machine-wrongDigit-1'), say('machine-menu-1'), again];
  const steps: ScriptStep[] = [say('machine-menu-1'), { kind: 'menu', choices, patienceSeconds: 8, otherwise }];
  return { kind: 'answered', ringSeconds: 2, by: 'unknown', steps, farEnd: bye };
}

/** An answering machine: greeting, beep, half a minute to speak, then it hangs up. */
export function machine(): ProspectPlan {
  const steps: ScriptStep[] = [say('machine-greeting-1'), { kind: 'beep', frequencyHertz: 1000, seconds: 0.5 }, think(30)];
  const farEnd = { cause: 'machine', carrierWord: 'machine-end' } as const;
  return { kind: 'answered', ringSeconds: 12, by: 'machine', steps, farEnd };
}

/** Answers and says nothing. */
export function silentLine(): ProspectPlan {
  return { kind: 'answered', ringSeconds: 5, by: 'unknown', steps: [think(40)], farEnd: bye };
}

/** Hears who calls and throws the receiver. */
export function angry(): ProspectPlan {
  const steps = [say('angry-greeting-1'), listen(3), say('angry-objection-1'), listen(2), say('angry-goodbye-1')];
  return { kind: 'answered', ringSeconds: 5, by: 'human', steps, farEnd: bye };
}

/** The carrier uses a word that is in nobody's table, in mid-call and again at its end. */
export function strangeCarrier(): ProspectPlan {
  const steps: ScriptStep[] = [
    say('andrei-greeting-1'),
    { kind: 'strangeWord', word: 'session-parked' },
    listen(3),
    say('andrei-goodbye-1'),
  ];
  const farEnd = { cause: 'unknown', carrierWord: 'released-by-gateway' } as const;
  return { kind: 'answered', ringSeconds: 2, by: 'human', steps, farEnd };
}

export const busy: ProspectPlan = { kind: 'turnedAway', afterSeconds: 1.5, cause: 'busy', carrierWord: '486' };
export const invalidNumber: ProspectPlan = { kind: 'turnedAway', afterSeconds: 1, cause: 'invalidNumber', carrierWord: '404' };
export const providerError: ProspectPlan = { kind: 'turnedAway', afterSeconds: 1, cause: 'providerError', carrierWord: '503' };
export const refusedByProvider: ProspectPlan = { kind: 'refused', cause: 'providerError', carrierWord: '503' };
export const switchedOff: ProspectPlan = { kind: 'turnedAway', afterSeconds: 3, cause: 'noAnswer', carrierWord: '480' };
export const rejected: ProspectPlan = { kind: 'declined', ringSeconds: 4, cause: 'rejected', carrierWord: '603' };
export const unanswered: ProspectPlan = { kind: 'unanswered' };
