import {
  type BatchedRecord,
  type BuildContext,
  buildDocument,
  type Chart,
  checkAgainstChart,
  type Document,
  type Money,
  type PaymentRecord,
  type PostedFacts,
  PROBLEM_CODES,
  type ProblemCode,
  refKey,
  type SourceRecord,
} from '@ledgerpost/core';
import { chartSchema } from '@ledgerpost/core/schemas';
import { describe, expect, it } from 'vitest';
import { TARGETS } from './index.ts';

/*
 * Money that was received gets into the books, whatever else is odd about it. Every code that stops documents is sorted here: a new one
 * fails this test until somebody has decided. The payments are all combinations of what can be odd about one.
 */

/** What may keep received money out of the books: nobody knows whose it is or how much, or the books can't take it. */
const STOPS_MONEY: readonly ProblemCode[] = [
  'no-customer',
  'unknown-customer',
  'no-accounting-key',
  'amount-not-positive',
  'refund-exceeds-payment',
  'closed-period',
  'unknown-account',
  'wrong-account-type',
];

/** A file has nothing but the name for a customer, and these books have no customer of such a name. */
const STOPS_MONEY_IN_FILES: Readonly<Record<string, readonly ProblemCode[]>> = { saasant: ['customer-name-too-long'] };

/** What stops money only after it is in the books, or by a person's or the books' own word, and codes that have no check before the push. */
const LATER: readonly string[] = [
  'changed-after-batch',
  'changed-there',
  'refused-by-target',
  'payment-deposited',
  'duplicate-number',
  // A target that takes no payments says so, and each of the installed ones takes them.
  'not-taken',
  // Only where the settings let payments wait for their invoices.
  'invoice-not-sent',
  // Nobody knows whether it is another payment at all.
  'maybe-twice',
  // Nobody knows whose it is: matching decides, before or while a batch is sent.
  'customer-to-match',
  'link-broken',
  'customer-changed-after-payment',
  // A customer that these books keep in another currency: nobody knows what the money is in it.
  'customer-in-other-currency',
];

type Odd = readonly [string, Partial<PaymentRecord>, readonly SourceRecord[]];

const customer = (id: string, accountingKey: string | undefined): SourceRecord => ({
  type: 'customer',
  id,
  ...(accountingKey === undefined ? {} : { accountingKey }),
  email: 'not an address; nor this',
  phone: '+1 (415) 555-0101 ext. 12345, or by the side door after six',
});
const invoice = (id: string, over: object = {}): SourceRecord => ({
  type: 'invoice',
  id,
  number: id,
  customerId: 'c-1',
  status: 'finalized',
  date: '2026-10-01',
  lines: [{ quantity: '1', unitPrice: '50', amount: '50.00' }],
  total: '50.00',
  ...over,
});
const to = (...parts: [string, string][]) => parts.map(([invoiceId, amount]) => ({ invoiceId, amount }));

const CUSTOMERS: readonly Odd[] = [
  ['a customer', { customerId: 'c-1' }, []],
  ['a parent', { customerId: 'c-parent' }, []],
  ['somebody else', { customerId: 'c-2' }, []],
  ['no customer', { customerId: undefined }, []],
  ['a customer never sent', { customerId: 'c-9' }, []],
  ['a customer without a key', { customerId: 'c-keyless' }, []],
  ['a customer with a very long key', { customerId: 'c-long' }, []],
  ['an odd key', { customerId: 'c-odd' }, []],
  ['a key with stray colons', { customerId: 'c-colons' }, []],
  ['a key of more parents than books have', { customerId: 'c-deep' }, []],
  ['a key of other alphabets', { customerId: 'c-signs' }, []],
  ['a key of colons alone', { customerId: 'c-nobody' }, []],
];
const AMOUNTS: readonly Odd[] = [
  ['100.00', {}, []],
  ['nothing', { amount: '0.00' }, []],
  ['less than nothing', { amount: '-1.00' }, []],
  ['refunded in part', {}, [{ type: 'refund', id: 'r-1', paymentId: 'p-1', date: '2026-10-02', amount: '30.00' }]],
  ['refunded too much', {}, [{ type: 'refund', id: 'r-1', paymentId: 'p-1', date: '2026-10-02', amount: '100.01' }]],
];
const ALLOCATIONS: readonly Odd[] = [
  ['none', {}, []],
  ['one in the books', { allocations: to(['posted', '50.00']) }, []],
  ['one in the batch', { allocations: to(['batched', '50.00']) }, []],
  ['too much for the invoice', { allocations: to(['posted', '80.00']) }, []],
  ['too much for the payment', { allocations: to(['posted', '50.00'], ['batched', '50.01']) }, []],
  ['below zero', { allocations: to(['posted', '-5.00'], ['batched', '50.00']) }, []],
  ['of nothing', { allocations: to(['posted', '0.00']) }, []],
  ['a draft', { allocations: to(['draft', '50.00']) }, []],
  ['a void one', { allocations: to(['void', '50.00']) }, []],
  ['one never sent', { allocations: to(['nowhere', '50.00']) }, []],
  ['a sub-customer’s', { allocations: to(['sub', '50.00']) }, []],
];
const REST: readonly Odd[] = [
  ['nothing else', {}, []],
  ['an unknown method', { method: 'Barter — ✓' }, []],
  ['an inactive method', { method: 'Old' }, []],
  ['a job never sent', { jobId: 'j-9' }, []],
  ['a job with a department never sent', { jobId: 'j-1' }, []],
  ['an imported job', { jobId: 'j-old' }, []],
  ['a department never sent', { departmentId: 'd-9' }, []],
  ['a department that the books lack', { departmentId: 'd-1' }, []],
  ['an odd reference', { reference: 'Zelle – Tom ✓ 🎉\t' }, []],
  ['a long reference', { reference: 'x'.repeat(200) }, []],
  ['no reference', { reference: undefined }, []],
  ['a closed period', { date: '2026-01-05' }, []],
];

const WORLD: readonly SourceRecord[] = [
  customer('c-1', 'Amy'),
  customer('c-parent', 'Bayside'),
  customer('c-sub', 'Bayside:Elm St'),
  customer('c-2', 'Bob'),
  customer('c-keyless', undefined),
  customer('c-long', 'n'.repeat(600)),
  customer('c-odd', '10427 '),
  customer('c-colons', ': Amy::Pool :'),
  customer('c-deep', 'a:b:c:d:e:f:g'),
  customer('c-signs', '田中 🐦\t“Ünï–cödé”'),
  customer('c-nobody', ' : :\u0007'),
  { type: 'department', id: 'd-1', name: 'Roofing' },
  { type: 'job', id: 'j-1', number: 'J-1', departmentId: 'd-8' },
  { type: 'job', id: 'j-old', number: 'J-OLD', imported: true },
  invoice('posted'),
  invoice('batched'),
  invoice('draft', { status: 'draft' }),
  invoice('void', { status: 'void' }),
  invoice('sub', { customerId: 'c-sub' }),
];

const account = (name: string, type: string) => ({ name, type, active: true });
const CHART: Chart = chartSchema.parse({
  accounts: [account('Undeposited Funds', 'Other Current Asset'), account('Sales', 'Income')],
  classes: [],
  paymentMethods: [{ name: 'Check' }, { name: 'Old', active: false }],
  terms: [],
  taxCodes: [],
  closedThrough: '2026-01-31',
});
const DEPOSITS = [undefined, 'Undeposited Funds', 'Sales', 'Nowhere'];

/** The codes that stop this payment at one target. */
function stopping(
  target: (typeof TARGETS)[number],
  payment: PaymentRecord,
  more: readonly SourceRecord[],
  depositTo: string | undefined,
) {
  const parsed = target.settings.parse({ accounts: depositTo === undefined ? {} : { depositTo } });
  const context = contextOf(target, [...WORLD, ...more, payment], parsed);
  const operation = payment.jobId === 'j-old' && target.delivery.by === 'files' ? 'warning.list' : 'payment.insert';
  const { document, problems } = buildDocument(payment, operation, context);
  const found = [...problems, ...checkAgainstChart(document, CHART, parsed), ...target.validate(document, CHART, parsed)];
  return { document, codes: found.flatMap(({ severity, code }) => (severity === 'problem' ? [code] : [])) };
}

function contextOf(
  target: (typeof TARGETS)[number],
  records: readonly SourceRecord[],
  settings: BuildContext['settings'],
): BuildContext {
  const byKey = new Map(records.map((record) => [refKey(record), record]));
  const get = (type: SourceRecord['type']) => (id: string) => byKey.get(`${type}/${id}`) as never;
  const posted: PostedFacts = {
    kind: 'invoice',
    operation: 'invoice.insert',
    contentHash: '',
    number: '1',
    amount: 5000 as Money,
  };
  return {
    company: { id: 'acme', name: 'Acme', timeZone: 'America/Los_Angeles', currency: 'USD' },
    settings,
    delivery: target.delivery.by,
    limits: target.limits(settings),
    customer: get('customer'),
    department: get('department'),
    service: get('service'),
    job: get('job'),
    invoice: get('invoice'),
    payment: get('payment'),
    refundsOf: (id) =>
      records.flatMap((one) =>
        one.type === 'refund' && one.paymentId === id
          ? [{ id: one.id, amount: Math.round(Number(one.amount) * 100) as Money, contentHash: '', removed: false }]
          : [],
      ),
    posted: ({ type, id }: Pick<BatchedRecord, 'type' | 'id'>) =>
      type === 'invoice' && ['posted', 'void', 'sub'].includes(id) ? posted : undefined,
    inBatch: (id) => id === 'batched',
    referenceTaken: () => false,
    shortHash: (text) => `H${text.length}ABCDEFGHIJK`.slice(0, 12),
  };
}

describe.each(TARGETS.map((target) => [target.id, target] as const))('money that was received, at %s', (id, target) => {
  const allowed = [...STOPS_MONEY, ...(STOPS_MONEY_IN_FILES[id] ?? [])];

  it('is stopped by nothing but the codes of the list, in every combination, and nothing of it is lost', () => {
    const seen = new Set<string>();
    for (const customerOf of CUSTOMERS)
      for (const amount of AMOUNTS)
        for (const allocations of ALLOCATIONS)
          for (const rest of REST) {
            const all = [customerOf, amount, allocations, rest];
            const payment = Object.assign(
              {
                type: 'payment',
                id: 'p-1',
                reference: '4471',
                method: 'Check',
                date: '2026-10-04',
                amount: '100.00',
                status: 'received',
              },
              ...all.map(([, change]) => change),
            ) as PaymentRecord;
            const { document, codes } = stopping(
              target,
              payment,
              all.flatMap(([, , more]) => more),
              'Undeposited Funds',
            );
            for (const code of codes) seen.add(code);
            const name = all.map(([what]) => what).join(', ');
            expect(
              codes.filter((code) => !allowed.includes(code)),
              name,
            ).toEqual([]);
            if (codes.length === 0) expect(adds(document), name).toBe(true);
          }
    for (const deposit of DEPOSITS) {
      const payment = {
        type: 'payment',
        id: 'p-1',
        customerId: 'c-1',
        date: '2026-10-04',
        amount: '100.00',
        status: 'received',
      } as const;
      for (const code of stopping(target, payment, [], deposit).codes) seen.add(code);
    }
    expect([...seen].sort()).toEqual([...allowed].sort());
  });
});

/** The whole amount is applied or unapplied, and what the source allocated and is not applied has its reason. */
function adds(document: Document): boolean {
  if (document.kind !== 'payment') return document.kind === 'warning';
  const applied = document.applied.reduce((sum, part) => sum + part.amount, 0);
  return (
    applied + document.unapplied === document.amount &&
    document.unapplied >= 0 &&
    (document.held ?? []).every(({ amount }) => amount > 0)
  );
}

it('every code that stops documents is sorted: it may stop money, or it is about something else', () => {
  const ABOUT_OTHERS: readonly string[] = [
    ...['not-finalized', 'was-posted', 'negative-total', 'total-mismatch', 'no-lines', 'no-number', 'number-too-long'],
    ...['item-on-two-accounts', 'unknown-class', 'no-class', 'no-account', 'unmapped-tax', 'tax-on-nothing', 'unknown-tax-code'],
    ...['unknown-service', 'unknown-department', 'unknown-job', 'unknown-payment', 'void-not-possible', 'document-too-large'],
    ...['unstorable-text', 'text-too-long', 'allocation-exceeds-invoice'],
  ];
  const stops = Object.entries(PROBLEM_CODES).flatMap(([code, { severity }]) => (severity === 'problem' ? [code] : []));
  const known = [...STOPS_MONEY, ...Object.values(STOPS_MONEY_IN_FILES).flat(), ...LATER, ...ABOUT_OTHERS];
  expect(stops.filter((code) => !known.includes(code))).toEqual([]);
});
