import type { BuildContext } from './documents/build-context.ts';
import { canonicalContent } from './records/canonical.ts';
import type { PaymentRecord, SourceRecord } from './records/records.ts';
import { booksSettings } from './records/schemas.ts';
import type { PostedFacts, StandingFacts } from './standing/standing.ts';
import { refKey } from './values/ids.ts';
import { parseMoney, ZERO } from './values/money.ts';

export const COMPANY = { id: 'acme', name: 'Acme', timeZone: 'America/Los_Angeles', currency: 'USD' } as const;

type World = Partial<Omit<BuildContext, 'settings' | 'posted' | 'inBatch'>> & {
  readonly records?: readonly SourceRecord[];
  /** As an admin would enter them. */
  readonly settings?: object;
  /** By `type/id`. */
  readonly posted?: Readonly<Record<string, PostedFacts>>;
  /** Ids of the invoices in the batch. */
  readonly inBatch?: readonly string[];
};

/** A context for tests, made of plain values. */
export function contextOf({ records = [], settings = {}, posted = {}, inBatch = [], ...rest }: World = {}): BuildContext {
  const byKey = new Map(records.map((record) => [refKey(record), record]));
  const get = (type: SourceRecord['type']) => (id: string) => byKey.get(`${type}/${id}`) as never;
  return {
    company: COMPANY,
    settings: booksSettings.parse(settings),
    delivery: 'files',
    limits: { number: 21, refNo: 21, customerName: 100 },
    customer: get('customer'),
    department: get('department'),
    service: get('service'),
    job: get('job'),
    invoice: get('invoice'),
    payment: get('payment'),
    refundsOf: (paymentId) =>
      records.flatMap((record) => {
        if (record.type !== 'refund' || record.paymentId !== paymentId) return [];
        const amount = parseMoney(record.amount, COMPANY.currency) ?? ZERO;
        return { id: record.id, amount, contentHash: canonicalContent(record), removed: record.status === 'removed' };
      }),
    posted: (ref) => posted[refKey(ref)],
    inBatch: (invoiceId) => inBatch.includes(invoiceId),
    referenceTaken: (reference, paymentId) =>
      records.some((record) => record.type === 'payment' && record.id !== paymentId && record.reference === reference),
    contentHash: canonicalContent,
    shortHash,
    ...rest,
  };
}

/** The facts that the store would load for a record, made of the same plain values. */
export function factsFor(record: SourceRecord, context: BuildContext, more: Partial<StandingFacts> = {}): StandingFacts {
  const payment = record.type === 'refund' ? (context.payment(record.paymentId) as PaymentRecord | undefined) : undefined;
  const posted = (id: string, type: 'payment' | 'refund' | 'invoice' | 'creditMemo') => context.posted({ type, id });
  const job = payment?.jobId ?? (record.type === 'payment' ? record.jobId : undefined);
  const allocated = record.type === 'payment' ? (record.allocations ?? []).map((part) => part.invoiceId) : [];
  return {
    contentHash: canonicalContent(record),
    delivery: context.delivery,
    voids: context.settings.policy.voids,
    currency: context.company.currency,
    posted: posted(record.id, record.type as 'payment'),
    importedJob: job !== undefined && context.job(job)?.imported === true,
    refunds: record.type === 'payment' ? context.refundsOf(record.id) : [],
    payment: payment && { record: payment, posted: posted(payment.id, 'payment') },
    postedInvoices: new Map(
      allocated.flatMap((id) => {
        const facts = posted(id, 'invoice');
        if (facts?.kind !== 'invoice') return [];
        const total = context.invoice(id)?.status === 'void' ? ZERO : facts.amount;
        return [[id, { total, customer: facts.customer }] as const];
      }),
    ),
    ...more,
  };
}

/** Stable, and different enough for tests. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0;
  return `${hash.toString(36)}${(hash ^ 0x5bd1e995).toString(36)}`.replace('-', '').toUpperCase().padEnd(12, '0').slice(0, 12);
}
