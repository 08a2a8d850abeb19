import type { BatchedRef, DocumentKind, Operation } from '@ledgerpost/core';
import { and, count, eq } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../database/keyset.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { type DriftState, drifts, postings } from '../schema/index.ts';

type Row = typeof drifts.$inferSelect;

/**
 * A posted document that was changed, voided or deleted in the books. `amount` is what we posted, `total` what the target
 * holds now, null where that is unknown or it was deleted. A drift that is `resolved` by nobody was corrected in the
 * books, or its posting no longer stands.
 */
export interface DriftView
  extends Readonly<
    Pick<
      Row,
      'id' | 'target' | 'status' | 'problem' | 'total' | 'foundBy' | 'foundAt' | 'seenAt' | 'state' | 'decidedBy' | 'decidedAt'
    >
  > {
  readonly record: BatchedRef;
  readonly batch: { readonly id: string; readonly name: string; readonly seq: number };
  readonly operation: Operation;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly customerId: string | null;
  readonly amount: number;
  readonly externalId: string;
  /** Whether the posting that drifted still stands. */
  readonly standing: boolean;
  /** Whether the target reports what is there, so that it can replace our document. */
  readonly keepable: boolean;
}

function columns(sql: Sql) {
  return sql`
    d.id, d.target, jsonb_build_object('type', d.type, 'id', d.record_id) as record,
    jsonb_build_object('id', b.id, 'name', b.name, 'seq', d.seq) as batch, i.operation, p.kind, p.number, i.customer_id as "customerId",
    p.amount, p.facts->>'externalId' as "externalId", p.standing, coalesce(d.there ? 'externalVersion', false) as keepable,
    d.status, d.problem, d.total, d.found_by as "foundBy", d.found_at as "foundAt",
    d.seen_at as "seenAt", d.state, d.decided_by as "decidedBy", d.decided_at as "decidedAt"`;
}

function joined(sql: Sql) {
  return sql`
    drifts d join postings p on p.id = d.posting_id join batches b on b.id = d.batch_id
    join batch_items i on i.batch_id = d.batch_id and i.seq = d.seq`;
}

/** Newest first. Open ones are shown as long as their posting stands. */
export async function listDrifts(
  { sql }: Store,
  query: {
    companyId: string;
    target?: string | undefined;
    batchId?: string | undefined;
    state?: DriftState | undefined;
    after?: string | undefined;
    limit: number;
  },
): Promise<Page<DriftView>> {
  const { companyId, target, batchId, state } = query;
  const before = query.after === undefined ? undefined : (decodeCursor(query.after, 'drift', ['uuid'])[0] as string);
  const rows = await sql<DriftView[]>`
    select ${columns(sql)} from ${joined(sql)}
    where d.company_id = ${companyId} and (d.state <> 'open' or p.standing)
      ${target === undefined ? sql`` : sql`and d.target = ${target}`}
      ${batchId === undefined ? sql`` : sql`and d.batch_id = ${batchId}`}
      ${state === undefined ? sql`` : sql`and d.state = ${state}`}
      ${before === undefined ? sql`` : sql`and d.id < ${before}::uuid`}
    order by d.id desc limit ${query.limit + 1}`;
  return pageOf(rows, query.limit, (row) => encodeCursor('drift', [row.id]));
}

/** How many are open, at all targets or at one. */
export async function countDrifts(sql: Sql, companyId: string, target?: string): Promise<number> {
  const [row] = await drizzleOn(sql)
    .select({ drifts: count() })
    .from(drifts)
    .innerJoin(postings, eq(postings.id, drifts.postingId))
    .where(
      and(
        eq(drifts.companyId, companyId),
        eq(drifts.state, 'open'),
        postings.standing,
        target === undefined ? undefined : eq(drifts.target, target),
      ),
    );
  return row?.drifts ?? 0;
}

/** One drift with what a decision about it needs; locked until the transaction ends. */
export interface DriftToDecide
  extends Readonly<
    Pick<Row, 'id' | 'companyId' | 'target' | 'postingId' | 'batchId' | 'status' | 'there' | 'state' | 'decidedBy'>
  > {
  readonly record: BatchedRef;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly standing: boolean;
  /** The open batch that has the record, or that is being undone with it. */
  readonly busy: string | null;
}

export async function driftToDecide(sql: Sql, companyId: string, id: string): Promise<DriftToDecide | undefined> {
  const [row] = await sql<DriftToDecide[]>`
    select d.id, d.company_id as "companyId", d.target, jsonb_build_object('type', d.type, 'id', d.record_id) as record, p.kind, p.number,
      d.posting_id as "postingId", d.batch_id as "batchId", d.status, d.there, d.state, d.decided_by as "decidedBy", p.standing,
      coalesce(
        (select o.name from batch_items c join batches o on o.id = c.batch_id
          where c.company_id = d.company_id and c.target = d.target and c.type = d.type and c.record_id = d.record_id and c.claimed),
        case when b.state = 'undoing' then b.name end) as busy
    from drifts d join postings p on p.id = d.posting_id join batches b on b.id = d.batch_id
    where d.company_id = ${companyId} and d.id::text = ${id} for update of d, p`;
  return row;
}

export async function getDrift(sql: Sql, companyId: string, id: string): Promise<DriftView | undefined> {
  const [row] = await sql<DriftView[]>`
    select ${columns(sql)} from ${joined(sql)} where d.company_id = ${companyId} and d.id::text = ${id}`;
  return row;
}
