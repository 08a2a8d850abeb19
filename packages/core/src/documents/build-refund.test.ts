import { describe, expect, it } from 'vitest';
import { canonicalContent } from '../records/canonical.ts';
import type { InvoiceRecord, PaymentRecord, RefundRecord, SourceLine, SourceRecord } from '../records/records.ts';
import { postedFacts } from '../standing/posted-facts.ts';
import { standingOf } from '../standing/standing.ts';
import { contextOf, factsFor } from '../test-context.ts';
import { buildDocument } from './build-document.ts';
import type { JournalDocument, WarningDocument } from './documents.ts';

const line = (amount: string, accountingClass?: string): SourceLine => ({
  quantity: '1',
  unitPrice: amount,
  amount,
  accountingClass,
});
const invoice = (id: string, lines: readonly SourceLine[], departmentId?: string): InvoiceRecord => ({
  type: 'invoice',
  id,
  number: id,
  customerId: 'c-1',
  departmentId,
  status: 'finalized',
  date: '2026-10-03',
  lines,
  total: '100',
});
const payment: PaymentRecord = {
  type: 'payment',
  id: 'p-1',
  reference: '4471',
  customerId: 'c-1',
  date: '2026-10-04',
  amount: '100.00',
  status: 'received',
  allocations: [
    { invoiceId: 'small', amount: '30' },
    { invoiceId: 'large', amount: '60' },
  ],
};
const refund = (change: Partial<RefundRecord> = {}): RefundRecord => ({
  type: 'refund',
  id: 'r-1',
  paymentId: 'p-1',
  date: '2026-10-20',
  amount: '40.00',
  reason: 'goodwill',
  ...change,
});
const WORLD: readonly SourceRecord[] = [
  { type: 'customer', id: 'c-1', accountingKey: 'Amy' },
  { type: 'department', id: 'd-1', name: 'Plumbing', accountingClass: 'Plumbing' },
  { type: 'job', id: 'j-old', number: 'J-OLD', imported: true },
  invoice('small', [line('100', 'Small')]),
  invoice('large', [line('70', 'Large'), line('30', 'Large')]),
];
const settings = {
  accounts: { receivable: 'Accounts Receivable', refund: 'Checking' },
  classes: { mode: 'transaction', default: 'Company' },
};

type World = NonNullable<Parameters<typeof contextOf>[0]>;

function build(record = refund(), { records = [payment], ...rest }: World = {}) {
  const context = contextOf({ records: [...WORLD, ...records, record], settings, ...rest });
  const built = buildDocument(record, 'journal.insert', context);
  return { ...built, document: built.document as JournalDocument, codes: built.problems.map((p) => p.code) };
}

describe('a refund of a posted payment', () => {
  it('case 61: is a balanced journal: the customer owes again, the money is paid out', () => {
    const { document, problems } = build();
    expect(document).toMatchObject({
      kind: 'journal',
      number: 'RF-r-1',
      date: '2026-10-20',
      marker: 'Ledgerpost refund r-1',
      memo: 'Refund of payment 4471: goodwill',
      total: 4000,
      lines: [
        { side: 'debit', account: 'Accounts Receivable', amount: 4000, customer: { name: 'Amy' }, class: 'Large' },
        { side: 'credit', account: 'Checking', amount: 4000, class: 'Large' },
      ],
    });
    expect(document.lines[1]).not.toHaveProperty('customer');
    expect(problems).toMatchObject([
      {
        code: 'receivable-left-open',
        severity: 'warning',
        message: expect.stringMatching(/\$40\.00 open on Accounts Receivable for Amy.*Apply it to/),
      },
    ]);
  });

  it('case 61: two refunds within the payment are two journals', () => {
    expect(build(refund(), { records: [payment, refund({ id: 'r-2', amount: '60' })] }).codes).toEqual(['receivable-left-open']);
  });

  it('case 61: refunds beyond the payment are a problem', () => {
    expect(build(refund(), { records: [payment, refund({ id: 'r-2', amount: '60.01' })] }).codes).toContain(
      'refund-exceeds-payment',
    );
    expect(build(refund(), { records: [payment, refund({ id: 'r-2', amount: '60.01', status: 'removed' })] }).codes).toEqual([
      'receivable-left-open',
    ]);
  });

  it.each<[string, RefundRecord, World, string]>([
    ['no refund account', refund(), { settings: { accounts: { receivable: 'A/R' } } }, 'no-account'],
    ['no receivable account', refund(), { settings: { accounts: { refund: 'Checking' } } }, 'no-account'],
    ['no payment', refund(), { records: [] }, 'unknown-payment'],
    ['a payment of nobody', refund(), { records: [{ ...payment, customerId: undefined }] }, 'no-customer'],
    ['a payment of somebody never sent', refund(), { records: [{ ...payment, customerId: 'c-9' }] }, 'unknown-customer'],
    ['an amount of nothing', refund({ amount: '0' }), {}, 'amount-not-positive'],
    ['removed since it was selected', refund({ status: 'removed' }), {}, 'changed-after-batch'],
    [
      'no class',
      refund(),
      { records: [{ ...payment, allocations: [] }], settings: { ...settings, classes: { mode: 'line' } } },
      'no-class',
    ],
  ])('is a problem: %s', (_, record, world, code) => {
    expect(build(record, world).codes.filter((c) => c !== 'receivable-left-open')).toEqual([code]);
  });

  it.each<[string, InvoiceRecord | undefined, object, string | undefined]>([
    ['what its lines agree on', invoice('large', [line('1', 'A'), line('9', 'A')]), {}, 'A'],
    ['of mixed lines the department’s', invoice('large', [line('1', 'A'), line('9', 'B')], 'd-1'), {}, 'Plumbing'],
    ['else the company’s', invoice('large', [line('1', 'A'), line('9', 'B')]), { default: 'Company' }, 'Company'],
    ['else that of the largest line', invoice('large', [line('1', 'A'), line('9', 'B')]), {}, 'B'],
  ])('case 61: has the class of its payment’s largest allocation: %s', (_, large, more, expected) => {
    const records = [payment, ...(large ? [large] : [])];
    const { document } = build(refund(), { records, settings: { ...settings, classes: { mode: 'line', ...more } } });
    expect(document.lines.map((l) => l.class)).toEqual([expected, expected]);
  });

  it('of a deposit has the company’s class, and without classes none', () => {
    const records = [{ ...payment, allocations: [] }];
    expect(build(refund(), { records }).document.lines[0]!.class).toBe('Company');
    expect(build(refund(), { records, settings: { accounts: settings.accounts } }).document.lines[0]!.class).toBeUndefined();
  });

  it('gets a number that fits, one per refund', () => {
    const numbers = ['a', 'b'].map((end) => build(refund({ id: `${'x'.repeat(40)}${end}` })).document.number);
    expect(numbers.every((number) => number.length === 21 && number.startsWith('RF-xxx'))).toBe(true);
    expect(new Set(numbers).size).toBe(2);
  });

  it('gets a number in letters that books can keep, whatever its id', () => {
    const numbers = ['r–1 ✓', 'r–2 ✓'].map((id) => build(refund({ id })).document.number);
    expect(numbers.every((number) => /^RF-[\dA-Za-z]+$/.test(number))).toBe(true);
    expect(new Set(numbers).size).toBe(2);
  });
});

describe('case 63: on an imported job, for files', () => {
  const onOldJob = { ...payment, jobId: 'j-old' };
  const r1 = refund();
  const context = contextOf({ records: [...WORLD, onOldJob, r1] });

  it('a payment is listed with instructions for a person, less what was refunded', () => {
    const { document, problems } = buildDocument(onOldJob, 'warning.list', context);
    expect(document).toMatchObject({
      kind: 'warning',
      number: '4471',
      amount: 6000,
      netted: [{ refundId: 'r-1', amount: 4000 }],
      text: expect.stringContaining('apply it to the invoices of job J-OLD'),
    });
    expect(problems).toMatchObject([{ code: 'imported-job', severity: 'warning' }]);
  });

  it('what was listed counts: neither payment nor netted refund is offered again, and a later refund is listed alone', () => {
    const { document } = buildDocument(onOldJob, 'warning.list', context);
    const facts = postedFacts(document, canonicalContent(onOldJob), context.refundsOf('p-1'));
    const later = refund({ id: 'r-2', amount: '10' });
    const after = contextOf({ records: [...WORLD, onOldJob, r1, later], posted: { 'payment/p-1': facts } });
    expect(standingOf(onOldJob, factsFor(onOldJob, after))).toEqual({ open: false, because: 'posted' });
    expect(standingOf(r1, factsFor(r1, after))).toEqual({ open: false, because: 'netted' });
    expect(standingOf(later, factsFor(later, after))).toMatchObject({ operation: 'warning.list', amount: 1000 });

    const listed = buildDocument(later, 'warning.list', after);
    expect(listed.document as WarningDocument).toMatchObject({
      kind: 'warning',
      number: 'RF-r-2',
      amount: 1000,
      customer: { name: 'Amy' },
    });
    expect(listed.problems).toMatchObject([{ code: 'imported-job' }]);

    const changed = { ...onOldJob, amount: '120.00' };
    const again = contextOf({ records: [...WORLD, changed, r1, later], posted: { 'payment/p-1': facts } });
    expect(standingOf(changed, factsFor(changed, again))).toMatchObject({ operation: 'warning.list', amount: 8000 });
    expect(buildDocument(changed, 'warning.list', again).document).toMatchObject({ amount: 8000 });
  });
});
