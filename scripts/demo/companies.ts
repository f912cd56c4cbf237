import { channelIdOf, exhibitionSourceId } from './dictionaries.ts';
import { companyName, type TradeName } from './company-name.ts';
import { companyTaxNumber, entrepreneurTaxNumber } from './tax-number.ts';
import { fictionalPhone } from './phone-number.ts';
import type { Random } from './random.ts';
import { places, streets, type Place } from './words/geography.ts';
import { fullName, positions, type FullName } from './words/people.ts';
import { trades } from './words/trades.ts';
import { transliterate } from './words/transliterate.ts';

export type ContactRole = 'decisionMaker' | 'influencer' | 'shapesDecision' | 'gatekeeper' | 'unknown';

export interface DemoContact {
  id: number;
  companyId: number;
  name: string;
  position: string;
  role: ContactRole;
  email: string | null;
}

export interface DemoPhone {
  id: number;
  companyId: number;
  contactId: number | null;
  e164: string;
  extension: string | null;
  position: number;
  retiredAt: Date | null;
  retiredReason: string | null;
}

/** A company as the directory knows it, before anybody called it. */
export interface DemoCompany {
  id: number;
  name: string;
  legalName: string;
  normalizedName: string;
  taxNumber: string;
  channelId: number;
  subchannelId: number;
  regionId: number;
  sourceId: number;
  place: Place;
  category: 'A' | 'B' | 'C';
  site: string | null;
  address: string;
  contacts: DemoContact[];
  phones: DemoPhone[];
}

const regionIds = new Map(places.map((place, index) => [place.region, index + 1]));
const placeWeights = Object.fromEntries(places.map((place) => [place.region, place.weight]));
const placeByRegion = new Map(places.map((place) => [place.region, place]));

function somePlace(random: Random): { place: Place; regionId: number } {
  const region = random.weighted(placeWeights);
  const place = placeByRegion.get(region);
  const regionId = regionIds.get(region);
  if (!place || regionId === undefined) throw new Error(`no region ${region}`);
  return { place, regionId };
}

/** Counts that go through the whole directory, so that no number is given twice. */
interface Numbering {
  contact: number;
  phone: number;
  phoneIndexOfCode: Map<string, number>;
  names: Set<string>;
}

const fullText = (name: FullName): string => `${name.surname} ${name.given} ${name.patronymic}`;

function contactRoles(random: Random): ContactRole[] {
  const roles: ContactRole[] = random.chance(0.72) ? ['decisionMaker'] : [];
  if (random.chance(0.5)) roles.push('gatekeeper');
  if (random.chance(0.4)) roles.push('influencer');
  if (random.chance(0.3)) roles.push('shapesDecision');
  return roles.length > 0 ? roles : ['unknown'];
}

function makeContacts(random: Random, company: DemoCompany, numbering: Numbering, owner: FullName | null): DemoContact[] {
  const host = company.site ?? 'pochta.example';
  return contactRoles(random).map((role, index) => {
    const person = index === 0 && owner ? owner : fullName(random);
    numbering.contact += 1;
    return {
      id: numbering.contact,
      companyId: company.id,
      name: fullText(person),
      position: owner && index === 0 ? 'индивидуальный предприниматель' : random.pick(positions[role]),
      role,
      email: random.chance(0.55) ? `${transliterate(person.given.slice(0, 1))}.${transliterate(person.surname)}@${host}` : null,
    };
  });
}

function makePhones(random: Random, company: DemoCompany, numbering: Numbering): DemoPhone[] {
  const count = random.integer(1, 3);
  return Array.from({ length: count }, (_, position) => {
    const next = fictionalPhone(company.place.phoneCode, numbering.phoneIndexOfCode.get(company.place.phoneCode) ?? 0);
    numbering.phoneIndexOfCode.set(company.place.phoneCode, next.index + 1);
    numbering.phone += 1;
    const contact = position === 0 ? company.contacts[0] : random.pick(company.contacts);
    return {
      id: numbering.phone,
      companyId: company.id,
      contactId: contact?.id ?? null,
      e164: next.e164,
      extension: position > 0 && random.chance(0.25) ? String(random.integer(101, 499)) : null,
      position,
      retiredAt: null,
      retiredReason: null,
    };
  });
}

function makeCompany(random: Random, id: number, numbering: Numbering): DemoCompany {
  const { place, regionId } = somePlace(random);
  const trade = random.pick(trades);
  let named: TradeName;
  do named = companyName(random, trade);
  while (numbering.names.has(`${named.normalized}/${regionId}`));
  numbering.names.add(`${named.normalized}/${regionId}`);
  const company: DemoCompany = {
    id,
    name: named.short,
    legalName: named.legal,
    normalizedName: named.normalized,
    taxNumber: named.owner ? entrepreneurTaxNumber(1_000_000 + id * 17) : companyTaxNumber(1_000_000 + id * 17),
    channelId: channelIdOf(trade.channel),
    subchannelId: trades.indexOf(trade) + 1,
    regionId,
    sourceId: Number(random.weighted({ 1: 3, [exhibitionSourceId]: 8, 3: 60, 4: 9, 5: 20 })),
    place,
    category: random.weighted({ A: 10, B: 30, C: 60 }),
    site: random.chance(0.6) ? `${transliterate(named.core)}-${id}.example` : null,
    address: `${place.city}, ${random.pick(streets)}, д. ${random.integer(1, 148)}${random.chance(0.3) ? `, оф. ${random.integer(1, 420)}` : ''}`,
    contacts: [],
    phones: [],
  };
  company.contacts = makeContacts(random, company, numbering, named.owner);
  company.phones = makePhones(random, company, numbering);
  return company;
}

/** The directory: `count` fictional companies with their people and numbers, ids from 1. */
export function makeCompanies(random: Random, count: number): DemoCompany[] {
  const numbering: Numbering = { contact: 0, phone: 0, phoneIndexOfCode: new Map(), names: new Set() };
  return Array.from({ length: count }, (_, index) => makeCompany(random, index + 1, numbering));
}
