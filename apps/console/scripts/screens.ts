/**
 * Makes the pictures of the documentation: the built console in a Chromium, in front of fixed answers, at a fixed time. A
 * picture changes only when its screen does.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Target } from '../src/api/queries.ts';
import { fakeApi } from '../src/testing/fake-api.ts';
import { COMPANY, idOf, NOW } from '../src/testing/fixtures.ts';
import { answerForScreens } from '../src/testing/screens-answers.ts';

const BROWSERS = [process.env.LEDGERPOST_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Browsers call this address secure, as they do behind HTTPS. Nothing listens there: every request is answered here. */
const ORIGIN = 'http://localhost';

const DESKTOP = { width: 1_280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Draws everything in one thread and as a whole: pieces drawn at different times differ in the last bit of a rounded corner. */
const STEADY = [
  '--disable-partial-raster',
  '--num-raster-threads=1',
  '--disable-threaded-animation',
  '--disable-threaded-scrolling',
  '--disable-checker-imaging',
  '--run-all-compositor-stages-before-draw',
  '--disable-lcd-text',
  '--default-tile-width=2048',
  '--default-tile-height=2048',
];

interface Screen {
  readonly name: string;
  readonly path: string;
  readonly size?: typeof DESKTOP;
  /** Brings the screen to where the picture is taken. */
  readonly open?: (page: Page) => Promise<void>;
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();

/** Those that README and the guides show. */
const SCREENS: readonly Screen[] = [
  { name: 'home', path: '' },
  { name: 'unbatched', path: '/unbatched/qbo' },
  { name: 'preview', path: '/unbatched/qbo', open: press('Batch to QuickBooks Online') },
  { name: 'batch', path: `/batches/${idOf(101)}` },
  { name: 'connection', path: '/books/qbo' },
  { name: 'drift', path: `/batches/${idOf(100)}` },
  { name: 'report', path: `/batches/${idOf(100)}/report` },
  { name: 'undo', path: `/batches/${idOf(100)}`, open: press('Undo …') },
  { name: 'schedule', path: '/books/qbo/schedule' },
  { name: 'settings', path: '/books/saasant/settings' },
  { name: 'phone', path: '/unbatched/qbo', size: PHONE },
  { name: 'marketplace', path: '/books' },
  { name: 'matching', path: '/matching/qbo' },
];

/**
 * Writes the pictures into a folder, and removes others from it.
 * @param dist the built console
 * @param targets the accounting systems as the API shows them
 * @throws if no Chromium is found, or a screen asks for something that has no answer
 */
export async function makeScreens(folder: string, dist: string, targets: readonly Target[]): Promise<void> {
  const executablePath = BROWSERS.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) throw new Error('No Chromium was found. Install one, or name it in LEDGERPOST_CHROMIUM.');
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--font-render-hinting=none', ...STEADY],
  });
  try {
    for (const screen of SCREENS) await picture(browser, screen, { folder, dist, targets });
  } finally {
    await browser.close();
  }
  const wanted = SCREENS.map(({ name }) => `${name}.png`);
  for (const name of await readdir(folder)) if (!wanted.includes(name)) await rm(join(folder, name));
}

interface Places {
  readonly folder: string;
  readonly dist: string;
  readonly targets: readonly Target[];
}

async function picture(browser: Browser, screen: Screen, { folder, dist, targets }: Places): Promise<void> {
  const { name, path, size = DESKTOP, open } = screen;
  const context = await browser.newContext({
    baseURL: ORIGIN,
    viewport: size,
    locale: 'en-US',
    timezoneId: COMPANY.timeZone,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  const api = fakeApi();
  answerForScreens(api, targets);
  await page.route('**/*', async (route) => {
    const request = route.request();
    const url = new URL(request.url());
    if (url.pathname.startsWith('/v1/')) {
      const headers = new Headers(request.headers());
      const reply = api.reply({ method: request.method(), url: url.href, headers, body: request.postData() ?? '' });
      return route.fulfill({ status: reply.status, contentType: reply.type, body: reply.body });
    }
    // Every other address is a screen of the console, which one page serves.
    const file = url.pathname.startsWith('/assets/') ? url.pathname : '/index.html';
    return route.fulfill({ contentType: TYPES[extname(file)]!, body: await readFile(join(dist, file)) });
  });
  await page.goto(`/c/${COMPANY.id}${path}`);
  await page.getByRole('heading').first().waitFor();
  await settled(page);
  await open?.(page);
  await settled(page);
  if (api.unanswered.length > 0) throw new Error(`The screen ${name} has no answer for ${api.unanswered.join(', ')}.`);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  await context.close();
}

/** Until nothing is being loaded any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.getByText('Loading').first().waitFor({ state: 'hidden' });
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
