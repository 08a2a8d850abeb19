import { qboSimulatorClient } from '@ledgerpost/devstack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillKey } from './browser.ts';
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

describe.skipIf(NO_BROWSER)(`an admin of the console${WHY_SKIPPED}`, () => {
  beforeAll(async () => {
    rig = await startConsole();
  });
  afterAll(() => rig?.stop());

  it('finds at home what is wrong with a connection, creates missing classes, fixes accounts, and disconnects', async () => {
    const realm = await newConnectedCompany(rig.system, 'card', {
      company: { classes: ['Plumbing'] },
    });
    const simulator = qboSimulatorClient(rig.system.simulator!.url);
    await rig.companyOf('card').records([...CUSTOMERS, invoice('i-1', '189.00')]);
    await rig.system
      .sql`update connections set refresh_expires_at = now() + interval '4 days 12 hours' where company_id = 'card'`;
    const { page, context, complaints } = await rig.enter('card', ['admin']);
    const notices = page.getByRole('region', { name: 'Notices' });
    await notices.getByText('Access to QuickBooks Online ends in 5 days').waitFor();
    await notices.getByText('“HVAC” (missing)').waitFor();
    await usable(page, 'home-notices');

    // Only the checked missing classes are created.
    await notices.getByRole('link', { name: 'Open the connection' }).first().click();
    const classes = page.getByRole('region', { name: 'Classes' });
    await classes.getByText('missing').waitFor();
    await classes.getByRole('button', { name: 'Manage' }).click();
    expect(await classes.getByRole('button', { name: /^Create 0 classes/ }).isDisabled()).toBe(true);
    await classes.getByRole('checkbox', { name: 'HVAC' }).check();
    await usable(page, 'classes');
    await classes.getByRole('button', { name: 'Create 1 class in QuickBooks Online' }).click();
    await classes.getByText('verified').waitFor();
    const names = (await simulator.records<{ Name: string }>(realm, 'Class')).map(({ Name }) => Name);
    expect(names.sort()).toEqual(['HVAC', 'Plumbing']);

    // An account is pasted from the chart; one that is not there is refused, with similar names.
    const accounts = page.getByRole('region', { name: 'Accounts' });
    const income = accounts.getByRole('listitem').filter({ hasText: 'Income' }).first();
    await income.getByRole('button', { name: /^Edit/ }).click();
    const field = accounts.getByRole('combobox');
    await field.fill('Servces');
    await accounts.getByRole('button', { name: 'Save' }).click();
    await accounts
      .getByText(/not in the chart|no account/i)
      .first()
      .waitFor();
    await usable(page, 'account-edit');
    await accounts.getByRole('button', { name: 'Use “Services”' }).click();
    expect(await field.inputValue()).toBe('Services');
    await field.fill('Sales of Product Income');
    await accounts.getByRole('button', { name: 'Save' }).click();
    await field.waitFor({ state: 'hidden' });
    await income.getByText('Sales of Product Income').waitFor();
    await page.reload();
    await income.getByText('Sales of Product Income').waitFor();

    // What changes in the books shows at the next refresh.
    const [account] = (await simulator.records<{ Id: string; Name: string }>(realm, 'Account')).filter(
      ({ Name }) => Name === 'Sales of Product Income',
    );
    await simulator.control('POST', `/companies/${realm}/person`, {
      act: 'rename',
      entity: 'Account',
      id: account!.Id,
      name: 'Field income',
    });
    await page.getByRole('button', { name: 'Refresh the connection' }).click();
    await income.getByText('Renamed', { exact: true }).waitFor();
    await usable(page, 'a renamed account');

    await page.getByRole('button', { name: 'Disconnect …' }).click();
    await page.getByRole('button', { name: 'Stay connected' }).click();
    await page.getByRole('button', { name: 'Disconnect …' }).click();
    await usable(page, 'disconnect');
    await page.getByRole('button', { name: 'Yes, disconnect' }).click();
    await page.getByRole('button', { name: 'Connect to QuickBooks Online' }).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('Disconnected').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('sends payments without their invoices only after an explicit answer, and the x sends nothing', async () => {
    const co = await rig.company('without');
    await co.target('saasant', SAASANT);
    await co.records([...CUSTOMERS, invoice('i-1', '189.00'), payment('p-1', 'i-1', '189.00')]);
    const { page, context, complaints } = await rig.enter('without', ['poster'], '/c/without/unbatched/saasant');
    // The checkbox at the top belongs to the open list.
    await page.getByRole('checkbox', { name: 'All invoices' }).uncheck();
    await page.getByText('1 payment ($189.00) will be sent.', { exact: true }).waitFor();
    const warning = page.getByRole('alert', { name: 'Payments without their invoices' });
    await page.getByRole('button', { name: 'Batch & Download' }).click();
    await warning.getByText('Payment p-1 for invoice N-i-1').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect((await co.call<{ rows: unknown[] }>('GET', '/batches')).rows).toEqual([]);
    // The choice is still there.
    await page.getByText('1 payment ($189.00) will be sent.', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Batch & Download' }).click();
    await warning.getByRole('button', { name: 'Send payments without invoices' }).click();
    await page.getByRole('button', { name: 'In the files 1' }).waitFor();
    await page.getByRole('cell', { name: 'New payment' }).waitFor();
    await page.getByRole('link', { name: 'Unbatched' }).click();
    await page.getByRole('tab', { name: /Invoices\s*1 · \$189\.00/ }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('batches exactly what is shown and checked', async () => {
    const co = await rig.company('shown');
    await co.target('saasant', SAASANT);
    await co.records([
      ...CUSTOMERS,
      { type: 'department', id: 'd-2', name: 'Plumbing' },
      ...[1, 2, 3].map((n) => invoice(`h-${n}`, '10.00')),
      ...[1, 2].map((n) => invoice(`p-${n}`, '7.00', { departmentId: 'd-2', date: `2026-10-1${n}` })),
    ]);
    const { page, context, complaints } = await rig.enter('shown', ['poster'], '/c/shown/unbatched/saasant');
    const willBeSent = (words: string) => page.getByText(`${words} will be sent.`, { exact: true }).waitFor();
    await willBeSent('5 invoices ($44.00)');
    await page.getByRole('checkbox', { name: 'invoice N-h-1' }).uncheck();
    await willBeSent('4 invoices ($34.00)');
    await page.getByRole('combobox', { name: /^Department/ }).selectOption('Plumbing');
    await willBeSent('2 invoices ($14.00)');
    // What was unchecked stays unchecked.
    await page.getByRole('combobox', { name: /^Department/ }).selectOption('HVAC Service');
    await willBeSent('2 invoices ($20.00)');
    await page.getByRole('combobox', { name: /^Department/ }).selectOption('Plumbing');
    await page.getByLabel('From').fill('2026-10-12');
    await willBeSent('1 invoice ($7.00)');
    await page.getByRole('button', { name: 'Batch & Download (1)' }).waitFor();
    await page.getByRole('button', { name: 'Batch & Download' }).click();
    await page.getByRole('button', { name: 'Batch 1 document' }).click();
    await page.getByRole('button', { name: 'In the files 1' }).waitFor();
    await page.getByRole('cell', { name: 'N-p-2', exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('retries a rejected document once it is fixed, and downloads the same files again', async () => {
    const co = await rig.company('retry');
    await co.target('saasant', SAASANT);
    const wrong = { ...invoice('i-2', '10.00'), customerId: 'c-9' };
    await co.records([...CUSTOMERS, invoice('i-1', '189.00'), wrong]);
    const { page, context, complaints } = await rig.enter('retry', ['poster'], '/c/retry/unbatched/saasant');
    await page.getByRole('button', { name: 'Batch & Download' }).click();
    await page.getByLabel('Name of the batch').fill('With one that is wrong');
    const first = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Batch \d documents?$/ }).click();
    await first;
    await page.getByRole('button', { name: 'Rejected 1' }).click();
    await page
      .getByRole('row', { name: /N-i-2/ })
      .getByText(/customer/)
      .first()
      .waitFor();
    await usable(page, 'rejected');
    await co.records([invoice('i-2', '10.00')]);
    const second = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Retry 1 document' }).click();
    await page.getByText('an earlier batch').waitFor();
    await page.getByRole('button', { name: 'In the files 1' }).waitFor();
    await second;

    await page.getByRole('link', { name: 'an earlier batch' }).click();
    await page.getByRole('heading', { name: 'With one that is wrong' }).waitFor();
    for (let n = 0; n < 2; n++) {
      const coming = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download' }).click();
      expect((await coming).suggestedFilename()).toBe('With one that is wrong.zip');
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('declines a batch that someone else started, and nothing of it is sent', async () => {
    const co = await rig.company('decline');
    await co.target('saasant', { ...SAASANT, policy: { approval: { required: true } } });
    await co.records([...CUSTOMERS, invoice('i-1', '189.00')]);
    const { batch } = await co.call<{ batch: { id: string } }>('POST', '/targets/saasant/batches', { name: 'Too early' });
    await untilState(rig.system, 'decline', batch.id, ['awaiting-approval']);
    const { page, context, complaints } = await rig.enter('decline', ['approver']);
    await page.getByRole('table', { name: 'Waiting for your approval' }).getByRole('link', { name: 'Too early' }).click();
    await page.getByRole('button', { name: 'Decline …' }).click();
    await page.getByLabel('Reason, for the person who started it').fill('October is not complete.');
    await usable(page, 'decline');
    await page.getByRole('button', { name: 'Decline', exact: true }).click();
    await page.getByText('Declined', { exact: true }).first().waitFor();
    await page.getByText('October is not complete.').first().waitFor();
    expect(await page.getByRole('link', { name: 'Download' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByText('You’re all caught up.').waitFor();
    await page.getByRole('link', { name: 'Unbatched' }).click();
    await page.getByRole('tab', { name: /Invoices\s*1 · \$189\.00/ }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('cancels a batch while it runs, and one on hold', async () => {
    const co = await rig.company('cancel');
    await co.target('saasant', SAASANT);
    await co.records([...CUSTOMERS, invoice('i-1', '189.00')]);
    const { page, context, complaints } = await rig.enter('cancel', ['poster'], '/c/cancel/unbatched');
    await rig.worker.stop();
    await page.getByRole('button', { name: 'Batch & Download' }).click();
    await page.getByRole('button', { name: 'Batch 1 document' }).click();
    await page.getByRole('button', { name: 'Cancel the batch' }).click();
    await page.getByRole('button', { name: 'Canceling …' }).waitFor();
    await usable(page, 'canceling');
    rig.worker = await rig.system.startWorker();
    await page.getByText('Canceled', { exact: true }).first().waitFor({ timeout: 120_000 });
    expect(await page.getByRole('button', { name: /Cancel/ }).count()).toBe(0);

    const realm = await newConnectedCompany(rig.system, 'cancel-held', {
      company: { classes: ['HVAC'] },
    });
    await rig.companyOf('cancel-held').records([...CUSTOMERS, invoice('i-1', '189.00')]);
    const held = await rig.enter('cancel-held', ['poster'], '/c/cancel-held/unbatched/qbo');
    await held.page.getByRole('button', { name: 'Batch to QuickBooks Online' }).click();
    await held.page.getByRole('button', { name: 'Batch 1 document' }).waitFor();
    await qboSimulatorClient(rig.system.simulator!.url).control('POST', `/companies/${realm}/revoke`);
    await held.page.getByRole('button', { name: 'Batch 1 document' }).click();
    await held.page.getByRole('button', { name: 'Resume' }).waitFor();
    // The page loads what was not there yet when it opened.
    await held.page.getByRole('cell', { name: 'New invoice' }).waitFor();
    await held.page.getByRole('button', { name: 'Ready to send 1' }).waitFor();
    await usable(held.page, 'held');
    await held.page.getByRole('button', { name: 'Cancel the batch' }).click();
    await held.page.getByText('Canceled', { exact: true }).first().waitFor();
    await held.page.getByRole('link', { name: 'Unbatched' }).click();
    await held.page.getByRole('tab', { name: /Invoices\s*1 · \$189\.00/ }).waitFor();
    expect([...complaints, ...held.complaints]).toEqual([]);
    await Promise.all([context.close(), held.context.close()]);
  });

  it('sees which documents an undo skipped, and why', async () => {
    const realm = await newConnectedCompany(rig.system, 'left', { company: { classes: ['HVAC'] } });
    const simulator = qboSimulatorClient(rig.system.simulator!.url);
    const co = rig.companyOf('left');
    await co.records([...CUSTOMERS, invoice('i-1', '189.00'), invoice('i-2', '20.00')]);
    const { batch } = await co.call<{ batch: { id: string } }>('POST', '/targets/qbo/batches', { name: 'Taken back' });
    await untilState(rig.system, 'left', batch.id, ['posted']);
    const made = await simulator.records<{ Id: string; DocNumber: string }>(realm, 'Invoice');
    const { Id: id } = made.find(({ DocNumber }) => DocNumber === 'N-i-2')!;
    await simulator.control('POST', `/companies/${realm}/person`, {
      act: 'edit',
      entity: 'Invoice',
      id,
      changes: { TxnDate: '2026-10-09' },
    });
    const { page, context, complaints } = await rig.enter('left', ['admin'], `/c/left/batches/${batch.id}`);
    await page.getByRole('button', { name: 'Undo …' }).click();
    await page.getByRole('button', { name: 'Undo 2 documents' }).click();
    await page.getByText('Partly undone', { exact: true }).first().waitFor();
    await page.getByRole('tab', { name: 'Undo' }).click();
    const left = page.getByRole('listitem').filter({ hasText: 'Not undone' });
    await left
      .getByText(/N-i-2.*changed in QuickBooks/)
      .first()
      .waitFor();
    await usable(page, 'undone-in-part');
    // What is still in the books can be undone again, and nothing else is counted.
    await page.getByRole('button', { name: 'Undo …' }).click();
    await page.getByRole('button', { name: 'Undo 1 document' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('starts no second batch beside one that is open, nor one of other records than were shown', async () => {
    const co = await rig.company('twice');
    await co.target('saasant', SAASANT);
    await co.records([...CUSTOMERS, invoice('i-1', '189.00')]);
    const { page, context, complaints } = await rig.enter('twice', ['poster'], '/c/twice/unbatched/saasant');
    await page.getByRole('button', { name: 'Batch & Download' }).click();
    await page.getByRole('button', { name: 'Batch 1 document' }).waitFor();
    await co.records([invoice('i-2', '20.00')]);
    await page.getByRole('button', { name: 'Batch 1 document' }).click();
    await page
      .getByRole('alert')
      .getByText(/changed/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Batch 2 documents' }).waitFor();
    await usable(page, 'records that changed');
    // In the meantime someone else starts a batch.
    await rig.worker.stop();
    await co.call('POST', '/targets/saasant/batches', { name: 'The first' });
    await page.getByRole('button', { name: 'Batch 2 documents' }).click();
    await page.getByRole('link', { name: 'Open “The first”' }).click();
    await page.getByRole('heading', { name: 'The first' }).waitFor();
    rig.worker = await rig.system.startWorker();
    await page.getByRole('button', { name: 'In the files 2' }).waitFor({ timeout: 120_000 });
    expect((await co.call<{ rows: unknown[] }>('GET', '/batches')).rows).toHaveLength(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is asked to sign in again where it was, once the key is revoked', async () => {
    const co = await rig.company('revoked');
    await co.target('saasant', SAASANT);
    await co.records([...CUSTOMERS, invoice('i-1', '189.00')]);
    const { page, context, complaints } = await rig.enter('revoked', ['poster'], '/c/revoked/unbatched/saasant?list=payments');
    await page.getByText('No unbatched payments here.').waitFor();
    const { rows } = await co.call<{ rows: { id: string; name: string }[] }>('GET', '/keys');
    await co.call('DELETE', `/keys/${rows.find(({ name }) => name === 'poster')!.id}`);
    await page.getByRole('button', { name: 'Batch & Download' }).click();
    await page.getByRole('button', { name: 'Batch 1 document' }).click();
    await fillKey(page, await rig.key('revoked', 'viewer'));
    await page.getByText('No unbatched payments here.').waitFor();
    // With the rights of the new key.
    await page.getByRole('button', { name: 'Preview' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('uses an accounting system that the console knows nothing of, from its form to its files', async () => {
    const co = await rig.company('third');
    await co.records([...CUSTOMERS, invoice('i-1', '189.00')]);
    const { page, context, complaints } = await rig.enter('third', ['admin'], '/c/third/books');
    await page.getByRole('button', { name: 'Plain-text accounting: Settings' }).click();
    await page.getByLabel('Income', { exact: true }).fill('Services');
    await page.getByRole('button', { name: 'Add to Journal accounts' }).click();
    await page.getByLabel('Journal accounts, name 1').fill('Services');
    // A refusal of the target is shown at its field.
    await page.getByLabel('Journal accounts, value 1').fill('income:services');
    await page.getByRole('button', { name: 'Use Plain-text accounting' }).click();
    await page
      .getByRole('alert', { name: 'Not saved' })
      .getByText('Journal accounts, Services: An account is written like')
      .waitFor();
    // The focus is at the field too.
    await page.waitForSelector('[aria-label="Journal accounts, value 1"][aria-invalid]:focus');
    await usable(page, 'settings-refused');
    await page.getByLabel('Journal accounts, value 1').fill('Income:Services');
    await page.getByRole('button', { name: 'Use Plain-text accounting' }).click();
    await page.getByRole('heading', { name: 'Marketplace' }).waitFor();
    await page.getByRole('link', { name: 'Unbatched' }).click();
    await page.getByRole('button', { name: 'Batch & Download' }).click();
    const zip = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Batch 1 document' }).click();
    await page.getByRole('button', { name: 'In the files 1' }).waitFor();
    await zip;
    await page.getByRole('tab', { name: 'Files' }).click();
    const coming = page.waitForEvent('download');
    await page.getByRole('table', { name: 'Files of the batch' }).getByRole('link').first().click();
    const file = await (await coming).createReadStream();
    let text = '';
    for await (const chunk of file) text += chunk;
    expect(text).toContain('Income:Services');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
