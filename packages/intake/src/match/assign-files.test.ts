import { describe, expect, it } from 'vitest';
import { importFiles } from '../import.testing.ts';
import { assemble } from '../map/assemble.ts';
import type { Mapping } from '../map/mapping.ts';
import type { Readings } from '../map/read-cell.ts';
import { KNOWN_PRESETS, readOwnMapping } from '../mappings/own-mapping.ts';
import { fileOf } from '../read/source-file.ts';
import { assignFiles } from './assign-files.ts';

const INVOICES = 'Invoice Number,Customer,Invoice Date,Total\n1,Amy,11/03/2026,12.00\n2,Bob,11/04/2026,13.00\n';
const ST_INVOICES = 'Invoice ID,Invoice #,Invoice Date,Invoice Status,Customer ID,Total\n1,1,11/03/2026,Posted,5,12.00\n';
const ST_ITEMS = 'Invoice ID,Item Code,Item Name,Item Price\n1,A,Work,12.00\n';
const JOBBER_PAYMENTS =
  'Client name,Date,Time,Type,Paid with,Total $,Tip $,Invoice #\nAmy,2026-11-03,9:00,Payment,Cash,-1.00,,1\n';
const JOBBER_TRANSACTIONS =
  'Client name,Date,Type,Total $,Tip $,Invoice #,Method,Transaction ID\nAmy,2026-11-03,Payment,-1.00,,1,Cash,t-1\n';

const assign = (files: Record<string, string>, own: readonly unknown[] = []) => {
  const read = own.flatMap((one) => {
    const mapping = readOwnMapping(one);
    return 'known' in mapping ? [mapping.known] : [];
  });
  return assignFiles(
    Object.entries(files).map(([name, text]) => fileOf(name, text)),
    [...read, ...KNOWN_PRESETS],
  );
};

describe('files are assigned', () => {
  it('to the mapping of their headers; several of one report are read as one', async () => {
    const { sets, files } = await assign({ 'b.csv': INVOICES, 'a.csv': INVOICES.replace('1,Amy', '3,Cy') });
    expect(files.map(({ use, mapping, role }) => [use, mapping, role])).toEqual([
      ['read', 'row-per-invoice', 'invoices'],
      ['read', 'row-per-invoice', 'invoices'],
    ]);
    expect(sets).toHaveLength(1);
    expect(sets[0]!.files.invoices!.map(({ name }) => name)).toEqual(['b.csv', 'a.csv']);
  });

  it('to nothing while a file is missing that the others need', async () => {
    const { stopping } = await assign({ 'invoices.csv': ST_INVOICES });
    expect(stopping.join(' ')).toContain('also needs the file “Invoice items report”');
    expect((await assign({ 'invoices.csv': ST_INVOICES, 'items.csv': ST_ITEMS })).stopping).toEqual([]);
  });

  it('to the richer of two reports that hold the same payments', async () => {
    const { files, sets } = await assign({ 'p.csv': JOBBER_PAYMENTS, 't.csv': JOBBER_TRANSACTIONS });
    expect(sets.map(({ known }) => known.mapping.name)).toEqual(['jobber-transactions']);
    expect(files[0]).toMatchObject({ use: 'left-out', message: expect.stringContaining('Jobber: transaction list') });
  });

  it('to nothing where they can’t be read, with the reason', async () => {
    const { files, stopping } = await assign({ 'broken.csv': 'Invoice Number,Customer,Invoice Date,Total\n"1,Amy' });
    expect(files[0]).toMatchObject({ use: 'unreadable', code: 'quote-not-closed' });
    expect(stopping[0]).toContain('broken.csv');
  });

  it('with a proposal where nobody knows the headers, and the proposal reads the file', async () => {
    const text = 'Client,Inv #,Issue Date,Grand Total\nAmy,7,2026-11-03,12.50\n';
    const [file] = (await assign({ 'a.csv': text })).files;
    expect(file!.use).toBe('unknown');
    const own = { extends: file!.proposal!.template, files: file!.proposal!.mapping!.files };
    const { sets } = await assign({ 'a.csv': text }, [own]);
    const { records } = await importFiles(sets[0]!.known.mapping, { invoices: text });
    expect(records.find(({ type }) => type === 'invoice')).toMatchObject({ number: '7', total: '12.5' });
  });
});

describe('a mapping of one’s own', () => {
  it('adds to a preset: one status, without repeating the others', () => {
    const read = readOwnMapping({ extends: 'jobber-invoices', values: { status: { 'Sent to collections': 'finalized' } } });
    expect('known' in read && read.known.mapping.values!.status).toMatchObject({
      Draft: 'draft',
      'Sent to collections': 'finalized',
    });
  });

  it.each(KNOWN_PRESETS.filter(({ mapping }) => mapping.records.some(({ type }) => type === 'customer')))(
    'may say what the books call a customer, and leaves the other names as they are: $mapping.name',
    ({ mapping: { name } }) => {
      const read = readOwnMapping({ extends: name, values: { customers: { 'Acme Dental': 'Acme Dental LLC' } } });
      const { mapping } = (read as { known: { mapping: Mapping } }).known;
      const rule = mapping.records.find(({ type }) => type === 'customer')!;
      const keyOf = (customer: string) => {
        const field = [rule.id].flatMap((id) => (id.by === 'content' ? id.fields : [id.field]))[0]!;
        const fields = { [field]: customer, customer };
        const piece = { key: customer, record: mapping.records.indexOf(rule), role: rule.from, file: 'a.csv', row: 2, fields };
        const readings: Readings = { currency: 'USD', zone: 'UTC', dateOf: () => 'iso', numberOf: () => 'point' };
        return assemble([piece], mapping, readings, false).made[0]!.record.accountingKey;
      };
      expect([keyOf('Acme Dental'), keyOf('acme dental'), keyOf('Birch')]).toEqual([
        'Acme Dental LLC',
        'Acme Dental LLC',
        'Birch',
      ]);
    },
  );

  it.each([
    [{ extends: 'jobbr' }, 'Presets: jobber-invoices'],
    [{ extends: 'jobber-invoices', zone: 'Mars/Base' }, '“Mars/Base” is no time zone'],
    [{ extends: 'jobber-invoices', names: {} }, 'names'],
    ['text', 'A mapping is a JSON object'],
    [{ name: 'Mine' }, 'small letters'],
  ])('%j is refused with what is wrong', (value, words) => {
    const read = readOwnMapping(value);
    expect('faults' in read && read.faults.map(({ field, message }) => `${field} ${message}`).join(' ')).toContain(words);
  });

  it.each(KNOWN_PRESETS.map(({ mapping }) => [mapping.name, mapping] as const))('%s is one itself', (_, mapping) => {
    expect(readOwnMapping(mapping)).toEqual({ known: { mapping, grade: 'own', notes: [] } });
  });
});
