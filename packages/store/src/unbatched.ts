import type { BatchedRef, List, ListFilter, Operation, ProblemCode } from '@ledgerpost/core';
import type { Page } from './keyset.ts';
import type { Store } from './open-store.ts';

export type UnbatchedSort = 'date' | '-date' | 'number' | '-number' | 'amount' | '-amount';
export type Readiness = 'ready' | 'waiting' | 'stopped';

export interface UnbatchedRow {
  readonly ref: BatchedRef;
  readonly operation: Operation | null;
  readonly readiness: Readiness;
  readonly reason: ProblemCode | null;
  readonly date: string;
  readonly number: string;
  readonly amount: number;
  /** `name` is the accounting key, else the name; null while the customer was never sent. */
  readonly customer: { readonly id: string; readonly name: string | null } | null;
  readonly department: { readonly id: string; readonly name: string | null } | null;
  readonly revision: number;
}

export interface UnbatchedOrder {
  readonly companyId: string;
  readonly target: string;
  readonly list: List;
  readonly filter: ListFilter;
}

export async function listUnbatched(
  _store: Store,
  _order: UnbatchedOrder & { sort: UnbatchedSort; after?: string | undefined; limit: number },
): Promise<Page<UnbatchedRow>> {
  throw new Error('not yet');
}

export interface UnbatchedTotal {
  readonly operation: Operation | null;
  readonly readiness: Readiness;
  readonly documents: number;
  readonly amount: number;
}

export async function unbatchedTotals(_store: Store, _order: UnbatchedOrder): Promise<readonly UnbatchedTotal[]> {
  throw new Error('not yet');
}
