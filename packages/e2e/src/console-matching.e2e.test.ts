import { qboSimulatorClient } from '@ledgerpost/devstack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { focused, tabTo } from './browser.ts';
import { type ConsoleRig, invoice, NO_BROWSER, startConsole, usable, WHY_SKIPPED } from './console.testing.ts';
import { newConnectedCompany } from './system.ts';

let rig: ConsoleRig;

/** Ours; the books have the first two under the same names, the third under another one, and one John Smith. */
const OURS = [
  ['c-1', "Amy's Bird Sanctuary", {}],
  ['c-2', 'Cool Cars', {}],
  ['c-3', 'Diego Rodriguez', { phone: '(555) 010-7788' }],
  ['c-4', 'John Smith', {}],
  ['c-5', 'John Smith', {}],
  ['c-6', 'Nobody There', {}],
] as const;
const THEIRS = [
  { DisplayName: "Amy's Bird Sanctuary" },
  { DisplayName: 'COOL CARS' },
  { DisplayName: 'Rodriguez & Sons', PrimaryPhone: { FreeFormNumber: '555-010-7788' } },
  { DisplayName: 'John Smith' },
  { DisplayName: 'Zoe Only There' },
];

describe.skipIf(NO_BROWSER)(`matching in Chromium${WHY_SKIPPED}`, () => {
  beforeAll(async () => {
    rig = await startConsole();
  });
  afterAll(() => rig?.stop());

  it('leads from the unbatched list through every list to a first batch that doubles nobody', async () => {
    const simulator = qboSimulatorClient(rig.system.simulator!.url);
    const realm = await newConnectedCompany(rig.system, 'matching');
    const person = (act: object) => simulator.control('POST', `/companies/${realm}/person`, act);
    for (const record of THEIRS) await person({ act: 'create', entity: 'Customer', record });
    const co = rig.companyOf('matching');
    await co.records([
      ...OURS.map(([id, accountingKey, more]) => ({ type: 'customer', id, accountingKey, ...more })),
      ...OURS.map(([customerId], n) => invoice(`i-${n}`, '189.00', { customerId, departmentId: undefined })),
    ]);
    const { page, context, complaints } = await rig.enter('matching', ['admin'], '/c/matching/unbatched/qbo');

    // The names of the books are read again, since they are younger than the connection.
    await page.getByText('2 customers can’t be told apart').waitFor();
    await page.getByRole('link', { name: 'Match them' }).click();
    await page.getByRole('heading', { name: 'Matching' }).waitFor();
    await page.getByRole('button', { name: 'Refresh names' }).click();
    await page.getByRole('button', { name: 'Same name 2' }).waitFor();
    await usable(page, 'matching, to match');

    // All of the same name at once.
    await page.getByRole('button', { name: 'Same name 2' }).click();
    await page.getByRole('button', { name: 'Link all 2' }).click();
    await page.getByRole('button', { name: 'Linked 2' }).waitFor();

    // A similar one by its phone number, and back, and again.
    await page.getByRole('button', { name: 'Similar 1' }).click();
    await page.getByText('same phone number').waitFor();
    await usable(page, 'matching, similar');
    const link = page.getByRole('button', { name: /^Link to “Rodriguez & Sons”.*Diego Rodriguez$/ });
    await link.click();
    await page.getByText('“Diego Rodriguez” is linked to “Rodriguez & Sons”').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await link.waitFor();
    await link.click();
    await page.getByRole('button', { name: 'Linked 3' }).waitFor();

    // The two John Smiths, by keyboard alone: one is the one in the books, the other is someone else.
    await page.getByRole('button', { name: 'To match 2' }).click();
    await page.getByRole('button', { name: 'Choose for John Smith' }).first().waitFor();
    await page.getByLabel('Search', { exact: true }).focus();
    await tabTo(page, 'button', 'Choose for John Smith');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await focused(page)).toContain('Search in QuickBooks Online');
    await page.keyboard.type('john');
    await page.getByRole('list', { name: 'Names in QuickBooks Online' }).getByRole('button', { name: 'John Smith' }).waitFor();
    await usable(page, 'matching, choose');
    await tabTo(page, 'button', 'John Smith');
    await page.keyboard.press('Enter');
    await page.getByText('“John Smith” is linked to “John Smith”').waitFor();
    await page.getByRole('button', { name: 'Choose for John Smith' }).click();
    await page.getByRole('button', { name: 'It’s someone else of the same name: create apart' }).click();
    await page.getByText('Will be created under a name of its own').waitFor();
    await page.getByRole('button', { name: /Only in QuickBooks Online 1/ }).click();
    await page.getByText('Zoe Only There').waitFor();
    await usable(page, 'matching, only there');

    // Products and services.
    await page.getByRole('tab', { name: /Products and services/ }).click();
    await page.getByRole('button', { name: /Will be created 1/ }).waitFor();

    // The first batch posts to those, creates the two that are new, and doubles nobody.
    await page.getByRole('link', { name: 'Unbatched' }).click();
    await page.getByRole('button', { name: 'Batch to QuickBooks Online' }).click();
    await page.getByRole('button', { name: 'Batch 6 documents' }).click();
    await page.getByRole('button', { name: 'Posted 6' }).waitFor();
    const customers = await simulator.records<{ Id: string; DisplayName: string }>(realm, 'Customer');
    expect(customers).toHaveLength(THEIRS.length + 2);
    const invoices = await simulator.records<{ CustomerRef: { value: string } }>(realm, 'Invoice');
    const names = invoices.map(({ CustomerRef }) => customers.find(({ Id }) => Id === CustomerRef.value)!.DisplayName);
    expect(new Set(names).size).toBe(6);
    expect(names).toEqual(
      expect.arrayContaining(["Amy's Bird Sanctuary", 'COOL CARS', 'Rodriguez & Sons', 'John Smith', 'Nobody There']),
    );

    // Whatever happens to a name there is shown here.
    const john = customers.find(({ DisplayName }) => DisplayName === 'John Smith')!;
    const zoe = customers.find(({ DisplayName }) => DisplayName === 'Zoe Only There')!;
    await person({
      act: 'rename',
      entity: 'Customer',
      id: customers.find(({ DisplayName }) => DisplayName === 'COOL CARS')!.Id,
      name: 'Hot Cars',
    });
    await person({ act: 'merge', from: john.Id, into: zoe.Id });
    await page.goto('/c/matching/matching/qbo?state=all');
    await page.getByRole('button', { name: 'Refresh names' }).click();
    await page.getByRole('button', { name: 'Broken link 1' }).waitFor();
    await page.getByText('Hot Cars').waitFor();
    await page.getByRole('button', { name: 'Broken link 1' }).click();
    await page.getByRole('button', { name: /^Change for John Smith/ }).click();
    await page.getByRole('list', { name: 'Names in QuickBooks Online' }).getByRole('button', { name: 'Zoe Only There' }).click();
    await page.getByText('is linked to “Zoe Only There”').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
