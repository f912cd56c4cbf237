import { normalizeCompanyName } from '../../server/core/import/company-name.ts';
import type { Random } from './random.ts';
import { fullName, type FullName } from './words/people.ts';
import { compoundHeads, compoundTails, placeAdjective, placePrefixes, placeRoots, type Trade } from './words/trades.ts';

export interface TradeName {
  /** As the card shows it: ООО «…». */
  short: string;
  legal: string;
  /** Without legal form and quotes. */
  core: string;
  normalized: string;
  /** Who the entrepreneur is, when the company is one person. */
  owner: FullName | null;
}

const legalForms = {
  ООО: 'Общество с ограниченной ответственностью',
  АО: 'Акционерное общество',
  ПАО: 'Публичное акционерное общество',
} as const;

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function core(random: Random, trade: Trade): string {
  const style = random.integer(1, 10);
  if (style <= 5) {
    const gender = random.chance(0.5) ? 'masculine' : 'feminine';
    const noun = random.pick(trade[gender]).replaceAll(/[«»]/gu, '');
    return `${placeAdjective(random.pick(placePrefixes), random.pick(placeRoots), gender)} ${noun}`;
  }
  if (style <= 8) return `${random.pick(compoundHeads)}${random.pick(trade.stems).toLowerCase()}${random.pick(compoundTails)}`;
  return `${capitalized(random.pick(trade.stems))}${random.pick(compoundTails)} ${random.pick(compoundHeads)}`;
}

/** A name of the trade; it belongs to nobody, because the places in it are on no map. */
export function companyName(random: Random, trade: Trade): TradeName {
  const form = random.weighted({ ООО: 76, АО: 9, ПАО: 2, ИП: 13 });
  if (form === 'ИП') {
    const owner = fullName(random);
    const text = `${owner.surname} ${owner.given} ${owner.patronymic}`;
    return {
      short: `ИП ${text}`,
      legal: `Индивидуальный предприниматель ${text}`,
      core: owner.surname,
      normalized: normalizeCompanyName(text),
      owner,
    };
  }
  const name = core(random, trade);
  return {
    short: `${form} «${name}»`,
    legal: `${legalForms[form]} «${name}»`,
    core: name,
    normalized: normalizeCompanyName(name),
    owner: null,
  };
}
