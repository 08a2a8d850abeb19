import type { Money, Operation, PaymentDocument, PostedFacts } from '@ledgerpost/core';
import type { Fragment, Sql } from '../../database/open-store.ts';
import { probe, probeOrNull } from '../../database/probe.ts';
import { itemsOfRecord } from '../../records/refs.ts';
import { inRange, itsDocument, type Range, valuesOfItems } from './item-parts.ts';

/** A document that something only the whole batch shows is wrong with. */
export interface CrossFinding {
  readonly seq: number;
  readonly type: string;
  readonly id: string;
  readonly number: string;
}

/**
 * Ready documents whose number another document of the batch, or a standing posting of another record, has.
 * @param half of all numbers, to look for those of each half on a connection of its own; absent: all
 */
export async function duplicateNumbers(sql: Sql, batchId: string, half?: 0 | 1): Promise<(CrossFinding & { other: string })[]> {
  const ofHalf = half === undefined ? sql`` : sql`and hashtext(number) & 1 = ${half}::int`;
  return sql`
    with numbered as (
      select batch_id, seq, type, record_id as id, kind, number, company_id, target, min(seq) over same as first, max(seq) over same as last
      from batch_items
      where batch_id = ${batchId} and state in ('ready', 'rejected') and kind in ('invoice', 'creditMemo', 'payment', 'journal') and number <> ''
        ${ofHalf}
      window same as (partition by kind, number)
    )
    select n.seq, n.type, n.id, n.number, coalesce(twin.record_id, p.record_id) as other
    from numbered n ${probeOrNull(
      sql,
      'twin',
      sql`
      select record_id from batch_items
      where n.first < n.last and batch_id = n.batch_id and seq = case when n.seq = n.first then n.last else n.first end`,
    )} ${probeOrNull(
      sql,
      'p',
      sql`
      select record_id from postings
      where company_id = n.company_id and target = n.target and kind = n.kind and number = n.number and standing
        and not (type = n.type and record_id = n.id) limit 1`,
    )}
    where twin.record_id is not null or p.record_id is not null`;
}

/** The operations that a batch has items of. */
export async function operationsIn(sql: Sql, batchId: string): Promise<ReadonlySet<string>> {
  const rows = await sql<{ operation: string }[]>`select distinct operation from batch_items where batch_id = ${batchId}`;
  return new Set(rows.map(({ operation }) => operation));
}

/** Joins the invoices of the same batch that a payment `i` is applied to and that won't be sent, as `inv`. */
function unsentInvoices(sql: Sql) {
  const ofRecord = sql`company_id = i.company_id and type = 'invoice' and record_id = part->>'invoiceId'`;
  const invoiceOfBatch = itemsOfRecord(sql, sql`*`, sql`${ofRecord} and batch_id = i.batch_id`);
  return sql`
    cross join lateral jsonb_array_elements(d.document->'applied') part
    ${probe(sql, 'inv', invoiceOfBatch)}`;
}

/**
 * Of such an invoice `inv`: it won't be sent (`rejected`), or was not posted (`refused`, `conflict`, `blocked`). An invoice that stands
 * from before accepts payments, though its change won't be sent.
 */
function isUnsent(sql: Sql) {
  return sql`
    inv.state in ('rejected', 'blocked', 'refused', 'conflict')
      and not (inv.operation <> 'invoice.insert' and exists (
        select from postings p
        where p.company_id = inv.company_id and p.target = inv.target and p.type = 'invoice' and p.record_id = inv.record_id and p.standing))`;
}

/** Payments of the batch, of these operations, that are applied to an invoice of the same batch which is not sent. */
export async function paymentsOfUnsentInvoices(
  sql: Sql,
  range: Range,
  operations: readonly Operation[],
): Promise<(CrossFinding & { invoiceId: string; invoiceNumber: string })[]> {
  return sql`
    select i.seq, i.type, i.record_id as id, i.number, min(part->>'invoiceId') as "invoiceId", min(inv.number) as "invoiceNumber"
    from batch_items i ${itsDocument(sql)} ${unsentInvoices(sql)}
    where ${inRange(sql, range)} and i.operation = any(${[...operations]}::text[]) and i.state in ('ready', 'exported')
      and ${isUnsent(sql)}
    group by i.seq, i.type, i.record_id, i.number`;
}

/** A ready payment with the invoices of its batch that it can't be applied to. */
export interface UnsentParts {
  readonly seq: number;
  readonly document: PaymentDocument;
  readonly facts: PostedFacts;
  readonly unsent: readonly { readonly id: string; readonly number: string }[];
}

/** New payments that are ready and applied to invoices which are not sent: the next few behind a number, in order. */
export async function unsentPartsBehind(sql: Sql, batchId: string, seq: number, limit: number): Promise<UnsentParts[]> {
  return sql`
    select i.seq, min(d.document::text)::jsonb as document, min(d.facts::text)::jsonb as facts,
      jsonb_agg(jsonb_build_object('id', inv.record_id, 'number', inv.number) order by inv.seq) as unsent
    from batch_items i ${itsDocument(sql)} ${unsentInvoices(sql)}
    where i.batch_id = ${batchId} and i.seq > ${seq} and i.operation = 'payment.insert' and i.state = 'ready' and ${isUnsent(sql)}
    group by i.seq order by i.seq limit ${limit}`;
}

/** A ready new payment that pays too much, together with what is applied to its invoices already or by payments before it. */
export interface OverpaidParts {
  readonly seq: number;
  readonly document: PaymentDocument;
  readonly facts: PostedFacts;
  readonly over: readonly {
    readonly invoiceId: string;
    /** What the invoice can't take of this payment's part, in minor units; above zero. */
    readonly amount: Money;
    /** The invoice's, in minor units. */
    readonly total: Money;
  }[];
}

/**
 * Payments of which each fits its invoices, but all of them together don't. The totals and what is applied are those that we know: the
 * books may have others.
 */
export async function overpaidParts(sql: Sql, batchId: string): Promise<OverpaidParts[]> {
  const standing = (type: 'invoice' | 'payment', id: Fragment) => sql`
    select amount, facts from postings
    where company_id = n.company_id and target = n.target and type = ${type} and record_id = ${id} and standing`;
  const ofRecord = sql`company_id = n.company_id and type = 'invoice' and record_id = n.invoice_id`;
  const own = itemsOfRecord(sql, sql`amount`, sql`${ofRecord} and batch_id = ${batchId} and state in ('ready', 'exported')`);
  return sql`
    with parts as materialized (
      select i.seq, i.company_id, i.target, part->>'invoiceId' as invoice_id, (part->>'amount')::bigint as amount
      from batch_items i ${itsDocument(sql)} cross join lateral jsonb_array_elements(d.document->'applied') part
      where i.batch_id = ${batchId} and i.operation = 'payment.insert' and i.state = 'ready'
    ), paid as materialized (
      select n.invoice_id, coalesce(own.amount, p.amount) as total, earlier.amount as earlier
      from (select company_id, target, invoice_id, sum(amount) as amount from parts group by 1, 2, 3) n
      ${probeOrNull(sql, 'own', own)}
      ${probeOrNull(sql, 'p', standing('invoice', sql`n.invoice_id`))}
      cross join lateral (
        select coalesce(sum((part->>'amount')::bigint), 0) as amount
        from (select payment_id from allocations where company_id = n.company_id and invoice_id = n.invoice_id offset 0) a
        ${probe(sql, 'q', standing('payment', sql`a.payment_id`))}
        cross join lateral jsonb_array_elements(q.facts->'applied') part
        where part->>'invoiceId' = n.invoice_id
      ) earlier
      where n.amount + earlier.amount > coalesce(own.amount, p.amount)
    ), over as materialized (
      select parts.seq, paid.invoice_id, paid.total,
        least(parts.amount, paid.earlier + sum(parts.amount) over (partition by paid.invoice_id order by parts.seq) - paid.total)::bigint as amount
      from parts join paid using (invoice_id)
    ), of_payment as materialized (
      select seq, jsonb_agg(jsonb_build_object('invoiceId', invoice_id, 'amount', amount, 'total', total) order by invoice_id) as over
      from over where amount > 0 group by seq
    )
    select n.seq, d.document, d.facts, n.over from of_payment n
    ${probe(sql, 'd', sql`select document, facts from batch_documents where batch_id = ${batchId} and seq = n.seq`)} order by n.seq`;
}

/**
 * Freezes documents of ready items once more: what only the whole batch could show has changed them. The caller tells so at each of
 * them, by a notice in the same transaction: files that were written before are recognized by it.
 */
export async function freezeAgain(
  sql: Sql,
  batchId: string,
  items: readonly { readonly seq: number; readonly document: PaymentDocument; readonly facts: PostedFacts }[],
): Promise<void> {
  if (items.length === 0) return;
  await sql`
    update batch_documents d set document = n.document, facts = n.facts
    from ${valuesOfItems(sql, batchId, items, { document: 'jsonb', facts: 'jsonb' })}
    join batch_items i on i.batch_id = n.batch_id and i.seq = n.seq and i.state = 'ready'
    where d.batch_id = n.batch_id and d.seq = n.seq`;
}
