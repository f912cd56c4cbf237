import { outcomeOf } from './catalogue.ts';
import { talked } from './check-input.ts';
import type { DispositionFacts, OutcomeInput } from './facts.ts';
import type { DispositionPlan } from './plan.ts';

/** Whether the talk was with a decision maker: the outcome says so, else the rep, else the role of the person talked to. */
export function talkedToDecisionMaker(facts: DispositionFacts, input: OutcomeInput): boolean {
  if (!talked(facts)) return false;
  const said = outcomeOf(input.code)?.withDecisionMaker ?? 'no';
  if (said !== 'ask') return said === 'yes';
  if (input.withDecisionMaker !== null) return input.withDecisionMaker;
  return (input.newContact?.role ?? input.contact?.role) === 'decisionMaker';
}

/**
 * The attempts that a call's outcome ends (domain.md, "Defaults and definitions"): reaching the decision maker once per dial
 * to a company where that did not happen today, setting the meeting once per talk with him unless it was not the purpose,
 * closing when the deal was lost.
 */
export function plannedAttempts(facts: DispositionFacts, input: OutcomeInput, dealLost: boolean): DispositionPlan['attempts'] {
  const withDecisionMaker = talkedToDecisionMaker(facts, input);
  const attempts: { kind: 'reachDecisionMaker' | 'setMeeting' | 'close'; yes: boolean }[] = [];
  if (facts.call.direction === 'outbound' && facts.call.isDial && !facts.company.decisionMakerReachedToday) {
    attempts.push({ kind: 'reachDecisionMaker', yes: withDecisionMaker });
  }
  if (withDecisionMaker && !input.meetingNotThePurpose) attempts.push({ kind: 'setMeeting', yes: input.code === 'meetingSet' });
  if (dealLost) attempts.push({ kind: 'close', yes: false });
  return attempts;
}
