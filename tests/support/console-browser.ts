import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { isStale, make, products } from '../../scripts/lib/build.mjs';

/** Debian's Chromium without a screen; builds the console first when it is older than its sources. */
export async function consoleBrowser(moreArguments: readonly string[] = []): Promise<Browser> {
  if (isStale(products.console)) await make(products.console);
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      ...moreArguments,
    ],
  });
}

/** How long a test waits for the screen on a machine that is busy with other work. */
export const patiently = { timeout: 60_000 };

/** A browser profile of its own in which one of the department's people is signed in and looks at a page. */
export async function signedInPage(
  browser: Browser,
  url: string,
  who: { email: string; password?: string; path: string },
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, locale: 'ru-RU', viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(`/login?next=${encodeURIComponent(who.path)}`);
  await page.getByLabel('Почта').fill(who.email);
  await page.getByLabel('Пароль', { exact: true }).fill(who.password ?? 'demo-demo-demo');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${who.path}`, patiently);
  return page;
}
