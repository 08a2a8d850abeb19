import { describe, expect, it } from 'vitest';
import { canonicalContent } from '../records/canonical.ts';
import type { InvoiceRecord, PaymentRecord, RefundRecord, SourceRecord } from '../records/records.ts';
import { postedFacts } from '../standing/posted-facts.ts';
import { type PostedFacts, standingOf } from '../standing/standing.ts';
import { contextOf, factsFor } from '../test-context.ts';
import type { Money } from '../values/money.ts';
import { buildDocument } from './build-document.ts';
import type { PaymentDocument } from './documents.ts';

const invoice = (id: string, total: string, change: Partial<InvoiceRecord> = {}): InvoiceRecord => ({
  type: 'invoice',
  id,
  number: `N${id}`,
  customerId: 'c-1',
  status: 'finalized',
  date: '2026-10-03',
  lines: [{ quantity: '1', unitPrice: total, amount: total }],
  total,
  ...change,
});
const payment = (change: Partial<PaymentRecord> = {}): PaymentRecord => ({
  type: 'payment',
  id: 'p-1',
  reference: '4471',
  customerId: 'c-1',
  method: 'Check',
  date: '2026-10-04',
  amount: '100.00',
  status: 'received',
  ...change,
});
const refund = (id: string, amount: string): RefundRecord => ({
  type: 'refund',
  id,
  paymentId: 'p-1',
  date: '2026-10-20',
  amount,
});
const to = (...parts: [string, string][]) => parts.map(([invoiceId, amount]) => ({ invoiceId, amount }));

const WORLD: readonly SourceRecord[] = [
  { type: 'customer', id: 'c-1', accountingKey: 'Amy' },
  { type: 'customer', id: 'c-2', accountingKey: 'Bob' },
  { type: 'customer', id: 'c-3', accountingKey: 'Amy' },
  { type: 'job', id: 'j-1', number: 'J-1' },
  { type: 'job', id: 'j-old', number: 'J-OLD', imported: true },
  invoice('1', '60'),
  invoice('2', '40'),
];
const SUB: SourceRecord = { type: 'customer', id: 'c-sub', accountingKey: 'Amy:Site' };
const postedInvoice = (number: string): PostedFacts => ({
  kind: 'invoice',
  operation: 'invoice.insert',
  contentHash: '',
  number,
  amount: 6000 as Money,
});

type World = NonNullable<Parameters<typeof contextOf>[0]>;

describe('real case 06: what a card processor kept of a payment', () => {
  const built = (change: Partial<PaymentRecord>, fees: string | undefined = 'Card Fees', id = 'p-1') => {
    const record = payment({ id, ...change });
    const context = contextOf({ records: [...WORLD, record], delivery: 'push' });
    const settings = { ...context.settings, accounts: { ...context.settings.accounts, fees } };
    const { document, problems } = buildDocument(record, 'payment.insert', { ...context, settings });
    return { fee: (document as PaymentDocument).fee, codes: problems.map(({ code }) => code) };
  };

  it('is posted beside the payment where the settings have an account for it, under a number of its own', () => {
    expect(built({ fee: '1.45' })).toEqual({ fee: { amount: 145, account: 'Card Fees', number: 'FEE-p-1' }, codes: [] });
    const long = built({ fee: '1.45' }, 'Card Fees', 'a-very-long-id-of-a-payment').fee;
    const other = built({ fee: '1.45' }, 'Card Fees', 'a-very-long-id-of-another').fee;
    expect([long?.number.length, long?.number === other?.number]).toEqual([21, false]);
    expect(built({ fee: '1.45' }, 'Card Fees', 'zahlung-№-1').fee?.number).toMatch(/^FEE-[0-9a-z]+$/i);
  });

  it.each([
    ['without an account', '1.45', undefined],
    ['of more than was paid', '100.01', 'Card Fees'],
    ['below zero', '-1.45', 'Card Fees'],
  ])('is only reported %s', (_, fee, account) => {
    expect(built({ fee }, account ?? ' ')).toEqual({ fee: undefined, codes: ['fee-not-posted'] });
  });

  it('needs a deposit account in files, whose books can’t be asked for theirs', () => {
    const record = payment({ fee: '1.45' });
    const context = contextOf({ records: [...WORLD, record], delivery: 'files' });
    const inSettings = (accounts: object) =>
      buildDocument(record, 'payment.insert', {
        ...context,
        settings: { ...context.settings, accounts: { ...context.settings.accounts, ...accounts } },
      }).problems.map(({ code }) => code);
    expect(inSettings({ fees: 'Card Fees' })).toEqual(['fee-not-posted']);
    expect(inSettings({ fees: 'Card Fees', depositTo: 'Checking' })).toEqual([]);
  });

  it('is nothing where the processor kept nothing', () => {
    expect(built({ fee: '0.00' })).toEqual({ fee: undefined, codes: [] });
  });
});

function build(
  record: PaymentRecord,
  { records = [], ...rest }: World = {},
  operation: 'payment.insert' | 'payment.update' = 'payment.insert',
) {
  const context = contextOf({ records: [...WORLD, record, ...records], ...rest });
  const built = buildDocument(record, operation, context);
  return { ...built, document: built.document as PaymentDocument, codes: built.problems.map((p) => p.code), context };
}

describe('a payment', () => {
  it('case 17: over several invoices is one payment with several parts', () => {
    const settings = { accounts: { depositTo: 'Undeposited Funds' }, paymentMethods: { Check: 'Cheque' } };
    const { document, problems } = build(payment({ allocations: to(['1', '60'], ['2', '40']) }), {
      inBatch: ['1', '2'],
      settings,
    });
    expect(problems).toEqual([]);
    expect(document).toMatchObject({
      kind: 'payment',
      refNo: '4471',
      reference: '4471',
      method: 'Cheque',
      depositTo: 'Undeposited Funds',
      customer: { name: 'Amy' },
      amount: 10000,
      gross: 10000,
      netted: [],
      applied: [
        { invoiceId: '1', invoiceNumber: 'N1', amount: 6000 },
        { invoiceId: '2', invoiceNumber: 'N2', amount: 4000 },
      ],
      unapplied: 0,
    });
  });

  it('real case 05: is deposited to its method’s account, and other methods to the default one', () => {
    const settings = {
      accounts: { depositTo: 'Undeposited Funds' },
      paymentMethods: { 'Credit Card': 'Visa' },
      paymentAccounts: { 'Credit Card': 'Card Clearing' },
    };
    expect(build(payment({ method: 'Credit Card' }), { settings }).document).toMatchObject({
      method: 'Visa',
      depositTo: 'Card Clearing',
    });
    expect(build(payment({ method: 'Check' }), { settings }).document).toMatchObject({ depositTo: 'Undeposited Funds' });
    // A name that every object has is no method.
    expect(build(payment({ method: 'constructor' }), { settings }).document).toMatchObject({ depositTo: 'Undeposited Funds' });
  });

  it('case 55: a deposit is all unapplied, and nothing is wrong with it', () => {
    const { document, problems } = build(payment());
    expect(document).toMatchObject({ applied: [], unapplied: 10000 });
    expect(problems).toEqual([]);
  });

  it('case 56: a deposit whose invoice is in the same batch is sent applied', () => {
    expect(build(payment({ allocations: to(['1', '60']) }), { inBatch: ['1'] }).document).toMatchObject({
      applied: [{ amount: 6000 }],
      unapplied: 4000,
    });
  });

  it('names an invoice as the books know it, or will after this batch', () => {
    const record = payment({ allocations: to(['1', '60']) });
    const posted = { 'invoice/1': postedInvoice('OLD-1') };
    expect(build(record, { posted }).document.applied[0]!.invoiceNumber).toBe('OLD-1');
    expect(build(record, { posted, inBatch: ['1'] }).document.applied[0]!.invoiceNumber).toBe('N1');
  });

  it.each<[string, string, InvoiceRecord[], RegExp]>([
    [
      'is neither in the books nor in the batch',
      '1',
      [],
      /\$60\.00 of payment 4471 is sent unapplied, because invoice N1 is not in the books\. Batch the invoice/,
    ],
    ['case 4: is a draft', '9', [invoice('9', '60', { status: 'draft' })], /is a draft\. Finalize and batch/],
    ['case 65: is void', '9', [invoice('9', '60', { status: 'void' })], /is void\. Correct the allocation/],
    ['was never sent', '9', [], /invoice 9 was never sent/],
  ])('is sent unapplied for the part whose invoice %s', (_, id, records, message) => {
    const { document, problems } = build(payment({ allocations: to([id, '60'], ['2', '40']) }), { records, inBatch: ['2'] });
    expect(document).toMatchObject({ applied: [{ invoiceId: '2' }], unapplied: 6000 });
    expect(problems).toMatchObject([{ code: 'payment-unapplied', severity: 'warning', message: expect.stringMatching(message) }]);
  });
});

describe('refunds made before', () => {
  it('case 60: are netted into the payment, which shrinks from its unapplied part and its last allocation', () => {
    const record = payment({ allocations: to(['1', '60'], ['2', '30']) });
    const { document, problems } = build(record, { inBatch: ['1', '2'], records: [refund('r-1', '15'), refund('r-2', '5')] });
    expect(problems).toEqual([]);
    expect(document).toMatchObject({
      amount: 8000,
      gross: 10000,
      netted: [
        { refundId: 'r-1', amount: 1500 },
        { refundId: 'r-2', amount: 500 },
      ],
      applied: [
        { invoiceId: '1', amount: 6000 },
        { invoiceId: '2', amount: 2000 },
      ],
      unapplied: 0,
    });
  });

  it('case 61: beyond the payment are a problem', () => {
    expect(build(payment(), { records: [refund('r-1', '60'), refund('r-2', '60')] }).problems).toMatchObject([
      { code: 'refund-exceeds-payment', message: expect.stringMatching(/\$100\.00 has \$120\.00 of refunds/) },
    ]);
  });

  it('of all of it leave nothing to send', () => {
    expect(build(payment(), { records: [refund('r-1', '100')] }).nothingToSend).toBe(true);
    expect(build(payment(), { records: [refund('r-1', '99')] }).nothingToSend).toBe(false);
  });
});

describe('what is odd about a payment', () => {
  it.each<[string, Partial<PaymentRecord>, World, object, object]>([
    [
      'its allocations exceed it, and nobody knows which is wrong',
      { allocations: to(['1', '60'], ['2', '40.01']) },
      { inBatch: ['1', '2'] },
      { code: 'over-allocated', message: expect.stringMatching(/\$100\.01, more than the payment’s \$100\.00, so .*unapplied/) },
      { applied: [], unapplied: 10000, held: [{ because: 'unclear' }, { because: 'unclear' }] },
    ],
    [
      'an allocation is below zero',
      { allocations: to(['1', '-5'], ['2', '40']) },
      { inBatch: ['1', '2'] },
      { code: 'payment-unapplied', message: expect.stringContaining('-$5.00 to invoice N1, which is below zero') },
      { applied: [], unapplied: 10000 },
    ],
    [
      'real case 22: it pays more than its invoice takes',
      { allocations: to(['1', '80'], ['2', '20']) },
      { inBatch: ['1', '2'] },
      { code: 'paid-over-invoice', message: expect.stringMatching(/\$20\.00 too much to invoice N1, whose total is \$60\.00/) },
      {
        applied: [{ amount: 6000 }, { amount: 2000 }],
        unapplied: 2000,
        held: [{ invoiceId: '1', amount: 2000, because: 'over', total: 6000 }],
      },
    ],
    [
      'case 65: its invoice was voided in the books',
      { allocations: to(['9', '5']) },
      { records: [invoice('9', '60', { status: 'void' })], posted: { 'invoice/9': postedInvoice('N9') } },
      { code: 'paid-over-invoice', message: expect.stringContaining('which is void') },
      { applied: [], unapplied: 10000 },
    ],
    [
      'its invoice belongs to another customer, for files',
      { customerId: 'c-2', allocations: to(['1', '60']) },
      { inBatch: ['1'] },
      { code: 'customer-differs', message: expect.stringMatching(/from customer Bob.*invoice N1 is for Amy.*\$60\.00 stays/) },
      { applied: [], unapplied: 10000, held: [{ invoiceId: '1', because: 'other-customer', customerId: 'c-1' }] },
    ],
    [
      'its invoice belongs to another customer, for books that decide',
      { customerId: 'c-2', allocations: to(['1', '60']) },
      { inBatch: ['1'], delivery: 'push' },
      { code: 'customer-differs', message: expect.stringContaining('only if the books have that customer as a sub-customer') },
      { applied: [{ invoiceId: '1', amount: 6000 }], unapplied: 4000 },
    ],
    [
      'real case 04: a parent pays for its sub-customer, which nobody has tried in a file',
      { customerId: 'c-1', allocations: to(['8', '60']) },
      { records: [SUB, invoice('8', '60', { customerId: 'c-sub' })], inBatch: ['8'] },
      { code: 'customer-differs' },
      { applied: [], unapplied: 10000 },
    ],
    ['its job was never sent', { jobId: 'j-9' }, {}, { code: 'payment-unsorted', field: 'jobId' }, { unapplied: 10000 }],
    ['its department was never sent', { departmentId: 'd-9' }, {}, { code: 'payment-unsorted', field: 'departmentId' }, {}],
  ])('never stops it: %s', (_, change, world, expected, document) => {
    const built = build(payment(change), world);
    expect(built.problems).toMatchObject([{ severity: 'warning', ...expected }]);
    expect(built.document).toMatchObject(document);
  });

  it('real case 04: a parent pays for its sub-customers at a push target', () => {
    const records = [SUB, invoice('8', '60', { customerId: 'c-sub' })];
    const { document, problems } = build(payment({ allocations: to(['8', '60'], ['2', '40']) }), {
      records,
      inBatch: ['8', '2'],
      delivery: 'push',
    });
    expect(problems).toEqual([]);
    expect(document).toMatchObject({ applied: [{ invoiceId: '8' }, { invoiceId: '2' }], unapplied: 0 });
  });
});

describe('what is wrong with a payment', () => {
  it.each<[string, Partial<PaymentRecord>, World, object]>([
    ['an amount of nothing', { amount: '0.00' }, {}, { code: 'amount-not-positive', field: 'amount' }],
    ['no customer', { customerId: undefined }, {}, { code: 'no-customer' }],
    ['disputed since it was selected', { status: 'disputed' }, {}, { code: 'changed-after-batch' }],
  ])('is a problem: %s', (_, change, world, expected) => {
    expect(build(payment(change), world).problems.filter((p) => p.code !== 'payment-unapplied')).toMatchObject([expected]);
  });

  it('two records of one customer in the books are one customer', () => {
    expect(build(payment({ customerId: 'c-3', allocations: to(['1', '60']) }), { inBatch: ['1'] }).codes).toEqual([]);
  });
});

it('case 63: on an imported job a push target gets it unapplied, with a warning', () => {
  const { document, problems } = build(payment({ jobId: 'j-old', allocations: to(['1', '60']) }), {
    delivery: 'push',
    inBatch: ['1'],
  });
  expect(document).toMatchObject({ applied: [], unapplied: 10000 });
  expect(problems).toMatchObject([
    { code: 'imported-job', severity: 'warning', message: expect.stringMatching(/imported job J-OLD.*is sent unapplied/) },
  ]);
});

describe('a re-allocation', () => {
  const posted = (change: Partial<PostedFacts> = {}): Record<string, PostedFacts> => ({
    'payment/p-1': {
      kind: 'payment',
      operation: 'payment.insert',
      contentHash: '',
      number: '4471-AB12CD',
      amount: 10000 as Money,
      applied: [],
      netted: [],
      ...change,
    },
    'invoice/1': postedInvoice('N1'),
  });

  it('case 55: puts a posted deposit on its invoice, under the number that it has', () => {
    const { document, problems, nothingToSend } = build(
      payment({ allocations: to(['1', '60']) }),
      { posted: posted() },
      'payment.update',
    );
    expect(document).toMatchObject({
      operation: 'payment.update',
      refNo: '4471-AB12CD',
      applied: [{ invoiceNumber: 'N1', amount: 6000 }],
      unapplied: 4000,
    });
    expect({ problems, nothingToSend }).toEqual({ problems: [], nothingToSend: false });
  });

  it('that would change nothing has nothing to send', () => {
    const applied = [{ invoiceId: '1', invoiceNumber: 'N1', amount: 6000 as Money }];
    const built = build(
      payment({ allocations: to(['1', '60'], ['2', '40']) }),
      { posted: posted({ applied }) },
      'payment.update',
    );
    expect(built.nothingToSend).toBe(true);
    expect(built.codes).toEqual(['payment-unapplied']);
  });

  it('case 58: keeps the refunds that were netted, and no later ones', () => {
    const facts = posted({ amount: 9000 as Money, netted: [{ refundId: 'r-1', contentHash: '' }] });
    const record = payment({ allocations: to(['1', '60'], ['2', '40']) });
    const { document } = build(
      record,
      { posted: facts, inBatch: ['2'], records: [refund('r-1', '10'), refund('r-2', '50')] },
      'payment.update',
    );
    expect(document).toMatchObject({
      amount: 9000,
      netted: [{ refundId: 'r-1', amount: 1000 }],
      applied: [
        { invoiceId: '1', amount: 6000 },
        { invoiceId: '2', amount: 3000 },
      ],
    });
  });

  it('keeps the amount that was posted, even where a netted refund was edited since', () => {
    const facts = posted({ amount: 9000 as Money, netted: [{ refundId: 'r-1', contentHash: '' }] });
    const { document } = build(payment(), { posted: facts, records: [refund('r-1', '25')] }, 'payment.update');
    expect(document).toMatchObject({ amount: 9000, unapplied: 9000 });
  });

  it.each<[string, World['posted']]>([
    ['its invoice', { ...posted(), 'invoice/1': { ...postedInvoice('N1'), customer: { id: 'c-1', name: 'Ann' } } }],
    ['itself', posted({ customer: { id: 'c-1', name: 'Ann' } })],
  ])('case 26: is reported where the customer’s key changed since %s was posted', (_, facts) => {
    const { problems } = build(payment({ allocations: to(['1', '60']) }), { posted: facts! }, 'payment.update');
    expect(problems).toMatchObject([{ code: 'reference-changed', severity: 'notice', record: { type: 'customer', id: 'c-1' } }]);
    expect(problems[0]!.message).toContain(
      'is sent for customer “Amy”, and its earlier documents were posted under the former name “Ann”',
    );
  });

  it('case 50: is not called for because a posted invoice was lowered', () => {
    const applied = [{ invoiceId: '1', invoiceNumber: 'N1', amount: 6000 as Money }];
    const lowered = contextOf({ records: [...WORLD.slice(0, 5), invoice('1', '50'), payment()], posted: posted({ applied }) });
    const { problems } = buildDocument(payment({ allocations: to(['1', '60']) }), 'payment.update', lowered);
    expect(problems).toEqual([]);
  });
});

it('case 60: a re-allocation leaves frozen what was netted, so that a refund that changed since then is still noticed', () => {
  const posted = { 'invoice/1': postedInvoice('N1'), 'invoice/2': postedInvoice('N2') };
  const first = build(payment({ allocations: to(['1', '60']) }), { records: [refund('r-1', '15')], posted });
  const before = postedFacts(first.document, 'then', first.context.refundsOf('p-1'));

  const changed = refund('r-1', '16');
  const now = payment({ allocations: to(['2', '40']) });
  const context = contextOf({ records: [...WORLD, now, changed], posted: { ...posted, 'payment/p-1': before } });
  const { document } = buildDocument(now, 'payment.update', context);
  const after = postedFacts(document, canonicalContent(now), context.refundsOf('p-1'), before);
  const world = contextOf({ records: [...WORLD, now, changed], posted: { ...posted, 'payment/p-1': after } });
  expect(standingOf(changed, factsFor(changed, world))).toMatchObject({ readiness: 'stopped', reason: 'changed-after-batch' });
});

describe('a record that was built and posted has no next operation', () => {
  it.each<[string, Partial<PaymentRecord>, World]>([
    [
      'applied',
      { allocations: to(['1', '60'], ['2', '40']) },
      { posted: { 'invoice/1': postedInvoice('N1'), 'invoice/2': postedInvoice('N2') } },
    ],
    ['a deposit', {}, {}],
    [
      'netted',
      { allocations: to(['1', '60'], ['2', '40']) },
      { records: [refund('r-1', '15')], posted: { 'invoice/1': postedInvoice('N1'), 'invoice/2': postedInvoice('N2') } },
    ],
    ['with an allocation of nothing', { allocations: to(['1', '0']) }, { posted: { 'invoice/1': postedInvoice('N1') } }],
    [
      'on an imported job',
      { jobId: 'j-old', allocations: to(['1', '60']) },
      { delivery: 'push', posted: { 'invoice/1': postedInvoice('N1') } },
    ],
  ])('%s', (_, change, world) => {
    const record = payment(change);
    const { document, context } = build(record, world);
    const facts = postedFacts(document, canonicalContent(record), context.refundsOf(record.id));
    const after = contextOf({
      ...world,
      records: [...WORLD, record, ...(world.records ?? [])],
      posted: { ...world.posted, 'payment/p-1': facts },
    });
    expect(standingOf(record, factsFor(record, after))).toEqual({ open: false, because: 'posted' });
    for (const r of world.records ?? []) {
      if (r.type === 'refund') expect(standingOf(r, factsFor(r, after))).toEqual({ open: false, because: 'netted' });
    }
  });
});
