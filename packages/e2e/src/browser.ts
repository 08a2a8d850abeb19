import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { RunOptions } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';

/** The short form: each page reads it again. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const CANDIDATES = [process.env.LEDGERPOST_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The path of a Chromium on this machine; undefined where none is found. */
export const CHROMIUM = CANDIDATES.find((path) => path !== undefined && existsSync(path));

/** What Playwright switches off too (Chromium counts the last list alone), and the pages of the address bar, which run in a process for each page. */
const SWITCHED_OFF = [
  ...[
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'HttpsFirstBalancedModeAutoEnable',
  ],
  ...['LensOverlay', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect'],
  ...['OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'],
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'PreloadTopChromeWebUI'],
];

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
      // Else a process for the next page waits beside each page, and is started again for each test.
      '--renderer-process-limit=1',
      `--disable-features=${SWITCHED_OFF.join(',')}`,
    ],
  });
}

let shared: Promise<Browser> | undefined;

/** One browser for all test files that this process runs, which ends with the process. Each page has a context of its own. */
export async function sharedBrowser(): Promise<Browser> {
  const open = await shared?.catch(() => undefined);
  if (open?.isConnected()) return open;
  shared = openBrowser();
  return shared;
}

/** A page without a session, at a width. Collects the page's errors. */
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
  // Other tests run beside this one, and a machine may be slow.
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // The browser itself logs every refusal of the API.
    if (message.type() === 'error' && !/status of (4\d\d|503)|ERR_(CONNECTION|INCOMPLETE|EMPTY)/.test(message.text()))
      complaints.push(message.text());
  });
  return { page, context, complaints };
}

/** Signs in as a person does. */
export async function signIn(page: Page, key: string, path = '/'): Promise<void> {
  await page.goto(path);
  await fillKey(page, key);
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** The field for an API key, which is folded away where people sign in with passwords. */
export async function keyField(page: Page): Promise<Locator> {
  const field = page.getByLabel('API key');
  const fold = page.getByText('Sign in with an API key');
  await fold.or(field).first().waitFor();
  if (!(await field.isVisible())) await fold.click();
  await field.waitFor();
  return field;
}

/** Types a key where a person does, and sends it. */
export async function fillKey(page: Page, key: string): Promise<void> {
  await (await keyField(page)).fill(key);
  await page.getByRole('form', { name: 'Sign in with a key' }).getByRole('button', { name: 'Sign in' }).click();
}

/** The violations that axe finds on the page: rule and place, one a line. The console has no frames, so one run in the page suffices. */
export async function violations(page: Page): Promise<string[]> {
  return found(page, {});
}

/** The violations of single rules. */
export async function violationsOf(page: Page, rules: readonly string[]): Promise<string[]> {
  return found(page, { runOnly: [...rules] });
}

/** Not by axe's builder for Playwright, which loads axe again for each analysis and carries over what passed as well. */
async function found(page: Page, options: RunOptions): Promise<string[]> {
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async (given) => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    const { violations } = await inPage.run({ ...given, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
  }, options);
}

/** Role and name of the focused element. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : undefined;
    return `${at?.getAttribute('role') ?? at?.getAttribute('type') ?? at?.tagName} ${at?.getAttribute('aria-label') ?? label ?? at?.textContent}`;
  });
}

/** Presses a key until the element has the focus. */
export async function tabTo(page: Page, role: string, name: string, by = 'Tab'): Promise<void> {
  for (let n = 0; n < 40; n++) {
    const at = await focused(page);
    if (at.startsWith(role) && at.includes(name)) return;
    await page.keyboard.press(by);
  }
  throw new Error(`${by} never reaches the ${role} ${name}.`);
}
