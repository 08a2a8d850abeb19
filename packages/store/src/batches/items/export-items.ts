import type { Json } from '@ledgerpost/core';
import { and, eq } from 'drizzle-orm';
import { drizzleOn } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { probeOrNull } from '../../database/probe.ts';
import { spelledJson } from '../../database/rows-of.ts';
import { type batchItems, type batchPayloads, generations } from '../../schema/index.ts';
import { inRange, type Range } from './item-parts.ts';

export interface ExportRow {
  readonly seq: number;
  /** As JSON text: what was hashed is what is stored. */
  readonly payload: string;
  /** Letters, digits, hyphens and underscores, as the key. */
  readonly payloadHash: string;
  readonly key: string;
}

/** Stores payloads, keys and hashes before anything is sent. All that is ready in the range has its row here: the caller exported it in this very transaction. */
export async function storePayloads(sql: Sql, range: Range, rows: readonly ExportRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into batch_payloads (batch_id, seq, payload, payload_hash, key)
    select ${range.batchId}::uuid, n.seq, n.payload::jsonb, n.payload_hash, n.key
    from rows from (
      unnest(${rows.map(({ seq }) => seq)}::int[]),
      ${spelledJson(
        sql,
        rows.map(({ payload }) => payload),
      )},
      unnest(${rows.map(({ payloadHash }) => payloadHash)}::text[]),
      unnest(${rows.map(({ key }) => key)}::text[])
    ) n (seq, payload, payload_hash, key)
    on conflict (batch_id, seq) do nothing`;
  await sql`update batch_items i set state = 'exported' where ${inRange(sql, range)} and i.state = 'ready'`;
}

/**
 * What makes the write of each item another one than earlier writes of its record with the same content: how often such a write
 * was definitely refused or undone, and the posting that it replaces. Without the posting, an update back to the content of an
 * earlier update would be that earlier write, and the books would repeat their old answer.
 */
export async function writeNumbersOf(sql: Sql, range: Range): Promise<Map<number, string>> {
  const rows = await sql<{ seq: number; generation: number | null; replaces: number | null }[]>`
    select i.seq, g.generation, p.id as replaces
    from batch_items i ${probeOrNull(
      sql,
      'g',
      sql`
      select generation from generations
      where company_id = i.company_id and target = i.target and type = i.type and id = i.record_id`,
    )} ${probeOrNull(
      sql,
      'p',
      sql`
      select id from postings
      where company_id = i.company_id and target = i.target and type = i.type and record_id = i.record_id and standing`,
    )}
    where ${inRange(sql, range)}`;
  return new Map(
    rows.map(({ seq, generation, replaces }) => [seq, `${generation ?? 0}${replaces === null ? '' : `/${replaces}`}`]),
  );
}

/** Whether any write of a company to a target was ever definitely refused or undone. */
export async function hasGenerations(sql: Sql, companyId: string, target: string): Promise<boolean> {
  const [row] = await drizzleOn(sql)
    .select({ id: generations.id })
    .from(generations)
    .where(and(eq(generations.companyId, companyId), eq(generations.target, target)))
    .limit(1);
  return row !== undefined;
}

/** An exported item with what its write consists of. */
export type StoredItem = Readonly<
  Pick<typeof batchItems.$inferSelect, 'seq' | 'type' | 'recordId' | 'operation'> &
    Pick<typeof batchPayloads.$inferSelect, 'key'> & { payload: Json }
>;
