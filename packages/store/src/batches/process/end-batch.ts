import { type BatchedRef, COUNTED_ITEM_STATES } from '@ledgerpost/core';
import { eq } from 'drizzle-orm';
import { drizzleOn } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { type BatchTotals, batches, type Count } from '../../schema/index.ts';
import { itsDocument } from '../items/item-parts.ts';
import { countStates } from './work-batch.ts';

/**
 * Releases the claims of everything that was not posted. An item in doubt (`sending`) keeps its claim until it is settled.
 * @returns the records whose standing has to be computed again
 */
export async function releaseItems(sql: Sql, batchId: string): Promise<BatchedRef[]> {
  await sql`
    update batch_items
    set claimed = false, state = case when state in ('claimed', 'frozen', 'ready', 'exported') then 'released' else state end
    where batch_id = ${batchId} and claimed and state <> 'sending'`;
  return sql<BatchedRef[]>`
    update open_records o set claimed_by = null
    where o.claimed_by = ${batchId}
      and (o.type, o.id) not in (select type, record_id from batch_items where batch_id = ${batchId} and state = 'sending')
    returning o.type, o.id`;
}

/**
 * Sums up what a batch did (or, after validate, would do): only what stands or is ready to go counts, but for `states`.
 * @param earlier sums of the same batch since its validation. None can join what counts after that, so where as many
 *   documents count as did then, they are the same, and need not be read again.
 */
export async function totalsOf(sql: Sql, batchId: string, earlier?: BatchTotals | null): Promise<BatchTotals> {
  const counts = { operations: await operationCounts(sql, batchId), states: await countStates(sql, batchId) };
  if (earlier && countOf(earlier.operations) === countOf(counts.operations)) return { ...earlier, ...counts };
  const documents = sql`(
    select i.kind, d.document from batch_items i ${itsDocument(sql)}
    where i.batch_id = ${batchId} and i.state in ${sql(COUNTED_ITEM_STATES)}) d`;
  const [tax] = await sql<[{ tax: number }]>`
    select coalesce(sum((document->'tax'->>'amount')::bigint * case kind when 'creditMemo' then -1 else 1 end), 0)::bigint as tax
    from ${documents} where document ? 'tax'`;
  const lines = await sql<{ account: string; class: string; amount: number }[]>`
    select coalesce(line->'item'->>'account', '') as account, coalesce(line->>'class', '') as class,
      sum((line->>'amount')::bigint * case kind when 'creditMemo' then -1 else 1 end)::bigint as amount
    from ${documents}, jsonb_array_elements(document->'lines') line where kind in ('invoice', 'creditMemo') group by 1, 2`;
  const deposits = await sql<{ account: string; amount: number }[]>`
    select coalesce(document->>'depositTo', '') as account, sum((document->>'amount')::bigint)::bigint as amount
    from ${documents} where kind = 'payment' and document->>'operation' = 'payment.insert' group by 1`;
  return {
    ...counts,
    tax: tax.tax,
    accounts: summed(lines.map((line) => [line.account, line.amount])),
    classes: summed(lines.map((line) => [line.class, line.amount])),
    depositAccounts: summed(deposits.map((deposit) => [deposit.account, deposit.amount])),
  };
}

async function operationCounts(sql: Sql, batchId: string): Promise<Record<string, Count>> {
  const rows = await sql<({ operation: string } & Count)[]>`
    select operation, count(*)::int as documents, sum(amount)::bigint as amount from batch_items
    where batch_id = ${batchId} and state in ${sql(COUNTED_ITEM_STATES)} group by operation order by operation`;
  return Object.fromEntries(rows.map(({ operation, documents, amount }) => [operation, { documents, amount }]));
}

function countOf(counts: BatchTotals['operations']): number {
  return Object.values(counts).reduce((sum, count) => sum + count.documents, 0);
}

function summed(pairs: readonly (readonly [string, number])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, amount] of pairs) sums[name] = (sums[name] ?? 0) + amount;
  return Object.fromEntries(Object.entries(sums).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The totals of a batch as they were saved last. */
export async function savedTotals(sql: Sql, batchId: string): Promise<BatchTotals | null> {
  const [row] = await drizzleOn(sql).select({ totals: batches.totals }).from(batches).where(eq(batches.id, batchId));
  return row?.totals ?? null;
}

/** Seals the totals into the batch. */
export async function saveTotals(sql: Sql, batchId: string, totals: BatchTotals): Promise<void> {
  await drizzleOn(sql).update(batches).set({ totals }).where(eq(batches.id, batchId));
}
