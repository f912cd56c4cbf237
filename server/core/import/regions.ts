/** A region of the country with its zone, the three-digit area codes of its landlines and the towns that name it. */
interface RegionFacts {
  name: string;
  timeZone: string;
  codes: readonly string[];
  towns: readonly string[];
}

const region = (timeZone: string, name: string, codes: string, ...towns: string[]): RegionFacts => ({
  name,
  timeZone,
  codes: codes.split(' '),
  towns,
});

/**
 * Zones by IANA, area codes by the Russian numbering plan. Where a region spans several zones (Якутия) the one of its centre stands;
 * a file that knows better says so in its own column.
 */
const regions: readonly RegionFacts[] = [
  region('Europe/Kaliningrad', 'Калининградская область', '401', 'Калининград'),
  region('Europe/Moscow', 'Москва', '495 499', 'Москва'),
  region('Europe/Moscow', 'Московская область', '496 498', 'Подольск', 'Химки', 'Балашиха', 'Мытищи', 'Королёв', 'Люберцы'),
  region('Europe/Moscow', 'Санкт-Петербург', '812', 'Санкт-Петербург'),
  region('Europe/Moscow', 'Ленинградская область', '813', 'Гатчина', 'Выборг'),
  region('Europe/Moscow', 'Архангельская область', '818', 'Архангельск'),
  region('Europe/Moscow', 'Белгородская область', '472', 'Белгород', 'Старый Оскол'),
  region('Europe/Moscow', 'Брянская область', '483', 'Брянск'),
  region('Europe/Moscow', 'Владимирская область', '492', 'Владимир'),
  region('Europe/Moscow', 'Вологодская область', '817 820', 'Вологда', 'Череповец'),
  region('Europe/Moscow', 'Воронежская область', '473', 'Воронеж'),
  region('Europe/Moscow', 'Ивановская область', '493', 'Иваново'),
  region('Europe/Moscow', 'Калужская область', '484', 'Калуга', 'Обнинск'),
  region('Europe/Moscow', 'Костромская область', '494', 'Кострома'),
  region('Europe/Moscow', 'Краснодарский край', '861 862', 'Краснодар', 'Сочи', 'Новороссийск'),
  region('Europe/Moscow', 'Курская область', '471', 'Курск'),
  region('Europe/Moscow', 'Липецкая область', '474', 'Липецк'),
  region('Europe/Moscow', 'Мурманская область', '815', 'Мурманск'),
  region('Europe/Moscow', 'Нижегородская область', '831', 'Нижний Новгород', 'Дзержинск'),
  region('Europe/Moscow', 'Новгородская область', '816', 'Великий Новгород'),
  region('Europe/Moscow', 'Орловская область', '486', 'Орёл'),
  region('Europe/Moscow', 'Пензенская область', '841', 'Пенза'),
  region('Europe/Moscow', 'Псковская область', '811', 'Псков'),
  region('Europe/Moscow', 'Республика Адыгея', '877', 'Майкоп'),
  region('Europe/Moscow', 'Республика Дагестан', '872', 'Махачкала'),
  region('Europe/Moscow', 'Республика Ингушетия', '873', 'Магас', 'Назрань'),
  region('Europe/Moscow', 'Кабардино-Балкарская Республика', '866', 'Нальчик'),
  region('Europe/Moscow', 'Республика Калмыкия', '847', 'Элиста'),
  region('Europe/Moscow', 'Карачаево-Черкесская Республика', '878', 'Черкесск'),
  region('Europe/Moscow', 'Республика Карелия', '814', 'Петрозаводск'),
  region('Europe/Moscow', 'Республика Коми', '821', 'Сыктывкар', 'Ухта'),
  region('Europe/Moscow', 'Республика Марий Эл', '836', 'Йошкар-Ола'),
  region('Europe/Moscow', 'Республика Мордовия', '834', 'Саранск'),
  region('Europe/Moscow', 'Республика Северная Осетия', '867', 'Владикавказ'),
  region('Europe/Moscow', 'Республика Татарстан', '843 855', 'Казань', 'Набережные Челны', 'Альметьевск'),
  region('Europe/Moscow', 'Чеченская Республика', '871', 'Грозный'),
  region('Europe/Moscow', 'Чувашская Республика', '835', 'Чебоксары'),
  region('Europe/Moscow', 'Ростовская область', '863', 'Ростов-на-Дону', 'Таганрог'),
  region('Europe/Moscow', 'Рязанская область', '491', 'Рязань'),
  region('Europe/Moscow', 'Смоленская область', '481', 'Смоленск'),
  region('Europe/Moscow', 'Ставропольский край', '865 879', 'Ставрополь', 'Пятигорск', 'Минеральные Воды'),
  region('Europe/Moscow', 'Тамбовская область', '475', 'Тамбов'),
  region('Europe/Moscow', 'Тверская область', '482', 'Тверь'),
  region('Europe/Moscow', 'Тульская область', '487', 'Тула'),
  region('Europe/Moscow', 'Ярославская область', '485', 'Ярославль', 'Рыбинск'),
  region('Europe/Simferopol', 'Республика Крым', '365', 'Симферополь'),
  region('Europe/Simferopol', 'Севастополь', '869', 'Севастополь'),
  region('Europe/Kirov', 'Кировская область', '833', 'Киров'),
  region('Europe/Volgograd', 'Волгоградская область', '844', 'Волгоград'),
  region('Europe/Astrakhan', 'Астраханская область', '851', 'Астрахань'),
  region('Europe/Saratov', 'Саратовская область', '845', 'Саратов', 'Энгельс'),
  region('Europe/Ulyanovsk', 'Ульяновская область', '842', 'Ульяновск'),
  region('Europe/Samara', 'Самарская область', '846 848', 'Самара', 'Тольятти'),
  region('Europe/Samara', 'Удмуртская Республика', '341', 'Ижевск'),
  region('Asia/Yekaterinburg', 'Курганская область', '352', 'Курган'),
  region('Asia/Yekaterinburg', 'Оренбургская область', '353', 'Оренбург', 'Орск'),
  region('Asia/Yekaterinburg', 'Пермский край', '342', 'Пермь'),
  region('Asia/Yekaterinburg', 'Республика Башкортостан', '347', 'Уфа', 'Стерлитамак'),
  region('Asia/Yekaterinburg', 'Свердловская область', '343', 'Екатеринбург', 'Нижний Тагил'),
  region('Asia/Yekaterinburg', 'Тюменская область', '345', 'Тюмень'),
  region('Asia/Yekaterinburg', 'Ханты-Мансийский автономный округ', '346', 'Ханты-Мансийск', 'Сургут', 'Нижневартовск'),
  region('Asia/Yekaterinburg', 'Челябинская область', '351', 'Челябинск', 'Магнитогорск'),
  region('Asia/Yekaterinburg', 'Ямало-Ненецкий автономный округ', '349', 'Салехард', 'Новый Уренгой', 'Ноябрьск'),
  region('Asia/Omsk', 'Омская область', '381', 'Омск'),
  region('Asia/Barnaul', 'Алтайский край', '385', 'Барнаул', 'Бийск'),
  region('Asia/Barnaul', 'Республика Алтай', '388', 'Горно-Алтайск'),
  region('Asia/Novokuznetsk', 'Кемеровская область', '384', 'Кемерово', 'Новокузнецк'),
  region('Asia/Novosibirsk', 'Новосибирская область', '383', 'Новосибирск', 'Бердск'),
  region('Asia/Tomsk', 'Томская область', '382', 'Томск'),
  region('Asia/Krasnoyarsk', 'Красноярский край', '391', 'Красноярск', 'Норильск'),
  region('Asia/Krasnoyarsk', 'Республика Хакасия', '390', 'Абакан'),
  region('Asia/Krasnoyarsk', 'Республика Тыва', '394', 'Кызыл'),
  region('Asia/Irkutsk', 'Иркутская область', '395', 'Иркутск', 'Братск', 'Ангарск'),
  region('Asia/Irkutsk', 'Республика Бурятия', '301', 'Улан-Удэ'),
  region('Asia/Chita', 'Забайкальский край', '302', 'Чита'),
  region('Asia/Yakutsk', 'Амурская область', '416', 'Благовещенск'),
  region('Asia/Yakutsk', 'Республика Саха (Якутия)', '411', 'Якутск'),
  region('Asia/Vladivostok', 'Приморский край', '423', 'Владивосток', 'Находка', 'Уссурийск'),
  region('Asia/Vladivostok', 'Хабаровский край', '421', 'Хабаровск', 'Комсомольск-на-Амуре'),
  region('Asia/Vladivostok', 'Еврейская автономная область', '426', 'Биробиджан'),
  region('Asia/Sakhalin', 'Сахалинская область', '424', 'Южно-Сахалинск'),
  region('Asia/Magadan', 'Магаданская область', '413', 'Магадан'),
  region('Asia/Kamchatka', 'Камчатский край', '415', 'Петропавловск-Камчатский'),
  region('Asia/Anadyr', 'Чукотский автономный округ', '427', 'Анадырь'),
];

export interface Region {
  name: string;
  timeZone: string;
}

/** A place's name without its kind and marks, so that «Московская обл.», «г. Москва» and «Респ. Татарстан» are found. */
export function placeKey(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .map((word) => abbreviations.get(word) ?? word)
    .filter((word) => !kinds.has(word))
    .join(' ');
}

const abbreviations = new Map([
  ['обл', 'область'],
  ['респ', 'республика'],
  ['спб', 'санкт петербург'],
  ['мск', 'москва'],
  ['хмао', 'ханты мансийский'],
  ['янао', 'ямало ненецкий'],
]);
/** Москва and Московская область are told apart by their stems, so that no kind of place is needed. */
const kinds = new Set(['г', 'гор', 'город', 'республика', 'край', 'ао', 'автономный', 'округ', 'югра', 'область']);

const byName = new Map(regions.map((facts) => [placeKey(facts.name), facts]));
const byTown = new Map(regions.flatMap((facts) => facts.towns.map((town) => [placeKey(town), facts] as const)));
const byCode = new Map(regions.flatMap((facts) => facts.codes.map((code) => [code, facts] as const)));

const shown = (facts: RegionFacts | undefined): Region | null => (facts ? { name: facts.name, timeZone: facts.timeZone } : null);

/** The region that a cell names, in whatever spelling; null when it is none of this country's. */
export const regionNamed = (text: string): Region | null => shown(byName.get(placeKey(text)));

/** The region that a town lies in; null for towns that are not in the table. */
export const regionOfTown = (text: string): Region | null => shown(byTown.get(placeKey(text)));

/** The region of a Russian landline by its area code; null for mobiles, free numbers and other countries. */
export const regionOfPhone = (e164: string): Region | null => (e164.startsWith('+7') ? shown(byCode.get(e164.slice(2, 5))) : null);
