import { formatMoney, type Money } from '@ledgerpost/core';
import type { WorkBatch } from '@ledgerpost/store';

/** A sum for ops to read: `178 documents, 12,345.67 USD`. */
export function say(batch: WorkBatch, counts: { documents: number; amount: number }): string {
  return `${counts.documents} document${counts.documents === 1 ? '' : 's'}, ${formatMoney(counts.amount as Money, batch.company.currency)} ${batch.company.currency}`;
}
