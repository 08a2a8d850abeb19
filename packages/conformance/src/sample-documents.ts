import {
  type CreditMemoDocument,
  type Document,
  type DocumentCustomer,
  type DocumentLine,
  type DocumentTax,
  type InvoiceDocument,
  type JournalDocument,
  type Money,
  markerOf,
  type PaymentDocument,
  type WarningDocument,
} from '@ledgerpost/core';

type Head = Pick<Document, 'record' | 'currency' | 'date' | 'marker'>;

const money = (minorUnits: number) => minorUnits as Money;

const AMY: DocumentCustomer = {
  id: 'c-1',
  name: "Amy's Bird Sanctuary",
  company: "Amy's Bird Sanctuary",
  email: 'birds@example.com',
  phone: '(650) 555-3311',
  billingAddress: { line1: '4581 Finch St.', city: 'Bayshore', region: 'CA', postalCode: '04326', country: 'US' },
  taxExempt: false,
};
const BILL: DocumentCustomer = { id: 'c-3', name: "Bill's Windsurf Shop", phone: '(415) 444-6538', taxExempt: false };
/** A sub-customer whose names hold what formats stumble over. */
const ODD: DocumentCustomer = { id: 'c-2', name: '=Zoë & Söhne <"GmbH">:+Büro 🐦, 2', taxExempt: true };

/** The names of accounts, classes and departments that the kit's documents have. A chart of the author's has to have them. */
export const SAMPLE_NAMES = {
  accounts: ['Services', 'Sales of Product Income', 'Accounts Receivable', 'Checking', 'Undeposited Funds'],
  classes: ['HVAC', 'Plumbing'],
  departments: ['HVAC Service'],
} as const;

/**
 * Sound documents of every operation and of many shapes: several lines, a promotion, no tax, a zero total, a deposit,
 * several invoices on one payment, a remainder, odd characters. Customers, accounts, classes, days and words vary, and no invoice is
 * paid beyond its total. Each series has its own numbers and ids.
 */
export function sampleDocuments(series: number, currency = 'USD'): readonly Document[] {
  const head = (type: Document['record']['type'], n: number) => ({
    record: { type, id: `${type}-${series}-${n}` },
    currency,
    date: '2026-10-03',
    marker: markerOf({ type, id: `${type}-${series}-${n}` }),
  });
  const number = (prefix: string, n: number) => `${prefix}${series}-${n}`;
  const plain = plainInvoice(head('invoice', 1), number('', 1));
  const { tax, ...untaxed } = plain;
  const invoices: InvoiceDocument[] = [
    plain,
    {
      ...untaxed,
      ...head('invoice', 2),
      number: number('', 2),
      customer: ODD,
      message: oddText,
      lines: oddLines,
      total: money(1000),
    },
    { ...untaxed, ...head('invoice', 3), number: number('', 3), lines: freeLines, total: money(0) },
    {
      ...untaxed,
      ...head('invoice', 4),
      date: '2026-10-04',
      number: number('', 4),
      customer: BILL,
      dueDate: '2026-12-15',
      message: 'Second visit in winter',
      department: { id: 'd-1', name: 'HVAC Service' },
      lines: [
        line('Water heater', '250', 25000, {
          item: { name: 'Water heater', account: 'Sales of Product Income' },
          class: 'Plumbing',
        }),
        line('Spring tune-up', '12.34', 1234),
      ],
      total: money(26234),
    },
    {
      ...untaxed,
      ...head('invoice', 5),
      number: number('', 5),
      lines: [line('Spring tune-up', '123.45', 12345)],
      total: money(12345),
    },
    {
      ...plain,
      operation: 'invoice.update',
      lines: plain.lines.slice(0, 1).map((one) => ({ ...one, tax: { code: 'San Mateo', amount: money(1) } })),
      tax: { ...tax, amount: money(1) },
      total: money(18901),
    },
  ];
  const payment = (n: number, applied: PaymentDocument['applied'], amount: number, customer = AMY): PaymentDocument => ({
    ...head('payment', n),
    kind: 'payment',
    operation: 'payment.insert',
    customer,
    refNo: number('P', n),
    reference: '0044',
    method: 'Check',
    depositTo: 'Undeposited Funds',
    amount: money(amount),
    gross: money(amount),
    netted: [],
    applied,
    unapplied: money(amount - applied.reduce((sum, part) => sum + part.amount, 0)),
  });
  const part = (n: number, amount: number) => ({
    invoiceId: `invoice-${series}-${n}`,
    invoiceNumber: number('', n),
    amount: money(amount),
  });
  const deposit = payment(1, [], 5000);
  const payments: PaymentDocument[] = [
    deposit,
    payment(2, [part(1, 18876), part(5, 1000)], 20000),
    payment(3, [part(2, 1)], 1, ODD),
    { ...payment(5, [part(4, 20000)], 20000, BILL), date: '2026-10-05' },
    { ...deposit, operation: 'payment.update', applied: [part(5, 5000)], unapplied: money(0) },
  ];
  const refund = journal(head('refund', 1), number('RF', 1));
  const credit = memo(head('creditMemo', 1), number('CM', 1));
  return [
    ...invoices,
    ...payments,
    refund,
    { ...credit, applied: [part(5, 1500)] },
    { ...refund, operation: 'journal.update', memo: 'goodwill, as agreed' },
    { ...credit, operation: 'creditMemo.update', message: 'As agreed' },
    warning(head('payment', 4)),
  ];
}

const line = (name: string, unitPrice: string, amount: number, more: Partial<DocumentLine> = {}): DocumentLine => ({
  item: { name, account: 'Services' },
  quantity: '1',
  unitPrice,
  amount: money(amount),
  taxable: true,
  class: 'HVAC',
  ...more,
});

const oddText = 'a\u0000b\u001f "quotes", commas,\r\nnewlines\t& <tags> ]]> 🐦 \ud800 ￿';
const oddLines = [
  line('-Drain', '3.003', 1001, { quantity: '3.33333', description: '@SUM(1)', taxable: false }),
  line('+Round', '-0.01', -1),
];
const freeLines = [line('Visit', '50', 5000), line('Promo 100 %', '-50', -5000, { taxable: false })];

function plainInvoice(head: Head, number: string): InvoiceDocument & { readonly tax: DocumentTax } {
  return {
    ...head,
    kind: 'invoice',
    operation: 'invoice.insert',
    customer: AMY,
    number,
    dueDate: '2026-11-02',
    terms: 'Net 30',
    job: { id: 'j-1', number: '007', imported: false },
    message: 'Thank you',
    lines: [
      line('Spring tune-up', '189', 18900, { tax: { code: 'San Mateo', amount: money(1866) } }),
      line('Promo SPRING10', '-18.90', -1890, { taxable: false }),
    ],
    tax: { name: 'San Mateo', code: 'San Mateo', rate: '9.875', amount: money(1866) },
    total: money(18876),
  };
}

function journal(head: Head, number: string): JournalDocument {
  const amount = money(5000);
  return {
    ...head,
    kind: 'journal',
    operation: 'journal.insert',
    customer: AMY,
    number,
    memo: 'goodwill',
    paymentId: 'p-1',
    lines: [
      { account: 'Accounts Receivable', side: 'debit', amount, customer: AMY, class: 'HVAC' },
      { account: 'Checking', side: 'credit', amount, class: 'HVAC' },
    ],
    total: amount,
  };
}

function memo(head: Head, number: string): CreditMemoDocument {
  const lines = [line('Spring tune-up', '20', 2000)];
  return { ...head, kind: 'creditMemo', operation: 'creditMemo.insert', customer: AMY, number, lines, total: money(2000) };
}

function warning(head: Head): WarningDocument {
  const text = 'Apply it to the invoice, which only the books have.';
  return {
    ...head,
    kind: 'warning',
    operation: 'warning.list',
    customer: AMY,
    number: '4471',
    method: 'Card',
    amount: money(7500),
    text,
  };
}

/** Documents with everything that can be wrong with a record. People see such documents, so rules must handle them. */
export function oddDocuments(): readonly Document[] {
  return sampleDocuments(0).flatMap((document) => {
    const { customer: _, ...nobody } = document as Document & { customer?: unknown };
    const empty = { ...document, date: '', marker: '', currency: 'JPY' };
    return [nobody, empty, withEmptyParts(document), withLongTexts(document)] as Document[];
  });
}

function withEmptyParts(document: Document): Document {
  switch (document.kind) {
    case 'invoice':
    case 'creditMemo':
      return { ...document, number: '', lines: [], total: money(-1) };
    case 'journal':
      return { ...document, number: '', lines: [], memo: '' };
    case 'payment':
      return { ...document, refNo: '', applied: [], unapplied: money(-1) };
    case 'warning':
      return { ...document, number: '', text: '' };
    default:
      return document satisfies never;
  }
}

function withLongTexts(document: Document): Document {
  const long = 'x'.repeat(40_000);
  const texts = { marker: long, number: long, refNo: long, message: long, memo: long, text: long };
  return { ...document, ...texts } as Document;
}
