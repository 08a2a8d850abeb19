import type { BatchedType, CompanyFacts, Operation, PostedFacts, ProblemCode, RecordRef, SourceRecord } from '@ledgerpost/core';
import type { Store } from './open-store.ts';

export async function putRecords(
  _store: Store,
  _company: CompanyFacts,
  _records: readonly SourceRecord[],
  _actor: string,
): Promise<('taken' | 'unchanged')[]> {
  throw new Error('not yet');
}

/** How a record stands at one of its company's targets. */
export interface RecordStanding {
  readonly target: string;
  /** What the books hold because of it. */
  readonly posted: PostedFacts | undefined;
  /** What it asks for; undefined: nothing. */
  readonly open: OpenFacts | undefined;
}

export interface OpenFacts {
  readonly readiness: 'ready' | 'waiting' | 'stopped';
  readonly operation: Operation | null;
  readonly reason: ProblemCode | null;
  readonly amount: number;
  /** The open batch that has it. */
  readonly claimedBy: string | null;
}

export interface StoredRecord {
  readonly record: SourceRecord;
  readonly revision: number;
  readonly changedAt: Date;
  /** One per enabled target for records that can be batched; else none. */
  readonly standings: readonly RecordStanding[];
}

export async function getRecord(_store: Store, _companyId: string, _ref: RecordRef): Promise<StoredRecord | undefined> {
  throw new Error('not yet');
}
export type { BatchedType };
