import { type Document, type ItemState, Refusal } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import type { StoredReceipt } from '../../schema/index.ts';
import type { Range } from '../items/freeze-items.ts';
import { moveBatch } from '../process/move-batch.ts';

/**
 * Opens the undo of a batch: only a batch with standing postings, when none of that company and target is open and no
 * newer one has standing postings.
 * @throws Refusal `not-undoable` naming what is in the way | `batch-open`
 */
export async function beginUndo(sql: Sql, undo: { companyId: string; batchId: string; actor: string }): Promise<void> {
  const [batch] = await sql<{ target: string; name: string; state: string }[]>`
    select target, name, state from batches where id = ${undo.batchId} and company_id = ${undo.companyId} for update`;
  if (batch === undefined) throw new Error(`There is no batch ${undo.batchId}.`);
  const [open] = await sql<{ id: string; name: string; state: string }[]>`
    select id, name, state from batches where company_id = ${undo.companyId} and target = ${batch.target}
      and state in ('selecting', 'validating', 'exporting', 'awaiting-approval', 'pushing', 'held', 'recording', 'undoing')`;
  if (open !== undefined) {
    throw new Refusal('batch-open', `The batch "${open.name}" is open (${open.state}). Wait until it ends, or cancel it.`, {
      batch: open,
    });
  }
  const [standing] = await sql`select id from postings where batch_id = ${undo.batchId} and standing limit 1`;
  if (standing === undefined) {
    throw new Refusal('not-undoable', `The batch "${batch.name}" has nothing in the books: there is nothing to take back.`, {
      state: batch.state,
    });
  }
  // Batch ids are UUIDv7: their order is the order in which the batches were started.
  const [newer] = await sql<{ id: string; name: string }[]>`
    select b.id, b.name from batches b where b.company_id = ${undo.companyId} and b.target = ${batch.target} and b.id > ${undo.batchId}
      and exists (select from postings p where p.batch_id = b.id and p.standing) order by b.id desc limit 1`;
  if (newer !== undefined) {
    throw new Refusal('not-undoable', `The newer batch "${newer.name}" has to be undone first.`, { batch: newer });
  }
  await moveBatch(sql, { batchId: undo.batchId, to: 'undoing', actor: undo.actor });
  await sql`update batches set undo_count = undo_count + 1, handed_over_at = null where id = ${undo.batchId}`;
}

export interface UndoItem {
  readonly seq: number;
  readonly state: ItemState;
  readonly document: Document;
  /** Of one that an undo left alone: why, and what a person does about it. */
  readonly why: string | null;
}

/** The items of a batch that stand in the books, or stood there before its undo, newest first. */
export async function undoItems(sql: Sql, batchId: string, afterSeq: number | undefined, limit: number): Promise<UndoItem[]> {
  return sql<UndoItem[]>`
    select i.seq, i.state, d.document, case i.state when 'left' then i.problems -> -1 ->> 'message' end as why from batch_items i join batch_documents d using (batch_id, seq)
    where i.batch_id = ${batchId} and i.state in ('posted', 'listed', 'differs', 'left', 'undone') ${afterSeq === undefined ? sql`` : sql`and i.seq < ${afterSeq}`}
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
  /** A person changed it there, and somebody here kept that. */
  readonly theirs?: boolean;
  readonly formerDocument: Document | null;
  readonly formerExternalId: string | null;
  readonly formerExternalVersion: string | null;
  readonly formerReceipt: StoredReceipt | null;
}

/**
 * The standing items of a range, newest first, with what stood before each. Versions are the postings' own: an undone update gave
 * new ones. Where a person's change was kept, nobody has what stood before an update: it was not ours.
 */
export async function standingItems(sql: Sql, range: Range): Promise<StandingItem[]> {
  return sql<StandingItem[]>`
    select i.seq, i.type, i.record_id as "recordId", i.operation, w.key, d.document, p.facts->>'externalId' as "externalId", p.facts->>'externalVersion' as "externalVersion",
      p.receipt, p.facts ? 'theirs' as theirs, fd.document as "formerDocument", f.facts->>'externalId' as "formerExternalId",
      f.facts->>'externalVersion' as "formerExternalVersion", f.receipt as "formerReceipt"
    from batch_items i join batch_documents d using (batch_id, seq) join batch_payloads w using (batch_id, seq)
    join postings p on p.batch_id = i.batch_id and p.seq = i.seq and p.standing
    left join postings f on f.id = p.supersedes and not f.facts ? 'theirs'
    left join batch_documents fd on fd.batch_id = f.batch_id and fd.seq = f.seq
    where i.batch_id = ${range.batchId} and i.seq between ${range.fromSeq} and ${range.toSeq} and i.state in ('posted', 'listed', 'differs', 'left')
    order by i.seq desc`;
}

/** How many items of a range stand in the books, and for how much. */
export async function standingCount(sql: Sql, range: Range): Promise<{ documents: number; amount: number }> {
  const [row] = await sql<{ documents: number; amount: number }[]>`
    select count(*)::int as documents, coalesce(sum(amount), 0)::bigint as amount from batch_items
    where batch_id = ${range.batchId} and seq between ${range.fromSeq} and ${range.toSeq} and state in ('posted', 'listed', 'differs', 'left')`;
  return { documents: row?.documents ?? 0, amount: Number(row?.amount ?? 0) };
}
