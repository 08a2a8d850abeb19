import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const CANDIDATES = [process.env.LEDGERPOST_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium is on this machine; undefined: nowhere that we know of. */
export const CHROMIUM = CANDIDATES.find((path) => path !== undefined && existsSync(path));

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM!,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page of a browser in which nobody is signed in, at a width. Collects what the page complains of. */
export async function openPage(
  browser: Browser,
  api: string,
  width = 1_280,
): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const context = await browser.newContext({
    baseURL: api,
    viewport: { width, height: 900 },
    acceptDownloads: true,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // What the API refuses, the browser notes by itself.
    if (message.type() === 'error' && !/status of (4\d\d|503)|ERR_(CONNECTION|INCOMPLETE|EMPTY)/.test(message.text()))
      complaints.push(message.text());
  });
  return { page, context, complaints };
}

/** Signs in as a person does. */
export async function signIn(page: Page, key: string, path = '/'): Promise<void> {
  await page.goto(path);
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** What axe finds wrong with the page as it is: rule and place, one a line. */
export async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}

/** What has the focus: its role and name. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : undefined;
    return `${at?.getAttribute('role') ?? at?.getAttribute('type') ?? at?.tagName} ${at?.getAttribute('aria-label') ?? label ?? at?.textContent}`;
  });
}

/** Goes by keyboard until something has the focus. */
export async function tabTo(page: Page, role: string, name: string, by = 'Tab'): Promise<void> {
  for (let n = 0; n < 40; n++) {
    const at = await focused(page);
    if (at.startsWith(role) && at.includes(name)) return;
    await page.keyboard.press(by);
  }
  throw new Error(`${by} does not lead to the ${role} ${name}.`);
}
