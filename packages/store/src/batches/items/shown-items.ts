import type { BatchedType, ItemState } from '@ledgerpost/core';
import { and, asc, between, eq, ne } from 'drizzle-orm';
import { drizzleOn } from '../../database/drizzle-on.ts';
import type { Fragment, Sql } from '../../database/open-store.ts';
import { probeOrNull } from '../../database/probe.ts';
import { batchFindings } from '../../schema/index.ts';
import { customersOf, type ItemCustomer } from './item-customer.ts';
import { inRange, isOneOf, type Range } from './item-parts.ts';

/** How many documents of a step Temporal gets to know: enough to see what is going on, and some hundred bytes of its history. */
const MOST = 20;

/** A document in a batch by its number there, as Temporal may know it: no name, and no id of the source, which may be a name. */
export interface ShownItem {
  readonly seq: number;
  /** Of the item, or what a verification found of it. */
  readonly state: string;
  /** The code of its first problem; absent: it has none. */
  readonly problem?: string;
}

/** The first documents of a step. */
export interface ShownItems {
  readonly batchId: string;
  readonly first: readonly ShownItem[];
  /** There are others in these states. */
  readonly more: boolean;
}

/** The first items of a range that are in one of these states; where there are few, then those in one of the others. */
export async function shownItems(
  sql: Sql,
  range: Range,
  states: readonly ItemState[],
  others: readonly ItemState[] = [],
): Promise<ShownItems> {
  const among = (wanted: readonly ItemState[]) => firstOf(sql, range, sql`i.state = any(${[...wanted]}::text[])`);
  const found = states.length === 0 ? [] : await among(states);
  return shown(range.batchId, others.length === 0 || found.length > MOST ? found : [...found, ...(await among(others))]);
}

/** The first items of a range that are no longer in the books as they were posted, by what a verification found. */
export async function shownFindings(sql: Sql, range: Range, run: number): Promise<ShownItems> {
  const { batchId, run: ofRun, seq, status } = batchFindings;
  const rows = await drizzleOn(sql)
    .select({ seq, state: status })
    .from(batchFindings)
    .where(and(eq(batchId, range.batchId), eq(ofRun, run), between(seq, range.fromSeq, range.toSeq), ne(status, 'same')))
    .orderBy(asc(seq))
    .limit(MOST + 1);
  return shown(range.batchId, rows);
}

async function firstOf(sql: Sql, range: Range, which: Fragment): Promise<readonly ShownItem[]> {
  const worst = sql`
    select p->>'code' from jsonb_array_elements(i.problems) p order by case p->>'severity' when 'problem' then 0 else 1 end limit 1`;
  const rows = await sql<{ seq: number; state: string; problem: string | null }[]>`
    select i.seq, i.state, (${worst}) as problem from batch_items i
    where ${inRange(sql, range)} and ${which} order by i.seq limit ${MOST + 1}`;
  return rows.map(({ problem, ...row }) => (problem === null ? row : { ...row, problem }));
}

function shown(batchId: string, rows: readonly ShownItem[]): ShownItems {
  return { batchId, first: rows.slice(0, MOST), more: rows.length > MOST };
}

/** What people see of an item that Temporal knows by its number. */
export interface NamedItem {
  readonly seq: number;
  readonly type: BatchedType;
  /** Empty until its document is frozen. */
  readonly number: string;
  /** With today's name and its id in the books; null: the document has none. */
  readonly customer: ItemCustomer | null;
}

/** Items of a batch by their numbers there. Numbers that it doesn't have are left out. */
export async function namedItems(sql: Sql, batchId: string, seqs: readonly number[]): Promise<readonly NamedItem[]> {
  const rows = await sql<{ seq: number; type: BatchedType; number: string; customerId: string | null; name: string | null }[]>`
    select i.seq, i.type, i.number, i.customer_id as "customerId", d.name from batch_items i
    ${probeOrNull(
      sql,
      'd',
      sql`select document -> 'customer' ->> 'name' as name from batch_documents where batch_id = i.batch_id and seq = i.seq`,
    )}
    where ${isOneOf(sql, batchId, seqs)} order by i.seq`;
  const asked = rows.flatMap(({ customerId: id, name }) => (id === null ? [] : [{ id, name }]));
  const customers = await customersOf(sql, batchId, asked);
  return rows.map(({ seq, type, number, customerId }) => ({
    seq,
    type,
    number,
    customer: (customerId !== null && customers.get(customerId)) || null,
  }));
}
