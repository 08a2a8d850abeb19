import type {
  CreditMemoDocument,
  DocumentLine,
  InvoiceDocument,
  JournalDocument,
  Money,
  PaymentDocument,
  WarningDocument,
} from '@ledgerpost/core';

export const money = (minorUnits: number) => minorUnits as Money;

export const amy = {
  id: 'c-1',
  name: "Amy's Bird Sanctuary",
  email: 'birds@example.com',
  billingAddress: { line1: '4581 Finch St.', city: 'Bayshore', region: 'CA', postalCode: '04326', country: 'US' },
  taxExempt: false,
};

export const tuneUp: DocumentLine = {
  item: { name: 'Spring tune-up', account: 'Services' },
  description: 'Checked, cleaned',
  quantity: '1',
  unitPrice: '189',
  amount: money(18900),
  taxable: true,
  class: 'HVAC',
};
export const promo: DocumentLine = {
  item: { name: 'Promo SPRING10', account: 'Marketing Coupons' },
  quantity: '1',
  unitPrice: '-18.90',
  amount: money(-1890),
  taxable: false,
  class: 'Marketing',
};

export const invoice: InvoiceDocument = {
  kind: 'invoice',
  operation: 'invoice.insert',
  record: { type: 'invoice', id: 'i-1' },
  currency: 'USD',
  date: '2026-10-03',
  marker: 'Ledgerpost invoice i-1',
  job: { id: 'j-1', number: 'J-1042', imported: false },
  customer: amy,
  number: '10427',
  message: 'Thank you',
  dueDate: '2026-11-02',
  terms: 'Net 30',
  lines: [tuneUp, promo],
  tax: { name: 'San Mateo', code: 'CA San Mateo', rate: '9.875', amount: money(1866) },
  total: money(18876),
};

export const payment: PaymentDocument = {
  kind: 'payment',
  operation: 'payment.insert',
  record: { type: 'payment', id: 'p-1' },
  currency: 'USD',
  date: '2026-10-04',
  marker: 'Ledgerpost payment p-1',
  customer: amy,
  refNo: '4471',
  reference: '4471',
  method: 'Check',
  depositTo: 'Undeposited Funds',
  amount: money(25000),
  gross: money(25000),
  netted: [],
  applied: [
    { invoiceId: 'i-1', invoiceNumber: '10427', amount: money(18876) },
    { invoiceId: 'i-2', invoiceNumber: '10428', amount: money(5000) },
  ],
  unapplied: money(1124),
};

export const deposit: PaymentDocument = {
  ...payment,
  record: { type: 'payment', id: 'p-2' },
  marker: 'Ledgerpost payment p-2',
  refNo: '4472',
  applied: [],
  unapplied: money(25000),
};

export const journal: JournalDocument = {
  kind: 'journal',
  operation: 'journal.insert',
  record: { type: 'refund', id: 'r-1' },
  currency: 'USD',
  date: '2026-10-20',
  marker: 'Ledgerpost refund r-1',
  customer: amy,
  number: 'RF-r-1',
  memo: 'Refund of payment 4471: goodwill',
  paymentId: 'p-1',
  lines: [
    { account: 'Accounts Receivable (A/R)', side: 'debit', amount: money(5000), customer: amy, class: 'HVAC' },
    { account: 'Checking', side: 'credit', amount: money(5000), description: 'Check', class: 'HVAC' },
  ],
  total: money(5000),
};

export const creditMemo: CreditMemoDocument = {
  kind: 'creditMemo',
  operation: 'creditMemo.insert',
  record: { type: 'creditMemo', id: 'm-1' },
  currency: 'USD',
  date: '2026-10-22',
  marker: 'Ledgerpost creditMemo m-1',
  customer: amy,
  number: 'CM-7',
  lines: [{ ...tuneUp, quantity: '0.5', unitPrice: '40', amount: money(2000) }],
  total: money(2000),
};

export const warning: WarningDocument = {
  kind: 'warning',
  operation: 'warning.list',
  record: { type: 'payment', id: 'p-9' },
  currency: 'USD',
  date: '2026-10-05',
  marker: 'Ledgerpost payment p-9',
  job: { id: 'j-9', number: 'J-9', imported: true },
  customer: amy,
  number: '4480',
  method: 'Card',
  amount: money(7500),
  text: 'Apply it manually to the invoice in QuickBooks.',
};
