import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callBackOf } from '../../server/core/inbound/call-back.ts';
import { chooseCompany, type NumberMatch } from '../../server/core/inbound/choose-company.ts';
import { decideRing, type Answerer, type RingRules } from '../../server/core/inbound/decide-ring.ts';
import { defaultSettings } from '../../server/contract/settings.ts';

const now = new Date('2026-11-24T09:00:00Z');
const before = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
const rules: RingRules = { ownerRingSeconds: 20, teamRing: true, teamRingSeconds: 25, ringOutsideHours: false, voicemail: true };
const answerer = (repId: number, relation: Answerer['relation'], more: Partial<Answerer> = {}): Answerer => ({
  repId,
  relation,
  ready: true,
  inCall: false,
  absent: false,
  inHours: true,
  declined: false,
  rangAt: null,
  ...more,
});
const holder = answerer(1, 'holder');
const owner = answerer(2, 'owner');
const mate = answerer(3, 'team');

describe('for whom an arriving call rings', () => {
  const step = (answerers: readonly Answerer[], more: Partial<RingRules> = {}, companyInCall = false) =>
    decideRing({ companyInCall, answerers }, { ...rules, ...more }, now);

  it.each<[string, Answerer[], number[]]>([
    ['who holds the card, before the owner', [mate, owner, holder], [1]],
    ['the owner when nobody holds the card', [mate, owner], [2]],
    ['the owner when the holder has declined', [{ ...holder, declined: true }, owner], [2]],
    ['the owner when the holder did not answer in his time', [{ ...holder, rangAt: before(20) }, owner], [2]],
    ['the team when the owner is away', [{ ...owner, absent: true }, mate], [3]],
    ['the team when the owner is in a call', [{ ...owner, inCall: true }, mate], [3]],
    ['the team when the owner is outside his hours', [{ ...owner, inHours: false }, mate], [3]],
    ['the whole team with the owner when his time is over', [{ ...owner, rangAt: before(20) }, mate], [2, 3]],
  ])('%s', (_, answerers, repIds) => {
    expect(step(answerers)).toMatchObject({ kind: 'ring', repIds });
  });

  it('ends with a message, or is turned away where messages are off, when nobody is left', () => {
    expect(step([])).toEqual({ kind: 'voicemail' });
    expect(step([], { voicemail: false })).toEqual({ kind: 'turnAway' });
    expect(step([{ ...mate, rangAt: before(25) }])).toEqual({ kind: 'voicemail' });
    expect(step([{ ...owner, rangAt: before(20) }, mate], { teamRing: false })).toEqual({ kind: 'voicemail' });
  });

  it('disturbs nobody who speaks with the company already', () => {
    expect(step([owner, mate], {}, true)).toEqual({ kind: 'voicemail' });
  });

  it('never rings for one who cannot answer, and always says until when', () => {
    const anyone = fc.record({
      repId: fc.integer({ min: 1, max: 9 }),
      relation: fc.constantFrom('holder' as const, 'owner' as const, 'team' as const),
      ready: fc.boolean(),
      inCall: fc.boolean(),
      absent: fc.boolean(),
      inHours: fc.boolean(),
      declined: fc.boolean(),
      rangAt: fc.option(fc.integer({ min: 0, max: 60 }).map(before)),
    });
    const people = fc.uniqueArray(anyone, { selector: ({ repId }) => repId, maxLength: 6 });
    fc.assert(
      fc.property(people, (answerers) => {
        const decided = step(answerers);
        if (decided.kind !== 'ring') return;
        expect(decided.until.getTime()).toBeGreaterThan(now.getTime());
        for (const repId of decided.repIds)
          expect(answerers.find((one) => one.repId === repId)).toMatchObject({
            ready: true,
            inCall: false,
            absent: false,
            inHours: true,
            declined: false,
          });
      }),
    );
  });
});

describe('which company is calling', () => {
  const match = (companyId: number, more: Partial<NumberMatch> = {}): NumberMatch => ({
    companyId,
    phoneId: companyId,
    contactId: null,
    retired: false,
    status: 'active',
    promisedAt: null,
    lastCallAt: null,
    ...more,
  });

  it.each<[string, NumberMatch[], number | null]>([
    ['nobody has the number', [], null],
    ['one where it is in use, before one where it was retired', [match(1, { retired: true }), match(2)], 2],
    ['one that we work with, before a killed one', [match(1, { status: 'killed' }), match(2)], 2],
    ['whom we owe the soonest call', [match(1), match(2, { promisedAt: now }), match(3, { promisedAt: before(60) })], 3],
    ['whom we called last', [match(1, { lastCallAt: before(600) }), match(2, { lastCallAt: before(60) })], 2],
    ['the oldest, when nothing tells them apart', [match(7), match(4)], 4],
  ])('%s', (_, matches, chosen) => {
    expect(chooseCompany(matches)?.companyId ?? null).toBe(chosen);
  });
});

describe('what is owed to a caller whom nobody answered', () => {
  const hours = defaultSettings.callingHours;
  const missed = { timeZone: 'Europe/Moscow', minutes: 30, promise: null };
  const owed = (more: object) => callBackOf({ ...missed, now, ...more }, hours, new Set());

  it('is a call within the minutes set', () => {
    expect(owed({})).toMatchObject({ kind: 'promise', instead: false, times: { deadlineAt: new Date('2026-11-24T09:30:00Z') } });
  });

  it('waits for his calling hours', () => {
    const night = new Date('2026-11-24T20:00:00Z');
    expect(owed({ now: night })).toMatchObject({
      times: { startsAt: new Date('2026-11-25T06:00:00Z'), deadlineAt: new Date('2026-11-25T06:30:00Z') },
    });
  });

  it('leaves a promise that is due no later, and takes the place of a later one', () => {
    const due = { startsAt: before(60), deadlineAt: new Date(now.getTime() + 60_000) };
    expect(owed({ promise: due })).toEqual({ kind: 'keep' });
    const tomorrow = new Date('2026-11-25T09:00:00Z');
    expect(owed({ promise: { startsAt: tomorrow, deadlineAt: tomorrow } })).toMatchObject({ kind: 'promise', instead: true });
  });
});
