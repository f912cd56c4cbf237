/** A place where fictional companies sit: real geography, so that zones and codes are those a rep knows. */
export interface Place {
  region: string;
  timeZone: string;
  city: string;
  /** Three-digit geographic code of the region's centre. */
  phoneCode: string;
  weight: number;
  /** The part of the country that lists are cut by. */
  district: 'west' | 'south' | 'volgaUral' | 'east';
}

const place = (region: string, timeZone: string, city: string, phoneCode: string, weight: number, district: Place['district']): Place => ({
  region,
  timeZone,
  city,
  phoneCode,
  weight,
  district,
});

/** All eleven zones of the country, weighted roughly as its businesses are spread. */
export const places: readonly Place[] = [
  place('Калининградская область', 'Europe/Kaliningrad', 'Калининград', '401', 25, 'west'),
  place('Москва', 'Europe/Moscow', 'Москва', '495', 170, 'west'),
  place('Московская область', 'Europe/Moscow', 'Подольск', '496', 70, 'west'),
  place('Санкт-Петербург', 'Europe/Moscow', 'Санкт-Петербург', '812', 95, 'west'),
  place('Тверская область', 'Europe/Moscow', 'Тверь', '482', 15, 'west'),
  place('Тульская область', 'Europe/Moscow', 'Тула', '487', 18, 'west'),
  place('Ярославская область', 'Europe/Moscow', 'Ярославль', '485', 18, 'west'),
  place('Воронежская область', 'Europe/Moscow', 'Воронеж', '473', 28, 'south'),
  place('Белгородская область', 'Europe/Moscow', 'Белгород', '472', 16, 'south'),
  place('Ростовская область', 'Europe/Moscow', 'Ростов-на-Дону', '863', 42, 'south'),
  place('Краснодарский край', 'Europe/Moscow', 'Краснодар', '861', 55, 'south'),
  place('Ставропольский край', 'Europe/Moscow', 'Ставрополь', '865', 20, 'south'),
  place('Волгоградская область', 'Europe/Volgograd', 'Волгоград', '844', 20, 'south'),
  place('Нижегородская область', 'Europe/Moscow', 'Нижний Новгород', '831', 34, 'volgaUral'),
  place('Республика Татарстан', 'Europe/Moscow', 'Казань', '843', 40, 'volgaUral'),
  place('Самарская область', 'Europe/Samara', 'Самара', '846', 34, 'volgaUral'),
  place('Удмуртская Республика', 'Europe/Samara', 'Ижевск', '341', 16, 'volgaUral'),
  place('Саратовская область', 'Europe/Saratov', 'Саратов', '845', 18, 'volgaUral'),
  place('Пермский край', 'Asia/Yekaterinburg', 'Пермь', '342', 26, 'volgaUral'),
  place('Свердловская область', 'Asia/Yekaterinburg', 'Екатеринбург', '343', 52, 'volgaUral'),
  place('Челябинская область', 'Asia/Yekaterinburg', 'Челябинск', '351', 36, 'volgaUral'),
  place('Республика Башкортостан', 'Asia/Yekaterinburg', 'Уфа', '347', 30, 'volgaUral'),
  place('Тюменская область', 'Asia/Yekaterinburg', 'Тюмень', '345', 26, 'volgaUral'),
  place('Омская область', 'Asia/Omsk', 'Омск', '381', 20, 'east'),
  place('Новосибирская область', 'Asia/Novosibirsk', 'Новосибирск', '383', 42, 'east'),
  place('Томская область', 'Asia/Tomsk', 'Томск', '382', 10, 'east'),
  place('Красноярский край', 'Asia/Krasnoyarsk', 'Красноярск', '391', 28, 'east'),
  place('Кемеровская область', 'Asia/Novokuznetsk', 'Кемерово', '384', 16, 'east'),
  place('Иркутская область', 'Asia/Irkutsk', 'Иркутск', '395', 22, 'east'),
  place('Республика Бурятия', 'Asia/Irkutsk', 'Улан-Удэ', '301', 8, 'east'),
  place('Забайкальский край', 'Asia/Chita', 'Чита', '302', 7, 'east'),
  place('Амурская область', 'Asia/Yakutsk', 'Благовещенск', '416', 8, 'east'),
  place('Приморский край', 'Asia/Vladivostok', 'Владивосток', '423', 22, 'east'),
  place('Хабаровский край', 'Asia/Vladivostok', 'Хабаровск', '421', 16, 'east'),
  place('Сахалинская область', 'Asia/Sakhalin', 'Южно-Сахалинск', '424', 7, 'east'),
  place('Магаданская область', 'Asia/Magadan', 'Магадан', '413', 4, 'east'),
  place('Камчатский край', 'Asia/Kamchatka', 'Петропавловск-Камчатский', '415', 12, 'east'),
];

export const streets = [
  'ул. Заводская',
  'ул. Промышленная',
  'ул. Складская',
  'пр-т Строителей',
  'ул. Механизаторов',
  'ул. Транспортная',
  'ул. Энергетиков',
  'ул. Кирпичная',
  'ул. Деповская',
  'ул. Индустриальная',
  'ш. Объездное',
  'ул. Лесная',
  'ул. Набережная',
  'пер. Торговый',
  'ул. Монтажников',
  'ул. Элеваторная',
] as const;
