import type { BatchedType, Json, Operation } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import type { Range } from './freeze-items.ts';

export interface ExportRow {
  readonly seq: number;
  /** As JSON text: what was hashed is what is stored. */
  readonly payload: string;
  /** Letters, digits, hyphens and underscores, as the key. */
  readonly payloadHash: string;
  readonly key: string;
}

/** Stores payloads, keys and hashes before anything is sent. All that is ready in the range has its row here: the caller exported what was ready, in this very transaction. */
export async function storePayloads(sql: Sql, range: Range, rows: readonly ExportRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into batch_payloads (batch_id, seq, payload, payload_hash, key)
    select ${range.batchId}::uuid, (r->0)::int, r->1, r->>2, r->>3
    from jsonb_array_elements(${`[${rows.map((r) => `[${r.seq},${r.payload},"${r.payloadHash}","${r.key}"]`).join()}]`}::text::jsonb) r
    on conflict (batch_id, seq) do nothing`;
  await sql`
    update batch_items set state = 'exported'
    where batch_id = ${range.batchId} and seq between ${range.fromSeq} and ${range.toSeq} and state = 'ready'`;
}

/** How often the write of each item's record was definitely refused or taken back; 0 where it never was. */
export async function generationsOf(sql: Sql, range: Range): Promise<Map<number, number>> {
  const rows = await sql<{ seq: number; generation: number }[]>`
    select i.seq, g.generation from batch_items i
    join generations g on g.company_id = i.company_id and g.target = i.target and g.type = i.type and g.id = i.record_id
    where i.batch_id = ${range.batchId} and i.seq between ${range.fromSeq} and ${range.toSeq}`;
  return new Map(rows.map((row) => [row.seq, row.generation]));
}

export interface StoredItem {
  readonly seq: number;
  readonly type: BatchedType;
  readonly recordId: string;
  readonly operation: Operation;
  readonly key: string;
  readonly payload: Json;
}

/** The exported items of a range, in order. */
export async function exportedItems(sql: Sql, range: Range): Promise<StoredItem[]> {
  return sql`
    select i.seq, i.type, i.record_id as "recordId", i.operation, p.key, p.payload
    from batch_items i join batch_payloads p using (batch_id, seq)
    where i.batch_id = ${range.batchId} and i.seq between ${range.fromSeq} and ${range.toSeq} and p.seq between ${range.fromSeq} and ${range.toSeq}
      and i.state not in ('rejected', 'blocked', 'claimed', 'frozen', 'ready')
    order by i.seq`;
}
