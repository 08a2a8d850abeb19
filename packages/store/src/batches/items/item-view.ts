import type { Document, ItemState, Problem } from '@ledgerpost/core';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../../database/keyset.ts';
import type { Sql, Store } from '../../database/open-store.ts';
import { probeOrNull } from '../../database/probe.ts';
import type { batchAttempts, batchItems, postings } from '../../schema/index.ts';
import { customersOf, type ItemCustomer } from './item-customer.ts';

type Item = typeof batchItems.$inferSelect;
type Posting = typeof postings.$inferSelect;

/** One item of a batch as people see it. Amounts in minor units; `targetTotal` is the total as the target holds it. */
export interface ItemView
  extends Readonly<
    Pick<Item, 'seq' | 'operation' | 'state' | 'number' | 'customerId' | 'amount' | 'externalId' | 'targetTotal'>
  > {
  readonly record: { readonly type: string; readonly id: string };
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

/** The items of a batch, in the order in which they are sent. */
export async function listItems(
  { sql }: Store,
  query: { batchId: string; state?: ItemState | undefined; after?: string | undefined; limit: number },
): Promise<Page<ItemView>> {
  const after = query.after === undefined ? 0 : (decodeCursor(query.after, 'items', ['number'])[0] as number);
  const rows = await sql<ItemView[]>`
    select ${itemColumns(sql)} from batch_items i
    where i.batch_id = ${query.batchId} and i.seq > ${after} ${query.state === undefined ? sql`` : sql`and ${stateOf(sql)} = ${query.state}`}
    order by i.seq limit ${query.limit + 1}`;
  return pageOf(rows, query.limit, (row) => encodeCursor('items', [row.seq]));
}

export async function getItem(sql: Sql, batchId: string, seq: number): Promise<ItemDetails | undefined> {
  const [item] = await sql<(ItemView & Omit<ItemDetails, 'attempts' | 'customer'>)[]>`
    select ${itemColumns(sql)}, p.receipt, p.posted_at as "postedAt", d.document, f.document as former
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
