import { type AnyTarget, openTarget, type TargetContext } from '@ledgerpost/core';
import { type FindingStatus, type Range, type Store, saveFindings, standingItems, type WorkBatch } from '@ledgerpost/store';
import { postedItems } from '../undoing/undo-documents.ts';
import { keepMerges } from './follow-book-names.ts';

/**
 * Reads what became of a range's documents in the books, and stores what was found. Documents whose posting was superseded or
 * undone since belong to another batch, or to none, and are not read.
 * @throws TargetError
 */
export async function verifyDocuments(
  store: Store,
  target: AnyTarget,
  context: TargetContext,
  batch: WorkBatch,
  range: Range,
  run: number,
): Promise<Record<FindingStatus, number>> {
  if (target.readback.by !== 'target') throw new Error(`The target ${target.id} can’t read documents back.`);
  const counts = { same: 0, changed: 0, gone: 0 };
  const items = await standingItems(store.sql, range);
  if (items.length === 0) return counts;
  const outcomes = await target.readback.read(
    openTarget(target, batch.settings, context),
    await postedItems(store.sql, target, batch, items),
  );
  const missing = items.find((item) => !outcomes.some((outcome) => outcome.seq === item.seq));
  if (missing !== undefined) throw new Error(`The target ${target.id} gave no answer for item ${missing.seq}.`);
  const findings = outcomes.map((outcome) => ({
    seq: outcome.seq,
    status: outcome.status,
    problem: outcome.status === 'same' ? undefined : outcome.problem,
    total: outcome.status === 'gone' ? undefined : outcome.total,
    holds: outcome.status === 'gone' ? undefined : outcome.holds,
  }));
  await store.sql.begin(async (sql) => {
    await keepMerges(sql, batch, outcomes);
    await saveFindings(sql, batch.id, run, findings);
  });
  for (const { status } of outcomes) counts[status]++;
  return counts;
}
