import { describe, expect, it } from 'vitest';
import { csv, importFiles, run } from '../import.testing.ts';
import { rowPerInvoice } from '../presets/generic.ts';
import { jobberInvoices } from '../presets/jobber.ts';
import { serviceTitan } from '../presets/service-titan.ts';
import { NeedsAllRows } from './as-read.ts';

const { mapping } = rowPerInvoice;
const HEADER = ['Invoice Number', 'Customer', 'Invoice Date', 'Total'];

/** More rows than are waited for before anything is assumed. */
function many(date: (n: number) => string, rows = 2_500): string[][] {
  return Array.from({ length: rows }, (_, n) => [String(n + 1), `Customer ${n % 7}`, date(n), '12.50']);
}

describe('records made as their rows come', () => {
  it('are those that a sorter brings, in the same order', async () => {
    const invoices = csv([HEADER, ...many((n) => `11/${13 + (n % 10)}/2026`)]);
    const { records } = await importFiles(mapping, { invoices });
    expect(records).toHaveLength(2_507);
    expect((await run(mapping, { invoices }, 'try')).settled?.dates['invoices.date']).toBe('mdy');
  });

  it('don’t count where a later row shows that days are written differently', async () => {
    const invoices = csv([
      HEADER,
      ...many(() => '13/11/2026'),
      ...many(() => '11/14/2026', 3_000).map(([n, ...rest]) => [`B${n}`, ...rest]),
    ]);
    await expect(run(mapping, { invoices }, 'try')).rejects.toBeInstanceOf(NeedsAllRows);
  });

  it('wait for the rows that show how days are written', async () => {
    const invoices = csv([HEADER, ...many((n) => (n < 2_100 ? '11/03/2026' : '11/30/2026'))]);
    const { records, settled } = await run(mapping, { invoices }, 'try');
    expect([records.length, settled?.dates['invoices.date']]).toEqual([2_507, 'mdy']);
  });

  it('don’t count where an invoice has two rows, or a customer two addresses', async () => {
    const [first] = many(() => '2026-11-03', 1);
    await expect(run(mapping, { invoices: csv([HEADER, first!, first!]) }, 'try')).rejects.toBeInstanceOf(NeedsAllRows);
    const jobber = csv([
      ['Invoice #', 'Client name', 'Client email', 'Issued date', 'Status', 'Line items', 'Pre-tax total ($)', 'Total ($)'],
      ['1', 'Birch Bakery', 'a@birch.example', 'Nov 02, 2026', 'Paid', 'Oven (1, $20)', '20', '20'],
      ['2', 'Birch Bakery', 'b@birch.example', 'Nov 03, 2026', 'Paid', 'Oven (1, $20)', '20', '20'],
    ]);
    await expect(run(jobberInvoices.mapping, { invoices: jobber }, 'try')).rejects.toBeInstanceOf(NeedsAllRows);
  });

  it('don’t count where an earlier run settled another reading, whatever the order of its columns', async () => {
    const invoices = csv([HEADER, ...many(() => '13/11/2026', 3)]);
    const { settled } = await run(mapping, { invoices }, 'try');
    const turned = { dates: Object.fromEntries(Object.entries(settled!.dates).reverse()), numbers: settled!.numbers };
    expect((await run(mapping, { invoices }, turned)).records).toHaveLength(6);
    const other = { ...settled!, dates: { ...settled!.dates, 'invoices.date': 'iso' as const } };
    await expect(run(mapping, { invoices }, other)).rejects.toBeInstanceOf(NeedsAllRows);
  });

  it('are not tried where a record has a row per line', async () => {
    const contents = {
      invoices: csv([['Invoice ID', 'Invoice #', 'Invoice Date', 'Invoice Status', 'Total']]),
      items: csv([['Invoice ID', 'Item Code', 'Item Name', 'Item Price']]),
    };
    expect(await run(serviceTitan.mapping, contents, 'try')).not.toHaveProperty('settled');
  });
});
