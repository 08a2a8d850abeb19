import type { BatchedRef, BatchedType, Document, Operation, PostedFacts, Problem } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';

export interface Range {
  readonly batchId: string;
  /** Inclusive. */
  readonly fromSeq: number;
  readonly toSeq: number;
}

/** The claimed items of a range whose documents aren't frozen yet. */
export async function claimedItems(sql: Sql, range: Range): Promise<{ seq: number; ref: BatchedRef; operation: Operation }[]> {
  const rows = await sql<{ seq: number; type: BatchedType; id: string; operation: Operation }[]>`
    select seq, type, record_id as id, operation from batch_items
    where batch_id = ${range.batchId} and seq between ${range.fromSeq} and ${range.toSeq} and state = 'claimed' order by seq`;
  return rows.map((row) => ({ seq: row.seq, ref: { type: row.type, id: row.id }, operation: row.operation }));
}

export interface FrozenItem {
  readonly seq: number;
  readonly document: Document;
  readonly facts: PostedFacts;
  readonly problems: readonly Problem[];
}

/**
 * Freezes documents into their items, which come in order. From here on they are what the batch sends, whatever becomes of
 * the records. Ranges are said twice, here and below: a planner without statistics would read the whole batch for each chunk.
 */
export async function freezeItems(sql: Sql, batchId: string, items: readonly FrozenItem[]): Promise<void> {
  if (items.length === 0) return;
  const seqs = items.map((item) => item.seq);
  // One text instead of an array of texts: neither side has to escape each document.
  await sql`
    insert into batch_documents (batch_id, seq, document, facts)
    select ${batchId}::uuid, (i->0)::int, i->1, i->2
    from jsonb_array_elements(${JSON.stringify(items.map((i) => [i.seq, i.document, i.facts]))}::text::jsonb) i
    on conflict (batch_id, seq) do nothing`;
  await sql`
    update batch_items i set state = 'frozen', number = f.number, amount = f.amount, customer_id = f.customer_id, content_hash = f.content_hash, problems = f.problems::jsonb
    from unnest(${seqs}::int[], ${items.map((i) => i.facts.number)}::text[], ${items.map((i) => i.facts.amount)}::bigint[],
      ${items.map((i) => i.document.customer?.id ?? null)}::text[], ${items.map((i) => i.facts.contentHash)}::text[],
      ${items.map((i) => (i.problems.length === 0 ? null : JSON.stringify(i.problems)))}::text[]) f (seq, number, amount, customer_id, content_hash, problems)
    where i.batch_id = ${batchId} and i.seq between ${seqs[0]!} and ${seqs.at(-1)!} and i.seq = f.seq and i.state = 'claimed'`;
}

/** Gives up the claim on items that turned out to have nothing to send, or whose record went away. */
export async function dropItems(sql: Sql, batchId: string, seqs: readonly number[]): Promise<BatchedRef[]> {
  if (seqs.length === 0) return [];
  const dropped = await sql<{ type: BatchedType; id: string }[]>`
    delete from batch_items where batch_id = ${batchId} and seq = any(${[...seqs]}::int[]) and state = 'claimed' returning type, record_id as id`;
  await sql`
    update open_records o set claimed_by = null from unnest(${dropped.map((d) => d.type)}::text[], ${dropped.map((d) => d.id)}::text[]) d (type, id)
    where o.claimed_by = ${batchId} and o.type = d.type and o.id = d.id`;
  return dropped.map(({ type, id }) => ({ type, id }));
}

/** The documents of a range in a state, in order. */
export async function documentsIn(
  sql: Sql,
  range: Range,
  state: 'frozen' | 'ready' | 'exported',
): Promise<{ seq: number; document: Document; problems: Problem[] }[]> {
  return sql`
    select i.seq, d.document, coalesce(i.problems, '[]') as problems
    from batch_items i join batch_documents d using (batch_id, seq)
    where i.batch_id = ${range.batchId} and i.seq between ${range.fromSeq} and ${range.toSeq} and i.state = ${state}
      and d.seq between ${range.fromSeq} and ${range.toSeq} order by i.seq`;
}
