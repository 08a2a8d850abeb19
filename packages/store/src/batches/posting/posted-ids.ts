import type { Document } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import { probe } from '../../database/probe.ts';
import { isOneOf, itsDocument } from '../items/item-parts.ts';

/** What is posted for a record that an item changes or refers to, with the ids of its customers and items there. */
export interface PostedDocument {
  /** The item that needs it. */
  readonly seq: number;
  /** `former`: what the item replaces. `other`: the invoice or payment that it is applied to, or refunds. */
  readonly role: 'former' | 'other';
  readonly batchId: string | null;
  /** As it was posted; null in postings from before ids were kept: the batch's names have them. */
  readonly ids: Readonly<Record<string, string>> | null;
  readonly document: Document | null;
}

/** What is posted for the records of these items, and for the invoices and payments that they belong to. */
export async function postedForItems(sql: Sql, batchId: string, seqs: readonly number[]): Promise<readonly PostedDocument[]> {
  if (seqs.length === 0) return [];
  const standing = (type: 'invoice' | 'payment') => sql`
    select batch_id, seq, facts from postings
    where company_id = r.company_id and target = r.target and type = ${type} and record_id = r.id and standing`;
  return sql<PostedDocument[]>`
    with mine as (
      select i.seq, i.company_id, i.target, i.type, i.record_id, i.kind, d.document
      from batch_items i ${itsDocument(sql)} where ${isOneOf(sql, batchId, seqs)}
    ),
    found as (
      select m.seq, 'former' as role, p.batch_id, p.seq as posted_seq, p.facts from mine m ${probe(
        sql,
        'p',
        sql`
        select batch_id, seq, facts from postings
        where company_id = m.company_id and target = m.target and type = m.type and record_id = m.record_id and standing`,
      )}
      union all
      select r.seq, 'other', p.batch_id, p.seq, p.facts
      from (
        select m.seq, m.company_id, m.target, part ->> 'invoiceId' as id
        from mine m cross join lateral jsonb_array_elements(m.document -> 'applied') part where m.kind = 'payment'
      ) r ${probe(sql, 'p', standing('invoice'))}
      union all
      select r.seq, 'other', p.batch_id, p.seq, p.facts
      from (
        select m.seq, m.company_id, m.target, m.document ->> 'paymentId' as id from mine m where m.kind = 'journal'
      ) r ${probe(sql, 'p', standing('payment'))}
    )
    select f.seq, f.role, f.batch_id as "batchId", f.facts -> 'ids' as ids,
      (select document from batch_documents where batch_id = f.batch_id and seq = f.posted_seq) as document
    from found f order by f.seq, f.role`;
}
