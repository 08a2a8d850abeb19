import type { Document, ItemState, Problem } from '@ledgerpost/core';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../../database/keyset.ts';
import type { Fragment, Sql, Store } from '../../database/open-store.ts';
import { probeOrNull } from '../../database/probe.ts';
import type { batchAttempts, batchItems, postings } from '../../schema/index.ts';
import { patternOf } from '../../standing/filter-sql.ts';
import { customersOf, type ItemCustomer } from './item-customer.ts';

type Item = typeof batchItems.$inferSelect;
type Posting = typeof postings.$inferSelect;

/** One item of a batch as people see it. Amounts in minor units; `targetTotal` is the total as the target holds it. */
export interface ItemView
  extends Readonly<
    Pick<Item, 'seq' | 'operation' | 'state' | 'number' | 'customerId' | 'amount' | 'externalId' | 'targetTotal'>
  > {
  readonly record: { readonly type: string; readonly id: string };
  /** The document's day, YYYY-MM-DD; null until it is frozen. */
  readonly date: string | null;
  /** The customer as the document names it; null until it is frozen, or where it has none. */
  readonly customerName: string | null;
  /** The department that the document had when it was frozen; null before, or where it has none. */
  readonly departmentName: string | null;
  readonly problems: readonly Problem[];
}

/** One time that the call which carries an item was sent. */
export type AttemptView = Readonly<Omit<typeof batchAttempts.$inferSelect, 'round' | 'openSince'>>;

/** One item with all that is known of its way into the books. */
export interface ItemDetails extends ItemView {
  /** The target's answer; null before there is one, and at a target that receives files. */
  readonly receipt: Posting['receipt'];
  readonly postedAt: Date | null;
  /** Null: the document has none. */
  readonly customer: ItemCustomer | null;
  readonly attempts: readonly AttemptView[];
  /** As it was frozen; null before that. */
  readonly document: Document | null;
  /** The document that an update replaced, as it was frozen; null where there is none, or where no batch of ours posted it. */
  readonly former: Document | null;
}

/** The state of an item `i`. Once the files are sealed, what is ready is in them: its row is not written again until it is posted. */
function stateOf(sql: Sql) {
  return sql`case when i.state = 'ready' and (select filed from batches where id = i.batch_id) is not null then 'exported' else i.state end`;
}

/** What people see of an item `i`. */
function itemColumns(sql: Sql) {
  return sql`
    i.seq, jsonb_build_object('type', i.type, 'id', i.record_id) as record, i.operation, ${stateOf(sql)} as state, i.number,
    i.customer_id as "customerId", i.amount, coalesce(i.problems, '[]') as problems, i.external_id as "externalId",
    i.target_total as "targetTotal"`;
}

/** What people see of its frozen document `d`. */
function documentColumns(sql: Sql) {
  return sql`d.document ->> 'date' as date, d.document -> 'customer' ->> 'name' as "customerName",
    d.document -> 'department' ->> 'name' as "departmentName"`;
}

/** What the items of a batch may be sorted by; with a hyphen, the other way round. `seq` is the order in which they are sent. */
const COLUMNS = ['seq', 'date', 'number', 'customer', 'department', 'operation', 'state', 'posted-as', 'amount'] as const;
type Column = (typeof COLUMNS)[number];
export const ITEM_SORTS = COLUMNS.flatMap((column) => [column, `-${column}`] as const);
export type ItemSort = (typeof ITEM_SORTS)[number];

/** The items of a batch, by default in the order in which they are sent. */
export async function listItems(
  { sql }: Store,
  query: {
    batchId: string;
    state?: ItemState | undefined;
    /** In the number or the customer's name on the document. Case does not matter. */
    search?: string | undefined;
    sort?: ItemSort | undefined;
    after?: string | undefined;
    limit: number;
  },
): Promise<Page<ItemView>> {
  const { batchId, state, sort = 'seq', limit } = query;
  const down = sort.startsWith('-');
  const column = sort.replace('-', '') as Column;
  const direction = down ? sql`desc` : sql`asc`;
  const key = keySql(sql, column);
  // Cursors of the order in which they are sent are as they always were.
  const list = sort === 'seq' ? 'items' : `items/${sort}`;
  const rows = await sql<(ItemView & { key: string | number })[]>`
    with page as (
      select i.*, ${key} as key from batch_items i
      where i.batch_id = ${batchId} ${state === undefined ? sql`` : sql`and ${stateOf(sql)} = ${state}`}
        ${searchSql(sql, query.search?.trim() ?? '')}
        ${query.after === undefined ? sql`` : afterSql(sql, column, key, down, decodeCursor(query.after, list, shapesOf(column)))}
      order by ${key} ${direction}, i.seq ${direction} limit ${limit + 1}
    )
    select ${itemColumns(sql)}, ${documentColumns(sql)}, i.key from page i
    ${probeOrNull(sql, 'd', sql`select document from batch_documents where batch_id = i.batch_id and seq = i.seq`)}
    order by i.key ${direction}, i.seq ${direction}`;
  const page = pageOf(rows, limit, (row) => encodeCursor(list, column === 'seq' ? [row.seq] : [row.key, row.seq]));
  return { ...page, rows: page.rows.map(({ key: _, ...row }) => row) };
}

function searchSql(sql: Sql, search: string): Fragment {
  if (search === '') return sql``;
  // Postgres stores no text with a NUL, so no row can match one.
  if (search.includes('\0')) return sql`and false`;
  const pattern = patternOf(search);
  const named = sql`
    select from batch_documents where batch_id = i.batch_id and seq = i.seq and document -> 'customer' ->> 'name' ilike ${pattern}`;
  return sql`and (i.number ilike ${pattern} or exists (${named}))`;
}

/** What the items `i` are sorted by. An item without it comes first. */
function keySql(sql: Sql, column: Column): Fragment {
  const document = sql`select document from batch_documents where batch_id = i.batch_id and seq = i.seq`;
  switch (column) {
    case 'seq':
    case 'number':
    case 'operation':
    case 'amount':
      return sql`i.${sql(column)}`;
    case 'state':
      return stateOf(sql);
    case 'posted-as':
      return sql`coalesce(i.external_id, '')`;
    case 'date':
      return sql`coalesce((${document}) ->> 'date', '')`;
    case 'customer':
      return sql`coalesce((${document}) -> 'customer' ->> 'name', '')`;
    case 'department':
      return sql`coalesce((${document}) -> 'department' ->> 'name', '')`;
    default:
      return column satisfies never;
  }
}

const isNumber = (column: Column) => column === 'amount' || column === 'seq';

function shapesOf(column: Column) {
  return column === 'seq' ? (['number'] as const) : ([isNumber(column) ? 'number' : 'string', 'number'] as const);
}

function afterSql(sql: Sql, column: Column, key: Fragment, down: boolean, parts: readonly (string | number)[]): Fragment {
  const value = isNumber(column) ? sql`${parts[0]!}::int8` : sql`${parts[0]!}::text`;
  return sql`and (${key}, i.seq) ${down ? sql`<` : sql`>`} (${value}, ${parts.at(-1)!}::int)`;
}

export async function getItem(sql: Sql, batchId: string, seq: number): Promise<ItemDetails | undefined> {
  const [item] = await sql<(ItemView & Omit<ItemDetails, 'attempts' | 'customer'>)[]>`
    select ${itemColumns(sql)}, ${documentColumns(sql)}, p.receipt, p.posted_at as "postedAt", d.document, f.document as former
    from batch_items i
    ${probeOrNull(sql, 'p', sql`select receipt, posted_at, supersedes from postings where batch_id = i.batch_id and seq = i.seq`)}
    ${probeOrNull(sql, 'd', sql`select document from batch_documents where batch_id = i.batch_id and seq = i.seq`)}
    -- Before it is posted, an update replaces what stands.
    ${probeOrNull(
      sql,
      'b',
      sql`
      select batch_id, seq from postings
      where id = p.supersedes or (p.supersedes is null and p.posted_at is null and company_id = i.company_id
        and target = i.target and type = i.type and record_id = i.record_id and standing)`,
    )}
    ${probeOrNull(sql, 'f', sql`select document from batch_documents where batch_id = b.batch_id and seq = b.seq`)}
    where i.batch_id = ${batchId} and i.seq = ${seq}`;
  if (item === undefined) return undefined;
  const { customerId: id, document } = item;
  const name = document !== null && 'customer' in document ? (document.customer?.name ?? null) : null;
  const customers = id === null ? undefined : await customersOf(sql, batchId, [{ id, name }]);
  const attempts = await sql<AttemptView[]>`
    select a.request_id as "requestId", a.attempt, a.sent_at as "sentAt", a.ended_at as "endedAt", a.outcome, a.traces
    from batch_calls c join batch_attempts a using (request_id)
    where c.batch_id = ${batchId} and c.seqs @> ${seq}::text::jsonb order by a.sent_at, a.attempt`;
  return { ...item, customer: (id !== null && customers?.get(id)) || null, attempts };
}
