import type { BatchedType, Call, Document, ExportedItem, Json, Money, Operation, Problem } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import type { Range } from '../items/freeze-items.ts';

/** Stores a call before its first attempt, together with the state of its items. */
export async function storeCall(sql: Sql, batchId: string, stage: number, call: Call): Promise<void> {
  const seqs = call.items.map((item) => item.seq);
  await sql`insert into batch_calls (request_id, batch_id, stage, seqs, body) values (${call.requestId}, ${batchId}, ${stage}, ${sql.json(seqs)}, ${JSON.stringify(call)})`;
  await sql`update batch_items set state = 'sending' where batch_id = ${batchId} and seq = any(${seqs}::int[]) and state = 'exported'`;
}

/** Counts an attempt, unless the batch was fenced off meanwhile: then nothing may be sent any more. */
export async function beginAttempt(sql: Sql, batchId: string, requestId: string, fence: number): Promise<number | undefined> {
  const [row] = await sql<{ attempt: number }[]>`
    with c as (
      update batch_calls c set attempts = attempts + 1, sent_at = now() from batches b
      where c.request_id = ${requestId} and b.id = ${batchId} and b.fence = ${fence} returning c.request_id, c.attempts
    )
    insert into batch_attempts (request_id, attempt) select request_id, attempts from c returning attempt`;
  return row?.attempt;
}

/** Writes down what came of an attempt: `answered` or the code of what went wrong, and the target's ids of its requests. */
export async function endAttempt(
  sql: Sql,
  attempt: { requestId: string; attempt: number; outcome: string; traces: readonly string[] },
): Promise<void> {
  await sql`
    update batch_attempts set ended_at = now(), outcome = ${attempt.outcome}, traces = ${[...attempt.traces]}::text[]
    where request_id = ${attempt.requestId} and attempt = ${attempt.attempt}`;
}

/** Calls of a range that were stored and have no outcome: they are sent again as they were, before anything else. */
export async function unsettledCalls(sql: Sql, range: Range): Promise<Call<Json>[]> {
  const rows = await sql<{ body: string; attempts: number }[]>`
    select body, attempts from batch_calls
    where batch_id = ${range.batchId} and settled_at is null and (seqs->>0)::int between ${range.fromSeq} and ${range.toSeq} order by (seqs->>0)::int`;
  return rows.map((row) => ({ ...(JSON.parse(row.body) as Call<Json>), attempt: row.attempts + 1 }));
}

/** Batches of a company that have ended, with calls that nobody knows the outcome of. */
export async function batchesInDoubt(sql: Sql, companyId: string, target: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select b.id from batches b
    where b.company_id = ${companyId} and b.target = ${target} and b.ended_at is not null
      and exists (select from batch_calls c where c.batch_id = b.id and c.settled_at is null)
    order by b.id`;
  return rows.map(({ id }) => id);
}

export async function settleCall(sql: Sql, requestId: string): Promise<void> {
  await sql`update batch_calls set settled_at = now() where request_id = ${requestId}`;
}

/** External ids of what stands posted for the records of items (former), and of the invoices that payments are applied to (linked). */
export async function externalsFor(
  sql: Sql,
  batchId: string,
  seqs: readonly number[],
): Promise<{
  former: Map<number, NonNullable<ExportedItem['former']>>;
  linked: Map<number, Record<string, string>>;
  /** Of invoices that change: what standing payments are applied to them with, by external id. */
  paidBy: Map<number, Record<string, Money>>;
}> {
  const former = await sql<{ seq: number; former: NonNullable<ExportedItem['former']> }[]>`
    select i.seq, jsonb_strip_nulls(jsonb_build_object('externalId', p.facts->'externalId', 'externalVersion', p.facts->'externalVersion'))
      || case when p.receipt ? 'details' then jsonb_build_object('details', p.receipt->'details') else '{}' end as former
    from batch_items i cross join lateral (
      select facts, receipt from postings
      where company_id = i.company_id and target = i.target and type = i.type and record_id = i.record_id and standing offset 0
    ) p
    where i.batch_id = ${batchId} and i.seq = any(${[...seqs]}::int[]) and p.facts->>'externalId' is not null`;
  const linked = await sql<{ seq: number; invoiceId: string; externalId: string }[]>`
    select i.seq, part->>'invoiceId' as "invoiceId", p.facts->>'externalId' as "externalId"
    from batch_items i join batch_documents d using (batch_id, seq) cross join lateral jsonb_array_elements(d.document->'applied') part
    cross join lateral (
      select facts from postings
      where company_id = i.company_id and target = i.target and type = 'invoice' and record_id = part->>'invoiceId' and standing offset 0
    ) p
    where i.batch_id = ${batchId} and i.seq = any(${[...seqs]}::int[]) and i.kind = 'payment' and p.facts->>'externalId' is not null`;
  const paid = await sql<{ seq: number; externalId: string; amount: Money }[]>`
    select i.seq, p.facts->>'externalId' as "externalId", (part->>'amount')::bigint as amount
    from batch_items i cross join lateral (
      select distinct payment_id from allocations where company_id = i.company_id and invoice_id = i.record_id offset 0
    ) a cross join lateral (
      select facts from postings
      where company_id = i.company_id and target = i.target and type = 'payment' and record_id = a.payment_id and standing offset 0
    ) p cross join lateral jsonb_array_elements(p.facts->'applied') part
    where i.batch_id = ${batchId} and i.seq = any(${[...seqs]}::int[]) and i.operation in ('invoice.update', 'invoice.void')
      and part->>'invoiceId' = i.record_id and p.facts->>'externalId' is not null`;
  const paidBy = new Map<number, Record<string, Money>>();
  for (const one of paid) paidBy.set(one.seq, { ...paidBy.get(one.seq), [one.externalId]: Number(one.amount) as Money });
  const links = new Map<number, Record<string, string>>();
  for (const link of linked) links.set(link.seq, { ...links.get(link.seq), [link.invoiceId]: link.externalId });
  return {
    former: new Map(former.map((one) => [one.seq, one.former])),
    linked: links,
    paidBy,
  };
}

/** Whether anything of a range is still to be sent. */
export async function hasExported(sql: Sql, range: Range): Promise<boolean> {
  const [row] = await sql`
    select from batch_items
    where batch_id = ${range.batchId} and seq between ${range.fromSeq} and ${range.toSeq} and state = 'exported' limit 1`;
  return row !== undefined;
}

/** The next exported items of a range, in order, with what a call is cut from. */
export async function exportedIn(
  sql: Sql,
  range: Range,
  limit: number,
): Promise<
  { seq: number; type: BatchedType; recordId: string; operation: Operation; key: string; payload: Json; document: Document }[]
> {
  return sql`
    select i.seq, i.type, i.record_id as "recordId", i.operation, p.key, p.payload, d.document
    from batch_items i
    cross join lateral (select key, payload from batch_payloads where batch_id = i.batch_id and seq = i.seq offset 0) p
    cross join lateral (select document from batch_documents where batch_id = i.batch_id and seq = i.seq offset 0) d
    where i.batch_id = ${range.batchId} and i.seq between ${range.fromSeq} and ${range.toSeq} and i.state = 'exported'
    order by i.seq limit ${limit} for update of i`;
}

export interface StoredName {
  readonly kind: 'customer' | 'item';
  readonly name: string;
  readonly account: string;
  readonly externalId: string | null;
  readonly details: unknown;
}

/** The names that a batch's documents use at the target, all or those named. */
export async function namesOf(sql: Sql, batchId: string, names?: readonly string[]): Promise<StoredName[]> {
  return sql<StoredName[]>`
    select kind, name, account, external_id as "externalId", details from batch_names
    where batch_id = ${batchId} ${names === undefined ? sql`` : sql`and name = any(${[...names]}::text[])`} order by kind, name`;
}

/** Keeps the target's ids for names, once found or created. */
export async function saveNames(
  sql: Sql,
  batchId: string,
  names: readonly { kind: string; name: string; externalId: string }[],
): Promise<void> {
  if (names.length === 0) return;
  await sql`
    update batch_names b set external_id = n.external_id, problem = null
    from unnest(${names.map((n) => n.kind)}::text[], ${names.map((n) => n.name)}::text[], ${names.map((n) => n.externalId)}::text[])
      n (kind, name, external_id)
    where b.batch_id = ${batchId} and b.kind = n.kind and b.name = n.name`;
}

/** Keeps the target's verdicts on names that it has not, and will not take. */
export async function refuseNames(
  sql: Sql,
  batchId: string,
  names: readonly { kind: string; name: string; reason: Problem }[],
): Promise<void> {
  if (names.length === 0) return;
  await sql`
    update batch_names b set problem = n.problem::jsonb
    from unnest(${names.map((n) => n.kind)}::text[], ${names.map((n) => n.name)}::text[], ${names.map((n) => JSON.stringify(n.reason))}::text[])
      n (kind, name, problem)
    where b.batch_id = ${batchId} and b.kind = n.kind and b.name = n.name`;
}

/** The frozen documents of single items. */
export async function documentsOf(sql: Sql, batchId: string, seqs: readonly number[]): Promise<Map<number, Document>> {
  const rows = await sql<{ seq: number; document: Document }[]>`
    select seq, document from batch_documents where batch_id = ${batchId} and seq = any(${[...seqs]}::int[])`;
  return new Map(rows.map((row) => [row.seq, row.document]));
}
