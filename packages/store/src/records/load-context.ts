import {
  type BatchedRecord,
  type BatchedRef,
  type BooksSettings,
  type BuildContext,
  type CompanyFacts,
  type CustomerRecord,
  canonicalContent,
  type DepartmentRecord,
  type DocumentLimits,
  type InvoiceRecord,
  type JobRecord,
  type Money,
  type PaymentRecord,
  type PostedFacts,
  refKey,
  type ServiceRecord,
  type SourceRecord,
} from '@ledgerpost/core';
import { hashOf, shortHash } from '../database/hash.ts';
import type { Sql } from '../database/open-store.ts';
import { type OwnAccounts, ownAccountsAt } from '../links/own-accounts.ts';
import { ContextLoader, type StoredRecord } from './context-loader.ts';

export interface ContextOrder {
  readonly company: CompanyFacts;
  readonly settings: BooksSettings;
  readonly delivery: 'files' | 'push';
  readonly limits: DocumentLimits;
  readonly target: string;
  /** The batch that the documents are for, its items claimed; absent: none, as for a page of the unbatched list, where invoices that are ready count as sent along. */
  readonly batchId?: string | undefined;
  /** The records of the refs by `refKey`, where they were read already. */
  readonly records?: ReadonlyMap<string, StoredRecord> | undefined;
  /** What stands posted for the refs by `refKey`, where it was read already. */
  readonly posted?: ReadonlyMap<string, PostedFacts> | undefined;
  /** Pass the same cache for every chunk of one step over a batch: what chunks share is loaded once. */
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
  /** The accounts that items have in the books themselves. */
  accounts: OwnAccounts | undefined;

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
  const load = new ContextLoader(sql, company.id, target);

  const found = order.records ?? (await load.records(refs));
  const records = refs.flatMap((ref) => found.get(refKey(ref))?.content ?? []) as BatchedRecord[];

  const own = records.filter((record) => record.type === 'payment');
  const refundedIds = records.flatMap((record) => (record.type === 'refund' ? [record.paymentId] : []));
  const [refundedPayments, refunds, repeated] = await Promise.all([
    load.byId<PaymentRecord>('payment', refundedIds),
    load.refundsOf([...own.map((payment) => payment.id), ...refundedIds], company.currency),
    own.length > 0 && batchId !== undefined ? repeatedReferences(load, batchId, cache) : NONE,
  ]);
  const payments = new Map([...refundedPayments, ...own.map((payment) => [payment.id, payment] as const)]);

  const credited = records.flatMap((record) =>
    record.type === 'creditMemo' ? (record.allocations ?? []).map((part) => part.invoiceId) : [],
  );
  const invoiceIds = [
    ...[...payments.values()].flatMap((payment) => (payment.allocations ?? []).map((part) => part.invoiceId)),
    ...records.flatMap((record) => (record.type === 'creditMemo' && record.invoiceId) || []),
    ...credited,
  ];
  const jobIds = [...records, ...payments.values()].flatMap((record) => ('jobId' in record && record.jobId) || []);
  const asked = order.posted === undefined ? refs : [];
  const [salesTax, others, jobs, further, inBatch, usedNumbers] = await Promise.all([
    // How the books keep it counts only where there is some.
    records.some((record) => 'tax' in record && record.tax !== undefined) ? load.salesTax() : undefined,
    load.byId<InvoiceRecord>('invoice', invoiceIds),
    load.byId<JobRecord>('job', jobIds),
    load.postings([...asked, ...ofType('payment', refundedIds), ...ofType('invoice', invoiceIds), ...refunds.refs]),
    batchId === undefined ? load.openInvoices(invoiceIds) : load.invoicesInBatch(batchId, invoiceIds),
    load.paymentsNumbered(own.flatMap((payment) => payment.reference || [])),
  ]);
  const postings = order.posted === undefined ? further : new Map([...order.posted, ...further]);
  // Most records of a batch are new, and have neither.
  const posted = records.filter((record) => postings.has(refKey(record)));
  const [appliedTo, postedDocuments] = await Promise.all([
    load.appliedTo([...posted.flatMap((record) => (record.type === 'invoice' ? record.id : [])), ...credited]),
    load.postedDocuments(posted),
  ]);
  const invoices = new Map([...others, ...records.flatMap((r) => (r.type === 'invoice' ? [[r.id, r] as const] : []))]);

  const referring = [...records, ...payments.values(), ...others.values(), ...jobs.values()] as readonly Referring[];
  const customerIds = referring.flatMap((record) => record.customerId || []);
  const departmentIds = referring.flatMap((record) => record.departmentId || []);
  const serviceIds = referring.flatMap((record) => (record.lines ?? []).flatMap((line) => line.serviceId || []));
  await Promise.all([
    loadInto(load, cache.customers, 'customer', customerIds),
    loadInto(load, cache.departments, 'department', departmentIds),
    loadInto(load, cache.services, 'service', serviceIds),
  ]);
  // Taken out now: the cache may forget them while a later chunk loads.
  const customers = cache.customers.take(customerIds);
  if (order.delivery === 'push' && order.settings.items?.account === 'books')
    cache.accounts ??= await ownAccountsAt(sql, company.id, target);
  const accounts = cache.accounts;
  const departments = cache.departments.take(departmentIds);
  const services = cache.services.take(serviceIds);

  return {
    records,
    context: {
      company,
      settings: order.settings,
      delivery: order.delivery,
      salesTax,
      limits: order.limits,
      ownAccount: (item) => accounts?.of(item),
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
      // The stored one is what a posting is compared with later, so it need not be computed again. A record that a rule made
      // from it, with its former customer, has a hash of its own.
      contentHash(record) {
        const stored = found.get(refKey(record));
        return stored?.content === record ? stored.contentHash : hashOf(canonicalContent(record));
      },
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

/** Records by id, those that don't exist included, so that they are not asked for again. */
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

/** Loads the records that the cache does not know yet. */
async function loadInto<T extends SourceRecord>(
  load: ContextLoader,
  known: Known<T>,
  type: T['type'],
  ids: readonly string[],
): Promise<void> {
  const missing = known.missing(ids);
  known.add(missing, await load.byId<T>(type, missing));
}

/** Once per batch, not per chunk. */
async function repeatedReferences(load: ContextLoader, batchId: string, cache: ContextCache): Promise<ReadonlySet<string>> {
  if (cache.repeated?.batchId !== batchId) cache.repeated = { batchId, references: await load.repeatedReferences(batchId) };
  return cache.repeated.references;
}

function ofType(type: BatchedRef['type'], ids: readonly string[]): readonly BatchedRef[] {
  return ids.map((id) => ({ type, id }));
}
