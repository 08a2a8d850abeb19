import { qboSimulatorClient } from '@ledgerpost/devstack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CompanyRig,
  type ConsoleRig,
  CUSTOMERS,
  type Entered,
  invoice,
  NO_BROWSER,
  payment,
  SAASANT,
  startConsole,
  usable,
  WHY_SKIPPED,
} from './console.testing.ts';
import { newConnectedCompany } from './system.ts';

/*
 * The two articles that Ledgerpost starts from, sentence by sentence: each test is named after what its sentence promises. The
 * tests of an article follow one another on one page, as a reader does.
 */

let rig: ConsoleRig;
beforeAll(async () => {
  if (!NO_BROWSER) rig = await startConsole();
});
afterAll(() => rig?.stop());

describe.skipIf(NO_BROWSER)(`the article about batching${WHY_SKIPPED}`, () => {
  let at: Entered;
  let co: CompanyRig;
  const sent = (words: string) => at.page.getByText(`${words} will be sent.`, { exact: true }).waitFor();

  it('To generate a batch, navigate to Accounting → Unbatched', async () => {
    co = await rig.company('batching');
    await co.target('saasant', SAASANT);
    await co.records([
      ...CUSTOMERS,
      { type: 'department', id: 'd-2', name: 'Plumbing' },
      invoice('i-1', '189.00'),
      invoice('i-2', '20.00', { date: '2026-10-20', departmentId: 'd-2' }),
      payment('p-1', 'i-1', '189.00'),
    ]);
    at = await rig.enter('batching', ['admin']);
    const { page } = at;
    await page.getByText('Accounting', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Unbatched' }).click();
    await page.getByRole('heading', { name: 'Unbatched' }).waitFor();
  });

  it('All invoices and payments will be selected for batching', async () => {
    const { page } = at;
    await sent('2 invoices ($209.00) and 1 payment ($189.00)');
    expect(await page.getByRole('checkbox', { name: 'All invoices' }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'invoice N-i-1' }).isChecked()).toBe(true);
    await page.getByRole('tab', { name: /Payments/ }).click();
    expect(await page.getByRole('checkbox', { name: 'payment p-1' }).isChecked()).toBe(true);
    await page.getByRole('tab', { name: /Invoices/ }).click();
  });

  it('but you can use the checkboxes on the left-hand side', async () => {
    const { page } = at;
    await page.getByRole('checkbox', { name: 'invoice N-i-2' }).uncheck();
    await sent('1 invoice ($189.00) and 1 payment ($189.00)');
    await page.getByRole('checkbox', { name: 'invoice N-i-2' }).check();
    await sent('2 invoices ($209.00) and 1 payment ($189.00)');
  });

  it('or the Date and Department filters to only include the appropriate items', async () => {
    const { page } = at;
    await page.getByRole('combobox', { name: /^Department/ }).selectOption('Plumbing');
    await sent('1 invoice ($20.00)');
    await page.getByRole('combobox', { name: /^Department/ }).selectOption('All departments');
    await page.getByLabel('To', { exact: true }).fill('2026-10-10');
    await sent('1 invoice ($189.00)');
    await page.getByLabel('To', { exact: true }).fill('');
    await sent('2 invoices ($209.00) and 1 payment ($189.00)');
  });

  it('Using the upper-most checkbox will select or un-select all items within the table you are currently on', async () => {
    const { page } = at;
    await page.getByRole('checkbox', { name: 'All invoices' }).uncheck();
    await sent('1 payment ($189.00)');
    expect(await page.getByRole('checkbox', { name: 'invoice N-i-1' }).isChecked()).toBe(false);
  });

  it('You might see a warning highlighted in yellow if you attempt to batch payments but not their invoices', async () => {
    const { page } = at;
    await page.getByRole('button', { name: 'Batch & Download' }).click();
    const warning = page.getByRole('alert', { name: 'Payments without their invoices' });
    await warning.getByText('Payment p-1 for invoice N-i-1').waitFor();
    const [red, green, blue] = (await warning.evaluate((note) => getComputedStyle(note).backgroundColor))
      .match(/\d+/g)!
      .map(Number);
    expect([red! > 200, green! > 200, blue! < red!]).toEqual([true, true, true]);
    await warning.getByRole('button', { name: 'Send payments without invoices' }).waitFor();
  });

  it('use the x to close the window and include those invoices', async () => {
    const { page } = at;
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('checkbox', { name: 'All invoices' }).check();
    await sent('2 invoices ($209.00) and 1 payment ($189.00)');
  });

  it('Selecting Batch & Download will bring up a small verification window in which you can alter the pre-populated name', async () => {
    const { page } = at;
    await page.getByRole('button', { name: 'Batch & Download' }).click();
    const name = page.getByLabel('Name of the batch');
    expect(await name.inputValue()).toMatch(/^batching-saasant-\d{4}-\d\d-\d\d-1$/);
    await name.fill('October');
  });

  it('Selecting Batch & Download will download the batch zip file to the computer being used', async () => {
    const { page } = at;
    const zip = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Batch 3 documents' }).click();
    // Wherever one is by then.
    await page.getByRole('link', { name: 'Home' }).click();
    expect((await zip).suggestedFilename()).toBe('October.zip');
  });

  it('Previous batch files are found and available for download in Reports → Previous Batches', async () => {
    const { page } = at;
    await page.getByText('Reports', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Previous Batches' }).click();
    const zip = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download October' }).click();
    expect((await zip).suggestedFilename()).toBe('October.zip');
  });

  it('If you need to undo a batch, navigate to the Batches report', async () => {
    const { page, context, complaints } = at;
    await page.getByRole('button', { name: 'Undo October' }).click();
    await page.getByRole('button', { name: 'Undo 3 documents' }).click();
    await page.getByRole('table', { name: 'Batches, newest first' }).getByText('Undone', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe.skipIf(NO_BROWSER)(`the article about QuickBooks Online${WHY_SKIPPED}`, () => {
  let at: Entered;
  let realm: string;
  const fact = (name: string) => at.page.getByRole('dialog').locator('dt', { hasText: name }).locator('+ dd').textContent();

  it('To get started, visit your Marketplace under Company and select Set Up Information', async () => {
    const co = await rig.company('online');
    const lines = [{ name: 'Filter', quantity: '1', unitPrice: '200.00', amount: '200.00', taxable: true }];
    const taxed = invoice('i-2', '216.00', { lines, tax: { name: 'San Mateo', rate: '8', amount: '16.00' } });
    await co.records([...CUSTOMERS, invoice('i-1', '189.00'), taxed]);
    realm = await qboSimulatorClient(rig.system.simulator!.url).createCompany({
      companyName: 'Books of Amy',
      preferences: { classTracking: 'per-line', partnerTax: true, partnerTaxPercent: 8 },
      classes: ['Plumbing'],
    });
    at = await rig.enter('online', ['admin']);
    const { page } = at;
    await page.getByText('Company', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Marketplace', exact: true }).click();
    await page.getByRole('button', { name: 'QuickBooks Online: Set Up Information' }).click();
    await page.getByRole('button', { name: 'Connect to QuickBooks Online' }).waitFor();
  });

  it('You will need to authenticate with the top admin login, as this will create customers, services, invoices and payments', async () => {
    await at.page.getByText('Sign in as the primary admin of your QuickBooks Online company.').waitFor();
    await at.page.getByText('creates customers, products, invoices and payments there').waitFor();
  });

  it('Integrating the two will not give anyone access to your QuickBooks account', async () => {
    await at.page.getByText('Connecting doesn’t give anyone new access to QuickBooks Online.').waitFor();
  });

  it('This will open a separate modal; once you have verified, it closes, and the management of the integration opens', async () => {
    const { page } = at;
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Connect to QuickBooks Online' }).click();
    const popup = await opened;
    await popup.getByRole('button', { name: 'Continue to QuickBooks Online' }).click();
    await popup.getByRole('button', { name: realm }).click();
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    expect(popup.isClosed() || (await popup.waitForEvent('close'))).toBeTruthy();
  });

  it('You will see the Company Name, a refresh icon, and the edition, pulled from QuickBooks', async () => {
    const { page } = at;
    await page.getByRole('heading', { name: 'Books of Amy' }).waitFor();
    await page.getByRole('button', { name: 'Refresh the connection' }).click();
    expect(await fact('Edition')).toMatch(/QuickBooks Online/);
  });

  it('Class Tracking: Disabled, One to each transaction, or One to each row in a transaction', async () => {
    expect(await fact('Class tracking')).toBe('One to each row in a transaction');
  });

  it('You will see the status of all classes entered, and select Manage to add new classes', async () => {
    const { page } = at;
    const classes = page.getByRole('region', { name: 'Classes' });
    await classes.getByRole('listitem').filter({ hasText: 'HVAC' }).getByText('Missing').waitFor();
    await classes.getByRole('button', { name: 'Manage' }).click();
    await classes.getByRole('checkbox', { name: 'HVAC' }).check();
    await classes.getByRole('button', { name: 'Create 1 class in QuickBooks Online' }).click();
    await classes.getByText('Verified').waitFor();
    // Also once none is missing.
    await classes.getByRole('button', { name: 'Manage' }).waitFor();
    await usable(page, 'classes-managed');
  });

  it('To update an account, select Edit, paste the account name from QuickBooks, and select Save', async () => {
    const accounts = at.page.getByRole('region', { name: 'Accounts' });
    await accounts.getByRole('button', { name: 'Edit Income' }).click();
    await accounts.getByRole('combobox').fill(' Sales of Product Income ');
    await accounts.getByRole('button', { name: 'Save' }).click();
    await accounts.getByRole('combobox').waitFor({ state: 'hidden' });
    await accounts.getByText('Sales of Product Income').waitFor();
  });

  it('You can update these items at any time by returning to the card', async () => {
    const { page } = at;
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'QuickBooks Online: Set Up Information' }).click();
    await page.getByRole('region', { name: 'Accounts' }).getByText('Sales of Product Income').waitFor();
  });

  it('You have the option to accept the default mapping; you are now ready to begin batching, taxed invoices too', async () => {
    const { page, context, complaints } = at;
    await page.getByRole('link', { name: 'Accept these accounts' }).click();
    await page.getByText('2 invoices ($405.00) will be sent.', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Batch to QuickBooks Online' }).click();
    await page.getByRole('button', { name: 'Batch 2 documents' }).click();
    await page.getByRole('button', { name: 'Posted 2' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});

/* What the article leaves to its reader: which customers of the books are ours. Here, because the system is running here. */
describe.skipIf(NO_BROWSER)(`a bookkeeper before the first batch${WHY_SKIPPED}`, () => {
  it('matches its customers by reasons and all of the same name at once, led there by a problem, and doubles nobody', async () => {
    const simulator = qboSimulatorClient(rig.system.simulator!.url);
    const realm = await newConnectedCompany(rig.system, 'matching', { company: { classes: ['HVAC'] } });
    const person = (act: object) => simulator.control('POST', `/companies/${realm}/person`, act);
    const theirs = [
      { DisplayName: "Amy's Bird Sanctuary" },
      { DisplayName: 'COOL CARS' },
      { DisplayName: 'Rodriguez & Sons', PrimaryPhone: { FreeFormNumber: '555-010-7788' } },
      { DisplayName: 'John Smith' },
    ];
    for (const record of theirs) await person({ act: 'create', entity: 'Customer', record });
    const co = rig.companyOf('matching');
    // The books have the first two under the same names, the third under another one, and one John Smith.
    const ours = [
      ['c-1', "Amy's Bird Sanctuary", {}],
      ['c-2', 'Cool Cars', {}],
      ['c-3', 'Diego Rodriguez', { phone: '(555) 010-7788' }],
      ['c-4', 'John Smith', {}],
      ['c-5', 'John Smith', {}],
    ] as const;
    await co.records([
      CUSTOMERS[0]!,
      ...ours.map(([id, accountingKey, more]) => ({ type: 'customer', id, accountingKey, ...more })),
      ...ours.map(([customerId], n) => invoice(`i-${n}`, '189.00', { customerId })),
    ]);
    await co.connectionRefreshed();
    const { page, context, complaints } = await rig.enter('matching', ['admin'], '/c/matching/unbatched/qbo');

    // A document that waits leads to the page.
    await page.getByText('2 customers can’t be told apart').waitFor();
    await page.getByRole('link', { name: 'Match them' }).click();
    await page.getByRole('heading', { name: 'Matching' }).waitFor();
    await page.getByRole('button', { name: 'Refresh names' }).click();
    await page.getByRole('button', { name: 'Same name 2' }).click();
    await page.getByRole('button', { name: 'Link all 2' }).click();
    await page.getByRole('button', { name: 'Linked 2' }).waitFor();

    // A suggestion has its reason, and is taken back and accepted.
    await page.getByRole('button', { name: 'Similar 1' }).click();
    await page.getByText('same phone number').waitFor();
    await usable(page, 'matching, similar');
    const link = page.getByRole('button', { name: /^Link to “Rodriguez & Sons”.*Diego Rodriguez$/ });
    await link.click();
    await page.getByText('“Diego Rodriguez” is linked to “Rodriguez & Sons”').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await link.click();
    await page.getByRole('button', { name: 'Linked 3' }).waitFor();

    // One John Smith is the one in the books, the other one is someone else.
    await page.getByRole('button', { name: 'To match 2' }).click();
    await page.getByRole('button', { name: 'Choose for John Smith' }).first().click();
    await page.getByRole('list', { name: 'Names in QuickBooks Online' }).getByRole('button', { name: 'John Smith' }).click();
    await page.getByText('“John Smith” is linked to “John Smith”').waitFor();
    await page.getByRole('button', { name: 'Choose for John Smith' }).click();
    await page.getByRole('button', { name: 'It’s someone else of the same name: create apart' }).click();
    await page.getByText('Will be created under a name of its own').waitFor();

    await page.getByRole('link', { name: 'Unbatched' }).click();
    await page.getByRole('button', { name: 'Batch to QuickBooks Online' }).click();
    await page.getByRole('button', { name: 'Batch 5 documents' }).click();
    await page.getByRole('button', { name: 'Posted 5' }).waitFor();
    const customers = await simulator.records<{ Id: string; DisplayName: string }>(realm, 'Customer');
    const invoices = await simulator.records<{ CustomerRef: { value: string } }>(realm, 'Invoice');
    const names = invoices.map(({ CustomerRef }) => customers.find(({ Id }) => Id === CustomerRef.value)!.DisplayName);
    expect([customers.length, new Set(names).size]).toEqual([theirs.length + 1, 5]);
    expect(names).toEqual(expect.arrayContaining(theirs.map(({ DisplayName }) => DisplayName)));
    expect(complaints).toEqual([]);
    await context.close();
  });
});
