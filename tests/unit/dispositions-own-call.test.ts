import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../server/core/dispositions/catalogue.ts';
import { checkInput } from '../../server/core/dispositions/check-input.ts';
import { planDisposition } from '../../server/core/dispositions/plan-disposition.ts';
import { agreed, rules, said, talk } from '../support/disposition-facts.ts';

describe('a company that called by itself', () => {
  const resting = (status: 'active' | 'notNow' | 'killed', doNotCall = false) =>
    talk({ company: { ...talk().company, status, doNotCall } });
  const tomorrow = agreed('2026-11-25T11:00');
  const start = new Date('2026-12-01T12:00:00Z');

  it.each(['notNow', 'killed'] as const)('%s, is worked with again once a next contact is agreed', (status) => {
    expect(planDisposition(resting(status), said('callBack', { promise: tomorrow }), rules).backToWork).toBe(true);
    expect(planDisposition(resting(status), said('sendOffer'), rules).backToWork).toBe(true);
    expect(planDisposition(resting(status), said('gatekeeper'), rules).backToWork).toBe(false);
    expect(planDisposition(talk(), said('callBack', { promise: tomorrow }), rules).backToWork).toBe(false);
  });

  it('and forbade our calls, is promised none, while its offer and its meeting stand', () => {
    const forbidden = resting('active', true);
    const callBack = outcomeOf('callBack');
    expect(callBack && checkInput(callBack, forbidden, said('callBack', { promise: tomorrow }))).toEqual({
      field: 'promise',
      code: 'doNotCall',
    });
    expect(planDisposition(forbidden, said('sendOffer'), rules)).toMatchObject({
      promise: null,
      backToWork: false,
      deal: { kind: 'open' },
      task: {},
    });
    const meeting = said('meetingSet', { meeting: { startsAt: start, localTime: '2026-12-01T15:00' } });
    expect(planDisposition(forbidden, meeting, rules)).toMatchObject({ promise: null, meeting: { startsAt: start } });
  });
});
