import { buildConsole } from '@ledgerpost/devstack';
import { CHROMIUM, openBrowser, openPage, signIn } from '@ledgerpost/e2e/browser';
import { customers, invoices } from '@ledgerpost/e2e/made-records';
import { stream } from '@ledgerpost/e2e/stream-records';
import { AS_SHIPPED, startSystem } from '@ledgerpost/e2e/system';
import type { Page } from 'playwright-core';
import { type Measured, median, millis, percentile } from '../figures/measure.ts';

const INTERACTIVE = 1_500;
/** Two frames at 60 a second: a longer one is visible as a dropped frame. */
const FRAME = 1_000 / 30;

/** The console's unbatched screen with 50,000 open records: time until usable, and scrolling. */
export async function consoleList(scale: number, print: (line: string) => void): Promise<Measured[]> {
  if (CHROMIUM === undefined) {
    print('  skipped: no Chromium was found. Set LEDGERPOST_CHROMIUM to the path of one.');
    return [];
  }
  const open = Math.round(50_000 * scale);
  await buildConsole(print);
  const system = await startSystem(AS_SHIPPED);
  const browser = await openBrowser();
  try {
    await system.startApi();
    await system.call('PUT', '/v1/companies/open', { name: 'open', timeZone: 'America/Los_Angeles', currency: 'USD' });
    await system.call('PUT', '/v1/companies/open/targets/saasant', { accounts: { income: 'Services' } });
    await stream(system, 'open', customers(200));
    await stream(system, 'open', invoices(open, 200));
    await system.sql`vacuum analyze`;
    const { page } = await openPage(browser, system.api, 1_600);
    await signIn(page, system.key, '/c/open');
    const times: number[] = [];
    for (let n = 0; n < 12; n++) {
      const ms = await untilUsable(page);
      if (n >= 2) times.push(ms);
    }
    const frames = await scroll(page);
    const late = frames.filter((ms) => ms > FRAME).length / frames.length;
    const count = open.toLocaleString('en');
    return [
      {
        what: `the console’s unbatched screen with ${count} open: usable after navigation, median of 10`,
        against: '1.5 s',
        ratio: median(times) / INTERACTIVE,
        atMost: 1,
        figures: [`${millis(median(times))} median, ${millis(percentile(times, 0.99))} at most`],
      },
      {
        what: `frames later than ${millis(FRAME)} while it scrolls`,
        against: 'one in ten',
        ratio: late / 0.1,
        atMost: 1,
        figures: [`${frames.filter((ms) => ms > FRAME).length} of ${frames.length}; p95 ${millis(percentile(frames, 0.95))}`],
      },
    ];
  } finally {
    await browser.close();
    await system.stop();
  }
}

/** Milliseconds from navigation until the first row is shown and its checkbox responds. */
async function untilUsable(page: Page): Promise<number> {
  await page.goto('/c/open/unbatched/saasant', { waitUntil: 'commit' });
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          const box = document.querySelector<HTMLInputElement>('.long-body input[type=checkbox]:enabled');
          if (box === null) return void requestAnimationFrame(look);
          box.click();
          requestAnimationFrame(() => (box.checked ? resolve(performance.now()) : look()));
        };
        look();
      }),
  );
}

/** Scrolls for some seconds as a wheel does. Returns the time of each frame. */
async function scroll(page: Page): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const list = document.querySelector('.long')!;
        const frames: number[] = [];
        let last = performance.now();
        const step = (now: number) => {
          frames.push(now - last);
          last = now;
          list.scrollTop += 90;
          if (frames.length < 400) requestAnimationFrame(step);
          else resolve(frames.slice(1));
        };
        requestAnimationFrame(step);
      }),
  );
}
