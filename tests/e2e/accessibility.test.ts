import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { currentCall, disposeCall, hangupCall, startCall } from '../../server/contract/http/calls.ts';
import { nextCall } from '../../server/contract/http/queue.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, follow, patiently, patientPage, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { patience } from '../support/patience.ts';
import { ServerProcess } from '../support/server-process.ts';

declare global {
  interface Window {
    axe: {
      run: (
        root: Document,
        options: object,
      ) => Promise<{ violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[] }>;
    };
  }
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** The number book: answers at once and talks. */
const talker = '0001';
let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
let browser: Browser;
let callId: number;

beforeAll(async () => {
  browser = await consoleBrowser();
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 2, companies: 6 });
  server = await ServerProcess.start({ databaseUrl: base.url });
  const rep = await department.signIn(server.url, 'rep1@test.local');
  const { lead } = await rep.get(nextCall);
  await department.setFate(lead.id, talker);
  callId = (await rep.get(startCall, { body: { leadId: lead.id }, headers: { 'idempotency-key': 'looked-at' } })).id;
  const reaches = (state: string) => vi.waitFor(async () => expect((await rep.get(currentCall)).call.state).toBe(state), patience);
  await reaches('answered');
  await rep.get(hangupCall, { params: { id: callId } });
  await reaches('ended');
  await rep.get(disposeCall, { params: { id: callId }, body: { code: 'gatekeeper' } });
});

afterAll(async () => {
  await browser.close();
  await server.end();
  await department.close();
  await base.drop();
});

type Rules = { type: 'tag'; values: readonly string[] } | { type: 'rule'; values: readonly string[] };
const allOfThem: Rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] };
/** What else is read or worked by keyboard is the same in the dark. */
const colours: Rules = { type: 'rule', values: ['color-contrast'] };

async function blocksOf(page: Page, runOnly: Rules): Promise<string[]> {
  const { violations } = await page.evaluate((only) => window.axe.run(document, { runOnly: only }), runOnly);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`).join('; ')}`);
}

/** What a person who sees little, or uses the keyboard or a reader, would stumble over, in words: in the light and in the dark. */
async function stumblingBlocks(page: Page): Promise<string[]> {
  await page.locator('h1').first().waitFor(patiently);
  await expect.poll(() => page.locator('[aria-busy="true"]').count(), patiently).toBe(0);
  await page.emulateMedia({ colorScheme: 'light' });
  const inTheLight = await blocksOf(page, allOfThem);
  await page.emulateMedia({ colorScheme: 'dark' });
  const inTheDark = await blocksOf(page, colours);
  return [...inTheLight, ...inTheDark.map((block) => `in the dark: ${block}`)];
}

const pagesOf = {
  rep1: () => ['/work', '/tasks', '/profile'],
  lead: () => ['/team', '/calls', `/calls/${callId}`],
  head: () => ['/morning', '/companies', '/companies/1', '/lists', '/imports', '/handoffs'],
  admin: () => ['/admin/users', '/admin/settings'],
};

/**
 * The checker is a script of the test, which the console's own policy rightly refuses. What moves is still, for in the middle of a fade
 * no colour is the one that is read.
 */
const asChecked = { bypassCSP: true, reducedMotion: 'reduce' } as const;

describe('a person who sees little, or works by keyboard', () => {
  it('signs in without a stumbling block', async () => {
    const page = await patientPage(browser, server.url, asChecked);
    await page.addInitScript({ path: axe });
    await page.goto('/login');
    expect(await stumblingBlocks(page)).toEqual([]);
    await page.context().close();
  });

  it.each(['rep1', 'lead', 'head', 'admin'] as const)('%s meets none on any page', async (person) => {
    const paths = pagesOf[person]();
    const page = await signedInPage(browser, server.url, { email: `${person}@test.local`, path: paths[0] ?? '/' }, asChecked);
    await page.addScriptTag({ path: axe });
    const found: Record<string, string[]> = {};
    for (const path of paths) {
      await follow(page, path);
      const blocks = await stumblingBlocks(page);
      if (blocks.length > 0) found[path] = blocks;
    }
    expect(found).toEqual({});
    await page.context().close();
  });
});
