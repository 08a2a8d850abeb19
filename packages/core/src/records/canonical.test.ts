import { describe, expect, it } from 'vitest';
import { canonicalContent, canonicalDecimal, canonicalRecord, canonicalTexts } from './canonical.ts';
import type { CreditMemoRecord, InvoiceRecord, PaymentRecord, RefundRecord, SourceRecord } from './records.ts';

const invoice: InvoiceRecord = {
  type: 'invoice',
  id: 'i-1',
  number: '10427',
  customerId: 'c-1',
  jobId: 'j-1',
  departmentId: 'd-1',
  status: 'finalized',
  date: '2026-10-03',
  memo: 'Thanks',
  lines: [{ serviceId: 's-1', name: 'Tune-up', quantity: '1', unitPrice: '189', amount: '189.00', taxable: true }],
  tax: { name: 'San Mateo', rate: '9.875', amount: '18.66' },
  total: '207.66',
};
const payment: PaymentRecord = {
  type: 'payment',
  id: 'p-1',
  reference: '4471',
  customerId: 'c-1',
  jobId: 'j-1',
  method: 'Check',
  date: '2026-10-04',
  amount: '188.76',
  status: 'received',
  allocations: [{ invoiceId: 'i-1', amount: '188.76' }],
};
const refund: RefundRecord = {
  type: 'refund',
  id: 'r-1',
  paymentId: 'p-1',
  date: '2026-10-20',
  amount: '50.00',
  reason: 'goodwill',
};
const memo: CreditMemoRecord = {
  type: 'creditMemo',
  id: 'm-1',
  number: 'CM-7',
  date: '2026-10-22',
  lines: invoice.lines,
  total: '189.00',
};

/** The same record with its members in the opposite order, at every depth. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([k, v]) => [k, reversed(v)]),
  ) as T;
}

describe('both spellings', () => {
  it.each([invoice, payment, refund, memo, { type: 'customer', id: 'c', billingAddress: { city: 'B', line1: 'A' } } as const])(
    'do not depend on the order of members ($type)',
    (record) => {
      expect(canonicalRecord(reversed(record))).toBe(canonicalRecord(record));
      expect(canonicalContent(reversed(record))).toBe(canonicalContent(record));
    },
  );

  it('treat "129.5" and "129.50" as the same', () => {
    const other = {
      ...invoice,
      total: '207.660'.slice(0, -1),
      lines: [{ ...invoice.lines[0]!, quantity: '1.000', unitPrice: '189.00', amount: '189' }],
    };
    expect(canonicalRecord(other)).toBe(canonicalRecord(invoice));
    expect(canonicalContent(other)).toBe(canonicalContent(invoice));
  });

  it('treat absent, undefined and empty as the same', () => {
    const { memo: _, ...without } = invoice;
    expect(canonicalRecord({ ...invoice, memo: '' })).toBe(canonicalRecord(without));
    expect(canonicalRecord({ ...invoice, memo: undefined })).toBe(canonicalRecord(without));
    const { allocations: __, ...deposit } = payment;
    expect(canonicalRecord({ ...payment, allocations: [] })).toBe(canonicalRecord(deposit));
  });

  it('differ by type and id', () => {
    expect(canonicalRecord({ ...invoice, id: 'i-2' })).not.toBe(canonicalRecord(invoice));
  });
});

describe('canonicalContent', () => {
  it('case 52: an edit that is reverted leaves nothing to send', () => {
    const edited = { ...invoice, total: '200.00' };
    expect(canonicalContent(edited)).not.toBe(canonicalContent(invoice));
    expect(canonicalContent({ ...edited, total: '207.66' })).toBe(canonicalContent(invoice));
  });

  it.each<[string, Partial<InvoiceRecord>]>([
    ['number', { number: '10428' }],
    ['customer', { customerId: 'c-2' }],
    ['job', { jobId: 'j-2' }],
    ['department, which decides the class', { departmentId: 'd-2' }],
    ['date', { date: '2026-10-04' }],
    ['due date', { dueDate: '2026-11-03' }],
    ['terms', { terms: 'Net 15' }],
    ['message', { memo: 'Thank you' }],
    ['lines', { lines: [...invoice.lines, ...invoice.lines] }],
    ['a line’s class', { lines: [{ ...invoice.lines[0]!, accountingClass: 'HVAC' }] }],
    ['a line’s description', { lines: [{ ...invoice.lines[0]!, description: 'new' }] }],
    ['tax', { tax: { name: 'San Mateo', rate: '9.875', amount: '18.67' } }],
    ['no tax', { tax: undefined }],
    ['being void', { status: 'void' }],
  ])('of an invoice changes with its %s', (_, change) => {
    expect(canonicalContent({ ...invoice, ...change })).not.toBe(canonicalContent(invoice));
  });

  it('of a voided invoice does not change with lines that no longer reach the books', () => {
    const voided = { ...invoice, status: 'void' } as const;
    expect(canonicalContent({ ...voided, lines: [], total: '0' })).toBe(canonicalContent(voided));
  });

  it('of a payment leaves out what it is allocated to, its job, its fee and its status', () => {
    const moved: PaymentRecord = {
      ...payment,
      allocations: [],
      jobId: 'j-2',
      departmentId: 'd-2',
      fee: '1.45',
      status: 'disputed',
    };
    expect(canonicalRecord({ ...payment, fee: '1.45' })).not.toBe(canonicalRecord(payment));
    expect(canonicalContent(moved)).toBe(canonicalContent(payment));
    expect(canonicalRecord(moved)).not.toBe(canonicalRecord(payment));
  });

  it.each<[string, Partial<PaymentRecord>]>([
    ['amount', { amount: '188.77' }],
    ['date', { date: '2026-10-05' }],
    ['method', { method: 'Cash' }],
    ['customer', { customerId: 'c-2' }],
    ['reference', { reference: '4472' }],
  ])('of a payment changes with its %s', (_, change) => {
    expect(canonicalContent({ ...payment, ...change })).not.toBe(canonicalContent(payment));
  });

  it('of a refund leaves out its method and status', () => {
    expect(canonicalContent({ ...refund, method: 'Cash', status: 'removed' })).toBe(canonicalContent(refund));
    expect(canonicalContent({ ...refund, amount: '51' })).not.toBe(canonicalContent(refund));
  });

  it('of a credit memo leaves out the invoice, since it is left unapplied', () => {
    expect(canonicalContent({ ...memo, invoiceId: 'i-1' })).toBe(canonicalContent(memo));
  });
});

describe('canonicalRecord', () => {
  it.each([
    [invoice, { status: 'draft' }],
    [payment, { departmentId: 'd-9' }],
    [payment, { status: 'removed' }],
    [refund, { method: 'Cash' }],
    [refund, { status: 'removed' }],
    [memo, { status: 'removed' }],
    [memo, { invoiceId: 'i-1' }],
  ])('changes with every member: $0.type $1', (record, change) => {
    expect(canonicalRecord({ ...record, ...change } as never)).not.toBe(canonicalRecord(record));
  });

  it('treats a refund without a status as issued', () => {
    expect(canonicalRecord({ ...refund, status: 'issued' })).toBe(canonicalRecord(refund));
  });
});

it.each([
  ['129.50', '129.5'],
  ['129.00', '129'],
  ['000.10', '0.1'],
  ['-0.00', '0'],
  ['-5.10', '-5.1'],
  ['100', '100'],
  ['0', '0'],
  ['0.00', '0'],
  ['0.50', '0.5'],
  ['7.', '7.'],
  ['.50', '0.5'],
  ['1.2.3', '1.2.3'],
  ['1e5', '1e5'],
  ['', '0'],
])('canonicalDecimal spells %s as %s', (given, expected) => {
  expect(canonicalDecimal(given)).toBe(expected);
});

it.each<SourceRecord>([
  invoice,
  { ...invoice, status: 'void' },
  {
    ...invoice,
    status: 'draft',
    serviceAddress: { line1: '1 Main St' },
    tax: { name: 'T', amount: '1', parts: [{ name: 'S', amount: '1' }] },
  },
  { ...invoice, number: '', lines: [] },
  { type: 'invoice', id: 'i', status: 'finalized', date: '2026-10-03', lines: [], total: '0' },
  payment,
  refund,
  memo,
  { type: 'customer', id: 'c-1', name: 'Acme', accountingKey: 'Acme' },
])('both texts of a record are what each is alone: %j', (record) => {
  expect(canonicalTexts(record)).toEqual({ record: canonicalRecord(record), content: canonicalContent(record) });
});
