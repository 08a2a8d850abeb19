import type { Operation, RecordRef } from '@ledgerpost/core';
import {
  type BatchPlan,
  type Count,
  changedSince,
  claimItems,
  countStates,
  lockCompany,
  type Sql,
  savePlan,
  selectionOf,
  selectionSql,
  type WorkBatch,
} from '@ledgerpost/store';

/**
 * Claims the selected records for the batch, all at once. Safe to repeat: the first claim counts. If the batch was started
 * with a digest and records changed since, nothing is claimed. Run it in a transaction.
 * @returns the plan, and what the batch has
 */
export async function claimDocuments(
  sql: Sql,
  batch: WorkBatch,
  stages: readonly { id: string; name: string; operations: readonly Operation[] }[],
): Promise<{ plan: BatchPlan; claimed: Count; changed: readonly RecordRef[] | null }> {
  // Read behind the lock: another attempt may have claimed all while this one waited.
  const [, known] = await Promise.all([lockCompany(sql, batch.company.id), selectionOf(sql, batch.id)]);
  if (known === undefined) throw new Error(`There is no batch ${batch.id}.`);
  const { selection } = known;
  if (known.plan !== null) {
    const counts = Object.values(await countStates(sql, batch.id));
    const sum = (of: keyof Count) => counts.reduce((all, count) => all + count[of], 0);
    return { plan: known.plan, claimed: { documents: sum('documents'), amount: sum('amount') }, changed: null };
  }
  if (batch.digest !== null) {
    const { changed, refs } = await changedSince(sql, batch.company.id, batch.target, selection, batch.digest);
    if (changed) return { plan: { stages: [], items: 0 }, claimed: { documents: 0, amount: 0 }, changed: refs };
  }
  const { plan, claimed } = await claimItems(sql, {
    batchId: batch.id,
    companyId: batch.company.id,
    target: batch.target,
    stages,
    selected: selectionSql(sql, batch.company.id, batch.target, selection),
    rehearsal: false,
  });
  await savePlan(sql, batch.id, plan);
  return { plan, claimed, changed: null };
}
