import type { BatchedRef } from '../values/ids.ts';

/**
 * What every document of ours carries in the books: `Ledgerpost invoice 8841`. A person recognizes the document by it, and so does
 * the look-up after a lost reply. Documents in the books carry it, so its spelling never changes.
 */
export function markerOf(record: BatchedRef): string {
  return `Ledgerpost ${record.type} ${record.id}`;
}
