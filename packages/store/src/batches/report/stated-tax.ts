import type { Sql } from '../../database/open-store.ts';
import { probe } from '../../database/probe.ts';
import { itsDocument } from '../items/item-parts.ts';

/** What became of tax that was stated to the books. */
export interface StatedTaxSeen {
  /** Invoices of the newest batches that stated a tax, and whose tax in the books is known. */
  readonly documents: number;
  /** Of these: the books hold another tax. */
  readonly other: number;
}

/** The newest batches are enough: they show how the books behave now. */
const BATCHES = 5;
const DOCUMENTS = 500;

/** Whether the books keep the tax that we state, by what the newest batches came back with. */
export async function statedTaxSeen(sql: Sql, companyId: string, target: string): Promise<StatedTaxSeen> {
  const [seen] = await sql<[StatedTaxSeen]>`
    with recent as (
      select id from batches where company_id = ${companyId} and target = ${target} order by id desc limit ${BATCHES}
    ), taxed as (
      select i.batch_id, i.seq, (d.document->'tax'->>'amount')::bigint as ours
      from recent b join batch_items i on i.batch_id = b.id ${itsDocument(sql)}
      where i.kind = 'invoice' and i.state in ('posted', 'differs') and not d.document ? 'taxMode'
        and (d.document->'tax'->>'amount')::bigint <> 0
      limit ${DOCUMENTS}
    ), held as (
      select i.ours, coalesce(p.receipt->>'tax', p.receipt->'details'->>'tax')::bigint as theirs
      from taxed i ${probe(sql, 'p', sql`select receipt from postings where batch_id = i.batch_id and seq = i.seq`)}
    )
    select count(theirs)::int as documents, count(*) filter (where theirs <> ours)::int as other from held`;
  return seen;
}
