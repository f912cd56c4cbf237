import fc from 'fast-check';
import type { LeadSpec } from './department.ts';

const zones = ['Europe/Kaliningrad', 'Europe/Moscow', 'Asia/Yekaterinburg', 'Asia/Vladivostok', 'Europe/Berlin', 'America/New_York'];

/** Mostly this value. */
export const often = <Value>(value: Value, arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary });

/** A lead with anything that may stand in its way, or put it before others. */
const mixed: fc.Arbitrary<LeadSpec> = fc.record({
  timeZone: fc.constantFrom(...zones),
  category: fc.constantFrom('A', 'B', 'C'),
  status: often<LeadSpec['status']>('active', fc.constantFrom('notNow', 'killed')),
  notNowInDays: fc.option(fc.integer({ min: -2, max: 2 })),
  doNotCall: often(false, fc.boolean()),
  isCustomer: fc.boolean(),
  phone: often<LeadSpec['phone']>('inUse', fc.constantFrom('retired', 'none')),
  ownerIndex: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 1 }),
  listIndex: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 6 }),
  position: fc.integer({ min: 0, max: 5 }),
  stagePosition: fc.option(fc.integer({ min: 1, max: 7 }), { freq: 1 }),
  lastContactDaysAgo: fc.option(fc.integer({ min: 0, max: 4 })),
  promise: fc.option(
    fc.record({
      repIndex: fc.integer({ min: 0, max: 3 }),
      minutesFromNow: fc.oneof(fc.integer({ min: -90, max: 60 }), fc.integer({ min: -4 * 1440, max: 1440 })),
      widthMinutes: fc.constantFrom(0, 10, 60, 240),
      askedOutsideHours: fc.boolean(),
    }),
    { freq: 1 },
  ),
  retryInMinutes: often<number | null>(null, fc.integer({ min: -60, max: 60 })),
  triesTotal: fc.integer({ min: 0, max: 3 }),
  triesToday: fc.integer({ min: 0, max: 4 }),
  triedDaysAgo: fc.option(fc.integer({ min: 0, max: 1 })),
  exhausted: often(false, fc.boolean()),
  country: fc.constantFrom(null, 'RU', 'DE'),
  ownHours: often<LeadSpec['ownHours']>('none', fc.constantFrom('short', 'lunch')),
  companyConsent: often<LeadSpec['companyConsent']>('unknown', fc.constantFrom('given', 'withdrawn')),
  phoneConsent: often<LeadSpec['phoneConsent']>('unknown', fc.constantFrom('given', 'withdrawn')),
  phoneBanned: often(false, fc.boolean()),
  lastCallMinutesAgo: fc.option(fc.integer({ min: 0, max: 30 }), { freq: 1 }),
});

/** A cold lead of a list with nothing in its way. */
const cold: fc.Arbitrary<LeadSpec> = fc.tuple(mixed, fc.integer({ min: 0, max: 3 })).map(([lead, listIndex]): LeadSpec => ({
  ...lead,
  status: 'active',
  phone: 'inUse',
  ownHours: 'none',
  companyConsent: 'given',
  phoneConsent: 'given',
  listIndex,
  ...{ doNotCall: false, isCustomer: false, phoneBanned: false, ownerIndex: null, stagePosition: null, promise: null },
  ...{ retryInMinutes: null, triesToday: 0, triedDaysAgo: null, exhausted: false, lastCallMinutesAgo: null },
}));

/** Any lead. One in three is plainly cold: else hardly two of them would meet in one list, and nothing would be said of their order. */
export const anyLead: fc.Arbitrary<LeadSpec> = fc.oneof({ weight: 2, arbitrary: mixed }, { weight: 1, arbitrary: cold });
