/** What a column of a file can mean. `keep` goes to the company's further fields under its own header, `skip` is left out. */
export const importFields = [
  'name',
  'legalName',
  'taxNumber',
  'phone',
  'contactName',
  'contactPosition',
  'contactRole',
  'email',
  'region',
  'city',
  'address',
  'timeZone',
  'category',
  'channel',
  'subchannel',
  'source',
  'skill',
  'site',
  'notes',
  'keep',
  'skip',
] as const;
export type ImportField = (typeof importFields)[number];

/** Header of the file → what it means. */
export type ColumnMapping = Readonly<Record<string, ImportField>>;

/** Several columns may carry these; of the others the first filled one counts. */
const repeatableFields: ReadonlySet<ImportField> = new Set(['phone', 'notes', 'keep', 'skip']);

/** Header words by field, as directories, CRMs and exhibitions write them; compared after `headerKey`. */
const synonyms: Readonly<Record<Exclude<ImportField, 'keep' | 'skip'>, readonly string[]>> = {
  name: [
    'название',
    'наименование',
    'компания',
    'организация',
    'название компании',
    'наименование организации',
    'краткое наименование',
    'клиент',
    'фирма',
    'name',
    'company',
    'company name',
    'organization',
    'organisation',
    'account',
    'account name',
  ],
  legalName: [
    'полное наименование',
    'юридическое название',
    'юр лицо',
    'юридическое лицо',
    'юридическое наименование',
    'legal name',
    'full name of company',
  ],
  taxNumber: ['инн', 'инн компании', 'бин', 'унп', 'tax number', 'tax id', 'inn', 'vat', 'vat number', 'taxnumber'],
  phone: [
    'телефон',
    'телефоны',
    'тел',
    'номер',
    'номер телефона',
    'контактный телефон',
    'рабочий телефон',
    'мобильный',
    'мобильный телефон',
    'сотовый',
    'телефон компании',
    'phone',
    'phones',
    'telephone',
    'tel',
    'mobile',
    'mobile phone',
    'work phone',
    'phone number',
  ],
  contactName: [
    'контакт',
    'контактное лицо',
    'фио',
    'имя',
    'лпр',
    'руководитель',
    'директор',
    'контактное лицо фио',
    'contact',
    'contact name',
    'contact person',
    'person',
    'full name',
  ],
  contactPosition: ['должность', 'должность контакта', 'position', 'job title', 'title'],
  contactRole: ['роль', 'роль контакта', 'role', 'contact role'],
  email: ['email', 'e mail', 'емейл', 'эл почта', 'электронная почта', 'почта', 'mail'],
  region: ['регион', 'область', 'субъект', 'субъект рф', 'край', 'region', 'state', 'province'],
  city: ['город', 'населенный пункт', 'city', 'town'],
  address: ['адрес', 'юридический адрес', 'фактический адрес', 'address'],
  timeZone: ['часовой пояс', 'пояс', 'таймзона', 'time zone', 'timezone', 'zone'],
  category: ['категория', 'класс', 'abc', 'category'],
  channel: ['канал', 'канал сбыта', 'отрасль', 'channel', 'industry'],
  subchannel: ['подканал', 'сегмент', 'subchannel', 'sub channel', 'segment'],
  source: ['источник', 'источник лида', 'source', 'lead source'],
  skill: [
    'навык',
    'навыки',
    'нужный навык',
    'нужен навык',
    'требуемый навык',
    'skill',
    'skills',
    'required skill',
    'needed skill',
    'skill needed',
    'skill required',
  ],
  site: ['сайт', 'веб сайт', 'вебсайт', 'web', 'site', 'website', 'url'],
  notes: [
    'примечание',
    'примечания',
    'комментарий',
    'комментарии',
    'заметка',
    'заметки',
    'note',
    'notes',
    'comment',
    'comments',
    'description',
  ],
};

const fieldOfHeader = new Map(
  importFields.flatMap((field) => (field === 'keep' || field === 'skip' ? [] : synonyms[field].map((word) => [word, field] as const))),
);

/** A header without case, marks and numbers at its end: «Телефон 2» and «ТЕЛЕФОН:» are one word. */
export function headerKey(header: string): string {
  return header
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/ \d+$/u, '');
}

/** Headers made unique and never empty, so that each can stand in a mapping: «Телефон», «Телефон (2)», «Столбец 5». */
export function uniqueHeaders(headers: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return headers.map((header, index) => {
    const text = header.trim() === '' ? `Столбец ${index + 1}` : header.trim().slice(0, 200);
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return count === 1 ? text : `${text} (${count})`;
  });
}

/** What each header means by its words; unknown ones are kept as further fields. */
export function detectMapping(headers: readonly string[]): Record<string, ImportField> {
  const taken = new Set<ImportField>();
  return Object.fromEntries(
    headers.map((header) => {
      const found = fieldOfHeader.get(headerKey(header));
      if (found === undefined || (taken.has(found) && !repeatableFields.has(found))) return [header, 'keep'] as const;
      taken.add(found);
      return [header, found] as const;
    }),
  );
}

const isImportField = (text: string): text is ImportField => importFields.some((field) => field === text);

/**
 * The mapping to use: what was asked for over what was remembered over what was detected, for the headers that the file has.
 * What was asked for may be written either way round (header → field or field → header).
 */
export function settleMapping(
  headers: readonly string[],
  remembered: Readonly<Record<string, string>>,
  asked: Readonly<Record<string, string>>,
): Record<string, ImportField> {
  const settled = detectMapping(headers);
  const known = new Set(headers);
  for (const given of [remembered, asked]) {
    for (const [key, value] of Object.entries(given)) {
      if (known.has(key) && isImportField(value)) settled[key] = value;
      else if (known.has(value) && isImportField(key)) settled[value] = key;
    }
  }
  return settled;
}
