import type { DispositionInput } from '../../contract/http/calls.ts';
import type { Settings } from '../../contract/settings.ts';
import type { DispositionFacts } from '../../core/dispositions/facts.ts';
import type { DispositionPlan } from '../../core/dispositions/plan.ts';
import { localDay } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import type { CallRecord } from '../ports/stores/calls.ts';

/** A call with the outcome that its rep gave it. */
export interface Disposing {
  call: CallRecord;
  actor: Actor;
  body: DispositionInput;
  settings: Settings;
  now: Date;
}

/** The same with the plan of everything that follows. */
export interface Writing extends Disposing {
  facts: DispositionFacts;
  plan: DispositionPlan;
  overCapacity: boolean;
}

/** The company's local day of the call, on which a decision maker was reached. */
export const reachedDay = ({ call, facts }: Writing): string => localDay(call.intentAt, facts.company.timeZone);
