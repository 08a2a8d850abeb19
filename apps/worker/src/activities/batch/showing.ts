import type { ItemState } from '@ledgerpost/core';
import type { ShownItems } from '@ledgerpost/store';
import type { Shows } from '@ledgerpost/workflows/activities';

/** The states of items that people look for first, once a batch has been checked. */
export const TROUBLED = ['rejected', 'blocked', 'refused', 'conflict', 'differs'] as const satisfies readonly ItemState[];

/** How many of these counts are of items in trouble. */
export function inTrouble(counts: Readonly<Record<string, number | { readonly documents: number } | undefined>>): number {
  return TROUBLED.reduce((sum, state) => {
    const count = counts[state] ?? 0;
    return sum + (typeof count === 'number' ? count : count.documents);
  }, 0);
}

/** The part of a step's result that shows documents: nothing where there are none. */
export function showing(documents: ShownItems | undefined): Shows {
  return documents === undefined || documents.first.length === 0 ? {} : { documents };
}
