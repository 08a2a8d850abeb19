import type { Operation, RecordRef, Selection } from '@ledgerpost/core';
import {
  type BatchPlan,
  changedSince,
  claimItems,
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
 */
export async function claimDocuments(
  sql: Sql,
  batch: WorkBatch,
  stages: readonly { id: string; name: string; operations: readonly Operation[] }[],
): Promise<{ plan: BatchPlan; changed: readonly RecordRef[] | null }> {
  if (batch.plan !== null) return { plan: batch.plan, changed: null };
  await lockCompany(sql, batch.company.id);
  const selection = (await selectionOf(sql, batch.id)) as Selection;
  if (batch.digest !== null) {
    const { changed, refs } = await changedSince(sql, batch.company.id, batch.target, selection, batch.digest);
    if (changed) return { plan: { stages: [], items: 0 }, changed: refs };
  }
  const plan = await claimItems(sql, {
    batchId: batch.id,
    companyId: batch.company.id,
    target: batch.target,
    stages,
    selected: selectionSql(sql, batch.company.id, batch.target, selection),
    rehearsal: false,
  });
  await savePlan(sql, batch.id, plan);
  return { plan, changed: null };
}
