import { canonicalRecord, canonicalTexts, isBatchedType, type RecordRef, refKey, type SourceRecord } from '@ledgerpost/core';
import { hashOf } from '../database/hash.ts';
import type { Sql } from '../database/open-store.ts';
import { rowsOf } from '../database/rows-of.ts';
import { itsRecord } from './refs.ts';

/** The way of records that the API brought. */
export const API = 'api';

/** A record with what is stored beside it. */
export interface Prepared {
  readonly key: string;
  readonly type: SourceRecord['type'];
  readonly id: string;
  readonly record: SourceRecord;
  /** The record as it is stored, where that was spelled before. */
  readonly json?: string | undefined;
  readonly recordHash: string;
  readonly contentHash: string;
  readonly customerId: string | null;
  readonly parentId: string | null;
  /** How it comes in; absent: by the API. */
  readonly way?: string;
  readonly sourceHash?: string;
  readonly mappingHash?: string;
}

export interface Stored {
  readonly recordHash: string;
  readonly customerId?: string | null;
  readonly parentId: string | null;
  readonly way: string;
}

/** The last of each reference, hashed. */
export function prepareRecords(records: readonly SourceRecord[]): readonly Prepared[] {
  const last = new Map(records.map((record) => [refKey(record), record]));
  return [...last.values()].map((record) => prepareRecord(record));
}

/**
 * A record, hashed: the work that needs no lock, and can be done while others are written.
 * @param json the record's own text, if it came as one: it is stored then, and need not be spelled
 */
export function prepareRecord(record: SourceRecord, json?: string): Prepared {
  const isBatched = isBatchedType(record.type);
  const texts = isBatched ? canonicalTexts(record) : undefined;
  const recordHash = hashOf(texts?.record ?? canonicalRecord(record));
  return {
    key: refKey(record),
    type: record.type,
    id: record.id,
    record,
    json,
    recordHash,
    contentHash: texts === undefined ? recordHash : hashOf(texts.content),
    customerId: ('customerId' in record && record.customerId) || null,
    parentId: parentOf(record),
  };
}

function parentOf(record: SourceRecord): string | null {
  switch (record.type) {
    case 'payment':
      return record.jobId ?? null;
    case 'refund':
      return record.paymentId;
    case 'creditMemo':
      return record.invoiceId ?? null;
    case 'invoice':
    case 'customer':
    case 'department':
    case 'service':
    case 'job':
      return null;
    default:
      return record satisfies never;
  }
}

export async function loadStored(sql: Sql, companyId: string, refs: readonly RecordRef[]): Promise<ReadonlyMap<string, Stored>> {
  const rows = await sql<(RecordRef & Stored)[]>`
    select n.type, n.id, r.record_hash as "recordHash", r.customer_id as "customerId", r.parent_id as "parentId", r.way
    from ${rowsOf(sql, refs, { type: 'many-texts', id: 'many-texts' })} n ${itsRecord(sql, companyId)}`;
  return new Map(rows.map((row) => [refKey(row), row]));
}
