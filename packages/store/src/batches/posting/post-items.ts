import type { BatchedRef, ItemState, PostedFacts, Problem, Receipt } from '@ledgerpost/core';
import { drizzleOn, isAnyOf } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { probe, probeOrNull } from '../../database/probe.ts';
import { postings, type StoredReceipt } from '../../schema/index.ts';
import { inRange, isOneOf, itsDocument, itsOpenRecord, type Range, valuesOfItems } from '../items/item-parts.ts';
import { recordsTouchedBy } from './records-touched-by.ts';

export interface Posted {
  readonly seq: number;
  readonly receipt: Receipt;
  /** What the posting keeps otherwise than it was frozen with the document. */
  readonly facts?: Partial<PostedFacts> | undefined;
  /** What somebody should look at, though the document is in the books. */
  readonly warnings?: readonly Problem[] | undefined;
  /** The books hold another total than ours: the posting stands, the item's state is `differs`. */
  readonly differs?: Problem | undefined;
}

/**
 * Writes postings for the exported items of a range, in the same transaction as their outcome. Without receipts (a file
 * target) all of the range; with them those named. A former posting of the record is superseded, and kept.
 * @param from the states that items are posted from
 * @returns the records whose standing has to be computed again, dependents included
 */
export async function postItems(
  sql: Sql,
  range: Range,
  receipts?: readonly Posted[],
  from: readonly ItemState[] = ['exported', 'sending'],
): Promise<BatchedRef[]> {
  const items = await itemsToPost(sql, range, receipts, from);
  await supersede(sql, items);
  await insertPostings(sql, range.batchId, items, from);
  const posted =
    receipts === undefined ? await finishFiled(sql, range, items, from) : await finishItems(sql, range.batchId, items, from);
  const closed = await closeOpenRecords(sql, range.batchId, posted);
  if (closed < posted.length) await releaseOpenRecords(sql, range.batchId, posted);
  const asked = receipts?.map(({ seq }) => seq);
  const allClosed = closed === (asked?.length ?? range.toSeq - range.fromSeq + 1);
  return recordsTouchedBy(sql, range, asked, { themselves: !allClosed });
}

/** An item that is about to be posted, with the posting before it and what the target answered. */
interface ItemToPost {
  readonly seq: number;
  readonly superseded: number | null;
  readonly externalId?: string | undefined;
  readonly externalVersion?: string | undefined;
  readonly total?: number | undefined;
  readonly facts?: Partial<PostedFacts> | undefined;
  readonly receipt?: StoredReceipt | undefined;
  readonly differs: boolean;
  /** Problems and notices that its document did not have before. */
  readonly problems?: readonly Problem[] | undefined;
}

async function itemsToPost(
  sql: Sql,
  range: Range,
  receipts: readonly Posted[] | undefined,
  from: readonly ItemState[],
): Promise<ItemToPost[]> {
  const asked = receipts === undefined ? sql`` : sql`and i.seq = any(${receipts.map(({ seq }) => seq)}::int[])`;
  const items = await sql<{ seq: number; superseded: number | null }[]>`
    select i.seq, p.id as superseded
    from batch_items i ${probeOrNull(
      sql,
      'p',
      sql`
      select id from postings
      where company_id = i.company_id and target = i.target and type = i.type and record_id = i.record_id and standing`,
    )}
    where ${inRange(sql, range)} and i.state in ${sql(from)} ${asked}
    order by i.seq`;
  const answers = new Map(receipts?.map((posted) => [posted.seq, posted]));
  return items.map((item) => {
    const posted = answers.get(item.seq);
    if (posted === undefined) return { ...item, differs: false };
    const { receipt, warnings = [], differs } = posted;
    const problems = differs === undefined ? warnings : [...warnings, differs];
    return {
      ...item,
      externalId: receipt.externalId,
      externalVersion: receipt.externalVersion,
      total: receipt.total,
      facts: posted.facts,
      receipt: keptReceipt(receipt),
      differs: differs !== undefined,
      problems: problems.length === 0 ? undefined : problems,
    };
  });
}

/** Id and version are among the posting's facts. */
function keptReceipt({ number, total, tax, details }: Receipt): StoredReceipt {
  return {
    ...(number === undefined ? {} : { number }),
    ...(total === undefined ? {} : { total }),
    ...(tax === undefined ? {} : { tax }),
    ...(details === undefined ? {} : { details }),
  };
}

async function supersede(sql: Sql, items: readonly ItemToPost[]): Promise<void> {
  const ids = items.flatMap(({ superseded }) => superseded ?? []);
  if (ids.length > 0) await drizzleOn(sql).update(postings).set({ standing: false }).where(isAnyOf(postings.id, ids));
}

async function insertPostings(
  sql: Sql,
  batchId: string,
  items: readonly ItemToPost[],
  from: readonly ItemState[],
): Promise<void> {
  const ids = { superseded: 'bigint', externalId: 'text', externalVersion: 'text' } as const;
  const columns = { ...ids, receipt: 'jsonb', facts: 'jsonb' } as const;
  await sql`
    insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, batch_id, seq, supersedes,
      posted_by, receipt)
    select i.company_id, i.target, i.type, i.record_id, true, i.kind, i.number, i.amount,
      d.facts || coalesce(n.facts, '{}') ||
        jsonb_strip_nulls(jsonb_build_object('externalId', n.external_id, 'externalVersion', n.external_version)),
      i.batch_id, i.seq, n.superseded, (select started_by from batches where id = ${batchId}), n.receipt
    from ${valuesOfItems(sql, batchId, items, columns)}
    ${probe(sql, 'i', sql`select * from batch_items where batch_id = n.batch_id and seq = n.seq`)}
    ${itsDocument(sql)}
    where i.state in ${sql(from)}`;
}

/** What goes into files has no answer: only their states change. By the range, so that a large chunk reads no others. */
async function finishFiled(sql: Sql, range: Range, items: readonly ItemToPost[], from: readonly ItemState[]): Promise<number[]> {
  const rows = await sql<{ seq: number }[]>`
    update batch_items i set state = case when i.operation = 'warning.list' then 'listed' else 'posted' end, claimed = false
    where ${inRange(sql, range)} and i.seq = any(${items.map(({ seq }) => seq)}::int[]) and i.state in ${sql(from)}
    returning i.seq`;
  return rows.map(({ seq }) => seq);
}

async function finishItems(
  sql: Sql,
  batchId: string,
  items: readonly ItemToPost[],
  from: readonly ItemState[],
): Promise<number[]> {
  const columns = { externalId: 'text', externalVersion: 'text', total: 'bigint', differs: 'bool', problems: 'jsonb' } as const;
  const rows = await sql<{ seq: number }[]>`
    update batch_items i set state = case when n.differs then 'differs' else 'posted' end, claimed = false,
      external_id = n.external_id, external_version = n.external_version, target_total = n.total,
      problems = case when n.problems is null then i.problems else coalesce(i.problems, '[]') || n.problems end
    from ${valuesOfItems(sql, batchId, items, columns)}
    where i.batch_id = n.batch_id and i.seq = n.seq and i.state in ${sql(from)}
    returning i.seq`;
  return rows.map(({ seq }) => seq);
}

/**
 * Removes the open records whose very content was posted, which is the ordinary end. Those of payments stay: what they
 * may be applied to can have changed with this batch.
 * @returns how many
 */
async function closeOpenRecords(sql: Sql, batchId: string, seqs: readonly number[]): Promise<number> {
  const closed = await sql`
    delete from open_records where ctid = any (array(
      select o.ctid from batch_items i ${itsOpenRecord(sql)} ${probe(
        sql,
        'r',
        sql`
        select content_hash from records where company_id = i.company_id and type = i.type and id = i.record_id`,
      )}
      where ${isOneOf(sql, batchId, seqs)} and i.type <> 'payment' and r.content_hash = i.content_hash
    ))`;
  return closed.count;
}

async function releaseOpenRecords(sql: Sql, batchId: string, seqs: readonly number[]): Promise<void> {
  await sql`
    update open_records set claimed_by = null where ctid = any (array(
      select o.ctid from batch_items i ${itsOpenRecord(sql)} where ${isOneOf(sql, batchId, seqs)}
    ))`;
}
