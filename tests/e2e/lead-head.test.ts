import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { currentCall, disposeCall, hangupCall, startCall, type CallView } from '../../server/contract/http/calls.ts';
import { nextCall } from '../../server/contract/http/queue.ts';
import type { ApiClient } from '../support/api-client.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { patience } from '../support/patience.ts';
import { ServerProcess } from '../support/server-process.ts';

/** The number book: answers at once and talks. */
const talker = '0001';

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  browser = await consoleBrowser();
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 2, companies: 12 });
  server = await ServerProcess.start({ databaseUrl: base.url });
});

afterAll(async () => {
  await browser.close();
  await server.end();
  await department.close();
  await base.drop();
});

const browserOf = (person: string, path: string): Promise<Page> =>
  signedInPage(browser, server.url, { email: `${person}@test.local`, path });
/** When the document was loaded: stays the same as long as nobody refreshes. */
const loadedAt = (page: Page): Promise<number> => page.evaluate(() => performance.timeOrigin);

/** Claims, dials, talks, hangs up and disposes as the rep's console would; `during` runs while he talks. */
async function callOnce(rep: ApiClient, key: string, during: (companyName: string) => Promise<void>): Promise<void> {
  const { lead, company } = await rep.get(nextCall);
  await department.setFate(lead.id, talker);
  const { id } = await rep.get(startCall, { body: { leadId: lead.id }, headers: { 'idempotency-key': key } });
  const reaches = (state: CallView['state']) =>
    vi.waitFor(async () => expect((await rep.get(currentCall)).call.state).toBe(state), patience);
  await reaches('answered');
  await during(company.name);
  await rep.get(hangupCall, { params: { id } });
  await reaches('ended');
  await rep.get(disposeCall, { params: { id }, body: { code: 'gatekeeper' } });
}

const rowOf = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Сотрудники сейчас' }).getByRole('listitem').filter({ hasText: name });
/** One of the norm's sixty; late in the day words about the pace stand before it. */
const oneDial = /(^|\s)1\s*\/60/;

describe('those who look after reps', () => {
  it('the lead sees a call live, opens the rep and hears the recording', async () => {
    const rep = await department.signIn(server.url, 'rep1@test.local');
    const page = await browserOf('lead', '/team');
    const row = rowOf(page, 'rep1');
    await row.getByText('Не на месте').waitFor(patience);
    const before = await loadedAt(page);

    await callOnce(rep, 'lead-sees', async (companyName) => {
      await row.getByText('Говорит').waitFor(patience);
      await row.getByRole('link', { name: companyName }).waitFor(patience);
    });
    await row.getByRole('link', { name: oneDial }).waitFor(patience);

    await page.keyboard.press('KeyJ');
    await row.getByRole('button', { name: 'Открыть: rep1' }).focus();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: 'rep1' });
    await sheet.getByRole('heading', { name: 'Очередь' }).waitFor(patience);
    await expect.poll(() => sheet.getByRole('listitem').filter({ hasText: 'Company' }).count(), patience).toBeGreaterThan(1);
    await sheet.getByRole('button', { name: 'Завтра 9:00' }).click();
    await sheet.getByText(/^На .*09:00$/).waitFor(patience);
    await sheet.getByRole('button', { name: 'Слушать запись' }).click(patience);
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'Плеер записи' }).waitFor(patience);
    expect(await loadedAt(page)).toBe(before);
  });

  it('the head checks the day against norms, each figure leads to its calls, and it moves by itself', async () => {
    const page = await browserOf('head', '/morning');
    const line = page.getByRole('row').filter({ hasText: 'rep2' });
    await line.getByText('/60').waitFor(patience);
    const rep = await department.signIn(server.url, 'rep2@test.local');
    await callOnce(rep, 'head-sees', () => Promise.resolve());
    const dials = line.getByRole('link', { name: oneDial });
    await dials.waitFor(patience);
    await page.getByText('Новые компании за месяц').waitFor(patience);

    await dials.click();
    await page.waitForURL(/\/calls\?.*metric=dials/);
    await page.getByText(/^1 строка$/).waitFor(patience);
  });
});
