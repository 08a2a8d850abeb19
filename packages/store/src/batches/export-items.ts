import type { BatchedType, Json, Operation } from '@ledgerpost/core';
import type { Sql } from '../open-store.ts';
import type { Range } from './freeze-items.ts';

export interface ExportRow {
  readonly seq: number;
  readonly payload: Json;
  readonly payloadHash: string;
  readonly key: string;
}

/** Stores payloads, keys and hashes before anything is sent. */
export async function storePayloads(sql: Sql, batchId: string, rows: readonly ExportRow[]): Promise<void> {
  if (rows.length === 0) return;
  const seqs = rows.map((row) => row.seq);
  await sql`
    insert into batch_payloads (batch_id, seq, payload, payload_hash)
    select ${batchId}::uuid, * from unnest(${seqs}::int[], ${rows.map((r) => JSON.stringify(r.payload))}::text[]::jsonb[], ${rows.map((r) => r.payloadHash)}::text[])
    on conflict (batch_id, seq) do nothing`;
  await sql`
    update batch_items i set state = 'exported', key = k.key
    from unnest(${seqs}::int[], ${rows.map((r) => r.key)}::text[]) k (seq, key)
    where i.batch_id = ${batchId} and i.seq = k.seq and i.state = 'ready'`;
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

/** The exported items of a batch in order, a page at a time, from a place on. */
export async function exportedAfter(sql: Sql, batchId: string, afterSeq: number, limit: number): Promise<StoredItem[]> {
  return sql`
    select i.seq, i.type, i.record_id as "recordId", i.operation, i.key, p.payload
    from batch_items i join batch_payloads p using (batch_id, seq)
    where i.batch_id = ${batchId} and i.seq > ${afterSeq} and i.state not in ('rejected', 'blocked', 'claimed', 'frozen', 'ready')
    order by i.seq limit ${limit}`;
}
