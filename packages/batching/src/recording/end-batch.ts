import type { BatchState } from '@ledgerpost/core';
import {
  checkedByBatch,
  documentsPer,
  dropUnsealed,
  lockCompany,
  moveBatch,
  newVerdicts,
  readOrders,
  releaseItems,
  type Sql,
  saveCounts,
  savedTotals,
  saveTotals,
  storeVerdicts,
  totalsOf,
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
}

/**
 * Seals a batch after its push: totals per operation, account, class and tax; the rest goes back to unbatched.
 * Run it in a transaction.
 */
export async function recordBatch(sql: Sql, batch: WorkBatch): Promise<BatchSummary> {
  await lockCompany(sql, batch.company.id);
  await moveBatch(sql, { batchId: batch.id, to: 'recording' });
  const orders = await readOrders(sql, batch.id);
  const states = documentsPer(await sealItems(sql, batch.id));
  const end = endOf(states, orders.cancel);
  await moveBatch(sql, { batchId: batch.id, to: end });
  return { end, states };
}

/** After a push: what was not posted goes back to unbatched, and totals and counts are kept. Run it in a transaction. */
export async function sealItems(sql: Sql, batchId: string): Promise<Awaited<ReturnType<typeof totalsOf>>['states']> {
  await releaseItems(sql, batchId);
  await keepVerdicts(sql, batchId);
  const totals = await totalsOf(sql, batchId, await savedTotals(sql, batchId));
  await saveTotals(sql, batchId, totals);
  return totals.states;
}

/** What the batch kept out needs attention in the unbatched lists, with the settings that the batch started with. */
async function keepVerdicts(sql: Sql, batchId: string): Promise<void> {
  const by = await checkedByBatch(sql, batchId);
  await storeVerdicts(sql, by, await newVerdicts(sql, batchId, by));
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
