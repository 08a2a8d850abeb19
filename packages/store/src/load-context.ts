import type { BatchedRecord, BatchedRef, BooksSettings, BuildContext, CompanyFacts, DocumentLimits } from '@ledgerpost/core';
import type { Sql } from './open-store.ts';

export interface ContextOrder {
  readonly company: CompanyFacts;
  readonly settings: BooksSettings;
  readonly delivery: 'files' | 'push';
  readonly limits: DocumentLimits;
  readonly target: string;
  /** The batch that the documents are for; absent: none, as for a page of the unbatched list. */
  readonly batchId?: string | undefined;
  /** Pass the same one for every chunk of a batch: what chunks share is loaded once. */
  readonly cache?: ContextCache | undefined;
}

/** What chunks of one batch share. */
export class ContextCache {}

export interface LoadedContext {
  /** In the order of the refs; a ref that names no record is left out. */
  readonly records: readonly BatchedRecord[];
  readonly context: BuildContext;
}

export async function loadBuildContext(_sql: Sql, _order: ContextOrder, _refs: readonly BatchedRef[]): Promise<LoadedContext> {
  throw new Error('not yet');
}
