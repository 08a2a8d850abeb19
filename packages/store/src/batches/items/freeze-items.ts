import { type BatchedRef, type Document, type ItemState, type PostedFacts, type Problem, refKey } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import { probe, probeOrNull } from '../../database/probe.ts';
import { rowsOf, SpelledTexts } from '../../database/rows-of.ts';
import type { StoredRecord } from '../../records/context-loader.ts';
import type { batchItems } from '../../schema/index.ts';
import { inRange, isOneOf, isThere, itsDocument, placesOfItems, type Range, standingOfItsRecord } from './item-parts.ts';

type Item = typeof batchItems.$inferSelect;

/** A claimed item with its record as it is now; null where that was deleted. */
export interface ClaimedItem extends Pick<Item, 'seq' | 'operation'> {
  readonly ref: BatchedRef;
  readonly record: StoredRecord | null;
}

/** The claimed items of a range whose documents aren't frozen yet, in order. */
export async function claimedItems(sql: Sql, range: Range): Promise<ClaimedItem[]> {
  const rows = await sql<(Omit<ClaimedItem, 'record'> & BatchedRef & Record<keyof StoredRecord, never>)[]>`
    select i.seq, i.type, i.record_id as id, i.operation, r.content, r.content_hash as "contentHash"
    from batch_items i ${probeOrNull(
      sql,
      'r',
      sql`
      select content, content_hash from records where company_id = i.company_id and type = i.type and id = i.record_id`,
    )}
    where ${inRange(sql, range)} and i.state = 'claimed'
    order by i.seq`;
  return rows.map(({ seq, type, id, operation, content, contentHash }) => ({
    ...{ seq, ref: { type, id }, operation },
    record: content === null ? null : { content, contentHash },
  }));
}

/** What stands posted for the records of a range's claimed items, by `refKey`. */
export async function postedOfClaimed(sql: Sql, range: Range): Promise<ReadonlyMap<string, PostedFacts>> {
  const rows = await sql<(BatchedRef & { facts: PostedFacts })[]>`
    select i.type, i.record_id as id, p.facts from batch_items i ${standingOfItsRecord(sql)}
    where ${inRange(sql, range)} and i.state = 'claimed'`;
  return new Map(rows.map((row) => [refKey(row), row.facts]));
}

export interface Frozen {
  readonly seq: number;
  /** Where it is judged in the same pass: the verdict. Absent: it is `frozen`, and judged later. */
  readonly state?: 'ready' | 'rejected' | undefined;
  readonly document: Document;
  readonly facts: PostedFacts;
  readonly problems: readonly Problem[];
}

/** What an item becomes when its document is frozen. */
type FrozenItem = Readonly<Pick<Item, 'seq' | 'state' | 'number' | 'amount' | 'contentHash' | 'customerId' | 'problems'>>;

/** Frozen documents that wait to be written: as the texts that are stored, and not as the objects that they are. */
export class FrozenItems {
  readonly items: FrozenItem[] = [];
  readonly documents: SpelledTexts;
  readonly facts: SpelledTexts;

  /** @param expected how many there will be at most, if that is known */
  constructor(expected = 8) {
    this.documents = new SpelledTexts(expected * DOCUMENT_BYTES);
    this.facts = new SpelledTexts(expected * FACTS_BYTES);
  }

  add({ seq, state, document, facts, problems }: Frozen): void {
    const { number, amount, contentHash } = facts;
    this.documents.add(JSON.stringify(document));
    this.facts.add(JSON.stringify(facts));
    this.items.push({
      seq,
      state: state ?? 'frozen',
      number,
      amount,
      contentHash,
      customerId: document.customer?.id ?? null,
      problems: problems.length === 0 ? null : [...problems],
    });
  }
}

/** Of an invoice of a few lines, and a little more. */
const DOCUMENT_BYTES = 1_500;
const FACTS_BYTES = 400;

/**
 * Freezes documents into their items. From here on they are what the batch sends, even if the records change.
 * @returns how many; fewer than asked for where another attempt froze them first
 */
export async function freezeItems(sql: Sql, batchId: string, { items, documents, facts }: FrozenItems): Promise<number> {
  if (items.length === 0) return 0;
  const columns = {
    ...({ state: 'many-texts', number: 'many-texts', amount: 'bigint', customerId: 'many-texts' } as const),
    ...({ contentHash: 'many-texts', problems: 'jsonb' } as const),
  };
  const { count } = await sql`
    with ${placesOfItems(sql, batchId, items, columns)}
    update batch_items i set state = n.state, number = n.number, amount = n.amount, customer_id = n.customer_id,
      content_hash = n.content_hash, problems = n.problems
    from n where ${isThere(sql)} and i.state = 'claimed'`;
  // What was only claimed has no document yet, and nobody else can give it one now. To be ready for one that is there takes Postgres a
  // look into the index and a second line of its log for each.
  const unlessFrozen = count === items.length ? sql`` : sql`on conflict (batch_id, seq) do nothing`;
  await sql`
    insert into batch_documents (batch_id, seq, document, facts)
    select ${batchId}::uuid, n.seq, n.document::jsonb, n.facts::jsonb
    from rows from (unnest(${items.map(({ seq }) => seq)}::int[]), ${documents.rows(sql)}, ${facts.rows(sql)}) n (seq, document, facts)
    ${unlessFrozen}`;
  return count;
}

/** Gives up the claim on items that have nothing to send after all, or whose record was deleted. */
export async function dropItems(sql: Sql, batchId: string, seqs: readonly number[]): Promise<BatchedRef[]> {
  if (seqs.length === 0) return [];
  const dropped = await sql<(BatchedRef & Pick<Item, 'companyId' | 'target'>)[]>`
    delete from batch_items i where ${isOneOf(sql, batchId, seqs)} and i.state = 'claimed'
    returning i.company_id as "companyId", i.target, i.type, i.record_id as id`;
  await sql`
    update open_records set claimed_by = null where ctid = any (array(
      select o.ctid
      from ${rowsOf(sql, dropped, { companyId: 'text', target: 'text', type: 'text', id: 'text' })} d ${probe(
        sql,
        'o',
        sql`
        select ctid from open_records
        where company_id = d.company_id and target = d.target and type = d.type and id = d.id and claimed_by = ${batchId}`,
      )}
    ))`;
  return dropped.map(({ type, id }) => ({ type, id }));
}

/** The documents of a range in a state, in order. */
export async function documentsIn(
  sql: Sql,
  range: Range,
  state: ItemState & ('frozen' | 'ready' | 'exported'),
): Promise<{ seq: number; document: Document; problems: Problem[] }[]> {
  return sql`
    select i.seq, d.document, coalesce(i.problems, '[]') as problems
    from batch_items i ${itsDocument(sql)}
    where ${inRange(sql, range)} and i.state = ${state}
    order by i.seq`;
}
