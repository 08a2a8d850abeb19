import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { csv, importFiles } from '../../import.testing.ts';
import type { Mapping } from '../../map/mapping.ts';

const mapping = JSON.parse(readFileSync(new URL('online-retail.mapping.json', import.meta.url), 'utf8')) as Mapping;
const names = ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID', 'Country'];
const at = '2010-12-01 08:26:00';
const rows = [
  ['7001', 'A1', 'RED LANTERN', '6', at, '2.55', '17850.0', 'United Kingdom'],
  ['C7002', 'A1', 'RED LANTERN', '-2', at, '2.55', '17850.0', 'United Kingdom'],
  ['7003', 'B2', '?', '-10', at, '0.0', '0.0', 'United Kingdom'],
  ['7001', 'B2', 'BELL, SMALL', '3', at, '1.255', '17850.0', 'United Kingdom'],
  ['7004', 'B2', 'BELL', '1', at, '1.25', '17851.0', 'France'],
];

describe('a mapping of one’s own, for a shop’s lines', () => {
  it('makes a credit memo of numbers that begin with C, and turns its quantities', async () => {
    const { records } = await importFiles(mapping, { lines: csv([names, ...rows]) });
    expect(records.find(({ type }) => type === 'creditMemo')).toMatchObject({
      number: 'C7002',
      total: '5.1',
      lines: [{ quantity: '2', unitPrice: '2.55', amount: '5.10' }],
    });
  });

  it('brings rows of one invoice together and prices of three digits to the cent', async () => {
    const { records } = await importFiles(mapping, { lines: csv([names, ...rows]) });
    expect(records.find(({ number }) => number === '7001')).toMatchObject({
      total: '19.07',
      lines: [{ amount: '15.30' }, { quantity: '3', unitPrice: '1.255', amount: '3.77' }],
    });
  });

  it('a customer of 0.0 is nobody, and others get a name that no number can be', async () => {
    const { records, unreadable } = await importFiles(mapping, { lines: csv([names, ...rows]) });
    expect(records.filter(({ type }) => type === 'customer').map(({ accountingKey }) => accountingKey)).toEqual([
      'Customer 17850',
      'Customer 17851',
    ]);
    expect(records.find(({ number }) => number === '7003')).not.toHaveProperty('customerId');
    expect(unreadable).toEqual([]);
  });

  it('holds the last invoice back, whose rows may go on', async () => {
    const { records, heldBack } = await importFiles(mapping, { lines: csv([names, ...rows]) });
    expect(records.map(({ number }) => number)).not.toContain('7004');
    expect(heldBack).toMatchObject([{ code: 'maybe-cut', rows: [6] }]);
  });
});
