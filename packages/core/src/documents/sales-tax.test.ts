import { describe, expect, it } from 'vitest';
import { canonicalContent, canonicalRecord } from '../records/canonical.ts';
import type { InvoiceRecord, SourceLine, SourceRecord } from '../records/records.ts';
import { contextOf } from '../test-context.ts';
import { buildDocument } from './build-document.ts';
import type { InvoiceDocument } from './documents.ts';

const CUSTOMER: SourceRecord = { type: 'customer', id: 'c-1', accountingKey: 'Lee Tran' };
const SITE = { line1: '40 Bay Rd', city: 'Menlo Park', region: 'CA', postalCode: '94025' };
const line = (change: Partial<SourceLine> = {}): SourceLine => ({
  quantity: '1',
  unitPrice: '100',
  amount: '100.00',
  ...change,
});
const TAXED = { tax: { name: 'San Mateo', rate: '9.5', amount: '9.50' }, total: '109.50' };

function build(change: Partial<InvoiceRecord>, world: NonNullable<Parameters<typeof contextOf>[0]> = {}) {
  const record: InvoiceRecord = {
    type: 'invoice',
    id: 'i-1',
    number: '5101',
    customerId: 'c-1',
    status: 'finalized',
    date: '2026-11-20',
    lines: [line()],
    total: '100.00',
    ...change,
  };
  const { records = [], settings = { taxCodes: { 'San Mateo': 'California' } }, ...rest } = world;
  const context = contextOf({ records: [CUSTOMER, ...records, record], settings, ...rest });
  const built = buildDocument(record, 'invoice.insert', context);
  return { document: built.document as InvoiceDocument, problems: built.problems, codes: built.problems.map((p) => p.code) };
}
/** The settings as a target with a choice has them. */
const inMode = (mode: string, more: object = {}) => {
  const { settings } = contextOf({ settings: { taxCodes: { 'San Mateo': 'California' } } });
  return (change: Partial<InvoiceRecord>, world: NonNullable<Parameters<typeof contextOf>[0]> = {}) => {
    const record = { type: 'invoice', id: 'i-1', number: '5101', customerId: 'c-1', status: 'finalized', date: '2026-11-20' };
    const whole = { ...record, lines: [line()], total: '100.00', ...change } as InvoiceRecord;
    const context = {
      ...contextOf({ delivery: 'push', ...world, records: [CUSTOMER, ...(world.records ?? []), whole] }),
      settings: { ...settings, tax: { mode: mode as 'books', ...more } },
    };
    const built = buildDocument(whole, 'invoice.insert', context);
    return { document: built.document as InvoiceDocument, codes: built.problems.map((p) => p.code) };
  };
};

describe('the place of the work', () => {
  const job: SourceRecord = { type: 'job', id: 'j-1', customerId: 'c-1', serviceAddress: SITE };

  it('real case 1: is the invoice’s own, else its job’s', () => {
    expect(build({ serviceAddress: SITE }).document.shipTo).toEqual(SITE);
    expect(build({ jobId: 'j-1' }, { records: [job] }).document.shipTo).toEqual(SITE);
    const other = { line1: '1 Elm St', city: 'Oakland' };
    expect(build({ jobId: 'j-1', serviceAddress: other }, { records: [job] }).document.shipTo).toEqual(other);
    expect(build({ jobId: 'j-1', serviceAddress: { line1: ' ' } }, { records: [job] }).document.shipTo).toEqual(SITE);
    expect(build({}).document.shipTo).toBeUndefined();
  });

  it('makes no update when a source begins to send it, and is stored all the same', () => {
    const before = build({}).document;
    const record: InvoiceRecord = {
      type: 'invoice',
      id: 'i-1',
      status: 'finalized',
      date: before.date,
      lines: [line()],
      total: '100.00',
      tax: { name: 'Both', amount: '0' },
    };
    const more = { ...record, serviceAddress: SITE, tax: { ...record.tax!, parts: [{ name: 'State', amount: '0' }] } };
    expect(canonicalContent(more)).toBe(canonicalContent(record));
    expect(canonicalRecord(more)).not.toBe(canonicalRecord(record));
    expect(canonicalRecord({ ...record, serviceAddress: SITE })).not.toBe(canonicalRecord(record));
  });
});

describe('a tax of several parts', () => {
  it('real case 30: is one tax with what it is made of', () => {
    const parts = [
      { name: 'State', rate: '6', amount: '6.00' },
      { name: 'City', rate: '3.5', amount: '3.50' },
    ];
    const { document, codes } = build({ tax: { ...TAXED.tax, parts }, total: '109.50' });
    expect(codes).toEqual([]);
    expect(document.tax).toEqual({
      name: 'San Mateo',
      code: 'California',
      rate: '9.5',
      amount: 950,
      parts: [
        { name: 'State', rate: '6', amount: 600 },
        { name: 'City', rate: '3.5', amount: 350 },
      ],
    });
  });
});

describe('tax on nothing', () => {
  const nothing = { ...TAXED, lines: [line({ taxable: false })] };

  it('real case 17: a line that states nothing follows the document, so a tax is never on nothing by default', () => {
    const { document, codes } = build(TAXED, { delivery: 'push' });
    expect(codes).toEqual([]);
    expect(document.lines[0]!.taxable).toBe(true);
  });

  it('real case 17: stops the document where every line is stated as not taxable', () => {
    const { problems } = build(nothing, { delivery: 'push' });
    expect(problems).toMatchObject([
      {
        code: 'tax-on-nothing',
        severity: 'problem',
        message:
          'Invoice 5101 charges $9.50 of tax, and none of its lines is taxable. Mark the taxed lines as taxable in the field-service system, or remove the tax.',
      },
    ]);
    expect(inMode('books')(nothing).codes).toEqual(['tax-on-nothing']);
  });

  it('counts a taxable line of zero as nothing', () => {
    const lines = [line({ taxable: false }), line({ unitPrice: '0', amount: '0', taxable: true })];
    expect(build({ ...TAXED, lines }, { delivery: 'push' }).codes).toEqual(['tax-on-nothing']);
  });

  it('is a warning in files, which a person reads first', () => {
    expect(build(nothing, { delivery: 'files' }).problems).toMatchObject([{ code: 'tax-on-nothing', severity: 'warning' }]);
  });

  it('is nothing where the tax is a line of its own', () => {
    expect(inMode('line', { account: 'Sales Tax Payable' })(nothing).codes).toEqual([]);
  });
});

describe('a tax of the other sign', () => {
  const charged = (amount: string, total: string, lines = [line({ taxable: true })]) => ({
    lines,
    tax: { name: 'San Mateo', amount },
    total,
  });
  const discount = line({ unitPrice: '-20', amount: '-20.00', taxable: true });
  const untaxed = line({ taxable: false });

  it('is posted as it is, with a warning that names both amounts', () => {
    expect(build(charged('-9.50', '90.50'), { delivery: 'push' }).problems).toMatchObject([
      {
        code: 'tax-of-other-sign',
        severity: 'warning',
        message:
          'Invoice 5101 charges -$9.50 of tax, and its taxable lines add up to $100.00. It is posted so. Check the tax in the field-service system.',
      },
    ]);
    expect(build(charged('1.90', '81.90', [untaxed, discount]), { delivery: 'push' }).codes).toEqual(['tax-of-other-sign']);
    expect(inMode('line', { account: 'Sales Tax Payable' })(charged('-9.50', '90.50')).codes).toEqual(['tax-of-other-sign']);
  });

  it('is none where a taxed discount outweighs the taxed lines, and nothing where the books compute the tax', () => {
    expect(build(charged('-1.90', '78.10', [untaxed, discount]), { delivery: 'push' }).codes).toEqual([]);
    expect(build(charged('9.50', '109.50'), { delivery: 'push' }).codes).toEqual([]);
    expect(inMode('books')(charged('-9.50', '90.50')).codes).toEqual([]);
  });
});

describe('no tax', () => {
  const service: SourceRecord = { type: 'service', id: 's-1', name: 'Part', taxable: true };
  const lines = [line({ taxable: true }), line({ serviceId: 's-1' }), line()];
  const zero = { lines, tax: { name: 'San Mateo', amount: '0.00' }, total: '300.00' };

  it.each([
    ['of zero', zero],
    ['at all', { lines, total: '300.00' }],
  ])('real case 16: makes no line taxable: none %s', (_, change) => {
    expect(build(change, { records: [service] }).document.lines.map(({ taxable }) => taxable)).toEqual([false, false, false]);
  });

  it('leaves an explicit flag where the books compute the tax, unless the customer is exempt', () => {
    const taxable = (records: SourceRecord[]) =>
      inMode('books')({ lines, total: '300.00' }, { records: [service, ...records] }).document.lines.map((one) => one.taxable);
    expect(taxable([])).toEqual([true, true, false]);
    expect(taxable([{ type: 'customer', id: 'c-1', accountingKey: 'School', taxExempt: true }])).toEqual([false, false, false]);
  });
});

describe('the tax code', () => {
  const foreign = { tax: { name: 'Alameda', amount: '9.50' }, total: '109.50' };

  it('real case 1: no map is needed where the books find the rates themselves', () => {
    expect(build(foreign, { salesTax: 'automated' })).toMatchObject({ codes: [], document: { tax: { name: 'Alameda' } } });
    expect(build(foreign, { salesTax: 'manual' }).codes).toEqual(['unmapped-tax']);
    expect(build(foreign).codes).toEqual(['unmapped-tax']);
  });

  it('is the mapped one, else the settings’ one code under automated sales tax, else none', () => {
    const run = inMode('stated', { code: 'AST' });
    expect(run(TAXED, { salesTax: 'automated' }).document.tax!.code).toBe('California');
    expect(run(foreign, { salesTax: 'automated' }).document.tax!.code).toBe('AST');
    expect(run(foreign, { salesTax: 'manual' })).toMatchObject({ codes: ['unmapped-tax'] });
    expect(build(foreign, { salesTax: 'automated' }).document.tax).not.toHaveProperty('code');
  });
});

describe('the tax mode', () => {
  it('is frozen in the document, and `stated` leaves it as it always was', () => {
    expect(inMode('stated')(TAXED).document).not.toHaveProperty('taxMode');
    expect(build(TAXED).document).not.toHaveProperty('taxMode');
    expect(inMode('books')(TAXED).document.taxMode).toBe('books');
  });

  it('`line` names the item and the account of the tax line, and needs no code', () => {
    const run = inMode('line', { item: 'Tax collected', account: 'Sales Tax Payable' });
    expect(run(TAXED)).toMatchObject({
      codes: [],
      document: { taxMode: 'line', tax: { amount: 950, item: { name: 'Tax collected', account: 'Sales Tax Payable' } } },
    });
    expect(run(TAXED).document.tax).not.toHaveProperty('code');
    expect(inMode('line', { account: 'A' })(TAXED).document.tax!.item!.name).toBe('Sales Tax');
  });

  it('`line` without an account is a problem, since nobody may guess which account owes the tax', () => {
    expect(inMode('line')(TAXED).codes).toEqual(['no-account']);
    expect(inMode('line')({}).codes).toEqual([]);
  });
});
