import { type BatchedRef, COUNTED_ITEM_STATES } from '@ledgerpost/core';
import { eq } from 'drizzle-orm';
import { drizzleOn } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { probe } from '../../database/probe.ts';
import { type BatchTotals, batches, type Count } from '../../schema/index.ts';
import { changeBatch } from './move-batch.ts';
import { sumsOf } from './sums.ts';
import { countStates, documentsPer } from './work-batch.ts';

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
  return { ...counts, ...(await sumsOf(sql, batchId)) };
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

/** The totals of a batch as they were saved last. */
export async function savedTotals(sql: Sql, batchId: string): Promise<BatchTotals | null> {
  const [row] = await drizzleOn(sql).select({ totals: batches.totals }).from(batches).where(eq(batches.id, batchId));
  return row?.totals ?? null;
}

/** Seals the totals into the batch, its counts where followers see them too, and announces it. */
export async function saveTotals(sql: Sql, batchId: string, totals: BatchTotals): Promise<void> {
  const states = sql.json(documentsPer(totals.states));
  const set = sql`totals = ${sql.json(totals as never)}, progress = jsonb_set(progress, '{states}', ${states})`;
  await changeBatch(sql, batchId, set);
}
