import {
  type BatchedRecord,
  type BatchedRef,
  type BooksSettings,
  type JobRecord,
  listOf,
  type Money,
  type Operation,
  type PaymentRecord,
  type PostedFacts,
  type ProblemCode,
  parseMoney,
  type RecordRef,
  type RefundFacts,
  refKey,
  type StandingFacts,
  standingOf,
} from '@ledgerpost/core';
import { lockCompany } from '../database/lock-company.ts';
import type { Sql } from '../database/open-store.ts';
import { idsOf, refsSql } from '../records/refs.ts';

/** One company's dealings with one target, as far as they decide what a record asks for. */
export interface StandingScope {
  readonly companyId: string;
  readonly target: string;
  readonly delivery: 'files' | 'push';
  readonly settings: BooksSettings;
  readonly currency: string;
}

/**
 * Brings open_records in step with what the records, and those that depend on them, ask for at the target now. Call it
 * in the transaction that changed records, postings or settings, after the change. Claims stay as they are. In a
 * transaction that also changes rows of open_records by itself, call `lockCompany` first of all.
 */
export async function refreshStanding(
  sql: Sql,
  scope: StandingScope,
  refs: readonly BatchedRef[],
  options: { readonly dependents?: boolean } = {},
): Promise<void> {
  if (refs.length === 0) return;
  await lockCompany(sql, scope.companyId);
  // A record may be named twice, by its own posting and by that of its invoice; a row can be written once a statement.
  const all = options.dependents === false ? once(refs) : await withDependents(sql, scope.companyId, refs);
  for (let from = 0; from < all.length; from += CHUNK) {
    await refreshRows(sql, scope, await loadRows(sql, scope.companyId, all.slice(from, from + CHUNK)));
  }
}

const CHUNK = 2_000;

/**
 * The records that can be batched, and those whose standing depends on any of these: the payment of a refund, the
 * refunds of a payment, payments allocated to an invoice, payments on a job and their refunds.
 */
export async function withDependents(sql: Sql, companyId: string, refs: readonly RecordRef[]): Promise<readonly BatchedRef[]> {
  return sql<BatchedRef[]>`
    with named as (select type, id from ${refsSql(sql, refs)}),
    payments as (
      select id from named where type = 'payment'
      union
      select r.parent_id from named n cross join lateral (
        select parent_id from records where company_id = ${companyId} and type = 'refund' and id = n.id offset 0
      ) r
      where n.type = 'refund' and r.parent_id is not null
      union
      select p.id from named n cross join lateral (
        select id from records where company_id = ${companyId} and type = 'payment' and parent_id = n.id offset 0
      ) p
      where n.type = 'job'
      union
      select a.payment_id from named n cross join lateral (
        select payment_id from allocations where company_id = ${companyId} and invoice_id = n.id offset 0
      ) a
      where n.type = 'invoice'
    )
    select type, id from named where type in ('invoice', 'payment', 'refund', 'creditMemo')
    union
    select 'payment', id from payments
    union
    select 'refund', r.id from payments p cross join lateral (
      select id from records where company_id = ${companyId} and type = 'refund' and parent_id = p.id offset 0
    ) r`;
}

/** A record to look at. `revision` is set where the record itself has just changed, else null. */
export interface StandingRow {
  readonly record: BatchedRecord;
  readonly contentHash: string;
  readonly revision: number | null;
}

/** The work of `refreshStanding` for records at hand, dependents not included. The company's lock must be held. */
export async function refreshRows(sql: Sql, scope: StandingScope, rows: readonly StandingRow[]): Promise<void> {
  if (rows.length === 0) return;
  const facts = await loadFacts(sql, scope, rows);
  const open: OpenRow[] = [];
  const closed: BatchedRef[] = [];
  for (const row of rows) {
    const standing = standingOf(row.record, facts.of(row));
    if (!standing.open) closed.push(row.record);
    else open.push({ ...facts.shown(row.record), ref: row.record, revision: row.revision, ...standing });
  }
  const changed = open.filter((row) => row.revision !== null);
  const looked = open.filter((row) => row.revision === null);
  if (changed.length > 0) await upsertChanged(sql, scope, changed);
  if (looked.length > 0) await upsertLooked(sql, scope, looked);
  if (closed.length > 0) await removeClosed(sql, scope, closed);
}

async function loadRows(sql: Sql, companyId: string, refs: readonly BatchedRef[]): Promise<readonly StandingRow[]> {
  return sql<StandingRow[]>`
    select r.content as record, r.content_hash as "contentHash", null as revision
    from ${refsSql(sql, refs)} n cross join lateral (
      select content, content_hash from records where company_id = ${companyId} and type = n.type and id = n.id offset 0
    ) r`;
}

interface Facts {
  of(row: StandingRow): StandingFacts;
  /** What lists show and sort by. A refund goes with its payment's customer, department and reference. */
  shown(record: BatchedRecord): Shown;
}

interface Shown {
  readonly date: string;
  readonly departmentId: string | null;
  readonly customerId: string | null;
  readonly number: string;
}

interface OpenRow extends Shown {
  readonly ref: BatchedRef;
  readonly revision: number | null;
  readonly readiness: 'ready' | 'waiting' | 'stopped';
  readonly operation?: Operation;
  readonly reason?: ProblemCode;
  readonly amount: Money;
}

/** Everything that `standingOf` asks about these records, in two rounds of a few statements whatever their number. */
async function loadFacts(sql: Sql, scope: StandingScope, rows: readonly StandingRow[]): Promise<Facts> {
  const records = rows.map((row) => row.record);
  const payments = records.filter((record) => record.type === 'payment');
  const ofRefunds = unique(records.flatMap((record) => (record.type === 'refund' ? [record.paymentId] : [])));
  const allocated = unique(payments.flatMap((payment) => (payment.allocations ?? []).map((part) => part.invoiceId)));
  const [postings, refunds, refundedPayments, postedInvoices] = await Promise.all([
    loadPostings(sql, scope, [...records, ...ofRefunds.map((id) => ({ type: 'payment' as const, id }))]),
    loadRefunds(sql, scope, idsOf(payments)),
    loadRecords<PaymentRecord>(sql, scope.companyId, 'payment', ofRefunds),
    loadPostedInvoices(sql, scope, allocated),
  ]);
  const jobs = await loadRecords<JobRecord>(
    sql,
    scope.companyId,
    'job',
    unique([...payments, ...refundedPayments.values()].flatMap((payment) => payment.jobId ?? [])),
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
        contentHash,
        delivery: scope.delivery,
        voids: scope.settings.policy.voids,
        currency: scope.currency,
        posted: postings.get(refKey(record)),
        importedJob: jobOf(paymentOf(record))?.imported === true,
        refunds: (record.type === 'payment' && refunds.get(record.id)) || [],
        payment: payment && { record: payment, posted: postings.get(refKey(payment)) },
        postedInvoices,
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
  { companyId, target }: StandingScope,
  refs: readonly BatchedRef[],
): Promise<ReadonlyMap<string, PostedFacts>> {
  const rows = await sql<{ type: BatchedRef['type']; id: string; facts: PostedFacts }[]>`
    select n.type, n.id, p.facts from ${refsSql(sql, refs)} n cross join lateral (
      select facts from postings
      where company_id = ${companyId} and target = ${target} and type = n.type and record_id = n.id and standing offset 0
    ) p`;
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
    from unnest(${paymentIds as string[]}::text[]) n (id) cross join lateral (
      select id, parent_id, content, content_hash from records
      where company_id = ${companyId} and type = 'refund' and parent_id = n.id offset 0
    ) r
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
  const rows = await sql<{ id: string; content: T }[]>`
    select n.id, r.content from unnest(${ids as string[]}::text[]) n (id) cross join lateral (
      select content from records where company_id = ${companyId} and type = ${type} and id = n.id offset 0
    ) r`;
  return new Map(rows.map((row) => [row.id, row.content]));
}

/** Of these invoices, those that stand in the books as invoices: one that was turned into a credit memo takes no payment. */
async function loadPostedInvoices(
  sql: Sql,
  { companyId, target }: StandingScope,
  invoiceIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (invoiceIds.length === 0) return new Set();
  const rows = await sql<{ id: string }[]>`
    select n.id from unnest(${invoiceIds as string[]}::text[]) n (id) cross join lateral (
      select kind from postings
      where company_id = ${companyId} and target = ${target} and type = 'invoice' and record_id = n.id and standing offset 0
    ) p
    where p.kind = 'invoice'`;
  return new Set(rows.map((row) => row.id));
}

/** Amounts were checked when they came in; one that can't be read counts as nothing and is a problem of its document. */
function moneyOf(text: string, currency: string): Money {
  return parseMoney(text, currency) ?? (0 as Money);
}

/** The record itself changed: its row takes the record's revision, whatever it says. */
async function upsertChanged(sql: Sql, scope: StandingScope, rows: readonly OpenRow[]): Promise<void> {
  await sql`${insertOpen(sql, scope, rows)} do update set ${assignments(sql)}`;
}

/** The record did not change: a row that says something new gets a revision of its own, one that does not stays untouched. */
async function upsertLooked(sql: Sql, scope: StandingScope, rows: readonly OpenRow[]): Promise<void> {
  await sql`${insertOpen(sql, scope, rows)} do update set ${assignments(sql)}
    where (o.readiness, o.operation, o.reason, o.date, o.department_id, o.customer_id, o.number, o.amount)
      is distinct from (excluded.readiness, excluded.operation, excluded.reason, excluded.date, excluded.department_id,
        excluded.customer_id, excluded.number, excluded.amount)`;
}

function insertOpen(sql: Sql, { companyId, target }: StandingScope, rows: readonly OpenRow[]) {
  const column = <T>(pick: (row: OpenRow) => T) => rows.map(pick);
  // A record that came back while a batch still has it must not look free.
  return sql`
    insert into open_records as o (company_id, target, type, id, list, readiness, operation, reason, date, department_id,
      customer_id, number, amount, revision, claimed_by)
    select ${companyId}, ${target}, n.type, n.id, n.list, n.readiness, n.operation, n.reason, n.date::date, n.department_id,
      n.customer_id, n.number, n.amount, coalesce(n.revision, nextval('record_revision')), b.batch_id
    from unnest(
      ${column((row) => row.ref.type)}::text[], ${column((row) => row.ref.id)}::text[],
      ${column((row) => listOf(row.ref.type))}::text[], ${column((row) => row.readiness)}::text[],
      ${column((row) => row.operation ?? null)}::text[], ${column((row) => row.reason ?? null)}::text[],
      ${column((row) => row.date)}::text[], ${column((row) => row.departmentId)}::text[],
      ${column((row) => row.customerId)}::text[], ${column((row) => row.number)}::text[],
      ${column((row) => row.amount as number)}::int8[], ${column((row) => row.revision)}::int8[]
    ) n (type, id, list, readiness, operation, reason, date, department_id, customer_id, number, amount, revision)
    left join lateral (
      select batch_id from batch_items
      where company_id = ${companyId} and target = ${target} and type = n.type and record_id = n.id and claimed offset 0
    ) b on true
    on conflict (company_id, target, type, id)`;
}

function assignments(sql: Sql) {
  return sql`readiness = excluded.readiness, operation = excluded.operation, reason = excluded.reason, date = excluded.date,
    department_id = excluded.department_id, customer_id = excluded.customer_id, number = excluded.number,
    amount = excluded.amount, revision = excluded.revision`;
}

/** By their places in the table, found one by one; under the company's lock no row moves meanwhile. */
async function removeClosed(sql: Sql, { companyId, target }: StandingScope, refs: readonly BatchedRef[]): Promise<void> {
  await sql`
    delete from open_records where ctid = any (array(
      select o.ctid from ${refsSql(sql, refs)} n cross join lateral (
        select ctid from open_records where company_id = ${companyId} and target = ${target} and type = n.type and id = n.id offset 0
      ) o
    ))`;
}

function once(refs: readonly BatchedRef[]): readonly BatchedRef[] {
  return [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
