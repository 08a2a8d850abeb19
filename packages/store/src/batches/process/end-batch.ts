import { type BatchedRef, COUNTED_ITEM_STATES } from '@ledgerpost/core';
import { eq } from 'drizzle-orm';
import { drizzleOn } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { probe } from '../../database/probe.ts';
import { type BatchTotals, batches, type Count } from '../../schema/index.ts';
import { itsDocument } from '../items/item-parts.ts';
import { countStates } from './work-batch.ts';

/**
 * Releases the claims of everything that was not posted; what was posted lost its claim with that. An item in doubt (`sending`) keeps its claim until it is settled.
 * @returns the records whose standing has to be computed again
 */
export async function releaseItems(sql: Sql, batchId: string): Promise<BatchedRef[]> {
  await sql`
    update batch_items
    set claimed = false, state = case when state in ('claimed', 'frozen', 'ready', 'exported') then 'released' else state end
    where batch_id = ${batchId} and claimed and state <> 'sending'`;
  return sql<BatchedRef[]>`
    update open_records set claimed_by = null where ctid = any (array(
      select o.ctid from batch_items i ${probe(
        sql,
        'o',
        sql`
        select ctid from open_records
        where company_id = i.company_id and target = i.target and type = i.type and id = i.record_id and claimed_by = ${batchId}`,
      )}
      where i.batch_id = ${batchId} and i.state not in ('posted', 'listed', 'differs', 'sending')
    )) returning type, id`;
}

/**
 * Sums up what a batch did (or, after validate, would do): only what stands or is ready to go counts, but for `states`.
 * @param earlier sums of the same batch since its validation. None can join what counts after that, so where as many
 *   documents count as did then, they are the same, and need not be read again.
 */
export async function totalsOf(sql: Sql, batchId: string, earlier?: BatchTotals | null): Promise<BatchTotals> {
  const [operations, states] = await Promise.all([operationCounts(sql, batchId), countStates(sql, batchId)]);
  const counts = { operations, states };
  if (earlier && countOf(earlier.operations) === countOf(counts.operations)) return { ...earlier, ...counts };
  const sums = await documentSums(sql, batchId);
  const of = (what: DocumentSum['what']) => sums.filter((sum) => sum.what === what);
  return {
    ...counts,
    tax: of('tax').reduce((tax, { amount }) => tax + amount, 0),
    accounts: summed(of('line').map(({ name, amount }) => [name, amount])),
    classes: summed(of('line').map((line) => [line.class, line.amount])),
    depositAccounts: summed(of('deposit').map(({ name, amount }) => [name, amount])),
  };
}

interface DocumentSum {
  readonly what: 'tax' | 'line' | 'deposit';
  /** An account; '' for none. */
  readonly name: string;
  readonly class: string;
  readonly amount: number;
}

/** What a batch's documents have in them, added up: each document is read once. */
async function documentSums(sql: Sql, batchId: string): Promise<readonly DocumentSum[]> {
  return sql<DocumentSum[]>`
    select part.what, part.name, part.class,
      coalesce(sum(part.amount * case i.kind when 'creditMemo' then -1 else 1 end), 0)::bigint as amount
    from batch_items i ${itsDocument(sql)}
    cross join lateral (
      select 'tax' as what, '' as name, '' as class, (d.document->'tax'->>'amount')::bigint as amount where d.document ? 'tax'
      union all
      select 'line', coalesce(line->'item'->>'account', ''), coalesce(line->>'class', ''), (line->>'amount')::bigint
      from jsonb_array_elements(d.document->'lines') line where i.kind in ('invoice', 'creditMemo')
      union all
      select 'deposit', coalesce(d.document->>'depositTo', ''), '', (d.document->>'amount')::bigint
      where i.kind = 'payment' and d.document->>'operation' = 'payment.insert'
    ) part
    where i.batch_id = ${batchId} and i.state in ${sql(COUNTED_ITEM_STATES)}
    group by 1, 2, 3`;
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
