import { describe, expect, it } from 'vitest';
import type {
  CreditMemoDocument,
  InvoiceDocument,
  JournalDocument,
  PaymentDocument,
  WarningDocument,
} from '../documents/documents.ts';
import { booksSettings, chartSchema } from '../records/schemas.ts';
import type { Chart } from '../settings/settings.ts';
import type { Money } from '../values/money.ts';
import { checkAgainstChart } from './check-chart.ts';

const account = (name: string, type: string, active = true) => ({ name, type, active });
const chart: Chart = chartSchema.parse({
  accounts: [
    account('Sales', 'Income'),
    account('Sales:Services', 'Income'),
    account('Old sales', 'Income', false),
    account('Accounts Receivable (A/R)', 'Accounts Receivable'),
    account('Checking', 'Bank'),
    account('Visa', 'Credit Card'),
    account('Undeposited Funds', 'OtherCurrentAsset'),
  ],
  classes: [{ name: 'HVAC' }, { name: 'West:HVAC' }, { name: 'Old', active: false }],
  paymentMethods: [{ name: 'Check' }],
  terms: [{ name: 'Net 30' }],
  taxCodes: [{ name: 'CA' }],
  closedThrough: '2026-09-30',
});
const settings = booksSettings.parse({ classes: { mode: 'line' } });

const head = {
  record: { type: 'invoice', id: 'i-1' },
  currency: 'USD',
  date: '2026-10-03',
  marker: '',
  number: '10427',
} as const;
const invoice = (lines: { account?: string; class?: string }[], more: Partial<InvoiceDocument> = {}): InvoiceDocument => ({
  kind: 'invoice',
  operation: 'invoice.insert',
  ...head,
  lines: lines.map(({ account: name, class: own }) => ({
    item: name === undefined ? { name: 'x' } : { name: 'x', account: name },
    quantity: '1',
    unitPrice: '1',
    amount: 100 as Money,
    taxable: false,
    ...(own === undefined ? {} : { class: own }),
  })),
  total: 100 as Money,
  ...more,
});
const payment = (more: Partial<PaymentDocument>): PaymentDocument => ({
  kind: 'payment',
  operation: 'payment.insert',
  ...head,
  record: { type: 'payment', id: 'p-1' },
  refNo: '1',
  amount: 1 as Money,
  gross: 1 as Money,
  netted: [],
  applied: [],
  unapplied: 1 as Money,
  ...more,
});
const journal = (debit: string, credit: string): JournalDocument => ({
  kind: 'journal',
  operation: 'journal.insert',
  ...head,
  record: { type: 'refund', id: 'r-1' },
  memo: '',
  paymentId: 'p-1',
  lines: [
    { account: debit, side: 'debit', amount: 1 as Money },
    { account: credit, side: 'credit', amount: 1 as Money },
  ],
  total: 1 as Money,
});
const codes = (document: Parameters<typeof checkAgainstChart>[0], against = chart) =>
  checkAgainstChart(document, against, settings).map((p) => p.code);

describe('against the chart', () => {
  it.each([
    [
      'names to the character',
      invoice([{ account: 'Sales', class: 'HVAC' }], { terms: 'Net 30', tax: { name: 'x', code: 'CA', amount: 1 as Money } }),
    ],
    ['case 69: a sub-class', invoice([{ account: 'Sales:Services', class: 'West:HVAC' }])],
    ['a line that no account is mapped for', invoice([{}])],
    ['a payment', payment({ method: 'Check', depositTo: 'Undeposited Funds' })],
    ['a refund from a bank', journal('Accounts Receivable (A/R)', 'Checking')],
    ['a refund from a credit card', journal('Accounts Receivable (A/R)', 'Visa')],
    ['a refund from another current asset, however spelled', journal('Accounts Receivable (A/R)', 'Undeposited Funds')],
  ])('%s is fine', (_, document) => {
    expect(codes(document)).toEqual([]);
  });

  it.each<[string, Parameters<typeof checkAgainstChart>[0], string]>([
    ['an unknown account', invoice([{ account: 'Sale' }]), 'unknown-account'],
    ['an account in other case', invoice([{ account: 'sales' }]), 'unknown-account'],
    ['case 30: an inactive account', invoice([{ account: 'Old sales' }]), 'unknown-account'],
    ['a line on Accounts Receivable', invoice([{ account: 'Accounts Receivable (A/R)' }]), 'wrong-account-type'],
    ['an unknown class', invoice([{ class: 'HVACC' }]), 'unknown-class'],
    ['case 68: an inactive class', invoice([{ class: 'Old' }]), 'unknown-class'],
    ['an unknown tax code', invoice([], { tax: { name: 'x', code: 'NY', amount: 1 as Money } }), 'unknown-tax-code'],
    ['an unknown payment method', payment({ method: 'Barter' }), 'unknown-payment-method'],
    ['case 30: a deposit to income', payment({ depositTo: 'Sales' }), 'wrong-account-type'],
    ['a refund from income', journal('Accounts Receivable (A/R)', 'Sales'), 'wrong-account-type'],
    ['receivables on a bank', journal('Checking', 'Checking'), 'wrong-account-type'],
    ['case 43: a day in the closed period', invoice([], { date: '2026-09-30' }), 'closed-period'],
    [
      'a credit memo’s unknown account',
      { ...invoice([{ account: 'Nope' }]), kind: 'creditMemo', operation: 'creditMemo.insert' } as unknown as CreditMemoDocument,
      'unknown-account',
    ],
  ])('%s is a problem', (_, document, code) => {
    expect(codes(document)).toEqual([code]);
  });

  it('real case 11: unknown terms are a warning that names the nearest, and stop nothing', () => {
    const [found] = checkAgainstChart(invoice([], { terms: 'Net 31' }), chart, settings);
    expect(found).toMatchObject({ code: 'unknown-terms', severity: 'warning', field: 'terms' });
    expect(found!.message).toContain('Did you mean “Net 30”? It is sent without terms.');
  });

  it('cases 42 and 45: an invoice in the closed period can’t be moved out of it', () => {
    const [found] = checkAgainstChart(invoice([], { date: '2026-10-01', formerDate: '2026-09-30' }), chart, settings);
    expect(found).toMatchObject({ code: 'closed-period', field: 'date' });
    expect(found!.message).toContain('is dated 2026-09-30 in the books, and the books are closed through 2026-09-30');
    expect(codes(invoice([], { date: '2026-10-01', formerDate: '2026-10-02' }))).toEqual([]);
  });

  it('case 44: a payment in the open period may pay an invoice in the closed one', () => {
    const applied = [{ invoiceId: 'i-old', invoiceNumber: '1', amount: 1 as Money }];
    expect(codes(payment({ date: '2026-10-01', applied }))).toEqual([]);
  });

  it('suggests the name that may have been meant, with the cure', () => {
    const [found] = checkAgainstChart(invoice([{ account: 'sales:service' }]), chart, settings);
    expect(found!.message).toBe(
      'Invoice 10427 needs account “sales:service”, which is not in the chart of accounts. Did you mean “Sales:Services”? Map it to another account, or add it in the books first.',
    );
    expect(found!.field).toBe('lines[0].accountingCategory');
  });

  it('reports one wrong name once, however many lines have it', () => {
    expect(codes(invoice([{ account: 'Nope' }, { account: 'Nope' }, { account: 'Nada' }]))).toEqual([
      'unknown-account',
      'unknown-account',
    ]);
  });

  it('checks nothing against an empty list', () => {
    expect(codes(invoice([{ account: 'Nope', class: 'Nope' }], { terms: 'Nope' }), chartSchema.parse({}))).toEqual([]);
  });

  it('leaves alone what is only listed', () => {
    const listed = {
      ...head,
      kind: 'warning',
      operation: 'warning.list',
      amount: 1,
      text: '',
      date: '2020-01-01',
      method: 'Barter',
    } as unknown as WarningDocument;
    expect(codes(listed)).toEqual([]);
  });
});
