import type { ScoreCriterion } from '$contract/http/recordings.ts';
import { m } from '$lib/paraglide/messages.js';

const names: Record<ScoreCriterion, () => string> = {
  greeting: m.review_criterion_greeting,
  reachingDecisionMaker: m.review_criterion_reachingDecisionMaker,
  findingNeed: m.review_criterion_findingNeed,
  objections: m.review_criterion_objections,
  nextStep: m.review_criterion_nextStep,
};
export const criterionName = (criterion: ScoreCriterion): string => names[criterion]();
