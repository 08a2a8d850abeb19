import { buildConsole } from '@ledgerpost/devstack';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, sharedBrowser } from './browser.ts';
import { NO_BROWSER, usable, WHY_SKIPPED } from './console.testing.ts';
import { type System, startSystem } from './system.ts';

/** What a bookkeeper's spreadsheet looks like: one row per line of an invoice, with one amount that nobody can read. */
const FILE = [
  'Invoice No,Customer,Invoice Date,Product/Service,Quantity,Rate,Line Amount,Invoice Total',
  '1041,Amy’s Bird Sanctuary,10/13/2026,Tune-up,1,189.00,189.00,189.00',
  '1042,Cool Cars,10/14/2026,Filter,2,30.00,60.00,85.00',
  '1042,Cool Cars,10/14/2026,Labor,1,25.00,25.00,85.00',
  '1043,Cool Cars,10/15/2026,Filter,1,30.00,3O.00,30.00',
]
  .map((row) => `${row}\n`)
  .join('');

let system: System;
let browser: Browser;
/** What the API prints when it starts. */
let printed: () => string;

describe.skipIf(NO_BROWSER)(`an empty installation${WHY_SKIPPED}`, () => {
  beforeAll(async () => {
    await buildConsole();
    // Nobody has access: no key, no person.
    system = await startSystem({}, { shared: true, env: { LEDGERPOST_ADMIN_KEY: undefined } });
    const api = await system.startApi();
    printed = () => api.lastWords();
    await system.startWorker();
    browser = await sharedBrowser();
  });
  afterAll(() => system?.stop());

  it('is led to its first downloaded zip in the console alone, in under 40 actions and five minutes', async () => {
    const began = performance.now();
    const { page, context, complaints } = await openPage(browser, system.api);
    let actions = 0;
    /** One thing that a person does: a click, a field that is filled, a file that is chosen. */
    const act = async (what: Promise<unknown>) => {
      actions += 1;
      await what;
    };
    const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
    const to = (name: string | RegExp): Locator => page.getByRole('link', { name }).first();

    await expect.poll(printed, { timeout: 10_000 }).toContain('/invitation#');
    const link = /(http\S+\/invitation#\S+)/.exec(printed())?.[1];
    await act(page.goto(link!));
    await page.getByText('You become the first admin of this installation.').waitFor();
    await usable(page, 'set-up');
    await act(page.getByLabel('Full name').fill('Dana Lee'));
    await act(page.getByLabel('E-mail').fill('dana@example.com'));
    await act(page.getByLabel(/^New password/).fill('correct horse battery'));
    await act(button('Accept and sign in').click());
    await page.getByText('There are no companies yet. Create the first one.').waitFor();
    await usable(page, 'companies-none');
    await act(page.getByLabel('Name', { exact: true }).fill('Amy’s HVAC'));
    await act(page.getByLabel('Time zone', { exact: true }).fill('America/Los_Angeles'));
    await act(button('Create the company').click());

    // Home shows what is left, ticked by the data.
    await page.getByRole('heading', { name: 'From here to the first batch' }).waitFor();
    expect(await open(page)).toEqual([
      ...['People', 'Records', 'Accounting system', 'Matching and mapping', 'First preview', 'First batch'],
    ]);
    await usable(page, 'home-first-steps');
    await act(to('People').click());
    const invited = page.getByRole('form', { name: 'Invite a person' });
    await act(invited.getByLabel('Full name').fill('Pat Poe'));
    await act(invited.getByRole('checkbox', { name: /^approver:/ }).check());
    await act(button('Make an invitation link').click());
    await page.getByText(/\/invitation#/).waitFor();
    await usable(page, 'people');
    await act(to('Home').click());
    await act(to('Accounting system').click());
    await act(button(/SaasAnt.*: Settings/).click());
    await act(page.getByLabel('Income', { exact: true }).fill('Services'));
    await act(button(/^Use SaasAnt/).click());
    await page.getByRole('heading', { name: 'Marketplace' }).waitFor();

    await act(to('Import').click());
    const csv = { name: 'october.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) };
    await act(page.getByLabel('Choose files, or drop them here').setInputFiles(csv));
    await page.getByText('Recognized').waitFor();
    await usable(page, 'import-files');
    await act(to('Continue to the mapping').click());
    await page.getByRole('table', { name: 'Records that they make' }).waitFor();
    await usable(page, 'import-mapping');
    await act(button('Check what would come in').click());
    // What can't be read is corrected in place.
    await act(page.getByLabel('Line Amount in row 5').fill('30.00'));
    await usable(page, 'import-check');
    await act(button('Correct').click());
    await act(button('Check what would come in').click());
    await act(button(/^Import 3 invoices and 2 customers$/).click());
    await act(to('Open Unbatched').click());

    await page.getByText('3 invoices ($304.00) will be sent.', { exact: true }).waitFor();
    await act(button('Batch & Download').click());
    const zip = page.waitForEvent('download');
    await act(button('Batch 3 documents').click());
    expect((await zip).suggestedFilename()).toMatch(/^amys-hvac-saasant-.*\.zip$/);

    await act(to('Home').click());
    await page.getByText('Newest batches').waitFor();
    expect(await page.getByRole('heading', { name: 'From here to the first batch' }).count()).toBe(0);
    const minutes = (performance.now() - began) / 60_000;
    console.info(`From nothing to the first zip: ${actions} actions, ${minutes.toFixed(1)} minutes.`);
    expect(actions).toBeLessThan(40);
    expect(minutes).toBeLessThan(5);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

/** The first steps that are not ticked. */
async function open(page: Page): Promise<string[]> {
  const steps = page.getByRole('region', { name: 'From here to the first batch' }).getByRole('listitem');
  await steps.first().waitFor();
  return steps.evaluateAll((all) =>
    all.filter((one) => !one.classList.contains('done')).map((one) => one.querySelector('a')?.textContent ?? ''),
  );
}
