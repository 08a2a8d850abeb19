import { type RecordType, refKey, type SourceRecord } from '@ledgerpost/core';
import type { Sql } from '../database/open-store.ts';
import { probe, probeOrNull } from '../database/probe.ts';
import { rowsOf } from '../database/rows-of.ts';
import { API, type Prepared } from '../records/prepare-records.ts';

/** A record that files made, ready to compare and to store. */
export type ImportedRecord = Prepared & { readonly way: string; readonly sourceHash: string; readonly mappingHash: string };

/** What is stored of a record that files made again. */
export interface StoredImported {
  readonly recordHash: string;
  readonly parentId: string | null;
  readonly way: string;
  readonly revision: number;
  readonly sourceHash: string | null;
  readonly mappingHash: string | null;
  /** Only if it differs from what the files made. */
  readonly content: SourceRecord | null;
  /** Something of it is in the books of some target. */
  readonly posted: boolean;
}

/**
 * What would become of a record.
 * - `changed`: it came this way before, with other content
 * - `kept`: another way brought it, and this one doesn't overwrite it
 */
export type ImportOutcome = 'new' | 'changed' | 'unchanged' | 'kept';

/** The stored side of records, by key. */
export async function loadImported(
  sql: Sql,
  companyId: string,
  records: readonly ImportedRecord[],
): Promise<ReadonlyMap<string, StoredImported>> {
  if (records.length === 0) return new Map();
  const rows = await sql<({ type: RecordType; id: string } & StoredImported)[]>`
    select n.type, n.id, r.record_hash as "recordHash", r.parent_id as "parentId", r.way, r.revision,
      r.source_hash as "sourceHash", r.mapping_hash as "mappingHash",
      case when r.record_hash <> n.record_hash then r.content end as content,
      coalesce(p.posted, false) as posted
    from ${rowsOf(sql, records, { type: 'text', id: 'text', recordHash: 'text' })} n
    ${probe(sql, 'r', sql`select * from records where company_id = ${companyId} and type = n.type and id = n.id`)}
    ${probeOrNull(
      sql,
      'p',
      sql`select true as posted from postings
        where company_id = ${companyId} and type = n.type and record_id = n.id and standing limit 1`,
    )}`;
  return new Map(rows.map((row) => [refKey(row), row]));
}

/** Pure, and the same for a check and for an apply. */
export function outcomeOf(made: ImportedRecord, stored: StoredImported | undefined): ImportOutcome {
  if (stored === undefined) return 'new';
  if (stored.recordHash === made.recordHash) return 'unchanged';
  if (stored.way === made.way) return 'changed';
  const isReference = REFERENCES.has(made.type);
  if (stored.way !== API && isReference && stored.content !== null && isFuller(made.record, stored.content)) return 'changed';
  return 'kept';
}

/** Records that others only refer to: two exports of one system both name customers, and the fuller one counts. */
const REFERENCES: ReadonlySet<RecordType> = new Set<RecordType>(['customer', 'department', 'service', 'job']);

function isFuller(one: SourceRecord, other: SourceRecord): boolean {
  const names = Object.keys(other);
  return Object.keys(one).length > names.length && names.every((name) => name in one);
}
