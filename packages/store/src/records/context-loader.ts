import {
  type BatchedRef,
  type Document,
  type Money,
  type PostedFacts,
  parseMoney,
  type RefundFacts,
  type RefundRecord,
  refKey,
  type SalesTax,
  type SourceRecord,
} from '@ledgerpost/core';
import type { Sql } from '../database/open-store.ts';
import { probe } from '../database/probe.ts';
import { rowsOf } from '../database/rows-of.ts';
import { idsSql, itemsOfRecord, itsRecord, itsRefunds, refsSql, standingPosting } from './refs.ts';

/** A record with the hash of its content, as it was stored with it. */
export interface StoredRecord {
  readonly content: SourceRecord;
  readonly contentHash: string;
}

/** The statements behind a build context, each for any number of ids. */
export class ContextLoader {
  readonly #sql: Sql;
  readonly #companyId: string;
  readonly #target: string;

  constructor(sql: Sql, companyId: string, target: string) {
    this.#sql = sql;
    this.#companyId = companyId;
    this.#target = target;
  }

  async records(refs: readonly BatchedRef[]): Promise<ReadonlyMap<string, StoredRecord>> {
    const sql = this.#sql;
    const rows = await sql<StoredRecord[]>`
      select r.content, r.content_hash as "contentHash" from ${refsSql(sql, refs)} n ${itsRecord(sql, this.#companyId)}`;
    return new Map(rows.map((row) => [refKey(row.content), row]));
  }

  /** How the connected books keep sales tax, as they were read last. */
  async salesTax(): Promise<SalesTax | undefined> {
    const [row] = await this.#sql<{ salesTax: SalesTax | null }[]>`
      select c.chart->'preferences'->>'salesTax' as "salesTax" from company_targets t join connections c on c.id = t.connection_id
      where t.company_id = ${this.#companyId} and t.target = ${this.#target}`;
    return row?.salesTax ?? undefined;
  }

  async byId<T extends SourceRecord>(type: T['type'], ids: readonly string[]): Promise<ReadonlyMap<string, T>> {
    if (ids.length === 0) return new Map();
    const refs = [...new Set(ids)].map((id) => ({ type, id }));
    const sql = this.#sql;
    const rows = await sql<{ content: T }[]>`select r.content from ${refsSql(sql, refs)} n ${itsRecord(sql, this.#companyId)}`;
    return new Map(rows.map(({ content }) => [content.id, content]));
  }

  async refundsOf(
    paymentIds: readonly string[],
    currency: string,
  ): Promise<{ byPayment: ReadonlyMap<string, readonly RefundFacts[]>; refs: readonly BatchedRef[] }> {
    if (paymentIds.length === 0) return { byPayment: new Map(), refs: [] };
    const sql = this.#sql;
    const rows = await sql<{ content: RefundRecord; contentHash: string }[]>`
      select r.content, r.content_hash as "contentHash"
      from ${idsSql(sql, paymentIds)} n ${itsRefunds(sql, this.#companyId)} order by r.id`;
    const byPayment = Map.groupBy(rows, ({ content }) => content.paymentId);
    return {
      byPayment: new Map([...byPayment].map(([id, refunds]) => [id, refunds.map((refund) => refundFacts(refund, currency))])),
      refs: rows.map(({ content }) => ({ type: 'refund', id: content.id })),
    };
  }

  async postings(refs: readonly BatchedRef[]): Promise<ReadonlyMap<string, PostedFacts>> {
    if (refs.length === 0) return new Map();
    const sql = this.#sql;
    const rows = await sql<(BatchedRef & { facts: PostedFacts })[]>`
      select n.type, n.id, p.facts from ${refsSql(sql, refs)} n ${this.#posting()}`;
    return new Map(rows.map((row) => [refKey(row), row.facts]));
  }

  /** What standing payments apply to posted invoices, in minor units. */
  async appliedTo(invoiceIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (invoiceIds.length === 0) return new Map();
    const sql = this.#sql;
    const ofType = (type: 'invoice' | 'payment', id: ReturnType<typeof sql>) => sql`
      select facts from postings
      where company_id = ${this.#companyId} and target = ${this.#target} and type = ${type} and record_id = ${id} and standing`;
    const rows = await sql<{ id: string; amount: number }[]>`
      select n.id, sum((part ->> 'amount')::bigint)::bigint as amount
      from ${idsSql(sql, invoiceIds)} n
      ${probe(sql, 'posted', ofType('invoice', sql`n.id`))}
      ${probe(sql, 'a', sql`select payment_id from allocations where company_id = ${this.#companyId} and invoice_id = n.id`)}
      ${probe(sql, 'p', ofType('payment', sql`a.payment_id`))}
      cross join lateral jsonb_array_elements(p.facts -> 'applied') part
      where part ->> 'invoiceId' = n.id group by n.id`;
    return new Map(rows.map((row) => [row.id, row.amount]));
  }

  /** The documents that stand posted for records, where a batch of ours posted them. */
  async postedDocuments(refs: readonly BatchedRef[]): Promise<ReadonlyMap<string, Document>> {
    if (refs.length === 0) return new Map();
    const sql = this.#sql;
    const rows = await sql<(BatchedRef & { document: Document })[]>`
      select n.type, n.id, d.document from ${refsSql(sql, refs)} n ${this.#posting()}
      ${probe(sql, 'd', sql`select document from batch_documents where batch_id = p.batch_id and seq = p.seq`)}`;
    return new Map(rows.map((row) => [refKey(row), row.document]));
  }

  /** The invoices that a batch is about to write, of these. */
  async invoicesInBatch(batchId: string, invoiceIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (invoiceIds.length === 0) return new Set();
    const sql = this.#sql;
    const itsItems = itemsOfRecord(
      sql,
      sql`batch_id, operation`,
      sql`company_id = ${this.#companyId} and type = 'invoice' and record_id = n.id`,
    );
    const rows = await sql<{ id: string }[]>`
      select n.id from ${idsSql(sql, invoiceIds)} n ${probe(sql, 'i', itsItems)}
      where i.batch_id = ${batchId} and i.operation in ('invoice.insert', 'invoice.update')`;
    return new Set(rows.map((row) => row.id));
  }

  /** The payments that stand in the books under these numbers. */
  async paymentsNumbered(references: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    if (references.length === 0) return new Map();
    const sql = this.#sql;
    const numbers = [...new Set(references)].map((number) => ({ number }));
    const rows = await sql<{ number: string; id: string }[]>`
      select n.number, p.record_id as id from ${rowsOf(sql, numbers, { number: 'text' })} n ${probe(
        sql,
        'p',
        sql`
        select record_id from postings
        where company_id = ${this.#companyId} and target = ${this.#target} and kind = 'payment' and number = n.number and standing`,
      )}`;
    const byNumber = Map.groupBy(rows, (row) => row.number);
    return new Map([...byNumber].map(([number, of]) => [number, of.map((row) => row.id)]));
  }

  /** Those invoices that are ready and that no batch has, of these: a batch of everything carries them. */
  async openInvoices(invoiceIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (invoiceIds.length === 0) return new Set();
    const sql = this.#sql;
    const rows = await sql<{ id: string }[]>`
      select n.id from ${idsSql(sql, invoiceIds)} n ${probe(
        sql,
        'o',
        sql`
        select operation from open_records
        where company_id = ${this.#companyId} and target = ${this.#target} and type = 'invoice' and id = n.id
          and claimed_by is null and readiness = 'ready'`,
      )}
      where o.operation in ('invoice.insert', 'invoice.update')`;
    return new Set(rows.map((row) => row.id));
  }

  /** References that more than one payment of a batch has. Reads all of the batch's payments. */
  async repeatedReferences(batchId: string): Promise<ReadonlySet<string>> {
    const sql = this.#sql;
    // The record's type comes from the item: with a type in words, a partial index of records looks as good as the key.
    const rows = await sql<{ reference: string }[]>`
      select r.content ->> 'reference' as reference
      from batch_items i ${probe(
        sql,
        'r',
        sql`
        select content from records where company_id = i.company_id and type = i.type and id = i.record_id`,
      )}
      where i.batch_id = ${batchId} and i.type = 'payment' and r.content ->> 'reference' <> ''
      group by 1 having count(*) > 1`;
    return new Set(rows.map((row) => row.reference));
  }

  #posting() {
    return standingPosting(this.#sql, { companyId: this.#companyId, target: this.#target });
  }
}

function refundFacts({ content, contentHash }: { content: RefundRecord; contentHash: string }, currency: string): RefundFacts {
  return {
    id: content.id,
    amount: parseMoney(content.amount, currency) ?? (0 as Money),
    contentHash,
    removed: content.status === 'removed',
  };
}
