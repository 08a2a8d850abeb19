import { describe, expect, it } from 'vitest';
import { csv, importFiles } from '../import.testing.ts';
import { PRESETS } from '../presets/index.ts';
import { propose } from './propose.ts';

describe('a proposal for headers that nobody knows', () => {
  it('is one row per invoice where totals are all there is, and imports by itself', async () => {
    const headers = ['Client', 'inv #', 'Date issued', 'GRAND TOTAL', 'Salesperson'];
    const { mapping, columns, unused } = propose(headers);
    expect(columns).toEqual({ number: 'inv #', customer: 'Client', date: 'Date issued', total: 'GRAND TOTAL' });
    expect(unused).toEqual(['Salesperson']);
    const { records } = await importFiles(mapping!, { invoices: csv([headers, ['Amy', '7', '2026-11-03', '12.50', 'Bo']]) });
    expect(records.find(({ type }) => type === 'invoice')).toMatchObject({ number: '7', total: '12.5' });
  });

  it('is one row per line where lines have a name and a price', () => {
    const { template, columns } = propose(['Invoice', 'Client Name', 'Date', 'Item', 'Qty', 'Price Each']);
    expect(template).toBe('row-per-line');
    expect(columns).toMatchObject({ name: 'Item', quantity: 'Qty', rate: 'Price Each' });
  });

  it('never takes a header for what it only resembles', () => {
    const { mapping, missing, unused } = propose(['Invoice No.', 'Customer ID', 'Invoice Date (local)', 'Totals']);
    expect(mapping).toBeUndefined();
    expect(missing).toEqual(['customer', 'date', 'total']);
    expect(unused).toEqual(['Customer ID', 'Invoice Date (local)', 'Totals']);
  });

  it('asks where two headers mean the same column', () => {
    const { mapping, unclear, missing } = propose(['Invoice #', 'Customer', 'Date', 'Invoice Date', 'Total']);
    expect(mapping).toBeUndefined();
    expect(unclear).toEqual([{ column: 'date', headers: ['Date', 'Invoice Date'] }]);
    expect(missing).toEqual([]);
  });

  it('is complete for the headers of our own templates', () => {
    for (const { mapping } of PRESETS.filter(({ mapping: { source } }) => source === 'file')) {
      const [file] = Object.values(mapping.files);
      expect(propose(file!.known)).toMatchObject({ template: mapping.name, mapping: {}, missing: [] });
    }
  });
});
