import {
  type BatchedRecord,
  type BatchedRef,
  type BooksSettings,
  type BuildContext,
  type CompanyFacts,
  type CustomerRecord,
  type DepartmentRecord,
  type Document,
  type DocumentLimits,
  type InvoiceRecord,
  type JobRecord,
  type Money,
  type PaymentRecord,
  type PostedFacts,
  parseMoney,
  type RefundFacts,
  type RefundRecord,
  refKey,
  type ServiceRecord,
  type SourceRecord,
} from '@ledgerpost/core';
import { shortHash } from '../database/hash.ts';
import type { Sql } from '../database/open-store.ts';
import { refsSql } from './refs.ts';

export interface ContextOrder {
  readonly company: CompanyFacts;
  readonly settings: BooksSettings;
  readonly delivery: 'files' | 'push';
  readonly limits: DocumentLimits;
  readonly target: string;
  /** The batch that the documents are for, its items claimed; absent: none, as for a page of the unbatched list. */
  readonly batchId?: string | undefined;
  /** The same one for every chunk of one step over a batch: what chunks share is loaded once. */
  readonly cache?: ContextCache | undefined;
}

export interface LoadedContext {
  /** In the order of the refs; a ref that names no record is left out. */
  readonly records: readonly BatchedRecord[];
  readonly context: BuildContext;
}

/** What the chunks of one step share. Its size is bounded: beyond `max` records of a kind, the oldest are forgotten. */
export class ContextCache {
  readonly customers: Known<CustomerRecord>;
  readonly departments: Known<DepartmentRecord>;
  readonly services: Known<ServiceRecord>;
  /** References that more than one payment of the batch has. */
  repeated: { readonly batchId: string; readonly references: ReadonlySet<string> } | undefined;

  constructor(max = 20_000) {
    this.customers = new Known(max);
    this.departments = new Known(max);
    this.services = new Known(max);
  }
}

/**
 * Loads in bulk, in a few rounds whatever the number of refs, everything that `buildDocument` asks for, so that building
 * is synchronous. Meant for some 1,000 to 2,000 refs at a time.
 */
export async function loadBuildContext(sql: Sql, order: ContextOrder, refs: readonly BatchedRef[]): Promise<LoadedContext> {
  const { company, target, batchId } = order;
  const cache = order.cache ?? new ContextCache();
  const load = new Loader(sql, company.id, target);

  const found = await load.records(refs);
  const records = refs.flatMap((ref) => found.get(refKey(ref)) ?? []) as BatchedRecord[];

  const own = records.filter((record) => record.type === 'payment');
  const refundedIds = records.flatMap((record) => (record.type === 'refund' ? [record.paymentId] : []));
  const [refundedPayments, refunds, repeated] = await Promise.all([
    load.byId<PaymentRecord>('payment', refundedIds),
    load.refundsOf([...own.map((payment) => payment.id), ...refundedIds], company.currency),
    own.length > 0 && batchId !== undefined ? load.repeatedReferences(batchId, cache) : NONE,
  ]);
  const payments = new Map([...refundedPayments, ...own.map((payment) => [payment.id, payment] as const)]);

  const invoiceIds = [
    ...[...payments.values()].flatMap((payment) => (payment.allocations ?? []).map((part) => part.invoiceId)),
    ...records.flatMap((record) => (record.type === 'creditMemo' && record.invoiceId) || []),
  ];
  const jobIds = [...records, ...payments.values()].flatMap((record) => ('jobId' in record && record.jobId) || []);
  const ownInvoices = records.filter((record) => record.type === 'invoice');
  const [others, jobs, postings, inBatch, usedNumbers, appliedTo, postedDocuments] = await Promise.all([
    load.byId<InvoiceRecord>('invoice', invoiceIds),
    load.byId<JobRecord>('job', jobIds),
    load.postings([...refs, ...ofType('payment', refundedIds), ...ofType('invoice', invoiceIds), ...refunds.refs]),
    batchId === undefined ? NONE : load.invoicesInBatch(batchId, invoiceIds),
    load.paymentsNumbered(own.flatMap((payment) => payment.reference || [])),
    load.appliedTo(ownInvoices.map((invoice) => invoice.id)),
    load.postedDocuments(ownInvoices),
  ]);
  const invoices = new Map([...others, ...records.flatMap((r) => (r.type === 'invoice' ? [[r.id, r] as const] : []))]);

  const referring = [...records, ...payments.values(), ...others.values(), ...jobs.values()] as readonly Referring[];
  await Promise.all([
    load.into(
      cache.customers,
      'customer',
      referring.flatMap((record) => record.customerId || []),
    ),
    load.into(
      cache.departments,
      'department',
      referring.flatMap((record) => record.departmentId || []),
    ),
    load.into(
      cache.services,
      'service',
      referring.flatMap((record) => (record.lines ?? []).flatMap((line) => line.serviceId || [])),
    ),
  ]);
  // Taken out now: the cache may forget them while a later chunk loads.
  const customers = cache.customers.take(referring.flatMap((record) => record.customerId || []));
  const departments = cache.departments.take(referring.flatMap((record) => record.departmentId || []));
  const services = cache.services.take(
    referring.flatMap((record) => (record.lines ?? []).flatMap((line) => line.serviceId || [])),
  );

  return {
    records,
    context: {
      company,
      settings: order.settings,
      delivery: order.delivery,
      limits: order.limits,
      customer: (id) => customers.get(id),
      department: (id) => departments.get(id),
      service: (id) => services.get(id),
      job: (id) => jobs.get(id),
      invoice: (id) => invoices.get(id),
      payment: (id) => payments.get(id),
      refundsOf: (paymentId) => refunds.byPayment.get(paymentId) ?? [],
      posted: (ref) => postings.get(refKey(ref)),
      appliedTo: (invoiceId) => (appliedTo.get(invoiceId) ?? 0) as Money,
      postedDocument: (ref) => postedDocuments.get(refKey(ref)),
      inBatch: (invoiceId) => inBatch.has(invoiceId),
      referenceTaken: (reference, paymentId) =>
        repeated.has(reference) || (usedNumbers.get(reference) ?? []).some((id) => id !== paymentId),
      shortHash,
    },
  };
}

const NONE: ReadonlySet<string> = new Set();

interface Referring {
  readonly customerId?: string;
  readonly departmentId?: string;
  readonly lines?: readonly { readonly serviceId?: string }[];
}

/** Records by id, those that don't exist included, so that nobody asks for them again. */
class Known<T> {
  readonly #max: number;
  readonly #records = new Map<string, T | undefined>();

  constructor(max: number) {
    this.#max = max;
  }

  missing(ids: Iterable<string>): readonly string[] {
    return [...new Set(ids)].filter((id) => !this.#records.has(id));
  }

  add(ids: readonly string[], found: ReadonlyMap<string, T>): void {
    for (const id of ids) this.#records.set(id, found.get(id));
  }

  /** These records; then forgets the oldest beyond the bound. */
  take(ids: Iterable<string>): ReadonlyMap<string, T> {
    const taken = new Map<string, T>();
    for (const id of ids) {
      const record = this.#records.get(id);
      if (record !== undefined) taken.set(id, record);
    }
    for (const id of this.#records.keys()) {
      if (this.#records.size <= this.#max) break;
      this.#records.delete(id);
    }
    return taken;
  }
}

function ofType(type: BatchedRef['type'], ids: readonly string[]): readonly BatchedRef[] {
  return ids.map((id) => ({ type, id }));
}

/** The statements, each for any number of ids. */
class Loader {
  readonly #sql: Sql;
  readonly #companyId: string;
  readonly #target: string;

  constructor(sql: Sql, companyId: string, target: string) {
    this.#sql = sql;
    this.#companyId = companyId;
    this.#target = target;
  }

  async records(refs: readonly BatchedRef[]): Promise<ReadonlyMap<string, SourceRecord>> {
    const rows = await this.#sql<{ content: SourceRecord }[]>`
      select r.content from ${refsSql(this.#sql, refs)} n cross join lateral (
        select content from records where company_id = ${this.#companyId} and type = n.type and id = n.id offset 0
      ) r`;
    return new Map(rows.map(({ content }) => [refKey(content), content]));
  }

  async byId<T extends SourceRecord>(type: T['type'], ids: readonly string[]): Promise<ReadonlyMap<string, T>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#sql<{ content: T }[]>`
      select r.content from unnest(${[...new Set(ids)]}::text[]) n (id) cross join lateral (
        select content from records where company_id = ${this.#companyId} and type = ${type} and id = n.id offset 0
      ) r`;
    return new Map(rows.map(({ content }) => [content.id, content]));
  }

  async into<T extends SourceRecord>(known: Known<T>, type: T['type'], ids: readonly string[]): Promise<void> {
    const missing = known.missing(ids);
    known.add(missing, await this.byId<T>(type, missing));
  }

  async refundsOf(
    paymentIds: readonly string[],
    currency: string,
  ): Promise<{ byPayment: ReadonlyMap<string, readonly RefundFacts[]>; refs: readonly BatchedRef[] }> {
    if (paymentIds.length === 0) return { byPayment: new Map(), refs: [] };
    const rows = await this.#sql<{ content: RefundRecord; contentHash: string }[]>`
      select r.content, r.content_hash as "contentHash"
      from unnest(${[...new Set(paymentIds)]}::text[]) n (id) cross join lateral (
        select id, content, content_hash from records
        where company_id = ${this.#companyId} and type = 'refund' and parent_id = n.id offset 0
      ) r
      order by r.id`;
    const byPayment = Map.groupBy(rows, ({ content }) => content.paymentId);
    return {
      byPayment: new Map([...byPayment].map(([id, refunds]) => [id, refunds.map((refund) => refundFacts(refund, currency))])),
      refs: ofType(
        'refund',
        rows.map(({ content }) => content.id),
      ),
    };
  }

  async postings(refs: readonly BatchedRef[]): Promise<ReadonlyMap<string, PostedFacts>> {
    const rows = await this.#sql<{ type: BatchedRef['type']; id: string; facts: PostedFacts }[]>`
      select n.type, n.id, p.facts from ${refsSql(this.#sql, refs)} n cross join lateral (
        select facts from postings
        where company_id = ${this.#companyId} and target = ${this.#target} and type = n.type and record_id = n.id
          and standing offset 0
      ) p`;
    return new Map(rows.map((row) => [refKey(row), row.facts]));
  }

  /** What standing payments are applied to posted invoices, in minor units: what the books took off each by us. */
  async appliedTo(invoiceIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (invoiceIds.length === 0) return new Map();
    const rows = await this.#sql<{ id: string; amount: number }[]>`
      select i.id, sum((part ->> 'amount')::bigint)::bigint as amount
      from unnest(${[...new Set(invoiceIds)]}::text[]) i (id)
      cross join lateral (
        select from postings where company_id = ${this.#companyId} and target = ${this.#target} and type = 'invoice'
          and record_id = i.id and standing offset 0
      ) posted
      cross join lateral (
        select payment_id from allocations where company_id = ${this.#companyId} and invoice_id = i.id offset 0
      ) a
      cross join lateral (
        select facts from postings where company_id = ${this.#companyId} and target = ${this.#target} and type = 'payment'
          and record_id = a.payment_id and standing offset 0
      ) p
      cross join lateral jsonb_array_elements(p.facts -> 'applied') part
      where part ->> 'invoiceId' = i.id group by i.id`;
    return new Map(rows.map((row) => [row.id, Number(row.amount)]));
  }

  /** The documents that stand posted for records, where a batch of ours posted them. */
  async postedDocuments(refs: readonly BatchedRef[]): Promise<ReadonlyMap<string, Document>> {
    if (refs.length === 0) return new Map();
    const rows = await this.#sql<{ type: BatchedRef['type']; id: string; document: Document }[]>`
      select n.type, n.id, d.document from ${refsSql(this.#sql, refs)} n cross join lateral (
        select batch_id, seq from postings
        where company_id = ${this.#companyId} and target = ${this.#target} and type = n.type and record_id = n.id
          and standing offset 0
      ) p join batch_documents d on d.batch_id = p.batch_id and d.seq = p.seq`;
    return new Map(rows.map((row) => [refKey(row), row.document]));
  }

  async invoicesInBatch(batchId: string, invoiceIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (invoiceIds.length === 0) return NONE;
    const rows = await this.#sql<{ id: string }[]>`
      select n.id from unnest(${[...new Set(invoiceIds)]}::text[]) n (id) cross join lateral (
        select batch_id, operation from batch_items
        where company_id = ${this.#companyId} and type = 'invoice' and record_id = n.id offset 0
      ) i
      where i.batch_id = ${batchId} and i.operation in ('invoice.insert', 'invoice.update')`;
    return new Set(rows.map((row) => row.id));
  }

  /** Which payments stand in the books under these numbers. */
  async paymentsNumbered(references: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    if (references.length === 0) return new Map();
    const rows = await this.#sql<{ number: string; id: string }[]>`
      select n.number, p.record_id as id from unnest(${[...new Set(references)]}::text[]) n (number) cross join lateral (
        select record_id from postings
        where company_id = ${this.#companyId} and target = ${this.#target} and kind = 'payment' and number = n.number
          and standing offset 0
      ) p`;
    const byNumber = Map.groupBy(rows, (row) => row.number);
    return new Map([...byNumber].map(([number, of]) => [number, of.map((row) => row.id)]));
  }

  /** Once per batch, not per chunk: it looks at all of the batch's payments. */
  async repeatedReferences(batchId: string, cache: ContextCache): Promise<ReadonlySet<string>> {
    if (cache.repeated?.batchId === batchId) return cache.repeated.references;
    const rows = await this.#sql<{ reference: string }[]>`
      select r.content ->> 'reference' as reference from batch_items i cross join lateral (
        select content from records where company_id = i.company_id and type = 'payment' and id = i.record_id offset 0
      ) r
      where i.batch_id = ${batchId} and i.type = 'payment' and r.content ->> 'reference' <> ''
      group by 1 having count(*) > 1`;
    cache.repeated = { batchId, references: new Set(rows.map((row) => row.reference)) };
    return cache.repeated.references;
  }
}

function refundFacts({ content, contentHash }: { content: RefundRecord; contentHash: string }, currency: string): RefundFacts {
  return {
    id: content.id,
    amount: parseMoney(content.amount, currency) ?? ZERO,
    contentHash,
    removed: content.status === 'removed',
  };
}

const ZERO = 0 as NonNullable<ReturnType<typeof parseMoney>>;
