import type { BatchedRef, Document, Json } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import { probe, probeOrNull } from '../../database/probe.ts';
import type { batchItems } from '../../schema/index.ts';
import { inRange, type Range } from './item-parts.ts';

/** An item whose document goes into a file. */
export type ItemForFile = Readonly<Pick<typeof batchItems.$inferSelect, 'seq' | 'operation'>> & {
  readonly record: BatchedRef;
  /** As it was frozen; null where a payload was stored. */
  readonly document: Document | null;
  /** What batches from before 0.3.0 stored; null where the file itself is the payload. */
  readonly payload: Json | null;
  readonly key: string | null;
};

/** The documents of a range that go into the files, in order. */
export async function itemsForFiles(sql: Sql, range: Range): Promise<ItemForFile[]> {
  return sql`
    select i.seq, i.operation, jsonb_build_object('type', i.type, 'id', i.record_id) as record, w.payload, w.key,
      case when w.key is null then d.document end as document
    from batch_items i
    ${probe(sql, 'd', sql`select document from batch_documents where batch_id = i.batch_id and seq = i.seq`)}
    ${probeOrNull(sql, 'w', sql`select payload, key from batch_payloads where batch_id = i.batch_id and seq = i.seq`)}
    where ${inRange(sql, range)} and i.state not in ('rejected', 'blocked', 'claimed', 'frozen')
    order by i.seq`;
}

/** How many documents of a batch go into its files. */
export async function countForFiles(sql: Sql, batchId: string): Promise<number> {
  return (await countsForFiles(sql, batchId)).documents;
}

/** How many documents of a batch go into its files, and how many problems and notices its new payments among them have. */
export async function countsForFiles(sql: Sql, batchId: string): Promise<{ documents: number; told: number }> {
  const [row] = await sql<[{ documents: number; told: number }]>`
    select count(*)::int as documents,
      coalesce(sum(jsonb_array_length(problems)) filter (where operation = 'payment.insert'), 0)::int as told
    from batch_items where batch_id = ${batchId} and state not in ('rejected', 'blocked', 'claimed', 'frozen')`;
  return row;
}

/** What a range's items were found to be, where they were judged when they were frozen. */
export async function verdictsIn(sql: Sql, range: Range): Promise<{ ready: number; rejected: number; frozen: number }> {
  const [row] = await sql<[{ ready: number; rejected: number; frozen: number }]>`
    select count(*) filter (where i.state = 'ready')::int as ready, count(*) filter (where i.state = 'rejected')::int as rejected,
      count(*) filter (where i.state = 'frozen')::int as frozen
    from batch_items i where ${inRange(sql, range)}`;
  return row;
}
