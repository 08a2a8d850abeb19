import { BOOKED_ITEM_STATES, type ItemState, type LedgerRole } from '@ledgerpost/core';
import type { Fragment, Sql } from '../../database/open-store.ts';
import { probe, probeOrNull } from '../../database/probe.ts';
import { itsDocument } from '../items/item-parts.ts';

/** How a batch moved one account, net of what stood there before. Debits are above zero, credits below. */
export interface LedgerEntry {
  readonly role: LedgerRole;
  /** By its full name; null: the books' own account for that role (of a deposit: Undeposited Funds). */
  readonly account: string | null;
  readonly class: string | null;
  /** Minor units. */
  readonly amount: number;
}

/**
 * How the documents of a batch that stand in the books moved its accounts: an update counts with what it changed. The
 * entries total zero. An invoice that a credit memo balances stays in the books beside it. A document that was only marked
 * as being in the books has unknown content, and an update of it counts in full. Where the books compute the tax, theirs counts:
 * `taxDifferenceOf` shows how far it is from ours.
 */
export async function ledgerOf(sql: Sql, batchId: string): Promise<LedgerEntry[]> {
  // What each posting replaced.
  const former = sql`
    ${probe(sql, 'p', sql`select supersedes, kind from postings where batch_id = i.batch_id and seq = i.seq`)}
    ${probe(sql, 'f', sql`select batch_id, seq, receipt from postings where id = p.supersedes and kind = p.kind`)}`;
  return entriesOf(sql, batchId, BOOKED_ITEM_STATES, former);
}

/** How the documents that a batch is about to send would move the accounts, as the person who approves it wants to know. */
export async function expectedLedgerOf(sql: Sql, batchId: string): Promise<LedgerEntry[]> {
  // What each update will replace.
  const standing = sql`
    select f.batch_id, f.seq, f.receipt from postings f
    where f.company_id = i.company_id and f.target = i.target and f.type = i.type and f.record_id = i.record_id
      and f.standing and f.kind = i.kind and i.operation like '%.update'`;
  return entriesOf(sql, batchId, ['ready', 'exported'], probe(sql, 'f', standing));
}

/** @param former joins `f`, the posting that an item of `standing i` replaces */
async function entriesOf(sql: Sql, batchId: string, states: readonly ItemState[], former: Fragment): Promise<LedgerEntry[]> {
  return sql<LedgerEntry[]>`
    with standing as (
      select i.batch_id, i.seq, i.kind, i.type, i.record_id, i.operation, b.company_id, b.target,
        b.settings->'accounts'->>'receivable' as receivable
      from batch_items i join batches b on b.id = i.batch_id
      where i.batch_id = ${batchId} and i.state in ${sql([...states])}
    ), documents as (
      select d.document, 1 as times, i.receivable, p.receipt from standing i ${itsDocument(sql)}
      ${probeOrNull(sql, 'p', sql`select receipt from postings where batch_id = i.batch_id and seq = i.seq`)}
      union all
      select fd.document, -1, i.receivable, f.receipt
      from standing i
      ${former}
      ${probe(sql, 'fd', sql`select document from batch_documents where batch_id = f.batch_id and seq = f.seq`)}
    ), sales as (
      select document, times * case document->>'kind' when 'creditMemo' then -1 else 1 end as times,
        ${theirTaxLessOurs(sql)} as difference
      from documents where document->>'kind' in ('invoice', 'creditMemo')
    ), entries as (
      select 'income' as role, line->'item'->>'account' as account, line->>'class' as class, -times * (line->>'amount')::bigint as amount
      from sales, jsonb_array_elements(document->'lines') line
      union all select 'tax', null, null, -times * (document->'tax'->>'amount')::bigint from sales where document ? 'tax'
      union all select 'receivable', null, null, times * (document->>'total')::bigint from sales
      union all select 'tax', null, null, -times * difference from sales
      union all select 'receivable', null, null, times * difference from sales
      union all select 'deposit', document->>'depositTo', null, times * (document->>'amount')::bigint from documents where document->>'kind' = 'payment'
      union all select 'receivable', null, null, -times * (document->>'amount')::bigint from documents where document->>'kind' = 'payment'
      union all select 'deposit', document->>'depositTo', null, -times * (document->'fee'->>'amount')::bigint from documents where document ? 'fee'
      union all select 'fee', document->'fee'->>'account', null, times * (document->'fee'->>'amount')::bigint from documents where document ? 'fee'
      union all
      select case when line->>'account' = receivable then 'receivable' else 'refund' end,
        case when line->>'account' = receivable then null else line->>'account' end,
        case when line->>'account' = receivable then null else line->>'class' end,
        times * (line->>'amount')::bigint * case line->>'side' when 'debit' then 1 else -1 end
      from documents, jsonb_array_elements(document->'lines') line where document->>'kind' = 'journal'
    )
    select role, account, class, sum(amount)::bigint as amount from entries group by 1, 2, 3 having sum(amount) <> 0
    order by role, account nulls first, class nulls first`;
}

/** The tax that the books computed for the documents of a batch that stand there, less ours, in minor units. Credit memos count below zero. */
export async function taxDifferenceOf(sql: Sql, batchId: string): Promise<number> {
  const [row] = await sql<[{ difference: number }]>`
    select coalesce(sum(case document->>'kind' when 'creditMemo' then -1 else 1 end * ${theirTaxLessOurs(sql)}), 0)::bigint as difference
    from (
      select d.document, p.receipt from batch_items i ${itsDocument(sql)}
      ${probeOrNull(sql, 'p', sql`select receipt from postings where batch_id = i.batch_id and seq = i.seq`)}
      where i.batch_id = ${batchId} and i.state in ${sql(BOOKED_ITEM_STATES)} and i.kind in ('invoice', 'creditMemo')
    ) one`;
  return row.difference;
}

/** Of a row with `document` and `receipt`: zero where the tax is ours. */
function theirTaxLessOurs(sql: Sql) {
  return sql`case when document->>'taxMode' = 'books' and receipt ? 'tax'
    then (receipt->>'tax')::bigint - coalesce((document->'tax'->>'amount')::bigint, 0) else 0 end`;
}
