import { buildConsole, type Service } from '@ledgerpost/devstack';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { CHROMIUM, openPage, sharedBrowser, signIn, violations, violationsOf } from './browser.ts';
import { type System, startSystem } from './system.ts';

const absent = 'no Chromium was found; LEDGERPOST_CHROMIUM says where one is';
if (CHROMIUM === undefined) console.info(`Skipped: ${absent}.`);

/** Without a browser the tests that need one are skipped, with the reason. */
export const NO_BROWSER = CHROMIUM === undefined;
export const WHY_SKIPPED = NO_BROWSER ? ` (skipped: ${absent})` : '';

const PHONE = { width: 360, height: 740 };

/** The console in a browser, with the whole of Ledgerpost behind it. */
export interface ConsoleRig {
  readonly system: System;
  readonly browser: Browser;
  /** The worker that runs; a test that stops it starts another. */
  worker: Service;
  company(id: string): Promise<CompanyRig>;
  /** A company that exists already. */
  companyOf(id: string): CompanyRig;
  /** A page on which a new key with these roles is signed in. */
  enter(company: string, roles: readonly string[], path?: string, width?: number): Promise<Entered>;
  /** The secret of a new key. */
  key(company: string, ...roles: string[]): Promise<string>;
  stop(): Promise<void>;
}

export interface Entered {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page: thrown, or written to the browser's console. */
  readonly complaints: string[];
}

export interface CompanyRig {
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  target(target: string, settings: object): Promise<unknown>;
  connectionRefreshed(): Promise<unknown>;
  records(records: readonly object[]): Promise<void>;
}

export async function startConsole(): Promise<ConsoleRig> {
  await buildConsole();
  const system = await startSystem(
    {},
    { shared: true, simulator: { limits: 'off' }, env: { TEMPORAL_UI_URL: 'http://127.0.0.1:8233' } },
  );
  await system.startApi();
  const worker = await system.startWorker();
  const browser = await sharedBrowser();

  const companyOf = (id: string): CompanyRig => {
    const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const answer = await system.call<T>(method, `/v1/companies/${id}${path}`, body);
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
      return answer.body;
    };
    return {
      call,
      target: (target, settings) => call('PUT', `/targets/${target}`, settings),
      connectionRefreshed: () => call('POST', '/targets/qbo/connection/refresh'),
      async records(records) {
        const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
        const { status, body } = await system.call<{ refused: number }>('POST', `/v1/companies/${id}/records`, lines, {
          'content-type': 'application/x-ndjson',
        });
        expect([status, body.refused]).toEqual([200, 0]);
      },
    };
  };
  const key = async (company: string, ...roles: string[]) => {
    const wanted = { name: roles.join(' and '), roles };
    return (await system.call<{ secret: string }>('POST', `/v1/companies/${company}/keys`, wanted)).body.secret;
  };
  return {
    system,
    browser,
    worker,
    companyOf,
    key,
    async company(id) {
      const about = { name: 'Bird & Sons', timeZone: 'America/Los_Angeles', currency: 'USD' };
      expect((await system.call('PUT', `/v1/companies/${id}`, about)).status).toBe(201);
      return companyOf(id);
    },
    async enter(company, roles, path = '/', width = undefined) {
      const entered = await openPage(browser, system.api, width);
      await signIn(entered.page, await key(company, ...roles), path);
      return entered;
    },
    stop: () => system.stop(),
  };
}

/** Axe's rules about colors: the only ones that a theme can change. */
const COLORS = ['color-contrast', 'link-in-text-block'];

/**
 * Checks that axe finds nothing wrong with the screen, at its own width and on a phone, in light and in dark; where only the theme
 * differs, only the colors are looked at again. Nothing is outside the page, and its head takes one line.
 * @param options `onPhone: false` for a screen that another test opens on a phone
 */
export async function usable(page: Page, name: string, { onPhone = true } = {}): Promise<void> {
  await arrived(page);
  const size = page.viewportSize()!;
  for (const width of new Set([size.width, ...(onPhone ? [PHONE.width] : [])])) {
    if (width !== size.width) await page.setViewportSize(PHONE);
    const at = `${name} at ${width} pixels`;
    expect(await sideways(page), at).toBe(0);
    expect(await headHeight(page), `the head of ${at}`).toBeLessThan(64);
    expect((await violations(page)).join('\n'), at).toBe('');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect((await violationsOf(page, COLORS)).join('\n'), `${at}, in dark`).toBe('');
    await page.emulateMedia({ colorScheme: 'light' });
  }
  if (size.width !== PHONE.width) await page.setViewportSize(size);
}

/**
 * Waits until the screen that was asked for is shown. Only what can be seen counts: while a screen's code is loaded, the one before
 * it is still in the page, hidden, with its heading and with what it was loading.
 */
async function arrived(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const shown = (selector: string) => [...document.querySelectorAll(selector)].some((one) => one.checkVisibility());
    return shown('h1') && !shown('.loading');
  });
}

/** The height of the page's head, in pixels; zero without one. */
function headHeight(page: Page): Promise<number> {
  return page.evaluate(() => document.querySelector('.top')?.getBoundingClientRect().height ?? 0);
}

/** Pixels of the page that are outside the window. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}

export const SAASANT = { accounts: { income: 'Services', refund: 'Checking', receivable: 'Accounts Receivable (A/R)' } };

export const CUSTOMERS = [
  { type: 'department', id: 'd-1', name: 'HVAC Service', accountingClass: 'HVAC' },
  { type: 'customer', id: 'c-1', accountingKey: "Amy's Bird Sanctuary", name: 'Amy' },
];

export function invoice(id: string, amount: string, more: object = {}) {
  return {
    type: 'invoice',
    id,
    number: `N-${id}`,
    customerId: 'c-1',
    departmentId: 'd-1',
    status: 'finalized',
    date: '2026-10-03',
    lines: [{ name: 'Tune-up', quantity: '1', unitPrice: amount, amount, taxable: false }],
    total: amount,
    ...more,
  };
}

export function payment(id: string, invoiceId: string, amount: string) {
  return {
    type: 'payment',
    id,
    reference: id,
    customerId: 'c-1',
    method: 'Check',
    date: '2026-11-04',
    amount,
    status: 'received',
    allocations: [{ invoiceId, amount }],
  };
}
