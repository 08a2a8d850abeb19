import { describe, expect, it } from 'vitest';
import type { CreditMemoRecord, InvoiceRecord, PaymentRecord, RefundRecord } from '../records/records.ts';
import type { Money } from '../values/money.ts';
import { type PostedFacts, type Standing, type StandingFacts, standingOf } from './standing.ts';

const cents = (n: number) => n as Money;

const invoice = (change: Partial<InvoiceRecord> = {}): InvoiceRecord => ({
  type: 'invoice',
  id: 'i-1',
  status: 'finalized',
  date: '2026-10-03',
  lines: [],
  total: '100.00',
  ...change,
});
const payment = (change: Partial<PaymentRecord> = {}): PaymentRecord => ({
  type: 'payment',
  id: 'p-1',
  status: 'received',
  date: '2026-10-04',
  amount: '100.00',
  allocations: [{ invoiceId: 'i-1', amount: '100.00' }],
  ...change,
});
const refund = (change: Partial<RefundRecord> = {}): RefundRecord => ({
  type: 'refund',
  id: 'r-1',
  paymentId: 'p-1',
  date: '2026-10-20',
  amount: '40.00',
  ...change,
});
const memo = (change: Partial<CreditMemoRecord> = {}): CreditMemoRecord => ({
  type: 'creditMemo',
  id: 'm-1',
  date: '2026-10-22',
  lines: [],
  total: '20.00',
  ...change,
});

const facts = (change: Partial<StandingFacts> = {}): StandingFacts => ({
  contentHash: 'now',
  delivery: 'files',
  voids: 'update',
  currency: 'USD',
  importedJob: false,
  refunds: [],
  postedInvoices: new Map(),
  ...change,
});
const booksWith = (...ids: string[]) => new Map(ids.map((id) => [id, { total: cents(10000) }]));
const posted = (change: Partial<PostedFacts> = {}): PostedFacts => ({
  kind: 'invoice',
  operation: 'invoice.insert',
  contentHash: 'now',
  number: '1',
  amount: cents(10000),
  ...change,
});
const postedPayment = (change: Partial<PostedFacts> = {}): PostedFacts =>
  posted({ kind: 'payment', operation: 'payment.insert', applied: [], netted: [], ...change });
const applied = (amount = 10000, invoiceId = 'i-1') => [{ invoiceId, invoiceNumber: '1', amount: cents(amount) }];
const refundFacts = (amount: number, id = 'r-1', removed = false) => ({ id, amount: cents(amount), contentHash: 'now', removed });

const BEFORE = { contentHash: 'before' };
const closed = (because: string) => ({ open: false, because }) as Standing;
const ready = (operation: string, amount: number) => ({ open: true, readiness: 'ready', operation, amount }) as Standing;
const waiting = (amount: number) => ({ open: true, readiness: 'waiting', operation: 'payment.update', amount }) as Standing;
const stopped = (reason: string, amount: number) => ({ open: true, readiness: 'stopped', reason, amount }) as Standing;

type Row = [sentence: string, record: Parameters<typeof standingOf>[0], facts: Partial<StandingFacts>, expected: Standing];

describe('invoices', () => {
  it.each<Row>([
    [
      'case 53: an invoice that was never posted is an insert, however often it was edited',
      invoice(),
      {},
      ready('invoice.insert', 10000),
    ],
    ['case 5: an invoice over zero is an insert', invoice({ total: '0.00' }), {}, ready('invoice.insert', 0)],
    ['case 5: an invoice below zero wants a credit memo', invoice({ total: '-5.00' }), {}, stopped('negative-total', -500)],
    ['case 52: an invoice with the content that was posted asks for nothing', invoice(), { posted: posted() }, closed('posted')],
    [
      'case 47: an edited invoice is an update',
      invoice({ total: '120.00' }),
      { posted: posted(BEFORE) },
      ready('invoice.update', 12000),
    ],
    [
      'an invoice edited below zero cannot be an update',
      invoice({ total: '-1' }),
      { posted: posted(BEFORE) },
      stopped('negative-total', -100),
    ],
    [
      'an invoice whose tax the books computed for another place is an update',
      invoice(),
      { posted: posted({ place: 'there' }), place: 'here' },
      ready('invoice.update', 10000),
    ],
    ['and none for the same place', invoice(), { posted: posted({ place: 'here' }), place: 'here' }, closed('posted')],
    [
      'nor where it was voided: there is nothing to tax',
      invoice({ status: 'void' }),
      { posted: posted({ place: 'there', operation: 'invoice.void' }), place: 'here' },
      closed('posted'),
    ],
    [
      'nor where the posting kept no place, because the tax is ours',
      invoice(),
      { posted: posted(), place: 'here' },
      closed('posted'),
    ],
    [
      'a credit memo whose tax the books computed for another place is an update too',
      memo(),
      { posted: posted({ kind: 'creditMemo', place: 'there', customer: { id: '', name: '' } }), place: 'here', delivery: 'push' },
      ready('creditMemo.update', 2000),
    ],
    ['case 4: a draft is not yet sent', invoice({ status: 'draft' }), {}, stopped('not-finalized', 10000)],
    [
      'a posted invoice that went back to draft is shown',
      invoice({ status: 'draft' }),
      { posted: posted() },
      stopped('was-posted', 10000),
    ],
    ['and so is one edited on the way', invoice({ status: 'draft' }), { posted: posted(BEFORE) }, stopped('was-posted', 10000)],
    ['an invoice voided before it was batched is never sent', invoice({ status: 'void' }), {}, closed('void-before-batch')],
    [
      'a voided invoice becomes an update to zero',
      invoice({ status: 'void' }),
      { posted: posted(BEFORE) },
      ready('invoice.update', 0),
    ],
    ['or a void', invoice({ status: 'void' }), { posted: posted(BEFORE), voids: 'void' }, ready('invoice.void', 0)],
    [
      'or a credit memo over what the books hold',
      invoice({ status: 'void', total: '0' }),
      { posted: posted(BEFORE), voids: 'credit-memo' },
      ready('creditMemo.insert', 10000),
    ],
    [
      'case 51: updated and voided before the next batch, only the net effect is left',
      invoice({ status: 'void', total: '120.00' }),
      { posted: posted(BEFORE) },
      ready('invoice.update', 0),
    ],
    [
      'a void that was sent asks for nothing',
      invoice({ status: 'void' }),
      { posted: posted({ operation: 'invoice.update' }) },
      closed('posted'),
    ],
    [
      'an update to zero can be brought back',
      invoice(),
      { posted: posted({ ...BEFORE, operation: 'invoice.update', amount: cents(0) }) },
      ready('invoice.update', 10000),
    ],
    [
      'a void at the target cannot',
      invoice(),
      { posted: posted({ ...BEFORE, operation: 'invoice.void' }) },
      stopped('changed-after-batch', 10000),
    ],
    [
      'nor can what a credit memo balanced',
      invoice(),
      { posted: posted({ ...BEFORE, kind: 'creditMemo', operation: 'creditMemo.insert' }) },
      stopped('changed-after-batch', 10000),
    ],
    [
      'a voided invoice that changes after its credit memo is shown',
      invoice({ status: 'void' }),
      { posted: posted({ ...BEFORE, kind: 'creditMemo', operation: 'creditMemo.insert' }), voids: 'credit-memo' },
      stopped('changed-after-batch', 10000),
    ],
  ])('%s', (_, record, change, expected) => {
    expect(standingOf(record, facts(change))).toEqual(expected);
  });
});

describe('credit memos', () => {
  const standing = posted({ kind: 'creditMemo', operation: 'creditMemo.insert' });
  it.each<Row>([
    ['a credit memo is an insert', memo(), {}, ready('creditMemo.insert', 2000)],
    ['with an invoice too', memo({ invoiceId: 'i-1' }), {}, ready('creditMemo.insert', 2000)],
    ['posted, it asks for nothing', memo(), { posted: standing }, closed('posted')],
    ['changed after that, it is shown', memo(), { posted: { ...standing, ...BEFORE } }, stopped('changed-after-batch', 2000)],
    ['removed before, it is never sent', memo({ status: 'removed' }), {}, closed('never-sent')],
    ['removed after, it is shown', memo({ status: 'removed' }), { posted: standing }, stopped('changed-after-batch', 2000)],
  ])('%s', (_, record, change, expected) => {
    expect(standingOf(record, facts(change))).toEqual(expected);
  });
});

describe('payments', () => {
  const inBooks = booksWith('i-1');
  it.each<Row>([
    ['a payment is an insert', payment(), {}, ready('payment.insert', 10000)],
    ['case 55: so is a deposit', payment({ allocations: undefined }), {}, ready('payment.insert', 10000)],
    [
      'case 60: refunds made before are netted into it',
      payment(),
      { refunds: [refundFacts(4000)] },
      ready('payment.insert', 6000),
    ],
    ['a removed refund is not', payment(), { refunds: [refundFacts(4000, 'r-1', true)] }, ready('payment.insert', 10000)],
    [
      'case 60: one refunded in full before is never sent',
      payment(),
      { refunds: [refundFacts(4000), refundFacts(6000, 'r-2')] },
      closed('refunded-before-batch'),
    ],
    [
      'case 61: one refunded beyond its amount is shown',
      payment(),
      { refunds: [refundFacts(10001)] },
      stopped('refund-exceeds-payment', 10000),
    ],
    ['a payment of nothing is shown', payment({ amount: '0' }), {}, stopped('amount-not-positive', 0)],
    ['a payment below zero is shown', payment({ amount: '-5' }), {}, stopped('amount-not-positive', -500)],
    ['a disputed payment is never sent', payment({ status: 'disputed' }), {}, closed('never-sent')],
    ['nor is a removed one', payment({ status: 'removed' }), {}, closed('never-sent')],
    [
      'case 62: disputed after it was batched, a person decides',
      payment({ status: 'disputed' }),
      { posted: postedPayment() },
      stopped('changed-after-batch', 10000),
    ],
    [
      'case 62: removed after it was batched too',
      payment({ status: 'removed' }),
      { posted: postedPayment() },
      stopped('changed-after-batch', 10000),
    ],
    ['an amount changed after is shown', payment(), { posted: postedPayment(BEFORE) }, stopped('changed-after-batch', 10000)],
    [
      'posted as it is allocated, it asks for nothing',
      payment(),
      { posted: postedPayment({ applied: applied() }), postedInvoices: inBooks },
      closed('posted'),
    ],
    [
      'case 55: a posted deposit that now pays a posted invoice is re-allocated',
      payment(),
      { posted: postedPayment(), postedInvoices: inBooks },
      ready('payment.update', 10000),
    ],
    ['a re-allocation waits for an invoice that is not in the books', payment(), { posted: postedPayment() }, waiting(10000)],
    [
      'case 58: of a deposit split over two invoices, the part that can go goes',
      payment({
        allocations: [
          { invoiceId: 'i-1', amount: '60' },
          { invoiceId: 'i-2', amount: '40' },
        ],
      }),
      { posted: postedPayment(), postedInvoices: inBooks },
      ready('payment.update', 10000),
    ],
    [
      'case 58: and then the other waits',
      payment({
        allocations: [
          { invoiceId: 'i-1', amount: '60' },
          { invoiceId: 'i-2', amount: '40' },
        ],
      }),
      { posted: postedPayment({ applied: applied(6000) }), postedInvoices: inBooks },
      waiting(10000),
    ],
    [
      'an allocation that was lowered is a re-allocation',
      payment({ allocations: [{ invoiceId: 'i-1', amount: '80' }] }),
      { posted: postedPayment({ applied: applied() }), postedInvoices: inBooks },
      ready('payment.update', 10000),
    ],
    [
      'an allocation that was taken away is a re-allocation',
      payment({ allocations: [] }),
      { posted: postedPayment({ applied: applied() }), postedInvoices: inBooks },
      ready('payment.update', 10000),
    ],
    [
      'allocations in another order are the same allocations',
      payment({
        allocations: [
          { invoiceId: 'i-2', amount: '40' },
          { invoiceId: 'i-1', amount: '60' },
        ],
      }),
      {
        posted: postedPayment({ applied: [...applied(6000), ...applied(4000, 'i-2')] }),
        postedInvoices: booksWith('i-1', 'i-2'),
      },
      closed('posted'),
    ],
    [
      'case 65: an invoice that became a credit memo keeps what was applied to it',
      payment(),
      { posted: postedPayment({ applied: applied() }) },
      closed('posted'),
    ],
    [
      'case 61: a refund after the posting never changes it',
      payment(),
      { posted: postedPayment({ applied: applied() }), postedInvoices: inBooks, refunds: [refundFacts(4000)] },
      closed('posted'),
    ],
    [
      'case 60: refunds netted into it stay netted when it is compared',
      payment(),
      {
        posted: postedPayment({ amount: cents(6000), applied: applied(6000), netted: [{ refundId: 'r-1', contentHash: 'now' }] }),
        postedInvoices: inBooks,
        refunds: [refundFacts(4000)],
      },
      closed('posted'),
    ],
    [
      'case 58: a deposit that was partly refunded before is re-allocated less that',
      payment({ allocations: [{ invoiceId: 'i-1', amount: '60' }] }),
      {
        posted: postedPayment({ amount: cents(6000), netted: [{ refundId: 'r-1', contentHash: 'now' }] }),
        postedInvoices: inBooks,
        refunds: [refundFacts(4000)],
      },
      ready('payment.update', 6000),
    ],
    [
      'real case 22: what an invoice doesn’t take is offered again only when its total rises',
      payment(),
      {
        posted: postedPayment({
          applied: applied(8000),
          held: [{ invoiceId: 'i-1', amount: cents(2000), because: 'over', total: cents(8000) }],
        }),
        postedInvoices: new Map([['i-1', { total: cents(8000) }]]),
      },
      closed('posted'),
    ],
    [
      'real case 22: and then it is',
      payment(),
      {
        posted: postedPayment({
          applied: applied(8000),
          held: [{ invoiceId: 'i-1', amount: cents(2000), because: 'over', total: cents(8000) }],
        }),
        postedInvoices: new Map([['i-1', { total: cents(9000) }]]),
      },
      ready('payment.update', 10000),
    ],
    [
      'what the books had no room for is not offered again',
      payment(),
      {
        posted: postedPayment({
          applied: [],
          held: [{ invoiceId: 'i-1', amount: cents(10000), because: 'over', total: cents(10000) }],
        }),
        postedInvoices: inBooks,
      },
      closed('posted'),
    ],
    [
      'real case 04: what the books refused as another customer’s is not offered again',
      payment(),
      {
        delivery: 'push',
        posted: postedPayment({
          applied: [],
          held: [{ invoiceId: 'i-1', amount: cents(10000), because: 'other-customer', customerId: 'c-2' }],
        }),
        postedInvoices: new Map([['i-1', { total: cents(10000), customer: { id: 'c-2', name: 'Bob' } }]]),
      },
      closed('posted'),
    ],
    [
      'real case 04: but it is once the invoice belongs to somebody else',
      payment(),
      {
        delivery: 'push',
        posted: postedPayment({
          applied: [],
          held: [{ invoiceId: 'i-1', amount: cents(10000), because: 'other-customer', customerId: 'c-2' }],
        }),
        postedInvoices: new Map([['i-1', { total: cents(10000), customer: { id: 'c-1', name: 'Amy' } }]]),
      },
      ready('payment.update', 10000),
    ],
    [
      'allocations beyond the payment leave it as it is, and a person sees that',
      payment({ allocations: [{ invoiceId: 'i-1', amount: '100.01' }] }),
      { posted: postedPayment({ applied: applied() }), postedInvoices: inBooks },
      stopped('over-allocated', 10000),
    ],
    [
      'sent unapplied because its allocations contradict it, it asks for nothing until they change',
      payment({ allocations: [{ invoiceId: 'i-1', amount: '100.01' }] }),
      { posted: postedPayment({ applied: [] }), postedInvoices: inBooks },
      closed('posted'),
    ],
  ])('%s', (_, record, change, expected) => {
    expect(standingOf(record, facts(change))).toEqual(expected);
  });
});

describe('payments on imported jobs', () => {
  const importedJob = true;
  const listed = posted({ kind: 'warning', operation: 'warning.list' });
  it.each<Row>([
    ['case 63: files list it', payment(), { importedJob }, ready('warning.list', 10000)],
    ['case 63: a push target gets it', payment(), { importedJob, delivery: 'push' }, ready('payment.insert', 10000)],
    [
      'refunds made before are off what is listed',
      payment(),
      { importedJob, refunds: [refundFacts(4000)] },
      ready('warning.list', 6000),
    ],
    [
      'refunded in full, nothing is listed',
      payment(),
      { importedJob, refunds: [refundFacts(10000)] },
      closed('refunded-before-batch'),
    ],
    ['listed once, it is not offered again', payment(), { importedJob, posted: listed }, closed('posted')],
    ['nor after the job turned out not to be imported', payment(), { posted: listed }, closed('posted')],
    [
      'changed after that, it is listed again',
      payment(),
      { importedJob, posted: { ...listed, ...BEFORE } },
      ready('warning.list', 10000),
    ],
    [
      'less the refunds that were listed with it, not those listed alone',
      payment(),
      {
        importedJob,
        posted: { ...listed, ...BEFORE, netted: [{ refundId: 'r-1', contentHash: 'now' }] },
        refunds: [refundFacts(4000), refundFacts(1000, 'r-2')],
      },
      ready('warning.list', 6000),
    ],
    [
      'removed after that, a person decides',
      payment({ status: 'removed' }),
      { importedJob, posted: listed },
      stopped('changed-after-batch', 10000),
    ],
    [
      'sent unapplied, it is never re-allocated: a person applies it',
      payment(),
      { importedJob, delivery: 'push', posted: postedPayment(), postedInvoices: booksWith('i-1') },
      closed('posted'),
    ],
    ['a disputed one is never listed', payment({ status: 'disputed' }), { importedJob }, closed('never-sent')],
    [
      'a refund of one that was listed is listed',
      refund(),
      { importedJob, payment: { record: payment(), posted: listed } },
      ready('warning.list', 4000),
    ],
    [
      'a refund of one that was sent is a journal',
      refund(),
      { importedJob, delivery: 'push', payment: { record: payment(), posted: postedPayment() } },
      ready('journal.insert', 4000),
    ],
  ])('%s', (_, record, change, expected) => {
    expect(standingOf(record, facts(change))).toEqual(expected);
  });
});

describe('refunds', () => {
  const unposted = { payment: { record: payment() } };
  const ofPosted = { payment: { record: payment(), posted: postedPayment() } };
  const netted = (contentHash: string) => ({
    payment: { record: payment(), posted: postedPayment({ netted: [{ refundId: 'r-1', contentHash }] }) },
  });
  const journal = posted({ kind: 'journal', operation: 'journal.insert' });
  it.each<Row>([
    ['case 60: before its payment is posted, it is netted into it', refund(), unposted, closed('netted')],
    [
      'of a payment that is never sent, it is never sent',
      refund(),
      { payment: { record: payment({ status: 'removed' }) } },
      closed('never-sent'),
    ],
    ['case 61: after its payment is posted, it is a journal', refund(), ofPosted, ready('journal.insert', 4000)],
    ['case 60: netted, it counts as posted', refund(), netted('now'), closed('netted')],
    ['netted and changed, it is shown', refund(), netted('before'), stopped('changed-after-batch', 4000)],
    ['netted and removed, it is shown', refund({ status: 'removed' }), netted('now'), stopped('changed-after-batch', 4000)],
    ['posted, it asks for nothing', refund(), { ...ofPosted, posted: journal }, closed('posted')],
    [
      'posted and changed, it is shown',
      refund(),
      { ...ofPosted, posted: { ...journal, ...BEFORE } },
      stopped('changed-after-batch', 4000),
    ],
    [
      'posted and removed, it is shown',
      refund({ status: 'removed' }),
      { ...ofPosted, posted: journal },
      stopped('changed-after-batch', 4000),
    ],
    ['removed before anything, it is never sent', refund({ status: 'removed' }), ofPosted, closed('never-sent')],
    ['of a payment that was never sent to us, it is shown', refund(), {}, stopped('unknown-payment', 4000)],
    ['of nothing, it is shown', refund({ amount: '0' }), ofPosted, stopped('amount-not-positive', 0)],
  ])('%s', (_, record, change, expected) => {
    expect(standingOf(record, facts(change))).toEqual(expected);
  });
});
