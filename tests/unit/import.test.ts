import { describe, expect, it } from 'vitest';
import { normalizeCompanyName } from '../../server/core/import/company-name.ts';
import { detectMapping, headerKey, settleMapping, uniqueHeaders } from '../../server/core/import/fields.ts';
import { inertCell } from '../../server/core/import/inert-cell.ts';
import { readPhone, splitPhones } from '../../server/core/import/phones.ts';
import { readRow, type RowContext } from '../../server/core/import/read-row.ts';
import { placeKey, regionNamed, regionOfPhone, regionOfTown } from '../../server/core/import/regions.ts';
import { delimiterOf, encodingOf, noEvidence, weighChunk } from '../../server/core/import/text-format.ts';

describe('columns', () => {
  it('knows headers in both languages, whatever their marks', () => {
    expect(headerKey('  ТЕЛЕФОН 2: ')).toBe('телефон');
    expect(detectMapping(['Наименование', 'ИНН', 'Телефон', 'Телефон 2', 'E-mail', 'Оборот', 'Website', 'Навык:'])).toEqual({
      Наименование: 'name',
      ИНН: 'taxNumber',
      Телефон: 'phone',
      'Телефон 2': 'phone',
      'E-mail': 'email',
      Оборот: 'keep',
      Website: 'site',
      'Навык:': 'skill',
    });
    expect(detectMapping(['Company', 'Required skill'])).toEqual({ Company: 'name', 'Required skill': 'skill' });
  });
  it('keeps a second name column beside the first instead of losing it', () => {
    expect(detectMapping(['Компания', 'Название'])).toEqual({ Компания: 'name', Название: 'keep' });
  });
  it('makes headers unique and never empty', () => {
    expect(uniqueHeaders(['Телефон', '', 'Телефон'])).toEqual(['Телефон', 'Столбец 2', 'Телефон (2)']);
  });
  it('puts what was asked for over what was remembered over what was found', () => {
    expect(settleMapping(['Имя', 'Тел'], { Имя: 'name' }, { phone: 'Имя', чужое: 'name' })).toEqual({ Имя: 'phone', Тел: 'phone' });
  });
});

describe('phones', () => {
  it.each([
    ['8 (495) 123-45-67', '+74951234567', null],
    ['+7 343 227-12-13 доб. 12', '+73432271213', '12'],
    ['8 343 227 12 13 (вн. 305)', '+73432271213', '305'],
    ['74951234567', '+74951234567', null],
    ['+375 29 123-45-67', '+375291234567', null],
  ])('%s', (text, e164, extension) => {
    expect(readPhone(text, 'RU')).toEqual({ e164, extension });
  });
  it.each(['12', 'нет', '8 800', ''])('refuses %j', (text) => {
    expect(readPhone(text, 'RU')).toBeNull();
  });
  it('finds several in a cell and leaves an extension with its number', () => {
    expect(splitPhones('8 495 1234567, доб. 12; 8 812 7654321 / +7 912 0001122 +7 913 0001122')).toEqual([
      '8 495 1234567, доб. 12',
      '8 812 7654321',
      '+7 912 0001122',
      '+7 913 0001122',
    ]);
  });
});

describe('places', () => {
  it('finds a region in its usual spellings', () => {
    expect(regionNamed('Свердловская обл.')?.timeZone).toBe('Asia/Yekaterinburg');
    expect(regionNamed('Респ. Татарстан')?.name).toBe('Республика Татарстан');
    expect(regionNamed('г. Москва')?.name).toBe('Москва');
    expect(regionNamed('московская область')?.name).toBe('Московская область');
    expect(regionNamed('Атлантида')).toBeNull();
    expect(placeKey('СПб')).toBe(placeKey('Санкт-Петербург'));
  });
  it('knows towns and area codes, and that a mobile has no place', () => {
    expect(regionOfTown('г. Сургут')?.timeZone).toBe('Asia/Yekaterinburg');
    expect(regionOfPhone('+74232001122')?.timeZone).toBe('Asia/Vladivostok');
    expect(regionOfPhone('+79120001122')).toBeNull();
  });
});

describe('names', () => {
  it.each([
    ['ООО «Ёлка»', 'елка'],
    ['"АЛЬФА" ЗАО', 'альфа'],
    ['Общество с ограниченной ответственностью «Альфа  Лаб»', 'альфа лаб'],
    ['ИП Петров П.П.', 'петров п п'],
    ['ООО', 'ооо'],
  ])('%s', (name, normal) => {
    expect(normalizeCompanyName(name)).toBe(normal);
  });
});

describe('text files', () => {
  it('weighs an encoding over chunks that cut a character', () => {
    const bytes = new TextEncoder().encode('Название;Телефон\nЮжный двор;1');
    const evidence = weighChunk(weighChunk(noEvidence, bytes.slice(0, 3)), bytes.slice(3));
    expect(encodingOf(evidence)).toBe('utf-8');
  });
  it('takes a UTF-8 file with one broken letter for UTF-8', () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('Название'), 0xd0, 0x0a, ...new TextEncoder().encode('Юг')]);
    expect(encodingOf(weighChunk(noEvidence, bytes))).toBe('utf-8');
  });
  it('is not led astray by commas inside quotes or texts', () => {
    expect(delimiterOf('Название;Адрес\n"Альфа, Бета";Москва, ул. Мира, 1\nГамма;Тула, 2')).toBe(';');
    expect(delimiterOf('Название\nАльфа')).toBe(';');
  });
});

describe('rows', () => {
  const context: RowContext = {
    headers: ['Название', 'Телефон', 'Город', 'Пояс'],
    mapping: { Название: 'name', Телефон: 'phone', Город: 'city', Пояс: 'timeZone' },
    country: 'RU',
    defaultTimeZone: 'Europe/Moscow',
    regions: new Map(),
    skills: new Map([['английский', 'Английский']]),
    isTimeZone: (name) => name === 'Asia/Omsk',
  };
  const zoneOf = (...cells: string[]) => readRow({ line: 2, cells }, context).draft?.facts.timeZone;
  it('takes the zone from the row, its place, its landline, else the default', () => {
    expect(zoneOf('А', '+74232001122', 'Сургут', 'Asia/Omsk')).toBe('Asia/Omsk');
    expect(zoneOf('А', '+74232001122', 'Сургут', 'МСК+2')).toBe('Asia/Yekaterinburg');
    expect(zoneOf('А', '+74232001122', 'Сургут', '')).toBe('Asia/Yekaterinburg');
    expect(zoneOf('А', '+7 912 000-11-22, +74232001122', '', '')).toBe('Asia/Vladivostok');
    expect(zoneOf('А', '+79120001122', '', '')).toBe('Europe/Moscow');
  });
  it('knows a skill by its name, and refuses a row that asks for one that there is not', () => {
    const asking: RowContext = { ...context, headers: ['Название', 'Навык'], mapping: { Название: 'name', Навык: 'skill' } };
    const skillOf = (cell: string) => readRow({ line: 2, cells: ['А', cell] }, asking);
    expect(skillOf(' АНГЛИЙСКИЙ ').draft?.facts.skill).toBe('Английский');
    expect(skillOf('').draft?.facts.skill).toBeNull();
    expect(skillOf('Английский, немецкий')).toMatchObject({
      draft: null,
      problems: [{ line: 2, column: 'Навык', code: 'skillUnknown', value: 'Английский, немецкий' }],
    });
  });
  it('refuses letters that the encoding broke', () => {
    expect(readRow({ line: 3, cells: ['\uFFFD\uFFFD'] }, context)).toMatchObject({
      draft: null,
      problems: [{ line: 3, column: 'Название', code: 'brokenEncoding' }],
    });
  });
});

describe('export', () => {
  it('makes formulas inert and leaves phones as they are', () => {
    expect(['=1+1', '+7cmd', '@x', '-2', '\tx', 'Альфа'].map(inertCell)).toEqual(["'=1+1", "'+7cmd", "'@x", "'-2", "'\tx", 'Альфа']);
    expect(inertCell('+74951234567, +73432271213 доб. 12')).toBe('+74951234567, +73432271213 доб. 12');
  });
});
