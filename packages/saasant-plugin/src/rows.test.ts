import { describe, expect, it } from 'vitest';
import { rowsOf } from './rows.ts';
import { saasantSettings } from './settings.ts';
import { creditMemo, deposit, invoice, journal, money, payment, promo, tuneUp, warning } from './testing/documents.ts';

const settings = saasantSettings.parse({});
const rows = (document: Parameters<typeof rowsOf>[0], given = settings) => {
  const payload = rowsOf(document, given);
  return payload.rows.map((row) => ({ ...payload.shared, ...row }));
};

describe('an invoice', () => {
  it('repeats number, customer and date on every row', () => {
    const repeated = {
      number: '10427',
      customer: "Amy's Bird Sanctuary",
      date: '10/03/2026',
      dueDate: '11/02/2026',
      memo: 'Ledgerpost invoice i-1',
    };
    expect(rows(invoice)).toEqual([expect.objectContaining(repeated), expect.objectContaining(repeated)]);
  });

  it('has its tax amount once, so that no sum over rows counts it per line', () => {
    expect(rows(invoice).map((row) => [row.taxCode, row.taxAmount])).toEqual([
      ['CA San Mateo', 18.66],
      ['CA San Mateo', undefined],
    ]);
  });

  it('case 35: marks every line as taxable or not', () => {
    expect(rows(invoice).map((row) => row.taxable)).toEqual([true, false]);
  });

  it('real case 1: has the place of the work as its shipping address', () => {
    const place = { line1: '40 Bay Rd', city: 'Menlo Park', region: 'CA', postalCode: '94025' };
    const shipping = {
      shippingLine1: '40 Bay Rd',
      shippingCity: 'Menlo Park',
      shippingRegion: 'CA',
      shippingPostalCode: '94025',
    };
    expect(rows({ ...invoice, shipTo: place })[0]).toMatchObject(shipping);
    expect(rows({ ...creditMemo, shipTo: place })[0]).not.toHaveProperty('shippingLine1');
  });

  it('case 37: a promotion is a line below zero with its own item and class', () => {
    expect(rows(invoice)[1]).toMatchObject({
      item: 'Promo SPRING10',
      quantity: 1,
      rate: -18.9,
      amount: -18.9,
      class: 'Marketing',
    });
  });

  it('case 67: with one class per transaction every line carries it; with none no line does', () => {
    expect(rows({ ...invoice, class: 'HVAC' }).map((row) => row.class)).toEqual(['HVAC', 'HVAC']);
    const { class: _, ...plain } = tuneUp;
    expect(rows({ ...invoice, lines: [plain] })[0]).not.toHaveProperty('class');
  });

  it('has at least one row, so that it can’t vanish', () => {
    expect(rows({ ...invoice, lines: [], total: money(0) })).toHaveLength(1);
  });

  it.each([
    ['MM/DD/YYYY', '02/29/2028'],
    ['DD/MM/YYYY', '29/02/2028'],
    ['YYYY-MM-DD', '2028-02-29'],
  ] as const)('case 46: 29 February as %s is the text %s', (dateFormat, text) => {
    expect(rows({ ...invoice, date: '2028-02-29' }, { ...settings, dateFormat })[0]?.date).toBe(text);
  });
});

describe('a payment', () => {
  it('case 17: over several invoices is as many rows with one Ref No, and one more for the remainder', () => {
    expect(rows(payment).map((row) => [row.number, row.invoice, row.amount])).toEqual([
      ['4471', '10427', 188.76],
      ['4471', '10428', 50],
      ['4471', undefined, 11.24],
    ]);
  });

  it('case 55: a job deposit is one row without an invoice', () => {
    expect(rows(deposit).map((row) => [row.number, row.invoice, row.amount])).toEqual([['4472', undefined, 250]]);
  });

  it('case 16: keeps the reference that a person typed as Reference No, beside its own Ref No', () => {
    expect(rows({ ...deposit, refNo: '4471-A1B2C3', reference: '4471' })[0]).toMatchObject({
      number: '4471-A1B2C3',
      reference: '4471',
    });
  });

  it('a re-allocation has the Ref No that was sent before, and the current invoices', () => {
    const update = {
      ...payment,
      operation: 'payment.update' as const,
      applied: payment.applied.slice(0, 1),
      unapplied: money(6124),
    };
    expect(rows(update).map((row) => [row.number, row.invoice, row.amount])).toEqual([
      ['4471', '10427', 188.76],
      ['4471', undefined, 61.24],
    ]);
  });
});

it('case 79: a journal’s debit is above zero, its credit below, and they sum to nothing; A/R names the customer', () => {
  expect(rows(journal).map((row) => [row.number, row.account, row.amount, row.name, row.class])).toEqual([
    ['RF-r-1', 'Accounts Receivable (A/R)', 50, "Amy's Bird Sanctuary", 'HVAC'],
    ['RF-r-1', 'Checking', -50, undefined, 'HVAC'],
  ]);
});

it('a credit memo has amounts above zero', () => {
  expect(rows(creditMemo)[0]).toMatchObject({ number: 'CM-7', quantity: 0.5, rate: 40, amount: 20 });
});

it('case 63: a warning names the payment and what to do', () => {
  expect(rows(warning)).toEqual([
    {
      number: '4480',
      date: '10/05/2026',
      customer: "Amy's Bird Sanctuary",
      method: 'Card',
      amount: 75,
      job: 'J-9',
      text: 'Apply it manually to the invoice in QuickBooks.',
      source: 'Ledgerpost payment p-9',
    },
  ]);
});

it('a payload holds no empty cell', () => {
  const { email: _, ...customer } = { ...invoice.customer!, company: '' };
  const payload = rowsOf({ ...invoice, customer, message: '', lines: [promo] }, settings);
  expect([payload.shared, ...payload.rows].flatMap((cells) => Object.values(cells))).not.toContain('');
  expect(payload.shared).not.toHaveProperty('email');
});
