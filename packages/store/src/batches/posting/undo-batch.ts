import { type Document, type ItemState, OPEN_STATES, Refusal, STANDING_ITEM_STATES } from '@ledgerpost/core';
import { and, eq, sql as expression, inArray } from 'drizzle-orm';
import { drizzleOn } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { probe, probeOrNull } from '../../database/probe.ts';
import { batches, type Count, postings, type StoredReceipt } from '../../schema/index.ts';
import { inRange, itsDocument, itsPayload, type Range } from '../items/item-parts.ts';
import { moveBatch } from '../process/move-batch.ts';

/**
 * Opens the undo of a batch: only a batch with standing postings, when none of that company and target is open and no
 * newer one has standing postings.
 * @throws Refusal `not-undoable` naming what is in the way | `batch-open`
 */
export async function beginUndo(sql: Sql, undo: { companyId: string; batchId: string; actor: string }): Promise<void> {
  const { id, target, name, state } = batches;
  const ofCompany = eq(batches.companyId, undo.companyId);
  const [batch] = await drizzleOn(sql)
    .select({ target, name, state })
    .from(batches)
    .where(and(eq(id, undo.batchId), ofCompany))
    .for('update');
  if (batch === undefined) throw new Error(`There is no batch ${undo.batchId}.`);
  const [open] = await drizzleOn(sql)
    .select({ id, name, state })
    .from(batches)
    .where(and(ofCompany, eq(target, batch.target), inArray(state, [...OPEN_STATES])));
  if (open !== undefined) {
    throw new Refusal('batch-open', `The batch "${open.name}" is open (${open.state}). Wait until it ends, or cancel it.`, {
      batch: open,
    });
  }
  const standing = await drizzleOn(sql)
    .select({ id: postings.id })
    .from(postings)
    .where(and(eq(postings.batchId, undo.batchId), postings.standing))
    .limit(1);
  if (standing.length === 0) {
    throw new Refusal('not-undoable', `The batch "${batch.name}" has nothing in the books, so there is nothing to undo.`, {
      state: batch.state,
    });
  }
  // Batch ids are UUIDv7: their order is the order in which the batches were started.
  const [newer] = await sql<{ id: string; name: string }[]>`
    select b.id, b.name from batches b
    where b.company_id = ${undo.companyId} and b.target = ${batch.target} and b.id > ${undo.batchId}
      and exists (select from postings p where p.batch_id = b.id and p.standing)
    order by b.id desc limit 1`;
  if (newer !== undefined) {
    throw new Refusal('not-undoable', `The newer batch "${newer.name}" has to be undone first.`, { batch: newer });
  }
  await moveBatch(sql, { batchId: undo.batchId, to: 'undoing', actor: undo.actor });
  await drizzleOn(sql)
    .update(batches)
    .set({ undoCount: expression`${batches.undoCount} + 1`, handedOverAt: null })
    .where(eq(id, undo.batchId));
}

export interface UndoItem {
  readonly seq: number;
  readonly state: ItemState;
  readonly document: Document;
  /** Why an undo left it alone, and what a person does about it; null for others. */
  readonly why: string | null;
}

/** The items of a batch that stand in the books, or stood there before its undo, newest first. */
export async function undoItems(sql: Sql, batchId: string, afterSeq: number | undefined, limit: number): Promise<UndoItem[]> {
  return sql<UndoItem[]>`
    select i.seq, i.state, d.document, case i.state when 'left' then i.problems -> -1 ->> 'message' end as why
    from batch_items i ${itsDocument(sql)}
    where i.batch_id = ${batchId} and i.state in ${sql([...STANDING_ITEM_STATES, 'undone'])}
      ${afterSeq === undefined ? sql`` : sql`and i.seq < ${afterSeq}`}
    order by i.seq desc limit ${limit}`;
}

export interface StandingItem {
  readonly seq: number;
  readonly type: string;
  readonly recordId: string;
  readonly operation: string;
  readonly key: string;
  readonly document: Document;
  readonly externalId: string;
  readonly externalVersion: string | null;
  readonly receipt: StoredReceipt | null;
  readonly batchId: string;
  /** The ids that it was posted with; null: its batch's names have them. */
  readonly ids: Readonly<Record<string, string>> | null;
  /** A person changed it there, and somebody here kept that. */
  readonly theirs?: boolean;
  readonly formerDocument: Document | null;
  readonly formerExternalId: string | null;
  readonly formerExternalVersion: string | null;
  readonly formerReceipt: StoredReceipt | null;
  readonly formerBatchId: string | null;
  readonly formerIds: Readonly<Record<string, string>> | null;
}

/**
 * The standing items of a range, newest first, with what stood before each. Versions are the postings' own: an undone update gave
 * new ones. Where a person's change was kept, nobody has what stood before an update: it was not ours.
 */
export async function standingItems(sql: Sql, range: Range): Promise<StandingItem[]> {
  return sql<StandingItem[]>`
    select i.seq, i.type, i.record_id as "recordId", i.operation, w.key, d.document, p.facts->>'externalId' as "externalId",
      p.facts->>'externalVersion' as "externalVersion", p.receipt, i.batch_id as "batchId", p.facts->'ids' as ids,
      p.facts ? 'theirs' as theirs, fd.document as "formerDocument",
      f.facts->>'externalId' as "formerExternalId", f.facts->>'externalVersion' as "formerExternalVersion",
      f.receipt as "formerReceipt", f.batch_id as "formerBatchId", f.facts->'ids' as "formerIds"
    from batch_items i ${itsDocument(sql)} ${itsPayload(sql)}
    ${probe(
      sql,
      'p',
      sql`
      select facts, receipt, supersedes from postings where batch_id = i.batch_id and seq = i.seq and standing`,
    )}
    ${probeOrNull(
      sql,
      'f',
      sql`
      select facts, receipt, batch_id, seq from postings where id = p.supersedes and not facts ? 'theirs'`,
    )}
    ${probeOrNull(sql, 'fd', sql`select document from batch_documents where batch_id = f.batch_id and seq = f.seq`)}
    where ${inRange(sql, range)} and i.state in ${sql(STANDING_ITEM_STATES)}
    order by i.seq desc`;
}

/** How many items of a range stand in the books, and for how much. */
export async function standingCount(sql: Sql, range: Range): Promise<Count> {
  const [count] = await sql<[Count]>`
    select count(*)::int as documents, coalesce(sum(amount), 0)::bigint as amount from batch_items i
    where ${inRange(sql, range)} and i.state in ${sql(STANDING_ITEM_STATES)}`;
  return count;
}
