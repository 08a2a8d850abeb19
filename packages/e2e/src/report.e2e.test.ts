import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withPackage } from '@ledgerpost/conformance/other-programs';
import { qboSimulatorClient } from '@ledgerpost/devstack';
import { readWorkbook } from '@ledgerpost/saasant-plugin/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tabTo } from './browser.ts';
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

const PYPDF = 'pypdf==7.1.0';

let rig: ConsoleRig;

describe.skipIf(NO_BROWSER)(`a batch’s report in Chromium${WHY_SKIPPED}`, () => {
  beforeAll(async () => {
    rig = await startConsole();
  });
  afterAll(() => rig?.stop());

  it('shows the amounts in the books beside the posted ones after a verification, and exactly what people changed and deleted there', async () => {
    const { system } = rig;
    const realm = await newConnectedCompany(system, 'report', { company: { classes: ['HVAC'] } });
    const co = rig.companyOf('report');
    const memo = { ...invoice('m-1', '20.00'), type: 'creditMemo', status: undefined };
    await co.records([
      ...CUSTOMERS,
      invoice('i-1', '189.00'),
      invoice('i-2', '250.00'),
      invoice('i-3', '61.00'),
      memo,
      payment('p-1', 'i-1', '189.00'),
    ]);
    const { batch } = await co.call<{ batch: { id: string } }>('POST', '/targets/qbo/batches', { name: 'Week 40' });
    await untilState(system, 'report', batch.id, ['posted']);
    const { page, context, complaints } = await rig.enter('report', ['poster'], `/c/report/batches/${batch.id}`);
    await page.getByRole('link', { name: 'Report', exact: true }).click();
    await page.getByRole('heading', { name: 'Report: Week 40' }).waitFor();
    // Rows without a difference are hidden, unless someone asks for them; what is not known is no zero.
    expect(await cells(page, 'By kind')).toHaveLength(3);
    await page.getByRole('checkbox', { name: 'Show rows without a difference' }).check();
    for (const head of ['Ours', 'QuickBooks Online', 'Difference'])
      await page.getByRole('columnheader', { name: head, exact: true }).first().waitFor();
    expect(await cells(page, 'By kind')).toEqual([
      ['Credit memo', '1', '$20.00', 'Not known', 'Not known', 'Not known'],
      ['New invoice', '3', '$500.00', 'Not known', 'Not known', 'Not known'],
      ['New payment', '1', '$189.00', 'Not known', 'Not known', 'Not known'],
    ]);
    await page.getByText('The amounts in the books are not known yet.').waitFor();
    await usable(page, 'report-unread');

    // Nothing has changed: the books hold the same amounts.
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByText('All checked documents match the books.').waitFor();
    expect(await cells(page, 'By account and class')).toEqual([
      ['Undeposited Funds', 'Deposit', '', '1', '$189.00 Dr', '1', '$189.00 Dr', '$0.00'],
      ['Services', 'Income', 'HVAC', '4', '$480.00 Cr', '4', '$480.00 Cr', '$0.00'],
      ['Default account', 'Accounts receivable', '', '5', '$291.00 Dr', '5', '$291.00 Dr', '$0.00'],
      ['Total', '', '', '', '$0.00', '', '$0.00', '$0.00'],
    ]);

    const simulator = qboSimulatorClient(system.simulator!.url);
    const held = await simulator.records<{ Id: string; DocNumber: string; Line: object[] }>(realm, 'Invoice');
    const named = (number: string) => held.find(({ DocNumber }) => DocNumber === number)!;
    const [line] = named('N-i-2').Line as [{ Amount: number; SalesItemLineDetail: object }];
    const more = {
      Amount: 5.25,
      DetailType: 'SalesItemLineDetail',
      SalesItemLineDetail: { ...line.SalesItemLineDetail, Qty: undefined, UnitPrice: undefined },
    };
    const person = (act: object) => simulator.control('POST', `/companies/${realm}/person`, act);
    await person({ act: 'edit', entity: 'Invoice', id: named('N-i-2').Id, changes: { Line: [...named('N-i-2').Line, more] } });
    await person({ act: 'delete', entity: 'Invoice', id: named('N-i-3').Id });
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByRole('region', { name: '2 documents differ' }).waitFor();
    expect((await cells(page, 'By kind'))[1]).toEqual(['New invoice', '3', '$500.00', '2', '$444.25', '-$55.75']);
    expect((await cells(page, 'By account and class'))[1]).toEqual([
      'Services',
      'Income',
      'HVAC',
      '4',
      '$480.00 Cr',
      '3',
      '$424.25 Cr',
      '$55.75 Dr',
    ]);
    expect((await cells(page, 'By department'))[1]).toEqual([
      'HVAC Service',
      'Invoices',
      '3',
      '$500.00',
      '2',
      '$444.25',
      '-$55.75',
    ]);
    expect((await cells(page, '2 documents differ')).map((row) => row.slice(0, 5))).toEqual([
      ['New invoice N-i-2', "Amy's Bird Sanctuary", 'HVAC Service', '$250.00', '$255.25'],
      ['New invoice N-i-3', "Amy's Bird Sanctuary", 'HVAC Service', '$61.00', 'Deleted'],
    ]);
    await page.getByText('come from verification 2').waitFor();
    await page.getByRole('checkbox', { name: 'Show rows without a difference' }).uncheck();
    expect((await cells(page, 'By kind')).map(([kind]) => kind)).toEqual(['New invoice']);
    await page.getByText('2 rows have no difference.').first().waitFor();
    await usable(page, 'report');
    await page.setViewportSize({ width: 360, height: 900 });
    await usable(page, 'report-360');
    await page.setViewportSize({ width: 1_280, height: 900 });

    await page.getByRole('link', { name: 'New invoice N-i-3' }).click();
    await page.getByRole('dialog').getByRole('heading', { name: 'New invoice N-i-3' }).waitFor();
    await page.goBack();

    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download xlsx' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe('Week 40 report.xlsx');
    const sheets = await readWorkbook(await readFile(await download.path()));
    const invoices = sheets.get('Summary')!.rows.find(([first]) => first === 'New invoice')!;
    expect(invoices.map(Number).slice(1)).toEqual([3, 500, 3, 500, 2, 444.25, -55.75]);
    expect(sheets.get('Items')!.rows).toHaveLength(1 + 5);

    // On paper: the company, the batch, the person, the time and the sums, and no buttons.
    const printed = await textOf(await page.pdf({ format: 'A4' }));
    for (const words of [
      'Report: Week 40',
      'Amy’s HVAC',
      'QuickBooks Online',
      'by poster',
      '$500.00',
      '$444.25',
      '-$55.75',
      '$424.25 Cr',
      '1 / ',
    ])
      expect(printed).toContain(words);
    for (const words of ['Sign out', 'Verify now', 'Download', 'Previous Batches']) expect(printed).not.toContain(words);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('has a column to fill in where a person loads files, and names the person who confirmed them; a viewer can print it all', async () => {
    const { system } = rig;
    const co = await rig.company('paper');
    await co.target('saasant', SAASANT);
    await co.records([...CUSTOMERS, invoice('i-1', '189.00'), payment('p-1', 'i-1', '189.00')]);
    const { batch } = await co.call<{ batch: { id: string } }>('POST', '/targets/saasant/batches', { name: 'By hand' });
    await untilState(system, 'paper', batch.id, ['posted']);
    const { page, context, complaints } = await rig.enter('paper', ['viewer'], `/c/paper/batches/${batch.id}/report`);
    await page.getByRole('heading', { name: 'Report: By hand' }).waitFor();
    await page.getByText('Not yet').waitFor();
    expect(await page.getByRole('button', { name: 'Verify now' }).count()).toBe(0);
    expect(await cells(page, 'Deposits')).toEqual([
      ['Default account', '1', '$189.00', ''],
      ['Total', '', '$189.00', ''],
    ]);
    await page.getByRole('columnheader', { name: 'In the books' }).first().waitFor();
    await co.call('POST', `/batches/${batch.id}/confirm`);
    await page.reload();
    await page.getByText('Confirmed as loaded').waitFor();
    await usable(page, 'report-by-hand');
    const printed = await textOf(await page.pdf({ format: 'A4' }));
    for (const words of ['Report: By hand', 'In the books', '$189.00']) expect(printed).toContain(words);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('works by keyboard alone, and is usable on a wide screen', async () => {
    const co = await rig.company('by-keyboard');
    await co.target('saasant', SAASANT);
    await co.records([...CUSTOMERS, invoice('i-1', '189.00')]);
    const { batch } = await co.call<{ batch: { id: string } }>('POST', '/targets/saasant/batches', { name: 'Keys' });
    await untilState(rig.system, 'by-keyboard', batch.id, ['posted']);
    const { page, context, complaints } = await rig.enter('by-keyboard', ['viewer'], `/c/by-keyboard/batches/${batch.id}`, 1_600);
    await page.getByRole('heading', { name: 'Keys' }).waitFor();
    await tabTo(page, 'A', 'Report');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Report: Keys' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await tabTo(page, 'A', 'Download xlsx');
    const coming = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    expect((await coming).suggestedFilename()).toBe('Keys report.xlsx');
    const printed = page.evaluate(() => new Promise<void>((resolve) => Object.assign(window, { print: resolve })));
    await tabTo(page, 'button', 'Print / PDF');
    await page.keyboard.press('Enter');
    await printed;
    await usable(page, 'report-1600');
    // Back to the batch, by the link above.
    await tabTo(page, 'A', 'Keys', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Documents' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('explains itself where a batch is still open, and where access to the books was revoked', async () => {
    const { system } = rig;
    const open = await rig.company('still-open');
    await open.target('saasant', { ...SAASANT, policy: { approval: { required: true } } });
    await open.records([...CUSTOMERS, invoice('i-1', '189.00')]);
    const waiting = await open.call<{ batch: { id: string } }>('POST', '/targets/saasant/batches', {});
    await untilState(system, 'still-open', waiting.batch.id, ['awaiting-approval']);
    const at = `/c/still-open/batches/${waiting.batch.id}`;
    const first = await rig.enter('still-open', ['viewer'], `${at}/report`);
    await first.page.getByRole('alert').getByText('Its report is available once it has ended').waitFor();
    await usable(first.page, 'report-of-an-open-batch');
    await first.page.goto(at);
    await first.page.getByRole('region', { name: 'Progress' }).waitFor();
    expect(await first.page.getByRole('link', { name: 'Report', exact: true }).count()).toBe(0);
    await first.context.close();

    const realm = await newConnectedCompany(system, 'locked-out', { company: { classes: ['HVAC'] } });
    const co = rig.companyOf('locked-out');
    await co.records([...CUSTOMERS, invoice('i-1', '189.00')]);
    const { batch } = await co.call<{ batch: { id: string } }>('POST', '/targets/qbo/batches', {});
    await untilState(system, 'locked-out', batch.id, ['posted']);
    await qboSimulatorClient(system.simulator!.url).control('POST', `/companies/${realm}/revoke`);
    const { page, context, complaints } = await rig.enter('locked-out', ['poster'], `/c/locked-out/batches/${batch.id}/report`);
    await page.getByRole('button', { name: 'Verify now' }).click();
    const note = page.getByRole('alert', { name: 'Amounts in the books' });
    await note.getByText('1 document was not checked').waitFor();
    expect((await cells(page, 'By kind'))[0]).toEqual(['New invoice', '1', '$189.00', 'Not known', 'Not known', 'Not known']);
    await usable(page, 'report-not-let-in');
    expect(complaints).toEqual([]);
    await context.close();
  });
});

/** The text of a table's cells, row by row, without its heads. */
async function cells(page: Page, caption: string): Promise<string[][]> {
  const rows = page.getByRole('table', { name: caption, exact: true }).locator('tbody tr');
  await rows.first().waitFor();
  return rows.evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent?.replaceAll('\u00a0', ' ') ?? '')),
  );
}

/** What somebody who reads the PDF finds in it. */
async function textOf(pdf: Buffer): Promise<string> {
  const env = await withPackage(PYPDF);
  const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-pdf-'));
  try {
    await writeFile(join(folder, 'report.pdf'), pdf);
    const script = 'import sys, pypdf; print("\\n".join(page.extract_text() for page in pypdf.PdfReader(sys.argv[1]).pages))';
    const { stdout } = await promisify(execFile)('python3', ['-c', script, join(folder, 'report.pdf')], { env });
    return stdout.replaceAll('\u00a0', ' ');
  } finally {
    await rm(folder, { recursive: true });
  }
}
