import {
  type BatchedRecord,
  type BatchedRef,
  type BooksSettings,
  type CreditMemoRecord,
  type InvoiceRecord,
  type JobRecord,
  type Money,
  type PayableInvoice,
  type PaymentRecord,
  type PostedFacts,
  parseMoney,
  placeOf,
  type RecordRef,
  type RefundFacts,
  refKey,
  type StandingFacts,
  serviceAddressOf,
} from '@ledgerpost/core';
import { hashOf } from '../database/hash.ts';
import type { Sql } from '../database/open-store.ts';
import { probe } from '../database/probe.ts';
import { rowsOf } from '../database/rows-of.ts';
import { customerChanges } from '../links/same-customer.ts';
import { idsSql, itsRecord, itsRefunds, refsSql, standingPosting } from '../records/refs.ts';

/** One company's relation to one target, as far as it decides what of a record is to be sent. */
export interface StandingScope {
  readonly companyId: string;
  readonly target: string;
  readonly delivery: 'files' | 'push';
  readonly settings: BooksSettings;
  readonly currency: string;
}

/** A record whose standing is computed. `revision` is set where the record itself has just changed, else null. */
export interface StandingRow {
  readonly record: BatchedRecord;
  readonly contentHash: string;
  readonly revision: number | null;
}

export interface Facts {
  of(row: StandingRow): StandingFacts;
  /** What lists show and sort by. A refund has its payment's customer, department and reference. */
  shown(record: BatchedRecord): Shown;
}

export interface Shown {
  readonly date: string;
  readonly departmentId: string | null;
  readonly customerId: string | null;
  readonly number: string;
}

/** Everything that `standingOf` needs about these records, in two rounds of a few statements whatever their number. */
export async function loadFacts(sql: Sql, scope: StandingScope, rows: readonly StandingRow[]): Promise<Facts> {
  const records = rows.map((row) => row.record);
  const payments = records.filter((record) => record.type === 'payment');
  const ofRefunds = unique(records.flatMap((record) => (record.type === 'refund' ? [record.paymentId] : [])));
  const allocated = unique(payments.flatMap((payment) => (payment.allocations ?? []).map((part) => part.invoiceId)));
  const [postings, refunds, refundedPayments, postedInvoices, twins] = await Promise.all([
    loadPostings(sql, scope, [...records, ...ofRefunds.map((id) => ({ type: 'payment' as const, id }))]),
    loadRefunds(
      sql,
      scope,
      payments.map(({ id }) => id),
    ),
    loadRecords<PaymentRecord>(sql, scope.companyId, 'payment', ofRefunds),
    postedInvoicesOf(sql, scope, allocated),
    loadTwins(sql, scope.companyId, records),
  ]);
  // Only where the books compute the tax does another place ask for an update.
  const hasPlace = (record: BatchedRecord): record is InvoiceRecord | CreditMemoRecord =>
    (record.type === 'invoice' || record.type === 'creditMemo') && postings.get(refKey(record))?.place !== undefined;
  const jobs = await loadRecords<JobRecord>(
    sql,
    scope.companyId,
    'job',
    unique([...payments, ...refundedPayments.values(), ...records.filter(hasPlace)].flatMap((record) => record.jobId ?? [])),
  );
  const changes = await customerChanges(
    sql,
    scope,
    rows.map(({ record, contentHash }) => ({ record, contentHash, posted: postings.get(refKey(record)) })),
  );
  const jobOf = (payment: PaymentRecord | undefined) => (payment?.jobId === undefined ? undefined : jobs.get(payment.jobId));
  const paymentOf = (record: BatchedRecord) => {
    if (record.type === 'payment') return record;
    return record.type === 'refund' ? refundedPayments.get(record.paymentId) : undefined;
  };
  return {
    of({ record, contentHash }) {
      const payment = record.type === 'refund' ? refundedPayments.get(record.paymentId) : undefined;
      return {
        // A customer that is the same one in the books is no change there.
        contentHash: changes.get(record) === 'same-link' ? postings.get(refKey(record))!.contentHash : contentHash,
        ...(changes.get(record) === 'moves' ? { movesWithInvoices: true } : {}),
        delivery: scope.delivery,
        voids: scope.settings.policy.voids,
        currency: scope.currency,
        posted: postings.get(refKey(record)),
        place: hasPlace(record) ? hashOf(placeOf(serviceAddressOf(record, { job: jobs.get(record.jobId ?? '') }))) : undefined,
        importedJob: jobOf(paymentOf(record))?.imported === true,
        refunds: (record.type === 'payment' && refunds.get(record.id)) || [],
        payment: payment && { record: payment, posted: postings.get(refKey(payment)) },
        postedInvoices,
        twin: twins.get(refKey(record)),
      };
    },
    shown(record) {
      if (record.type === 'invoice' || record.type === 'creditMemo') {
        const { date, departmentId = null, customerId = null, number = '' } = record;
        return { date, departmentId, customerId, number };
      }
      const payment = paymentOf(record);
      return {
        date: record.date,
        departmentId: payment?.departmentId ?? jobOf(payment)?.departmentId ?? null,
        customerId: payment?.customerId ?? null,
        number: payment?.reference ?? '',
      };
    },
  };
}

async function loadPostings(
  sql: Sql,
  scope: StandingScope,
  refs: readonly BatchedRef[],
): Promise<ReadonlyMap<string, PostedFacts>> {
  const rows = await sql<(BatchedRef & { facts: PostedFacts })[]>`
    select n.type, n.id, p.facts
    from ${rowsOf(sql, refs, { type: 'many-texts', id: 'many-texts' })} n ${standingPosting(sql, scope)}`;
  return new Map(rows.map((row) => [refKey(row), row.facts]));
}

async function loadRefunds(
  sql: Sql,
  { companyId, currency }: StandingScope,
  paymentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RefundFacts[]>> {
  if (paymentIds.length === 0) return new Map();
  const rows = await sql<{ id: string; paymentId: string; amount: string; contentHash: string; removed: boolean }[]>`
    select r.id, r.parent_id as "paymentId", r.content ->> 'amount' as amount, r.content_hash as "contentHash",
      coalesce(r.content ->> 'status', '') = 'removed' as removed
    from ${idsSql(sql, paymentIds)} n ${itsRefunds(sql, companyId)}
    order by r.id`;
  const refunds = Map.groupBy(rows, (row) => row.paymentId);
  return new Map(
    [...refunds].map(([paymentId, of]) => [
      paymentId,
      of.map(({ id, amount, contentHash, removed }) => ({ id, amount: moneyOf(amount, currency), contentHash, removed })),
    ]),
  );
}

async function loadRecords<T>(
  sql: Sql,
  companyId: string,
  type: RecordRef['type'],
  ids: readonly string[],
): Promise<ReadonlyMap<string, T>> {
  if (ids.length === 0) return new Map();
  const refs = [...new Set(ids)].map((id) => ({ type, id }));
  const rows = await sql<{ id: string; content: T }[]>`
    select n.id, r.content from ${refsSql(sql, refs)} n ${itsRecord(sql, companyId)}`;
  return new Map(rows.map((row) => [row.id, row.content]));
}

/** Of these invoices, those that stand in the books as invoices: one that was turned into a credit memo accepts no payment. */
export async function postedInvoicesOf(
  sql: Sql,
  scope: Pick<StandingScope, 'companyId' | 'target'>,
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, PayableInvoice>> {
  if (invoiceIds.length === 0) return new Map();
  const refs = [...new Set(invoiceIds)].map((id) => ({ type: 'invoice' as const, id }));
  const rows = await sql<{ id: string; total: Money; customer: PayableInvoice['customer'] | null }[]>`
    select n.id, p.facts -> 'customer' as customer, case when exists (
        select from records r
        where r.company_id = ${scope.companyId} and r.type = n.type and r.id = n.id and r.content ->> 'status' = 'void'
      ) then 0 else p.amount end as total
    from ${refsSql(sql, refs)} n ${standingPosting(sql, scope)} where p.kind = 'invoice'`;
  return new Map(rows.map(({ id, total, customer }) => [id, { total, customer: customer ?? undefined }]));
}

/** Which of these may be, or are, one that another way brought before. */
async function loadTwins(
  sql: Sql,
  companyId: string,
  records: readonly BatchedRef[],
): Promise<ReadonlyMap<string, 'asked' | 'same'>> {
  const refs = records.filter(({ type }) => type === 'payment' || type === 'refund');
  if (refs.length === 0) return new Map();
  const rows = await sql<(BatchedRef & { twin: 'asked' | 'same' })[]>`
    select n.type, n.id, coalesce(t.answer, 'asked') as twin
    from ${refsSql(sql, refs)} n ${probe(
      sql,
      't',
      // Asleep while the other one is not there.
      sql`select answer from record_twins t where company_id = ${companyId} and type = n.type and id = n.id
        and exists (select from records r where r.company_id = ${companyId} and r.type = t.type and r.id = t.twin_id)`,
    )}
    where t.answer is distinct from 'another'`;
  return new Map(rows.map((row) => [refKey(row), row.twin]));
}

/** Amounts were checked when they arrived; one that can't be read counts as zero and is a problem of its document. */
function moneyOf(text: string, currency: string): Money {
  return parseMoney(text, currency) ?? (0 as Money);
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
