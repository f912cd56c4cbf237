import { addDictionaryEntry, changeDictionaryEntry, removeDictionaryEntry } from '../../../app/settings/dictionaries.ts';
import { putHoliday, removeHoliday } from '../../../app/settings/holidays.ts';
import { putSettings } from '../../../app/settings/put-settings.ts';
import * as department from '../../../contract/http/department.ts';
import { defaultSettings } from '../../../contract/settings.ts';
import { route, type Route } from '../kit/route.ts';

const done = { ok: true } as const;

/** The rules of the department: settings, holidays, dictionaries. */
export const departmentRoutes: Route[] = [
  route(department.getSettings, async ({ app }) => ({ values: await app.settings.read(), defaults: defaultSettings })),
  route(department.getRules, async ({ app }) => {
    const { callingHours, promises, calls } = await app.settings.read();
    const { graceMinutes, perQuarterHour, dueSoonMinutes } = promises;
    const holidays = await app.reads.settings.holidaysAhead(app.clock.now());
    return { callingHours, promises: { graceMinutes, perQuarterHour, dueSoonMinutes }, holidays, country: calls.defaultCountry };
  }),
  route(department.putSettings, ({ app, actor, params, body }) => putSettings(app, actor, params.group, body)),
  route(department.listHolidays, async ({ app, query }) => ({
    items: await app.reads.settings.holidays(query.country, query.year),
    countries: await app.reads.settings.countries(),
  })),
  route(department.putHoliday, ({ app, actor, params, body }) => putHoliday(app, actor, { ...params, name: body.name })),
  route(department.removeHoliday, async ({ app, actor, params }) => {
    await removeHoliday(app, actor, params.country, params.day);
    return done;
  }),
  route(department.getDictionaries, ({ app }) => app.reads.settings.dictionaries()),
  route(department.addDictionaryEntry, async ({ app, actor, body }) => ({ id: await addDictionaryEntry(app, actor, body) })),
  route(department.changeDictionaryEntry, async ({ app, actor, params, body }) => {
    await changeDictionaryEntry(app, actor, params.id, body);
    return done;
  }),
  route(department.removeDictionaryEntry, async ({ app, actor, params }) => {
    await removeDictionaryEntry(app, actor, params.kind, params.id);
    return done;
  }),
];
