import type { List, Operation, ProblemCode, RecordRef, Selection } from '@ledgerpost/core';
import type postgres from 'postgres';
import type { Sql } from './open-store.ts';
import type { Readiness } from './unbatched.ts';

/** A piece of SQL to put into another statement. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** `select company_id, target, type, id, list, operation, readiness, date, number, amount, customer_id, department_id, revision from open_records …`, for use as a subquery. */
export function selectionSql(_sql: Sql, _companyId: string, _target: string, _selection: Selection): Fragment {
  throw new Error('not yet');
}

export interface SelectionCount {
  readonly list: List;
  readonly operation: Operation | null;
  readonly readiness: Readiness;
  readonly reason: ProblemCode | null;
  /** Whether a batch of this selection takes them; false for what is stopped, or waits in vain. */
  readonly selected: boolean;
  readonly documents: number;
  readonly amount: number;
}

export async function selectionCounts(
  _sql: Sql,
  _companyId: string,
  _target: string,
  _selection: Selection,
): Promise<readonly SelectionCount[]> {
  throw new Error('not yet');
}

export interface PaymentWithoutInvoice {
  readonly payment: { readonly id: string; readonly number: string };
  readonly invoice: { readonly id: string; readonly number: string };
}

export async function paymentsWithoutInvoices(
  _sql: Sql,
  _companyId: string,
  _target: string,
  _selection: Selection,
  _limit = 100,
): Promise<{ readonly count: number; readonly pairs: readonly PaymentWithoutInvoice[] }> {
  throw new Error('not yet');
}

export async function selectionDigest(_sql: Sql, _companyId: string, _target: string, _selection: Selection): Promise<string> {
  throw new Error('not yet');
}

export async function changedSince(
  _sql: Sql,
  _companyId: string,
  _target: string,
  _selection: Selection,
  _digest: string,
  _limit = 100,
): Promise<{ readonly changed: boolean; readonly refs: readonly RecordRef[] }> {
  throw new Error('not yet');
}
