import type { Fragment, Sql } from '../../database/open-store.ts';
import { probe, probeOrNull } from '../../database/probe.ts';
import { type Columns, rowsOf } from '../../database/rows-of.ts';

/** Some items of a batch, by their numbers. */
export interface Range {
  readonly batchId: string;
  /** Inclusive. */
  readonly fromSeq: number;
  readonly toSeq: number;
}

/** A range that contains every item of a batch, however many there are. */
export function wholeBatch(batchId: string): Range {
  return { batchId, fromSeq: 1, toSeq: 2 ** 31 - 1 };
}

/** Of an item `i`: it is one of the range. */
export function inRange(sql: Sql, { batchId, fromSeq, toSeq }: Range): Fragment {
  return sql`i.batch_id = ${batchId} and i.seq between ${fromSeq} and ${toSeq}`;
}

/** Of an item `i`: it is one of those. */
export function isOneOf(sql: Sql, batchId: string, seqs: readonly number[]): Fragment {
  return sql`i.batch_id = ${batchId} and i.seq = any(${[...seqs]}::int[])`;
}

/** Joins the frozen `document` and `facts` of an item `i`, as `d`. */
export function itsDocument(sql: Sql): Fragment {
  return probe(sql, 'd', sql`select document, facts from batch_documents where batch_id = i.batch_id and seq = i.seq`);
}

/** Joins the stored `payload` of an item `i` and its `key`, as `w`. */
export function itsPayload(sql: Sql): Fragment {
  return probe(sql, 'w', sql`select payload, key from batch_payloads where batch_id = i.batch_id and seq = i.seq`);
}

/** Joins the posting that an item `i` made, as `p`; nulls where it made none. */
export function itsPosting(sql: Sql): Fragment {
  return probeOrNull(sql, 'p', sql`select * from postings where batch_id = i.batch_id and seq = i.seq`);
}

/** Joins what stands posted for the record of an item `i`, as `p`. */
export function standingOfItsRecord(sql: Sql): Fragment {
  return probe(
    sql,
    'p',
    sql`
    select * from postings
    where company_id = i.company_id and target = i.target and type = i.type and record_id = i.record_id and standing`,
  );
}

/** Joins the open record of an item `i`, as `o`. */
export function itsOpenRecord(sql: Sql): Fragment {
  return probe(
    sql,
    'o',
    sql`
    select ctid from open_records where company_id = i.company_id and target = i.target and type = i.type and id = i.record_id`,
  );
}

/**
 * Values for items of a batch, one row each, to join as `n` on `batch_id` and `seq`. The batch is a column behind
 * `offset 0`, for the reason that `probe` gives: as a constant, it would let Postgres read all of the batch for each row.
 */
export function valuesOfItems<T extends { readonly seq: number }>(
  sql: Sql,
  batchId: string,
  items: readonly T[],
  columns: Columns<T>,
): Fragment {
  return sql`(select ${batchId}::uuid as batch_id, given.* from ${rowsOf(sql, items, { seq: 'int', ...columns })} given offset 0) n`;
}

/**
 * As `valuesOfItems`, as the query `n` of a `with`, for updates of many items `i` that end the state in which they find them; they join by
 * `isThere`. Where they are is looked up by their numbers first. An update that joined by numbers would read all items of all batches
 * for each chunk, as long as the planner holds that to be cheaper than a thousand look-ups: up to some 150,000 items it does.
 */
export function placesOfItems<T extends { readonly seq: number }>(
  sql: Sql,
  batchId: string,
  items: readonly T[],
  columns: Columns<T>,
): Fragment {
  const place = sql`select ctid as place from batch_items where batch_id = ${batchId} and seq = given.seq`;
  return sql`n as materialized (
    select given.*, p.place from ${rowsOf(sql, items, { seq: 'int', ...columns })} given ${probe(sql, 'p', place)})`;
}

/** Of an item `i` and a row `n` of `placesOfItems`: it is that item, and nobody has changed it meanwhile. */
export function isThere(sql: Sql): Fragment {
  return sql`i.ctid = any (array(select place from n)) and i.ctid = n.place`;
}
