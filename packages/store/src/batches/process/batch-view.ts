import type { BatchState, ItemState, Operation, Problem } from '@ledgerpost/core';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../../database/keyset.ts';
import type { Sql, Store } from '../../database/open-store.ts';
import type { BatchPlan, BatchProgress, BatchTotals } from '../../schema/index.ts';

/** One batch as people see it. */
export interface BatchView {
  readonly id: string;
  readonly companyId: string;
  readonly target: string;
  readonly name: string;
  readonly state: BatchState;
  /** Rises with every change: pass it back to wait for the next. */
  readonly version: number;
  readonly plan: BatchPlan | null;
  readonly progress: BatchProgress;
  readonly totals: BatchTotals | null;
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly startedBy: string;
  readonly startedAt: Date;
  /** Null while Temporal has not taken the batch yet. */
  readonly handedOverAt: Date | null;
  readonly endedAt: Date | null;
  readonly approvedBy: string | null;
  readonly cancelRequestedBy: string | null;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Date | null;
  readonly retryOf: string | null;
  readonly undoCount: number;
  readonly connectionId: string;
  readonly settingsVersion: number;
}

/** One item of a batch as people see it. */
export interface ItemView {
  readonly seq: number;
  readonly record: { readonly type: string; readonly id: string };
  readonly operation: Operation;
  readonly state: ItemState;
  readonly number: string;
  readonly customerId: string | null;
  /** Minor units. */
  readonly amount: number;
  readonly problems: readonly Problem[];
  readonly externalId: string | null;
  /** The total as the target holds it, in minor units. */
  readonly targetTotal: number | null;
}

function columns(sql: Sql) {
  return sql`
    id, company_id as "companyId", target, name, state, version, plan, progress, totals, reason,
    started_by as "startedBy", started_at as "startedAt", handed_over_at as "handedOverAt", ended_at as "endedAt",
    approved_by as "approvedBy", cancel_requested_by as "cancelRequestedBy", confirmed_by as "confirmedBy",
    confirmed_at as "confirmedAt", retry_of as "retryOf", undo_count as "undoCount", connection_id as "connectionId",
    settings_version as "settingsVersion"`;
}

/** A company's batch, or undefined: another company's is undefined too. */
export async function getBatch(sql: Sql, companyId: string, batchId: string): Promise<BatchView | undefined> {
  const [batch] = await sql<BatchView[]>`select ${columns(sql)} from batches where id = ${batchId} and company_id = ${companyId}`;
  return batch;
}

/** The batches of a company, newest first: their ids are UUIDv7, so the order of ids is that of starts. */
export async function listBatches(
  store: Store,
  query: {
    companyId: string;
    target?: string | undefined;
    state?: BatchState | undefined;
    after?: string | undefined;
    limit: number;
  },
): Promise<Page<BatchView>> {
  const { sql } = store;
  const after = query.after === undefined ? undefined : (decodeCursor(query.after, 'batches', ['string'])[0] as string);
  const rows = await sql<BatchView[]>`
    select ${columns(sql)} from batches
    where company_id = ${query.companyId}
      ${query.target === undefined ? sql`` : sql`and target = ${query.target}`}
      ${query.state === undefined ? sql`` : sql`and state = ${query.state}`}
      ${after === undefined ? sql`` : sql`and id < ${after}::uuid`}
    order by id desc limit ${query.limit + 1}`;
  return pageOf(rows, query.limit, (row) => encodeCursor('batches', [row.id]));
}

/** What people see of an item `i`. */
export function itemColumns(sql: Sql) {
  return sql`
    i.seq, jsonb_build_object('type', i.type, 'id', i.record_id) as record, i.operation, i.state, i.number,
    i.customer_id as "customerId", i.amount, coalesce(i.problems, '[]') as problems, i.external_id as "externalId",
    i.target_total as "targetTotal"`;
}

/** The items of a batch, in the order in which they are sent. */
export async function listItems(
  store: Store,
  query: { batchId: string; state?: ItemState | undefined; after?: string | undefined; limit: number },
): Promise<Page<ItemView>> {
  const { sql } = store;
  const after = query.after === undefined ? 0 : (decodeCursor(query.after, 'items', ['number'])[0] as number);
  const rows = await sql<ItemView[]>`
    select ${itemColumns(sql)} from batch_items i
    where i.batch_id = ${query.batchId} and i.seq > ${after} ${query.state === undefined ? sql`` : sql`and i.state = ${query.state}`}
    order by i.seq limit ${query.limit + 1}`;
  return pageOf(rows, query.limit, (row) => encodeCursor('items', [row.seq]));
}
