import type { BatchedType, DocumentKind, ReadOutcome } from '@ledgerpost/core';
import type { StandingItem } from '../batches/posting/undo-batch.ts';
import { ENGINE } from '../batches/process/move-batch.ts';
import type { Sql } from '../database/open-store.ts';
import { probe } from '../database/probe.ts';
import { rowsOf } from '../database/rows-of.ts';
import type { DriftState } from '../schema/index.ts';

/** One document that stands in the books, as a check for drift needs it. */
export interface StandingDocument extends Omit<StandingItem, 'seq'> {
  readonly postingId: number;
  readonly batchId: string;
  readonly seq: number;
  /** The newest drift of it, if it is open or somebody decided about it. */
  readonly known: {
    readonly state: DriftState;
    readonly status: Exclude<ReadOutcome['status'], 'same'>;
    readonly version: string | null;
    readonly total: number | null;
    readonly message: string;
  } | null;
  /** What was known of its drifts when it was read: `lastDriftSql`. */
  readonly lastDrift: string | null;
}

/** The newest drift of the posting `p` and its state, in one text: if it is another now, somebody decided since it was read. */
export function lastDriftSql(sql: Sql) {
  return sql`(select id || ' ' || state from drifts where posting_id = p.id order by id desc limit 1)`;
}

/** Postings that a person only marked as being in the books are left out: their content is unknown. */
function documents(sql: Sql) {
  return sql`
    select p.id as "postingId", p.batch_id as "batchId", p.seq, p.type, p.record_id as "recordId", i.operation, w.key, d.document,
      p.facts->>'externalId' as "externalId", p.facts->>'externalVersion' as "externalVersion", p.receipt, p.facts->'ids' as ids,
      null as "formerBatchId", null as "formerIds", null as "formerDocument", null as "formerExternalId", null as "formerExternalVersion", null as "formerReceipt",
      (select jsonb_build_object('state', k.state, 'status', k.status, 'version', k.there->>'externalVersion', 'total', k.total,
          'message', k.problem->>'message')
        from (select * from drifts where posting_id = p.id order by id desc limit 1) k
        where k.decided_by is distinct from ${ENGINE}) as known,
      ${lastDriftSql(sql)} as "lastDrift"
    from postings p
    ${probe(sql, 'i', sql`select operation from batch_items where batch_id = p.batch_id and seq = p.seq`)}
    ${probe(sql, 'd', sql`select document from batch_documents where batch_id = p.batch_id and seq = p.seq`)}
    ${probe(sql, 'w', sql`select key from batch_payloads where batch_id = p.batch_id and seq = p.seq`)}`;
}

/** What of these documents at a target is ours and stands. */
export async function standingAmong(
  sql: Sql,
  books: { companyId: string; target: string },
  named: readonly { readonly kind: DocumentKind; readonly externalId: string }[],
): Promise<StandingDocument[]> {
  if (named.length === 0) return [];
  return sql<StandingDocument[]>`
    ${documents(sql)}
    where p.id = any (array(
      select s.id
      from (select distinct kind, external_id from ${rowsOf(sql, named, { kind: 'text', externalId: 'text' })} given) n
      ${probe(
        sql,
        's',
        sql`
        select id from postings
        where facts ->> 'externalId' = n.external_id and company_id = ${books.companyId} and target = ${books.target}
          and standing and kind = n.kind and batch_id is not null
        union all
        -- A document that another one brought, such as the journal of a payment's fee: that one is read.
        select id from postings
        where receipt #>> '{details,beside,externalId}' = n.external_id and company_id = ${books.companyId} and target = ${books.target}
          and standing and receipt #>> '{details,beside,kind}' = n.kind and batch_id is not null`,
      )}
    ))
    order by p.id`;
}

/**
 * Of these postings, those whose document was already deleted when somebody decided about it while a later posting stood for
 * it: the undo of an update restores the posting before, though its document was deleted.
 */
export async function decidedAsDeleted(sql: Sql, postingIds: readonly number[]): Promise<ReadonlySet<number>> {
  if (postingIds.length === 0) return new Set();
  const rows = await sql<{ id: number }[]>`
    select p.id from postings p where p.id = any(${[...postingIds]}::bigint[]) and exists (
      select from drifts d join postings q on q.id = d.posting_id
      where d.company_id = p.company_id and d.target = p.target and d.type = p.type and d.record_id = p.record_id and d.status = 'gone'
        and d.state in ('kept-theirs', 'resolved') and d.decided_by is distinct from ${ENGINE}
        and q.facts->>'externalId' = p.facts->>'externalId')`;
  return new Set(rows.map(({ id }) => id));
}

/** The last document of a page. */
export interface AfterDocument {
  readonly type: BatchedType;
  readonly recordId: string;
}

/** All that stands of some kinds, by page. */
export async function standingOfKinds(
  sql: Sql,
  books: { companyId: string; target: string },
  kinds: readonly DocumentKind[],
  after: AfterDocument | undefined,
  limit: number,
): Promise<StandingDocument[]> {
  return sql<StandingDocument[]>`
    ${documents(sql)}
    where p.company_id = ${books.companyId} and p.target = ${books.target} and p.standing and p.kind = any(${[...kinds]}::text[])
      and p.facts ? 'externalId' and (p.type, p.record_id) > (${after?.type ?? ''}, ${after?.recordId ?? ''})
    order by p.type, p.record_id limit ${limit}`;
}
