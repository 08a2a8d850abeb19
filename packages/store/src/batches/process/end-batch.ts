import { type BatchedRef, COUNTED_ITEM_STATES, type ItemState } from '@ledgerpost/core';
import { eq, sql as expression } from 'drizzle-orm';
import { built } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { probe } from '../../database/probe.ts';
import { type BatchTotals, batches, type Count } from '../../schema/index.ts';
import { changeBatch } from './move-batch.ts';
import { sumsOf } from './sums.ts';
import { documentsPer } from './work-batch.ts';

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
  return totalsFrom(sql, batchId, await countItems(sql, batchId), earlier);
}

/** As `totalsOf`, where the items were counted in this very transaction. */
export async function totalsFrom(
  sql: Sql,
  batchId: string,
  counts: ItemCounts,
  earlier?: BatchTotals | null,
): Promise<BatchTotals> {
  const documents = countOf(counts.operations);
  if (earlier && countOf(earlier.operations) === documents) return { ...earlier, ...counts };
  return { ...counts, ...(await sumsOf(sql, batchId, documents)) };
}

const COUNTED: readonly ItemState[] = COUNTED_ITEM_STATES;

/** How many items of a batch are in which state, and of which operation are those that count. */
export type ItemCounts = Pick<BatchTotals, 'operations' | 'states'>;

export async function countItems(sql: Sql, batchId: string): Promise<ItemCounts> {
  const rows = await sql<({ operation: string; state: ItemState } & Count)[]>`
    select operation, state, count(*)::int as documents, sum(amount)::bigint as amount from batch_items
    where batch_id = ${batchId} group by operation, state order by operation, state`;
  const counted = rows.filter(({ state }) => COUNTED.includes(state));
  return { operations: countsBy(counted, 'operation'), states: countsBy(rows, 'state') };
}

function countsBy<By extends string>(rows: readonly (Record<By, string> & Count)[], by: By): Record<string, Count> {
  const counts = new Map<string, Count>();
  for (const row of rows) {
    const { documents, amount } = counts.get(row[by]) ?? { documents: 0, amount: 0 };
    counts.set(row[by], { documents: documents + row.documents, amount: amount + row.amount });
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function countOf(counts: BatchTotals['operations']): number {
  return Object.values(counts).reduce((sum, count) => sum + count.documents, 0);
}

/** The totals of a batch as they were saved last. */
export async function savedTotals(sql: Sql, batchId: string): Promise<BatchTotals | null> {
  const [row] = await totalsOfBatch(sql, { batchId });
  return row?.totals ?? null;
}

const totalsOfBatch = built((database) =>
  database
    .select({ totals: batches.totals })
    .from(batches)
    .where(eq(batches.id, expression.placeholder('batchId'))),
);

/** Seals the totals into the batch, its counts where followers see them too, and announces it. */
export async function saveTotals(sql: Sql, batchId: string, totals: BatchTotals): Promise<void> {
  const states = sql.json(documentsPer(totals.states));
  const set = sql`totals = ${sql.json(totals as never)}, progress = jsonb_set(progress, '{states}', ${states})`;
  await changeBatch(sql, batchId, set);
}
