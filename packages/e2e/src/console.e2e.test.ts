import { qboSimulatorClient } from '@ledgerpost/devstack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillKey, keyField, openPage, signIn } from './browser.ts';
import {
  type ConsoleRig,
  CUSTOMERS,
  invoice,
  NO_BROWSER,
  payment,
  SAASANT,
  startConsole,
  usable,
  WHY_SKIPPED,
} from './console.testing.ts';
import { newConnectedCompany, untilState } from './system.ts';

let rig: ConsoleRig;

describe.skipIf(NO_BROWSER)(`the console in Chromium${WHY_SKIPPED}`, () => {
  beforeAll(async () => {
    rig = await startConsole();
  });
  afterAll(() => rig?.stop());

  it('signs in with a key, keeps it nowhere, and signs out', async () => {
    await rig.company('sign-in');
    const { page, context, complaints } = await openPage(rig.browser, rig.system.api);
    await page.goto('/');
    await fillKey(page, 'lp_nobody_0000000000000000');
    await page.getByRole('alert').getByText('unknown or revoked').waitFor();
    await usable(page, 'sign-in');
    const secret = await rig.key('sign-in', 'viewer');
    await signIn(page, secret);
    await page.waitForURL('**/c/sign-in');
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, document.documentElement.outerHTML]),
    );
    expect(kept).not.toContain(secret);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await page.reload();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await keyField(page);
    expect((await context.request.get('/v1/session')).status()).toBe(401);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('goes through the first day at QuickBooks: connect, preview, warning, batch, a refused row fixed and retried, undo', async () => {
    const co = await rig.company('first-day');
    const simulator = qboSimulatorClient(rig.system.simulator!.url);
    const realm = await simulator.createCompany({
      companyName: 'Simulated Birds',
      preferences: { classTracking: 'per-line' },
      classes: ['HVAC'],
    });
    // Here a payment waits for its invoice, so that both are retried.
    await co.target('qbo', { policy: { paymentsOfStoppedInvoices: 'wait' } });
    await co.records([
      ...CUSTOMERS,
      invoice('i-1', '189.00'),
      invoice('i-2', '250.00', { date: '2026-11-02' }),
      payment('p-1', 'i-1', '189.00'),
      payment('p-2', 'i-2', '100.00'),
    ]);
    const { page, context, complaints } = await rig.enter('first-day', ['admin']);

    // Connect, in a window that returns by itself.
    await page.getByRole('link', { name: 'Marketplace', exact: true }).click();
    await usable(page, 'marketplace');
    await page.getByRole('button', { name: 'QuickBooks Online: Set Up Information' }).click();
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Connect to QuickBooks Online' }).click();
    const popup = await opened;
    await popup.getByRole('button', { name: 'Continue to QuickBooks Online' }).click();
    await popup.getByRole('button', { name: realm }).click();
    await page.getByText('One to each row in a transaction').waitFor();
    expect(popup.isClosed() || (await popup.waitForEvent('close'))).toBeTruthy();
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    await usable(page, 'connection');
    await page.getByRole('button', { name: 'Close' }).click();

    // A payment without its invoice.
    await page.getByRole('link', { name: 'Unbatched' }).click();
    await page.getByRole('tab', { name: /Invoices\s*2 · \$439\.00/ }).waitFor();
    await usable(page, 'unbatched');
    await page.getByText('2 invoices ($439.00) and 2 payments ($289.00) will be sent.', { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: 'All invoices' }).uncheck();
    await page.getByRole('tab', { name: /Payments\s*2 · \$289\.00/ }).click();
    await page.getByRole('checkbox', { name: 'payment p-2' }).uncheck();
    await page.getByText('1 payment ($189.00) will be sent.', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Batch to QuickBooks Online' }).click();
    await page.getByRole('alert', { name: 'Payments without their invoices' }).waitFor();
    await usable(page, 'warning');
    await page.getByRole('button', { name: 'Add the invoices' }).click();
    await page.getByRole('dialog').getByRole('cell', { name: 'New invoice' }).waitFor();
    await page.getByLabel('Name of the batch').fill('First day');
    await usable(page, 'preview');

    // Someone closes the books in the meantime: QuickBooks refuses.
    await simulator.control('POST', `/companies/${realm}/person`, { act: 'closeBooks', date: '2026-10-31' });
    await page.getByRole('button', { name: 'Batch 2 documents' }).click();
    await page.getByRole('heading', { name: 'First day' }).waitFor();
    await page.getByRole('button', { name: /Refused 1/ }).click();
    await page.getByText('closed', { exact: false }).first().waitFor();
    await usable(page, 'refused');

    await simulator.control('POST', `/companies/${realm}/person`, { act: 'closeBooks', date: null });
    await co.connectionRefreshed();
    await page.getByRole('button', { name: 'Retry 2 documents' }).click();
    await page.getByText('an earlier batch').waitFor();
    await page.getByRole('button', { name: 'Posted 2' }).waitFor();
    await usable(page, 'posted');
    expect((await simulator.trialBalance(realm)).rows.find(({ account }) => account.includes('Receivable'))).toBeUndefined();

    // Each document shows its result and links to its page in the books; only simulated ones have no pages.
    const booksAre = (environment: string) =>
      rig.system.sql`update connections set environment = ${environment} where company_id = 'first-day'`;
    await booksAre('sandbox');
    await page.getByRole('button', { name: /New invoice N-i-1: details/ }).click();
    await page.getByRole('heading', { name: 'New invoice N-i-1' }).waitFor();
    await page.getByText('Details', { exact: true }).last().click();
    await page.getByRole('cell', { name: 'Answered' }).waitFor();
    await page.getByRole('link', { name: 'Open in QuickBooks Online' }).waitFor();
    expect(await page.getByRole('link', { name: 'Open in QuickBooks Online' }).getAttribute('href')).toMatch(
      /^https:\/\/app\.sandbox\.qbo\.intuit\.com\/app\/invoice\?txnId=\d+$/,
    );
    await usable(page, 'document');
    await booksAre('simulator');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Verification' }).click();
    await page.getByRole('button', { name: 'Verify in QuickBooks Online' }).click();
    await page.getByText('Done', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Ledger' }).click();
    await page.getByRole('cell', { name: 'Deposit', exact: true }).waitFor();
    await usable(page, 'ledger');
    expect(await page.getByRole('link', { name: 'Workflow in Temporal' }).getAttribute('href')).toMatch(
      /\/namespaces\/[^/]+\/workflows\/batch/,
    );

    // Undo takes both out of the books again.
    await page.getByRole('button', { name: 'Undo …' }).click();
    await page.getByText('Undo removes 2 documents from QuickBooks Online').waitFor();
    await usable(page, 'undo');
    await page.getByRole('button', { name: 'Undo 2 documents' }).click();
    await page.getByText('Undone', { exact: true }).first().waitFor();
    expect((await simulator.trialBalance(realm)).debit).toBe(0);
    await page.getByRole('link', { name: 'Previous batches' }).first().click();
    await page.getByRole('link', { name: 'First day', exact: true }).waitFor();
    await usable(page, 'previous-batches');
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByText('Newest batches').waitFor();
    await usable(page, 'home');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('batches files for SaasAnt, downloads them, confirms them as loaded, and lists what to delete after an undo', async () => {
    const co = await rig.company('files');
    await co.target('saasant', SAASANT);
    await co.records([
      ...CUSTOMERS,
      invoice('i-1', '189.00'),
      { ...invoice('i-2', '10.00'), total: '11.00' },
      payment('p-1', 'i-1', '189.00'),
    ]);
    const { page, context, complaints } = await rig.enter('files', ['admin'], '/c/files/unbatched');
    await page.getByText('1 invoice ($189.00) and 1 payment ($189.00) will be sent. 1 can’t be sent.').waitFor();
    // Filters narrow what is shown, and with it what is batched, in both lists.
    await page.getByLabel('Search').fill('n-I-1');
    await page.getByRole('tab', { name: /Invoices\s*1 · \$189\.00/ }).waitFor();
    await page.getByRole('tab', { name: /Payments\s*0/ }).waitFor();
    await page.getByText('1 invoice ($189.00) will be sent.', { exact: true }).waitFor();
    await page.getByLabel('Search').fill('');
    await page.getByLabel('To', { exact: true }).fill('2026-10-31');
    await page.getByRole('tab', { name: /Payments\s*0/ }).waitFor();
    await page.getByLabel('To', { exact: true }).fill('');
    await page.getByRole('combobox', { name: /^Department/ }).selectOption('HVAC Service');
    await page.getByRole('tab', { name: /Invoices\s*2 · \$200\.00/ }).waitFor();
    await page.getByRole('tab', { name: /Payments\s*0/ }).waitFor();
    await page.getByRole('combobox', { name: /^Department/ }).selectOption('All departments');
    await page.getByRole('tab', { name: /Payments\s*1/ }).waitFor();
    // Why a row can't be sent, on the row.
    await page
      .getByRole('row', { name: /N-i-2/ })
      .getByText(/problem/i)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Batch & Download' }).click();
    const name = await page.getByLabel('Name of the batch').inputValue();
    expect(name).toMatch(/^files-saasant-\d{4}-\d\d-\d\d-1$/);
    // The zip comes by itself once it is ready, and again whenever someone asks for it.
    const byItself = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Batch 2 documents' }).click();
    await page.getByRole('heading', { name }).waitFor();
    expect((await byItself).suggestedFilename()).toBe(`${name}.zip`);
    await page.getByText(`The files of “${name}” are ready`).waitFor();
    await page.getByRole('link', { name: 'Previous Batches' }).first().click();
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: `Download ${name}` }).click();
    expect((await coming).suggestedFilename()).toBe(`${name}.zip`);
    await page.getByRole('button', { name: `Undo ${name}` }).waitFor();
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('tab', { name: 'Files' }).click();
    await page.getByRole('link', { name: /Invoice Inserts/i }).waitFor();
    await page.getByRole('button', { name: 'Confirm as loaded' }).click();
    await usable(page, 'confirm');
    await page.getByRole('button', { name: 'Yes, they are loaded' }).click();
    await page.getByText('Confirmed as loaded').waitFor();
    await usable(page, 'files');
    await page.getByRole('button', { name: 'Undo …' }).click();
    await page.getByRole('alert', { name: 'Files were loaded' }).waitFor();
    await usable(page, 'undo-by-hand');
    await page.getByRole('button', { name: /^Undo \d documents$/ }).click();
    await page.getByRole('tab', { name: 'Undo' }).click();
    await page.getByText('delete everything listed here in your accounting system').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('offers nobody what their role may not do', async () => {
    const co = await rig.company('roles');
    await co.target('saasant', SAASANT);
    await co.records([...CUSTOMERS, invoice('i-1', '189.00')]);
    const started = await co.call<{ batch: { id: string } }>('POST', '/targets/saasant/batches', {});
    await untilState(rig.system, 'roles', started.batch.id, ['posted']);
    await co.records([invoice('i-2', '20.00')]);
    const viewer = await rig.enter('roles', ['viewer'], '/c/roles/unbatched/saasant');
    await viewer.page.getByRole('button', { name: 'Preview' }).click();
    await viewer.page.getByRole('dialog').getByRole('cell', { name: 'New invoice' }).waitFor();
    expect(await viewer.page.getByRole('button', { name: /^Batch/ }).count()).toBe(0);
    await viewer.page.goto(`/c/roles/batches/${started.batch.id}`);
    await viewer.page.getByRole('link', { name: 'Download' }).waitFor();
    expect(await viewer.page.getByRole('button', { name: /Undo|Retry|Cancel|Confirm|Approve/ }).count()).toBe(0);
    await viewer.page.goto('/c/roles/books');
    await viewer.page.getByRole('button', { name: /SaasAnt.*: Settings/ }).click();
    expect(await viewer.page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await viewer.page.goto('/c/roles/books/qbo');
    await viewer.page.getByText('Sign in as the primary admin').waitFor();
    expect(await viewer.page.getByRole('button', { name: /^Connect/ }).count()).toBe(0);
    await viewer.context.close();

    // A poster can't undo, and an approver can only approve.
    const acts = /Undo|Retry|Cancel|Confirm|Approve|Resume/;
    for (const [role, start, offered] of [
      ['poster', 'Batch & Download', ['Confirm as loaded']],
      ['approver', 'Preview', []],
      ['admin', 'Batch & Download', ['Confirm as loaded', 'Undo …']],
    ] as const) {
      const { page, context } = await rig.enter('roles', [role], `/c/roles/batches/${started.batch.id}`);
      await page.getByRole('link', { name: 'Download' }).waitFor();
      expect([role, await page.getByRole('button', { name: acts }).allTextContents()]).toEqual([role, offered]);
      await page.goto('/c/roles/unbatched/saasant');
      await page.getByRole('button', { name: start }).waitFor();
      await page.goto('/c/roles/books/saasant/settings');
      await page.getByLabel('Income', { exact: true }).waitFor();
      expect([role, await page.getByRole('button', { name: 'Save' }).count()]).toEqual([role, role === 'admin' ? 1 : 0]);
      await context.close();
    }

    const source = await rig.enter('roles', ['source']);
    await source.page.getByText('You have no access here, or can only send records.').waitFor();
    await source.context.close();

    const stranger = await rig.enter('roles', ['viewer'], '/c/first-day');
    await stranger.page.getByText('There is no company').waitFor();
    await stranger.context.close();
  });

  it('shows a batch that lost access to the books as on hold, at home, until someone reconnects and resumes it', async () => {
    const realm = await newConnectedCompany(rig.system, 'held', { company: { classes: ['HVAC'] } });
    const co = rig.companyOf('held');
    await co.records([...CUSTOMERS, invoice('i-1', '189.00')]);
    const { page, context, complaints } = await rig.enter('held', ['admin'], '/c/held/unbatched/qbo');
    await page.getByRole('button', { name: 'Batch to QuickBooks Online' }).click();
    await page.getByRole('button', { name: 'Batch 1 document' }).waitFor();
    await qboSimulatorClient(rig.system.simulator!.url).control('POST', `/companies/${realm}/revoke`);
    await page.getByRole('button', { name: 'Batch 1 document' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('heading', { name: 'Batches on hold' }).waitFor();
    await page.getByRole('heading', { name: 'Notices' }).waitFor();
    await usable(page, 'home-held');
    await page.getByRole('link', { name: 'Open the connection' }).first().click();
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Connect to QuickBooks Online' }).click();
    const popup = await opened;
    await popup.getByRole('button', { name: 'Continue to QuickBooks Online' }).click();
    await popup.getByRole('button', { name: realm }).click();
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('region', { name: 'Batches on hold' }).getByRole('link').click();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Posted 1' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('lets a second person approve, who finds it on the home page', async () => {
    const co = await rig.company('approval');
    await co.target('saasant', { ...SAASANT, policy: { approval: { required: true } } });
    await co.records([...CUSTOMERS, invoice('i-1', '189.00')]);
    const first = await rig.enter('approval', ['poster', 'approver'], '/c/approval/unbatched');
    await first.page.getByRole('button', { name: 'Batch & Download' }).click();
    await first.page.getByRole('button', { name: 'Batch 1 document' }).click();
    await first.page.getByText('someone else has to approve it').waitFor();
    expect(await first.page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await usable(first.page, 'awaiting-approval');
    const second = await rig.enter('approval', ['approver']);
    await second.page.getByText('Waiting for your approval').waitFor();
    await usable(second.page, 'home-approval');
    await second.page.getByRole('table', { name: 'Waiting for your approval' }).getByRole('link').click();
    await second.page.getByRole('button', { name: 'Approve …' }).click();
    await second.page.getByRole('button', { name: 'Approve', exact: true }).click();
    // Both see it end, each by the stream of events.
    await Promise.all([first, second].map(({ page }) => page.getByRole('link', { name: 'Download' }).waitFor()));
    await Promise.all([first, second].map(({ context }) => context.close()));
  });

  it('shows that the connection is lost in mid-batch, and the end of the batch once it is back', async () => {
    const co = await rig.company('lost');
    await co.target('saasant', SAASANT);
    await co.records([...CUSTOMERS, invoice('i-1', '189.00')]);
    await rig.worker.stop();
    const { page, context } = await rig.enter('lost', ['poster'], '/c/lost/unbatched');
    await page.getByRole('button', { name: 'Batch & Download' }).click();
    await page.getByRole('button', { name: 'Batch 1 document' }).click();
    await page.getByRole('region', { name: 'Progress' }).waitFor();
    await rig.system.killApi();
    await page.getByText('The connection to Ledgerpost was lost').waitFor();
    await usable(page, 'connection-lost');
    await rig.system.startApi();
    rig.worker = await rig.system.startWorker();
    await page.getByRole('link', { name: 'Download' }).waitFor({ timeout: 120_000 });
    await context.close();
  });

  it('makes the form of any target from its schema, and keeps what is typed', async () => {
    await rig.company('form');
    const { page, context, complaints } = await rig.enter('form', ['admin'], '/c/form/books');
    await page.getByRole('button', { name: /SaasAnt.*: Settings/ }).click();
    await page.getByLabel('Income', { exact: true }).fill('Services');
    await page.getByRole('button', { name: 'Add to Categories' }).click();
    await page.getByLabel('Categories, name 1').fill('Coupons');
    await page.getByLabel('Categories, value 1').fill('Marketing Coupons');
    await usable(page, 'settings');
    await page.getByRole('button', { name: /^Use SaasAnt/ }).click();
    await page.getByRole('heading', { name: 'Marketplace' }).waitFor();
    const { body } = await rig.system.call<{ settings: Record<string, unknown> }>('GET', '/v1/companies/form/targets/saasant');
    expect(body.settings).toMatchObject({ accounts: { income: 'Services' }, categories: { Coupons: 'Marketing Coupons' } });
    // Each installed target has its form, also one that nobody thought of here.
    const { body: targets } = await rig.system.call<{ rows: { name: string }[] }>('GET', '/v1/targets');
    for (const { name } of targets.rows) {
      await page.getByRole('button', { name: `${name}: Settings` }).click();
      await page.getByRole('heading', { name: `${name}: settings` }).waitFor();
      await page.getByRole('link', { name: 'Marketplace' }).first().click();
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});
