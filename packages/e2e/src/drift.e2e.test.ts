import { createHmac } from 'node:crypto';
import { qboSimulatorClient } from '@ledgerpost/devstack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleRig, CUSTOMERS, invoice, looks, NO_BROWSER, startConsole, usable, WHY_SKIPPED } from './console.testing.ts';
import { newConnectedCompany, untilState } from './system.ts';

let rig: ConsoleRig;

describe.skipIf(NO_BROWSER)(`drift in Chromium${WHY_SKIPPED}`, () => {
  beforeAll(async () => {
    rig = await startConsole();
  });
  afterAll(() => rig?.stop());

  it('case 71: is found by looking now or after a webhook, and kept, sent again or resolved, each by the one who may', async () => {
    const { system } = rig;
    const realm = await newConnectedCompany(system, 'drift', { company: { classTracking: 'per-line', classes: ['HVAC'] } });
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
    await changes.getByText('Nobody has looked yet').waitFor();
    await changes.getByRole('button', { name: 'Look now' }).click();
    await changes.getByText('none of them newly changed').waitFor();

    // Nothing that the books hold is written over by itself.
    await person({ act: 'edit', entity: 'Invoice', id: (await named('N-i-1'))!.Id, changes: { TxnDate: '2026-10-09' } });
    await person({ act: 'void', entity: 'Invoice', id: (await named('N-i-2'))!.Id });
    await person({ act: 'delete', entity: 'Invoice', id: (await named('N-i-3'))!.Id });
    await changes.getByRole('button', { name: 'Look now' }).click();
    await changes.getByText('3 newly changed').waitFor();
    await looks(page, 'look-now');
    await changes.getByRole('link', { name: '3 changes to decide about' }).click();
    await page.getByRole('heading', { name: 'Changed in the books since it was posted' }).waitFor();
    const one = (number: string) => page.getByRole('article', { name: `Invoice ${number}` });
    await one('N-i-1').getByText('date 2026-10-09 instead of 2026-10-03').waitFor();
    await one('N-i-3').getByText('deleted', { exact: true }).waitFor();
    await looks(page, 'drift');

    // Each choice says what it does before anybody makes it.
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
    await decide('N-i-1', 'Keep theirs', 'No undo takes away what was written there.');
    await decide('N-i-2', 'Send ours again', 'the next batch puts ours over what was written there');
    await decide('N-i-3', 'Send ours again', 'the next batch enters it anew');
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

    // A webhook is a reason to look, and nothing else.
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
    await one('N-i-4').getByText('told by the books themselves').waitFor({ timeout: 40_000 });
    await page.getByText('3 changes decided').click();
    await one('N-i-1').getByText('Theirs kept').waitFor();
    await looks(page, 'batch-drift');
    expect(complaints).toEqual([]);
    await context.close();

    const poster = await rig.enter('drift', ['poster'], '/c/drift');
    const drift = poster.page.getByRole('article', { name: 'Invoice N-i-4' });
    await drift.getByRole('button', { name: 'Mark as resolved: Invoice N-i-4' }).waitFor();
    expect(await drift.getByRole('button').count()).toBe(1);
    await drift.getByRole('button').click();
    await poster.page.getByRole('dialog').getByRole('button', { name: 'Mark as resolved', exact: true }).click();
    await poster.page.getByText('Nothing waits for you.').waitFor();
    expect(poster.complaints).toEqual([]);
    await poster.context.close();
  });
});
