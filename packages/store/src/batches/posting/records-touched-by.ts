import type { BatchedRef } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import { probe } from '../../database/probe.ts';
import { inRange, itsOpenRecord, type Range } from '../items/item-parts.ts';

/**
 * The records whose standing must be computed again after items of a range got or lost their postings: their own, the
 * payments on their invoices, and the refunds of their payments.
 * @param options.themselves false where none of the items' own records is open any more
 * @param options.payments false where none of the items is a payment
 */
export async function recordsTouchedBy(
  sql: Sql,
  range: Range,
  seqs: readonly number[] | undefined,
  { themselves, payments = true }: { readonly themselves: boolean; readonly payments?: boolean },
): Promise<BatchedRef[]> {
  const items = sql`(
    select i.company_id, i.target, i.type, i.record_id from batch_items i
    where ${inRange(sql, range)} ${seqs === undefined ? sql`` : sql`and i.seq = any(${[...seqs]}::int[])`}) i`;
  // Left out, and not only false: each of them is planned for a chunk.
  const own = themselves ? sql`select i.type, i.record_id as id from ${items} ${itsOpenRecord(sql)} union` : sql``;
  const refunds = sql`
    union select 'refund', r.id from ${items} ${probe(
      sql,
      'r',
      sql`
      select id from records where company_id = i.company_id and type = 'refund' and parent_id = i.record_id`,
    )}
    where i.type = 'payment'`;
  return sql<BatchedRef[]>`
    ${own} select distinct 'payment' as type, a.payment_id as id from ${items} ${probe(
      sql,
      'a',
      sql`
      select company_id, payment_id from allocations where company_id = i.company_id and invoice_id = i.record_id`,
    )}
    ${probe(
      sql,
      'p',
      sql`
      select from postings
      where company_id = a.company_id and target = i.target and type = 'payment' and record_id = a.payment_id and standing`,
    )}
    where i.type = 'invoice'
    ${payments ? refunds : sql``}`;
}
