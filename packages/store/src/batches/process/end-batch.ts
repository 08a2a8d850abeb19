import type { BatchedRef, BatchedType } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import type { BatchTotals } from '../../schema/index.ts';

/**
 * Releases the claims of everything that was not posted. An item in doubt (`sending`) keeps its claim until it is settled.
 * @returns the records whose standing has to be asked for again
 */
export async function releaseItems(sql: Sql, batchId: string): Promise<BatchedRef[]> {
  await sql`
    update batch_items set claimed = false, state = case when state in ('claimed', 'frozen', 'ready', 'exported') then 'released' else state end
    where batch_id = ${batchId} and claimed and state <> 'sending'`;
  const rows = await sql<{ type: BatchedType; id: string }[]>`
    update open_records o set claimed_by = null
    where o.claimed_by = ${batchId}
      and (o.type, o.id) not in (select type, record_id from batch_items where batch_id = ${batchId} and state = 'sending')
    returning o.type, o.id`;
  return rows.map(({ type, id }) => ({ type, id }));
}

/**
 * Sums up what a batch did (or, after validate, would do): only what stands or is ready to go counts, but for `states`.
 * @param earlier sums of the same batch since its validation. None can join what counts after that, so where as many
 *   documents count as did then, they are the same, and need not be read again.
 */
export async function totalsOf(sql: Sql, batchId: string, earlier?: BatchTotals | null): Promise<BatchTotals> {
  const counted = sql`('ready', 'exported', 'sending', 'posted', 'listed', 'differs')`;
  const operations = await sql<{ operation: string; documents: number; amount: number }[]>`
    select operation, count(*)::int as documents, sum(amount)::bigint as amount from batch_items
    where batch_id = ${batchId} and state in ${counted} group by operation order by operation`;
  const states = await sql<{ state: string; documents: number; amount: number }[]>`
    select state, count(*)::int as documents, sum(amount)::bigint as amount from batch_items where batch_id = ${batchId} group by state order by state`;
  const counts = {
    operations: Object.fromEntries(operations.map((o) => [o.operation, { documents: o.documents, amount: Number(o.amount) }])),
    states: Object.fromEntries(states.map((s) => [s.state, { documents: s.documents, amount: Number(s.amount) }])),
  };
  if (earlier && countOf(earlier.operations) === countOf(counts.operations)) return { ...earlier, ...counts };
  const documents = sql`(select i.kind, d.document from batch_items i join batch_documents d using (batch_id, seq) where i.batch_id = ${batchId} and i.state in ${counted})`;
  const [tax] = await sql<{ tax: number }[]>`
    select coalesce(sum((document->'tax'->>'amount')::bigint * case kind when 'creditMemo' then -1 else 1 end), 0)::bigint as tax
    from ${documents} d where document ? 'tax'`;
  const lines = await sql<{ account: string; class: string; amount: number }[]>`
    select coalesce(line->'item'->>'account', '') as account, coalesce(line->>'class', '') as class,
      sum((line->>'amount')::bigint * case kind when 'creditMemo' then -1 else 1 end)::bigint as amount
    from ${documents} d, jsonb_array_elements(document->'lines') line where kind in ('invoice', 'creditMemo') group by 1, 2`;
  const deposits = await sql<{ account: string; amount: number }[]>`
    select coalesce(document->>'depositTo', '') as account, sum((document->>'amount')::bigint)::bigint as amount
    from ${documents} d where kind = 'payment' and document->>'operation' = 'payment.insert' group by 1`;
  return {
    ...counts,
    tax: Number(tax?.tax ?? 0),
    accounts: summed(lines.map((line) => [line.account, Number(line.amount)])),
    classes: summed(lines.map((line) => [line.class, Number(line.amount)])),
    depositAccounts: summed(deposits.map((d) => [d.account, Number(d.amount)])),
  };
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
  const [row] = await sql<{ totals: BatchTotals | null }[]>`select totals from batches where id = ${batchId}`;
  return row?.totals ?? null;
}

/** Seals the totals into the batch. */
export async function saveTotals(sql: Sql, batchId: string, totals: BatchTotals): Promise<void> {
  await sql`update batches set totals = ${sql.json(totals as never)} where id = ${batchId}`;
}
