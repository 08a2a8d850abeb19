import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { focused, keyField, openPage, signIn, tabTo } from './browser.ts';
import {
  type ConsoleRig,
  CUSTOMERS,
  invoice,
  NO_BROWSER,
  payment,
  SAASANT,
  sideways,
  startConsole,
  usable,
  WHY_SKIPPED,
} from './console.testing.ts';
import { newConnectedCompany, untilState } from './system.ts';

let rig: ConsoleRig;

describe.skipIf(NO_BROWSER)(`everyone who uses the console${WHY_SKIPPED}`, () => {
  beforeAll(async () => {
    rig = await startConsole();
  });
  afterAll(() => rig?.stop());

  it('can work a whole day by keyboard alone: sign in, choose, answer the warning, batch, confirm, undo', async () => {
    const co = await rig.company('keys');
    await co.target('saasant', SAASANT);
    await co.records([...CUSTOMERS, invoice('i-1', '189.00'), invoice('i-2', '20.00'), payment('p-1', 'i-1', '189.00')]);
    const { page, context, complaints } = await openPage(rig.browser, rig.system.api);
    await page.goto('/c/keys/unbatched/saasant');
    await page.getByLabel('API key').waitFor();
    await tabTo(page, 'password', 'API key');
    await page.keyboard.type(await rig.key('keys', 'admin'));
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'All invoices' }).waitFor();
    await tabTo(page, 'checkbox', 'All invoices');
    const willBeSent = (words: string) => page.getByText(`${words} will be sent.`, { exact: true }).waitFor();
    await willBeSent('2 invoices ($209.00) and 1 payment ($189.00)');
    await page.keyboard.press('Space');
    await willBeSent('1 payment ($189.00)');
    await tabTo(page, 'checkbox', 'invoice N-i-1');
    await page.keyboard.press('Space');
    await willBeSent('1 invoice ($189.00) and 1 payment ($189.00)');
    await tabTo(page, 'checkbox', 'All invoices', 'Shift+Tab');
    // Once for all of them, once for none.
    await page.keyboard.press('Space');
    await willBeSent('2 invoices ($209.00) and 1 payment ($189.00)');
    await page.keyboard.press('Space');
    await willBeSent('1 payment ($189.00)');
    await tabTo(page, 'tab', 'Invoices', 'Shift+Tab');
    await page.keyboard.press('ArrowRight');
    await tabTo(page, 'checkbox', 'payment p-1');
    await page.keyboard.press('Space');
    await page.getByText('Nothing that is checked can be sent.').waitFor();
    await page.keyboard.press('Space');
    await willBeSent('1 payment ($189.00)');
    await tabTo(page, 'button', 'Batch & Download', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('alert', { name: 'Payments without their invoices' }).waitFor();
    // The focus stays in the window, and goes back to where it was.
    for (let n = 0; n < 12; n++) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await focused(page)).toContain('Batch & Download');
    await page.keyboard.press('Enter');
    await page.getByRole('alert', { name: 'Payments without their invoices' }).waitFor();
    await tabTo(page, 'button', 'Add the invoices');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('cell', { name: 'New invoice' }).waitFor();
    await tabTo(page, 'text', 'Name of the batch');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'By keyboard' }).waitFor();
    // As on a new page, what comes next is the content, and not the head of the page again.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.getByRole('link', { name: 'Download' }).waitFor();
    await tabTo(page, 'A', 'Download');
    await tabTo(page, 'button', 'Confirm as loaded');
    await page.keyboard.press('Enter');
    await tabTo(page, 'button', 'Yes, they are loaded');
    await page.keyboard.press('Enter');
    await page.getByText('Confirmed as loaded').waitFor();
    await tabTo(page, 'tab', 'Documents');
    for (let n = 0; n < 2; n++) await page.keyboard.press('ArrowRight');
    await page.getByRole('link', { name: /Invoice Inserts/i }).waitFor();
    await tabTo(page, 'button', 'Undo …', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, 'button', 'Undo 2 documents');
    await page.keyboard.press('Enter');
    await page.getByText('Undone', { exact: true }).first().waitFor();
    // And out: past the content, by the link that is first on the page.
    await page.reload();
    await page.getByRole('heading', { name: 'By keyboard' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toContain('Skip to content');
    await tabTo(page, 'button', 'Sign out');
    await page.keyboard.press('Enter');
    await keyField(page);
    expect(complaints).toEqual([]);
    await context.close();
  });

  // The screens are looked at on a phone by the first of the two, and need not be again by the other.
  it.each([360, 1_600])('can use it at a width of %i pixels: nothing is outside the page', async (width) => {
    const id = `wide-${width}`;
    await newConnectedCompany(rig.system, id, { company: { classes: ['HVAC'] } });
    const co = rig.companyOf(id);
    await co.target('saasant', SAASANT);
    await co.records([
      ...CUSTOMERS,
      ...Array.from({ length: 40 }, (_, n) => invoice(`i-${n}`, '10.00', { date: '2026-11-03' })),
      { ...invoice('bad', '10.00'), total: '11.00' },
    ]);
    const started = await co.call<{ batch: { id: string } }>('POST', '/targets/qbo/batches', {
      name: 'as-long-as-a-name-may-be-and-nowhere-to-break-it-'.padEnd(100, 'x'),
    });
    await untilState(rig.system, id, started.batch.id, ['posted', 'posted-in-part', 'nothing-posted', 'held']);
    await co.records([invoice('later', '10.00'), payment('p-1', 'later', '5.00')]);
    const { page, context } = await rig.enter(id, ['admin'], `/c/${id}`, width);
    const batch = `/batches/${started.batch.id}`;
    const screens = {
      home: '',
      unbatched: '/unbatched/qbo',
      payments: '/unbatched/qbo?list=payments',
      batches: '/batches',
      batch,
      document: `${batch}?document=1`,
      totals: `${batch}?tab=totals`,
      ledger: `${batch}?tab=ledger`,
      verification: `${batch}?tab=verification`,
      journal: `${batch}?tab=journal`,
      marketplace: '/books',
      people: '/people',
      notices: '/notices',
      matching: '/matching/qbo',
      import: '/import',
      connection: '/books/qbo',
      settings: '/books/qbo/settings',
      schedule: '/books/qbo/schedule',
      report: `${batch}/report`,
      nowhere: '/nowhere',
    };
    for (const [name, path] of Object.entries(screens)) {
      await page.goto(`/c/${id}${path}`);
      await page.getByRole('heading').first().waitFor();
      await usable(page, `${name}-${width}`, { onPhone: false });
    }
    // The head takes one line between these widths too, and without scrolling where the console is read at a desk.
    if (width > 1_000)
      for (const [between, scrolls] of [
        [1_280, false],
        [1_024, true],
        [700, true],
      ] as const) {
        await page.setViewportSize({ width: between, height: 900 });
        const [height, hidden] = await page
          .locator('.top')
          .evaluate((top) => [top.clientHeight, top.querySelector('nav')!.scrollWidth > top.querySelector('nav')!.clientWidth]);
        expect([height < 64, await sideways(page)], `${between}`).toEqual([true, 0]);
        if (!scrolls) expect(hidden, `${between}`).toBe(false);
      }
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/c/${id}/unbatched/qbo`);
    await page.getByRole('button', { name: 'Batch to QuickBooks Online' }).click();
    await page.getByRole('button', { name: /^Batch \d+ documents?$/ }).waitFor();
    await usable(page, `preview-${width}`, { onPhone: false });
    await context.close();
  });

  it('find every screen at its own address, with a title that names it, and return by the back button', async () => {
    const co = await rig.company('places');
    await co.target('saasant', SAASANT);
    await co.target('qbo', {});
    await co.records([
      ...CUSTOMERS,
      { type: 'department', id: 'd-2', name: 'Plumbing' },
      invoice('i-1', '189.00'),
      invoice('i-2', '20.00', { date: '2026-11-05', departmentId: 'd-2' }),
      { ...invoice('bad', '10.00'), total: '11.00' },
    ]);
    const { batch } = await co.call<{ batch: { id: string } }>('POST', '/targets/saasant/batches', {
      name: 'Known',
      selection: { invoices: { choose: 'ids', ids: [{ type: 'invoice', id: 'i-1' }] } },
    });
    await untilState(rig.system, 'places', batch.id, ['posted']);

    // Anyone who opens an address signs in and is there.
    const deep = await rig.enter('places', ['viewer'], `/c/places/batches/${batch.id}?tab=totals`);
    await deep.page.getByRole('table', { name: 'By account' }).waitFor();
    expect(await deep.page.title()).toBe('Known · Bird & Sons · Ledgerpost');
    await deep.context.close();

    const { page, context, complaints } = await rig.enter(
      'places',
      ['admin'],
      '/c/places/unbatched/saasant?department=d-2&search=n-i',
    );
    const titled = (title: string) =>
      expect.poll(() => page.title(), { timeout: 20_000 }).toBe(`${title} · Bird & Sons · Ledgerpost`);
    await page.getByRole('tab', { name: /Invoices\s*1 · \$20\.00/ }).waitFor();
    expect(await page.getByRole('combobox', { name: /^Department/ }).inputValue()).toBe('d-2');
    expect(await page.getByLabel('Search').inputValue()).toBe('n-i');
    await titled('Unbatched: SaasAnt Excel files');
    // What is typed is in the address, and is there again after a reload.
    await page.getByRole('combobox', { name: /^Department/ }).selectOption('All departments');
    await page.getByLabel('From').fill('2026-11-01');
    await page.getByRole('tab', { name: /Payments/ }).click();
    await page.waitForURL('**/unbatched/saasant?search=n-i&from=2026-11-01&list=payments');
    await page.reload();
    await page.getByText('No unbatched payments here.').waitFor();
    await page.getByRole('tab', { name: /Invoices\s*1 · \$20\.00/ }).waitFor();

    const places = [
      ['', 'Home', page.getByText('Newest batches')],
      ['/batches?state=posted&target=saasant', 'Previous Batches', page.getByRole('link', { name: 'Known' })],
      [`/batches/${batch.id}?document=1`, 'Known', page.getByRole('heading', { name: 'New invoice N-i-1' })],
      ['/books', 'Marketplace', page.getByRole('heading', { name: 'QuickBooks Online' })],
      ['/books/qbo', 'QuickBooks Online', page.getByRole('button', { name: 'Connect to QuickBooks Online' })],
      [`/batches/${batch.id}/report`, 'Report: Known', page.getByRole('heading', { level: 1 })],
      ['/books/saasant/schedule', 'SaasAnt Excel files, schedule', page.getByRole('heading', { name: /schedule/ })],
      ['/books/saasant/settings', 'SaasAnt Excel files, settings', page.getByLabel('Income', { exact: true })],
      ['/nowhere', 'Page not found', page.getByText('There is nothing at this address')],
    ] as const;
    for (const [path, title, seen] of places) {
      await page.goto(`/c/places${path}`);
      await seen.first().waitFor();
      await titled(title);
    }

    // Back, step by step: a window, a tab, a screen.
    await page.goto('/c/places');
    await page.getByRole('link', { name: 'Previous batches' }).click();
    await page.getByLabel('State').selectOption('Posted or files ready');
    await page.getByRole('link', { name: 'Known', exact: true }).click();
    await page.getByRole('tab', { name: 'Files' }).click();
    await page.getByRole('link', { name: /Invoice Inserts/i }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: /details/ }).click();
    await page.getByRole('heading', { name: 'New invoice N-i-1' }).waitFor();
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.goBack();
    await page.getByRole('link', { name: 'Known', exact: true }).waitFor();
    expect(await page.getByLabel('State').inputValue()).toBe('posted');
    await page.goBack();
    await titled('Home');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('don’t read that they are all caught up where that could not be checked', async () => {
    const co = await rig.company('calm');
    await co.target('saasant', SAASANT);
    const { page, context } = await rig.enter('calm', ['viewer']);
    await page.getByText('You’re all caught up.').waitFor();
    await page.route('**/batches?*state=held*', (route) =>
      route.fulfill({
        status: 400,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'bad-request', detail: 'Not now.' }),
      }),
    );
    await page.reload();
    await page.getByRole('alert').getByText('Not now.').waitFor();
    await usable(page, 'home without an answer');
    expect(await page.getByText('You’re all caught up.').count()).toBe(0);
    await context.close();
  });

  it('choose a company first, with a key of the installation', async () => {
    await rig.company('one-of-many');
    const { page, context, complaints } = await openPage(rig.browser, rig.system.api);
    await signIn(page, rig.system.key);
    await page.getByRole('heading', { name: 'Companies' }).waitFor();
    await usable(page, 'companies');
    await page.locator('a[href="/c/one-of-many"]').click();
    await page.getByText('No accounting system is set up yet').waitFor();
    await usable(page, 'home-new');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('get a page without secrets: none in its source, storage, address, or messages to the browser’s console', async () => {
    await rig.company('secrets');
    const { page, context, complaints } = await openPage(rig.browser, rig.system.api);
    const seen: string[] = [];
    page.on('console', (message) => seen.push(message.text()));
    page.on('request', (request) => seen.push(request.url()));
    page.on('response', async (response) => seen.push(await response.text().catch(() => '')));
    const secret = await rig.key('secrets', 'admin');
    await signIn(page, secret, '/c/secrets/books/saasant/settings');
    await page.getByLabel('Income', { exact: true }).waitFor();
    await page.reload();
    await page.getByLabel('Income', { exact: true }).waitFor();
    seen.push(await page.content());
    seen.push(
      await page.evaluate(async () =>
        JSON.stringify([
          { ...localStorage },
          { ...sessionStorage },
          document.cookie,
          (await indexedDB.databases()).map(({ name }) => name),
          await caches.keys(),
        ]),
      ),
    );
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.filter((text) => text.includes(secret) || text.includes(cookie!.value))).toEqual([]);
    expect(seen.at(-1)).toBe('[{},{},"",[],[]]');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('are safe from scripts in records, and from other sites', async () => {
    const co = await rig.company('safe');
    await co.target('saasant', SAASANT);
    await co.records([...CUSTOMERS, { ...invoice('i-1', '1.00'), number: '<img src=x onerror="window.taken=1">' }]);
    const { page, context } = await rig.enter('safe', ['poster'], '/c/safe/unbatched/saasant');
    // The text of a record stays text.
    await page.getByText('<img src=x onerror').locator('visible=true').first().waitFor();
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.taken = 1';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.taken = 1">');
    });
    const sent = await page.evaluate(async () =>
      fetch('https://example.com/', { mode: 'no-cors' }).then(
        () => 'sent',
        () => 'refused',
      ),
    );
    expect([sent, await page.evaluate(() => 'taken' in window)]).toEqual(['refused', false]);
    // The page itself can't start anything without the token that it keeps in memory.
    const batches = `${rig.system.api}/v1/companies/safe/targets/saasant/batches`;
    const bare = await page.evaluate(
      async (url) => (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).status,
      batches,
    );
    expect(bare).toBe(403);

    // Another site, in the same browser: the cookie does not come along, and the console shows itself in no frame.
    const elsewhere = await context.newPage();
    await elsewhere.route('http://elsewhere.test/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" enctype="text/plain" action="${batches}"><button>Win</button></form><iframe src="${rig.system.api}/"></iframe>`,
      }),
    );
    await elsewhere.goto('http://elsewhere.test/');
    const asked = elsewhere.waitForRequest((request) => request.method() === 'POST');
    const framed = elsewhere.frames().find((frame) => frame !== elsewhere.mainFrame());
    expect(await framed?.locator('#console').count()).toBe(0);
    await elsewhere.getByRole('button', { name: 'Win' }).click();
    expect((await (await asked).allHeaders()).cookie).toBeUndefined();
    expect((await co.call<{ rows: unknown[] }>('GET', '/batches')).rows).toEqual([]);
    await context.close();
  });
});
