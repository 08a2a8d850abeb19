import { describe, expect, it } from 'vitest';
import { buildDocument } from '../documents/build-document.ts';
import type { CreditMemoDocument, JournalDocument, PaymentDocument } from '../documents/documents.ts';
import { canonicalContent } from '../records/canonical.ts';
import type { BatchedRecord, CreditMemoRecord, PaymentRecord, RefundRecord, SourceRecord } from '../records/records.ts';
import { contextOf, factsFor } from '../test-context.ts';
import { refKey } from '../values/ids.ts';
import { postedFacts } from './posted-facts.ts';
import { standingOf } from './standing.ts';

const payment: PaymentRecord = {
  type: 'payment',
  id: 'p-1',
  reference: '4471',
  customerId: 'c-1',
  method: 'Check',
  date: '2026-10-04',
  amount: '100.00',
  status: 'received',
};
const refund: RefundRecord = {
  type: 'refund',
  id: 'r-1',
  paymentId: 'p-1',
  date: '2026-10-20',
  amount: '40.00',
  reason: 'goodwill',
};
const memo: CreditMemoRecord = {
  type: 'creditMemo',
  id: 'm-1',
  number: 'CM-1',
  customerId: 'c-1',
  date: '2026-10-22',
  lines: [{ quantity: '1', unitPrice: '20', amount: '20.00' }],
  total: '20.00',
};
const WORLD: readonly SourceRecord[] = [
  { type: 'customer', id: 'c-1', accountingKey: 'Amy' },
  { type: 'customer', id: 'c-2', accountingKey: 'Bob' },
];
const settings = { accounts: { receivable: 'Accounts Receivable', refund: 'Checking', depositTo: 'Undeposited Funds' } };

type World = NonNullable<Parameters<typeof contextOf>[0]>;

/** The world after `before` was posted by that operation, and then `now` was sent. */
function after(before: BatchedRecord, now: BatchedRecord, more: readonly SourceRecord[] = [], over: World = {}) {
  const operations = {
    payment: 'payment.insert',
    refund: 'journal.insert',
    creditMemo: 'creditMemo.insert',
    invoice: 'invoice.insert',
  } as const;
  const first = contextOf({ records: [...WORLD, before, ...more], settings, delivery: 'push' });
  const { document } = buildDocument(before, operations[before.type], first);
  const refunds = before.type === 'payment' ? first.refundsOf(before.id) : [];
  const posted = { [`${before.type}/${before.id}`]: postedFacts(document, canonicalContent(before), refunds) };
  const all = [...WORLD, ...more, now, ...(over.records ?? [])];
  const records = [...new Map(all.map((record) => [refKey(record), record])).values()];
  const context = contextOf({
    settings,
    delivery: 'push',
    ...over,
    records,
    posted: { ...posted, ...over.posted },
    postedDocument: () => document,
  });
  return { context, standing: standingOf(now, factsFor(now, context)) };
}

const built = (now: BatchedRecord, { context, standing }: ReturnType<typeof after>) => {
  if (!standing.open || standing.readiness === 'stopped') throw new Error(JSON.stringify(standing));
  return buildDocument(now, standing.operation, context);
};

describe('real case 50: a payment that was corrected after it was posted', () => {
  it.each<[string, Partial<PaymentRecord>, object]>([
    ['its date', { date: '2026-10-06' }, { corrects: ['date'], date: '2026-10-06', formerDate: '2026-10-04', refNo: '4471' }],
    ['its method', { method: 'Cash' }, { corrects: ['method'], method: 'Cash', depositTo: 'Undeposited Funds' }],
    [
      'its reference, which gets a new number',
      { reference: '4472' },
      { corrects: ['reference'], reference: '4472', refNo: '4472' },
    ],
    ['its amount, up', { amount: '120.00' }, { corrects: ['amount'], amount: 12000, gross: 12000, unapplied: 12000 }],
    ['its amount, down', { amount: '80.00' }, { corrects: ['amount'], amount: 8000 }],
    ['all of it', { date: '2026-10-06', method: 'Cash', amount: '1.00' }, { corrects: ['date', 'method', 'amount'] }],
  ])('is an update at a push target: %s', (_, change, expected) => {
    const now = { ...payment, ...change };
    const world = after(payment, now);
    const { document, problems, nothingToSend } = built(now, world);
    expect([problems, nothingToSend]).toEqual([[], false]);
    expect(document).toMatchObject({ operation: 'payment.update', ...expected });
    const posted = postedFacts(document, canonicalContent(now), [], world.context.posted(now));
    const done = contextOf({ records: [...WORLD, now], settings, delivery: 'push', posted: { 'payment/p-1': posted } });
    expect(standingOf(now, factsFor(now, done))).toEqual({ open: false, because: 'posted' });
  });

  it('stays a person’s task at a file target', () => {
    const now = { ...payment, date: '2026-10-06' };
    expect(after(payment, now, [], { delivery: 'files' }).standing).toMatchObject({ reason: 'changed-after-batch' });
  });

  it.each<[string, Partial<PaymentRecord>, readonly SourceRecord[], object]>([
    ['another customer', { customerId: 'c-2' }, [], { reason: 'changed-after-batch' }],
    ['a status', { status: 'disputed' }, [], { reason: 'changed-after-batch' }],
    ['an amount of nothing', { amount: '0.00' }, [], { reason: 'amount-not-positive' }],
  ])('is no update: %s', (_, change, more, expected) => {
    expect(after(payment, { ...payment, ...change }, more).standing).toMatchObject({ readiness: 'stopped', ...expected });
  });

  it('keeps the refunds that were frozen with it, and is never less than the refunds since', () => {
    const now = { ...payment, amount: '90.00' };
    const world = after(payment, now, [refund]);
    expect(built(now, world).document).toMatchObject({ gross: 9000, amount: 5000, netted: [{ refundId: 'r-1', amount: 4000 }] });
    const less = { ...payment, amount: '39.99' };
    expect(after(payment, less, [], { records: [refund] }).standing).toMatchObject({ reason: 'refund-exceeds-payment' });
    expect(after(payment, { ...payment, amount: '40.00' }, [], { records: [refund] }).standing).toMatchObject({
      readiness: 'ready',
    });
    // A frozen refund that changed: nobody knows what the books hold of it.
    const other = { ...refund, amount: '41.00' };
    expect(after(payment, now, [refund], { records: [other] }).standing).toMatchObject({ reason: 'changed-after-batch' });
  });

  it('corrects what changed in the record, not what the settings map otherwise', () => {
    const now = { ...payment, allocations: [{ invoiceId: 'i-1', amount: '50.00' }] };
    const invoice = { kind: 'invoice', operation: 'invoice.insert', contentHash: '', number: '1', amount: 5000 } as never;
    const world = after(payment, now, [], {
      settings: { ...settings, paymentMethods: { Check: 'Cheque' }, paymentAccounts: { Check: 'Checking' } },
      posted: { 'invoice/i-1': invoice },
    });
    const { document } = built(now, world);
    expect(document).not.toHaveProperty('corrects');
    expect(document as PaymentDocument).toMatchObject({
      method: 'Check',
      depositTo: 'Undeposited Funds',
      applied: [{ amount: 5000 }],
    });
  });

  it('that the books refused because it is deposited is not offered again until it changes again', () => {
    const now = { ...payment, date: '2026-10-06' };
    const { context } = after(payment, now);
    const posted = { ...context.posted(now)!, deposited: { contentHash: canonicalContent(now), applied: [] } };
    expect(after(payment, now, [], { posted: { 'payment/p-1': posted } }).standing).toMatchObject({
      reason: 'payment-deposited',
    });
    const again = { ...payment, date: '2026-10-07' };
    expect(after(payment, again, [], { posted: { 'payment/p-1': posted } }).standing).toMatchObject({ readiness: 'ready' });
  });
});

describe('a refund and a credit memo that were corrected after they were posted', () => {
  const paid = {
    records: [payment],
    posted: {
      'payment/p-1': { kind: 'payment', operation: 'payment.insert', contentHash: '', number: '4471', amount: 10000 } as never,
    },
  };

  it('are updates at a push target, on the accounts and with the number that they have', () => {
    const now = { ...refund, amount: '50.00', date: '2026-10-21' };
    const world = after(refund, now, [payment], {
      ...paid,
      records: [],
      settings: { accounts: { receivable: 'Accounts Receivable', refund: 'Visa' } },
    });
    const { document, problems } = built(now, world);
    expect(problems).toEqual([]);
    expect(document as JournalDocument).toMatchObject({
      operation: 'journal.update',
      number: 'RF-r-1',
      formerDate: '2026-10-20',
      total: 5000,
      lines: [
        { account: 'Accounts Receivable', amount: 5000 },
        { account: 'Checking', amount: 5000 },
      ],
    });
    const lower = { ...memo, lines: [{ quantity: '1', unitPrice: '15', amount: '15.00' }], total: '15.00' };
    const update = built(lower, after(memo, lower));
    expect(update.problems).toEqual([]);
    expect(update.document as CreditMemoDocument).toMatchObject({ operation: 'creditMemo.update', number: 'CM-1', total: 1500 });
  });

  it('need a person for files, and for another customer', () => {
    const later = { ...refund, amount: '50.00' };
    expect(after(refund, later, [payment], { ...paid, records: [], delivery: 'files' }).standing).toMatchObject({
      reason: 'changed-after-batch',
    });
    for (const over of [{ delivery: 'files' as const }, {}]) {
      const now = { ...memo, total: '25.00', customerId: 'delivery' in over ? 'c-1' : 'c-2' };
      expect(after(memo, now, [], over).standing).toMatchObject({ reason: 'changed-after-batch' });
    }
  });
});
