import type { BatchedRef, BooksSettings, RecordRef } from '@ledgerpost/core';
import type { Sql } from './open-store.ts';

/** One company's dealings with one target, as far as they decide what a record asks for. */
export interface StandingScope {
  readonly companyId: string;
  readonly target: string;
  readonly delivery: 'files' | 'push';
  readonly settings: BooksSettings;
  readonly currency: string;
}

export async function refreshStanding(
  _sql: Sql,
  _scope: StandingScope,
  _refs: readonly BatchedRef[],
  _options: { dependents?: boolean } = {},
): Promise<void> {
  throw new Error('not yet');
}

export async function withDependents(_sql: Sql, _companyId: string, _refs: readonly RecordRef[]): Promise<readonly BatchedRef[]> {
  throw new Error('not yet');
}
