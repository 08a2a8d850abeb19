import { type Money, showMoney } from '@ledgerpost/core';
import type { WorkBatch } from '@ledgerpost/store';

/** Counts for ops to read: `178 documents, $12,345.67`. */
export function inWords(batch: WorkBatch, counts: { documents: number; amount: number }): string {
  return `${counts.documents} document${counts.documents === 1 ? '' : 's'}, ${showMoney(counts.amount as Money, batch.company.currency)}`;
}

/** The sum of counts; absent ones are zero. */
export function sum(counts: readonly ({ documents: number; amount: number } | undefined)[]): {
  documents: number;
  amount: number;
} {
  return counts.reduce<{ documents: number; amount: number }>(
    (all, count) => ({ documents: all.documents + (count?.documents ?? 0), amount: all.amount + (count?.amount ?? 0) }),
    { documents: 0, amount: 0 },
  );
}
