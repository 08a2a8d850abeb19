import { createHmac } from 'node:crypto';
import { qboSimulatorClient } from '@ledgerpost/devstack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleRig, CUSTOMERS, invoice, NO_BROWSER, startConsole, usable, WHY_SKIPPED } from './console.testing.ts';
import { newConnectedCompany, untilState } from './system.ts';

let rig: ConsoleRig;

describe.skipIf(NO_BROWSER)(`drift in Chromium${WHY_SKIPPED}`, () => {
  beforeAll(async () => {
    rig = await startConsole();
  });
  afterAll(() => rig?.stop());

  it('case 71: is found by a check or after a webhook, and kept, resent or resolved, each by a role that may', async () => {
    const { system } = rig;
    const realm = await newConnectedCompany(system, 'drift', { company: { classes: ['HVAC'] } });
    const simulator = qboSimulatorClient(system.simulator!.url);
    const co = rig.companyOf('drift');
    await co.records([...CUSTOMERS, ...['1', '2', '3', '4'].map((n) => invoice(`i-${n}`, `${n}00.00`))]);
    const { batch } = await co.call<{ batch: { id: string } }>('POST', '/targets/qbo/batches', { name: 'Week 40' });
    await untilState(system, 'drift', batch.id, ['posted']);
    const held = async () =>
      simulator.records<{ Id: string; DocNumber: string; TxnDate: string; TotalAmt: number }>(realm, 'Invoice');
    const named = async (number: string) => (await held()).find(({ DocNumber }) => DocNumber === number);
    const person = (act: object) => simulator.control('POST', `/companies/${realm}/person`, act);
    const { page, context, complaints } = await rig.enter('drift', ['admin'], '/c/drift/books/qbo');
    const changes = page.getByRole('region', { name: 'Changes in the books' });
    await changes.getByText('has not been checked for changes yet').waitFor();
    await changes.getByRole('button', { name: 'Check now' }).click();
    await changes.getByText(/none changed|no posted document was touched/).waitFor();

    // Nothing in the books is overwritten by itself.
    await person({ act: 'edit', entity: 'Invoice', id: (await named('N-i-1'))!.Id, changes: { TxnDate: '2026-10-09' } });
    await person({ act: 'void', entity: 'Invoice', id: (await named('N-i-2'))!.Id });
    await person({ act: 'delete', entity: 'Invoice', id: (await named('N-i-3'))!.Id });
    await changes.getByRole('button', { name: 'Check now' }).click();
    await changes.getByText('3 newly changed').waitFor();
    await usable(page, 'look-now');
    await changes.getByRole('link', { name: '3 changes need a decision' }).click();
    await page.getByRole('heading', { name: 'Changed in the books since posting' }).waitFor();
    const one = (number: string) => page.getByRole('article', { name: `Invoice ${number}` });
    await one('N-i-1').getByText('date 2026-10-09 instead of 2026-10-03').waitFor();
    await one('N-i-3').getByText('Deleted', { exact: true }).waitFor();
    await usable(page, 'drift');

    // Each choice shows what it does before anyone makes it.
    const decide = async (number: string, choice: string, consequence: string) => {
      await one(number)
        .getByRole('button', { name: `${choice}: Invoice ${number}` })
        .click();
      const window = page.getByRole('dialog');
      await window.getByText(consequence).waitFor();
      await usable(page, `drift: ${choice}`);
      await window.getByRole('button', { name: choice, exact: true }).click();
      await one(number).waitFor({ state: 'detached' });
    };
    await decide('N-i-1', 'Keep QuickBooks version', 'An undo does not remove that version.');
    await decide('N-i-2', 'Resend ours', 'the next batch overwrites the version in the books');
    await decide('N-i-3', 'Resend ours', 'the next batch posts it again');
    expect((await named('N-i-2'))!.TotalAmt).toBe(0);
    expect(await named('N-i-3')).toBeUndefined();

    // Sent by the ordinary batch, when somebody starts it.
    await page.getByRole('link', { name: 'Unbatched' }).click();
    await page.getByRole('tab', { name: /Invoices\s*2 · \$500\.00/ }).waitFor();
    await page.getByRole('button', { name: 'Batch to QuickBooks Online' }).click();
    await page.getByRole('dialog').getByRole('cell', { name: 'Invoice update' }).waitFor();
    await page.getByRole('button', { name: 'Batch 2 documents' }).click();
    await page.getByRole('button', { name: 'Posted 2' }).waitFor();
    expect([(await named('N-i-1'))!.TxnDate, (await named('N-i-2'))!.TotalAmt, (await named('N-i-3'))!.TotalAmt]).toEqual([
      '2026-10-09',
      200,
      300,
    ]);

    // A webhook only starts a check.
    await person({ act: 'edit', entity: 'Invoice', id: (await named('N-i-4'))!.Id, changes: { TxnDate: '2026-10-10' } });
    const event = { specversion: '1.0', id: 'e-1', type: 'qbo.invoice.updated.v1', intuitentityid: '1', intuitaccountid: realm };
    const body = JSON.stringify([event]);
    const tell = (signature: string) =>
      fetch(`${system.api}/v1/webhooks/quickbooks-online`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'intuit-signature': signature },
        body,
      });
    expect((await tell('bm90IG91cnM=')).status).toBe(401);
    expect((await tell(createHmac('sha256', 'simulator-verifier').update(body).digest('base64'))).status).toBe(200);
    await page.goto(`/c/drift/batches/${batch.id}`);
    await one('N-i-4').getByText('a notification from the books').waitFor({ timeout: 40_000 });
    await page.getByText('3 decided changes').click();
    await one('N-i-1').getByText('QuickBooks version kept').waitFor();
    await usable(page, 'batch-drift');
    expect(complaints).toEqual([]);
    await context.close();

    const poster = await rig.enter('drift', ['poster'], '/c/drift');
    const drift = poster.page.getByRole('article', { name: 'Invoice N-i-4' });
    await drift.getByRole('button', { name: 'Mark as resolved: Invoice N-i-4' }).waitFor();
    expect(await drift.getByRole('button').count()).toBe(1);
    await drift.getByRole('button').click();
    await poster.page.getByRole('dialog').getByRole('button', { name: 'Mark as resolved', exact: true }).click();
    await poster.page.getByText('You’re all caught up.').waitFor();
    expect(poster.complaints).toEqual([]);
    await poster.context.close();
  });
});
