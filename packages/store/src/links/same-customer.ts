import { type BatchedRecord, canonicalContent, type PostedFacts } from '@ledgerpost/core';
import { hashOf } from '../database/hash.ts';
import type { Sql } from '../database/open-store.ts';
import { probe, probeOrNull } from '../database/probe.ts';
import { rowsOf } from '../database/rows-of.ts';
import { idsSql, itsRecord } from '../records/refs.ts';

/** What a record's new customer means for what is posted. */
export type CustomerChange =
  /** Both customers are linked to one in the books, so nothing changed there. */
  | 'same-link'
  /** A payment, whose invoices all have the new customer too: it moves with them. */
  | 'moves';

/** Of posted records, those that differ from their postings in nothing but the customer, and what follows from it; by type and id. */
export async function customerChanges(
  sql: Sql,
  { companyId, target, delivery }: { readonly companyId: string; readonly target: string; readonly delivery: 'files' | 'push' },
  rows: readonly { readonly record: BatchedRecord; readonly contentHash: string; readonly posted: PostedFacts | undefined }[],
): Promise<ReadonlyMap<BatchedRecord, CustomerChange>> {
  if (delivery !== 'push') return new Map();
  const changed = rows.flatMap(({ record, contentHash, posted }) => {
    const [former, now] = [posted?.customer?.id, 'customerId' in record ? record.customerId : undefined];
    if (former === undefined || now === undefined || former === now || posted!.contentHash === contentHash) return [];
    const asPosted = { ...record, customerId: former } as BatchedRecord;
    return hashOf(canonicalContent(asPosted)) === posted!.contentHash ? [{ record, former, now, posted: posted! }] : [];
  });
  if (changed.length === 0) return new Map();
  const ids = await linkedIds(
    sql,
    companyId,
    target,
    changed.flatMap(({ former, now }) => [former, now]),
  );
  const invoices = await customersOf(
    sql,
    companyId,
    changed.flatMap(({ posted }) => (posted.applied ?? []).map(({ invoiceId }) => invoiceId)),
  );
  const changes = new Map<BatchedRecord, CustomerChange>();
  for (const { record, former, now, posted } of changed) {
    const id = ids.get(former);
    const applied = posted.applied ?? [];
    if (id !== undefined && id === ids.get(now)) changes.set(record, 'same-link');
    else if (record.type === 'payment' && applied.length > 0 && applied.every(({ invoiceId }) => invoices.get(invoiceId) === now))
      changes.set(record, 'moves');
  }
  return changes;
}

/** The ids in the company's books that these customers are linked to. */
export async function linkedIds(
  sql: Sql,
  companyId: string,
  target: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await sql<{ key: string; id: string }[]>`
    select l.key, l.external_id as id
    from company_targets t
    left join connections c on c.id = t.connection_id
    join links l on l.company_id = t.company_id and l.target = t.target and l.kind = 'customer'
      and l.environment = coalesce(c.environment, '') and l.account = coalesce(c.account, '')
    where t.company_id = ${companyId} and t.target = ${target} and l.key = any(${[...new Set(keys)]}::text[])`;
  return new Map(rows.map(({ key, id }) => [key, id]));
}

async function customersOf(
  sql: Sql,
  companyId: string,
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (invoiceIds.length === 0) return new Map();
  const rows = await sql<{ id: string; customerId: string | null }[]>`
    select n.id, r.customer_id as "customerId"
    from (select 'invoice' as type, id from ${idsSql(sql, invoiceIds)} given offset 0) n ${itsRecord(sql, companyId)}`;
  return new Map(rows.map(({ id, customerId }) => [id, customerId]));
}

/** An invoice of a batch whose customer is another one than in its posting, or a payment that moves with it. */
export interface Moved {
  readonly seq: number;
  readonly type: string;
  readonly id: string;
  readonly number: string;
  readonly former: string;
  readonly now: string;
  /** It can be sent so far. */
  readonly ready: boolean;
}

/** A payment that is applied to an invoice in the books. */
export interface AppliedThere {
  readonly invoiceId: string;
  readonly paymentId: string;
  readonly number: string;
  /** The payment's customer in the books. */
  readonly customerId: string | null;
  /** The invoice's customer in the books. */
  readonly invoiceCustomerId: string | null;
  /** A journal in the books refunds part of it. */
  readonly refunded: boolean;
}

/** The updates of a batch whose customer is not the one of their posting. */
export async function movedInBatch(sql: Sql, batchId: string): Promise<readonly Moved[]> {
  return sql<Moved[]>`
    select i.seq, i.type, i.record_id as id, i.number, p.facts -> 'customer' ->> 'id' as former, i.customer_id as now,
      i.state in ('ready', 'exported') as ready
    from batch_items i
    ${probe(
      sql,
      'p',
      sql`select facts from postings
      where company_id = i.company_id and target = i.target and type = i.type and record_id = i.record_id and standing`,
    )}
    where i.batch_id = ${batchId} and i.operation in ('invoice.update', 'payment.update') and i.customer_id is not null and p.facts ? 'externalId'
      and p.facts -> 'customer' ->> 'id' <> i.customer_id
    order by i.seq`;
}

/** The payments that are applied to these invoices in the books, and to which other invoices those payments are applied. */
export async function appliedThere(
  sql: Sql,
  companyId: string,
  target: string,
  of: { readonly invoiceIds: readonly string[]; readonly paymentIds: readonly string[] },
): Promise<readonly AppliedThere[]> {
  const refs = rowsOf(
    sql,
    [...new Set(of.invoiceIds)].map((id) => ({ id })),
    { id: 'text' },
  );
  return sql<AppliedThere[]>`
    with named as (
      select a.payment_id as id from ${refs} n ${probe(sql, 'a', sql`select payment_id from allocations where company_id = ${companyId} and invoice_id = n.id`)}
      union
      select id from ${idsSql(sql, of.paymentIds.length === 0 ? [''] : of.paymentIds)} given
    )
    select part ->> 'invoiceId' as "invoiceId", n.id as "paymentId", p.number, p.facts -> 'customer' ->> 'id' as "customerId",
      v.facts -> 'customer' ->> 'id' as "invoiceCustomerId",
      exists (
        select from records r join postings j on j.company_id = r.company_id and j.target = ${target} and j.type = 'refund'
          and j.record_id = r.id and j.standing
        where r.company_id = ${companyId} and r.type = 'refund' and r.parent_id = n.id
      ) as refunded
    from named n
    ${probe(
      sql,
      'p',
      sql`select number, facts from postings
      where company_id = ${companyId} and target = ${target} and type = 'payment' and record_id = n.id and standing`,
    )}
    cross join lateral jsonb_array_elements(p.facts -> 'applied') part
    ${probeOrNull(
      sql,
      'v',
      sql`select facts from postings
      where company_id = ${companyId} and target = ${target} and type = 'invoice' and record_id = part ->> 'invoiceId' and standing`,
    )}`;
}

/** For invoices of a batch that move to another customer: the posted payments of the batch that follow them, by the invoice's number in it. */
export async function movesOf(
  sql: Sql,
  batchId: string,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, readonly { readonly externalId: string; readonly externalVersion?: string }[]>> {
  const rows = await sql<{ seq: number; externalId: string; externalVersion: string | null }[]>`
    select i.seq, q.facts ->> 'externalId' as "externalId", q.facts ->> 'externalVersion' as "externalVersion"
    from batch_items i
    ${probe(
      sql,
      'p',
      sql`select facts from postings
      where company_id = i.company_id and target = i.target and type = 'invoice' and record_id = i.record_id and standing`,
    )}
    ${probe(sql, 'a', sql`select distinct payment_id from allocations where company_id = i.company_id and invoice_id = i.record_id`)}
    ${probe(
      sql,
      'q',
      sql`select facts from postings
      where company_id = i.company_id and target = i.target and type = 'payment' and record_id = a.payment_id and standing`,
    )}
    where i.batch_id = ${batchId} and i.seq = any(${[...seqs]}::int[]) and i.operation = 'invoice.update'
      and p.facts -> 'customer' ->> 'id' <> i.customer_id and q.facts ->> 'externalId' is not null
      and exists (select from jsonb_array_elements(q.facts -> 'applied') part where part ->> 'invoiceId' = i.record_id)
    order by i.seq, a.payment_id`;
  return new Map(
    [...Map.groupBy(rows, ({ seq }) => seq)].map(([seq, of]) => [
      seq,
      of.map(({ externalId, externalVersion }) => ({ externalId, ...(externalVersion === null ? {} : { externalVersion }) })),
    ]),
  );
}
