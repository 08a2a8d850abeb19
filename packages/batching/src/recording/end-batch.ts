import type { BatchState, ItemState } from '@ledgerpost/core';
import {
  type BatchTotals,
  type CheckedBy,
  checkedByBatch,
  clearedVerdicts,
  countItems,
  documentsPer,
  dropUnsealed,
  holdBatch,
  lockCompany,
  moveBatch,
  moveHeld,
  newVerdicts,
  releaseItems,
  type Sql,
  saveCounts,
  savedTotals,
  saveTotals,
  storeVerdicts,
  totalsFrom,
  type WorkBatch,
} from '@ledgerpost/store';

/** Ends a batch before its push: releases its claims, counts, moves it to its end. Safe to repeat. Run it in a transaction. */
export async function endBatch(
  sql: Sql,
  batch: WorkBatch,
  end: BatchState,
  reason?: { code: string; message: string },
): Promise<BatchSummary> {
  await lockCompany(sql, batch.company.id);
  await releaseItems(sql, batch.id);
  const states = documentsPer(await saveCounts(sql, batch.id));
  await moveBatch(sql, { batchId: batch.id, to: end, reason });
  await dropUnsealed(sql, batch.id);
  return { end, states };
}

export interface BatchSummary {
  readonly end: BatchState;
  /** Documents per item state. */
  readonly states: Readonly<Record<string, number>>;
  /** As they were sealed; absent where nothing was pushed. */
  readonly totals?: BatchTotals;
}

/**
 * Seals a batch after its push: totals per operation, account, class and tax; the rest goes back to unbatched.
 * Run it in a transaction.
 * @param raisesFence whether it fences off pushes, too
 */
export async function recordBatch(sql: Sql, batch: WorkBatch, { raisesFence = false } = {}): Promise<BatchSummary> {
  const batchId = batch.id;
  const [, held] = await Promise.all([lockCompany(sql, batch.company.id), holdBatch(sql, batchId)]);
  if (held.state !== 'recording') await moveHeld(sql, held, { batchId, to: 'recording' });
  const totals = await sealedTotals(sql, batchId, held);
  const states = documentsPer(totals.states);
  const end = endOf(states, held.canceled);
  const also = sql`fence = fence + ${raisesFence ? 1 : 0}::int, totals = ${sql.json(totals as never)}`;
  await moveHeld(sql, { ...held, state: 'recording' }, { batchId, to: end, progress: { done: 0, states }, also });
  return { end, states, totals };
}

/** After a push: what was not posted goes back to unbatched, and totals and counts are kept. Run it in a transaction. */
export async function sealItems(sql: Sql, batchId: string): Promise<void> {
  await saveTotals(sql, batchId, await sealedTotals(sql, batchId, await checkedByBatch(sql, batchId)));
}

const ALL_DONE: readonly string[] = ['posted', 'listed'] satisfies ItemState[];

/** Gives back what was not posted, and returns what the batch adds up to. */
async function sealedTotals(sql: Sql, batchId: string, by: CheckedBy): Promise<BatchTotals> {
  const [earlier, counts] = await Promise.all([savedTotals(sql, batchId), countItems(sql, batchId)]);
  // What is posted lost its claim with that, and is kept out no more.
  if (Object.keys(counts.states).every((state) => ALL_DONE.includes(state))) {
    await storeVerdicts(sql, by, { stopped: [], cleared: await clearedVerdicts(sql, batchId, by) });
    return totalsFrom(sql, batchId, counts, earlier);
  }
  await releaseItems(sql, batchId);
  // What the batch kept out needs attention in the unbatched lists, with the settings that the batch started with.
  await storeVerdicts(sql, by, await newVerdicts(sql, batchId, by));
  return totalsFrom(sql, batchId, await countItems(sql, batchId), earlier);
}

/** `posted` means all of it; a document with another total in the books makes it `posted-in-part`. */
function endOf(states: Readonly<Record<string, number>>, canceled: boolean): BatchState {
  const count = (...names: string[]) => names.reduce((sum, name) => sum + (states[name] ?? 0), 0);
  if (canceled && count('released', 'sending') > 0) return 'canceled';
  const posted = count('posted', 'listed');
  const others = count('rejected', 'blocked', 'refused', 'conflict', 'differs', 'released', 'sending');
  if (others === 0) return posted > 0 ? 'posted' : 'nothing-posted';
  return posted + count('differs') > 0 ? 'posted-in-part' : 'nothing-posted';
}
