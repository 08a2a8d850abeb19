import type { Call, Document, ExportedItem, ItemState, Json, Money } from '@ledgerpost/core';
import { and, eq, sql as expression } from 'drizzle-orm';
import { drizzleOn, isAnyOf, NOW } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { probe } from '../../database/probe.ts';
import { batchCalls, batchDocuments, batchItems } from '../../schema/index.ts';
import type { StoredItem } from '../items/export-items.ts';
import { inRange, isOneOf, itsDocument, itsPayload, type Range, standingOfItsRecord } from '../items/item-parts.ts';

/** Stores a call before its first attempt, together with the state of its items. */
export async function storeCall(sql: Sql, batchId: string, stage: number, call: Call): Promise<void> {
  const seqs = call.items.map((item) => item.seq);
  await drizzleOn(sql)
    .insert(batchCalls)
    .values({ requestId: call.requestId, batchId, stage, seqs, body: JSON.stringify(call) });
  await drizzleOn(sql)
    .update(batchItems)
    .set({ state: 'sending' })
    .where(and(eq(batchItems.batchId, batchId), isAnyOf(batchItems.seq, seqs), eq(batchItems.state, 'exported')));
}

/** A stored call without all of its outcomes. */
export interface UnsettledCall {
  readonly call: Call<Json>;
  /** Of the items that the target accepted and has not finished, by their number. Empty: the whole call is in doubt. */
  readonly tickets: ReadonlyMap<number, string>;
  /** Since it was sent first, in milliseconds; 0: it was not. */
  readonly ageMs: number;
  /** Until they should be asked for, in milliseconds; 0: now. */
  readonly askInMs: number;
}

/**
 * Calls of a range that were stored and lack outcomes. They come before anything else: in doubt they are sent again as they were, and
 * where the target gave tickets, it is asked for those.
 */
export async function unsettledCalls(sql: Sql, range: Range): Promise<UnsettledCall[]> {
  const rows = await sql<
    { body: string; attempts: number; tickets: Record<string, string> | null; askInMs: number | null; ageMs: number | null }[]
  >`
    select body, attempts, tickets,
      (select extract(epoch from clock_timestamp() - min(a.sent_at)) * 1000 from batch_attempts a where a.request_id = batch_calls.request_id)::float8 as "ageMs",
      ceil(extract(epoch from ask_at - clock_timestamp()) * 1000)::float8 as "askInMs" from batch_calls
    where batch_id = ${range.batchId} and settled_at is null and (seqs->>0)::int between ${range.fromSeq} and ${range.toSeq}
    order by (seqs->>0)::int`;
  return rows.map(({ body, attempts, tickets, askInMs, ageMs }) => ({
    call: { ...(JSON.parse(body) as Call<Json>), attempt: attempts + 1 },
    tickets: new Map(Object.entries(tickets ?? {}).map(([seq, ticket]) => [Number(seq), ticket])),
    askInMs: Math.max(0, askInMs ?? 0),
    ageMs: ageMs ?? 0,
  }));
}

/** Keeps the tickets of a call whose items the target has not finished. @param askInMs when to ask for them, in milliseconds from now */
export async function saveTickets(
  sql: Sql,
  requestId: string,
  tickets: ReadonlyMap<number, string>,
  askInMs: number,
): Promise<void> {
  await drizzleOn(sql)
    .update(batchCalls)
    .set({
      tickets: Object.fromEntries(tickets),
      askAt: expression`clock_timestamp() + make_interval(secs => ${askInMs}::float8 / 1000)`,
    })
    .where(eq(batchCalls.requestId, requestId));
}

/** Batches of a company that have ended, with calls whose outcome is unknown. */
export async function batchesInDoubt(sql: Sql, companyId: string, target: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select b.id from batches b
    where b.company_id = ${companyId} and b.target = ${target} and b.ended_at is not null
      and exists (select from batch_calls c where c.batch_id = b.id and c.settled_at is null)
    order by b.id`;
  return rows.map(({ id }) => id);
}

export async function settleCall(sql: Sql, requestId: string): Promise<void> {
  await drizzleOn(sql).update(batchCalls).set({ settledAt: NOW }).where(eq(batchCalls.requestId, requestId));
}

/** External ids of what stands posted for the records of items (former), and of the invoices that payments are applied to (linked). */
export async function externalsFor(
  sql: Sql,
  batchId: string,
  seqs: readonly number[],
): Promise<{
  former: Map<number, NonNullable<ExportedItem['former']>>;
  linked: Map<number, Record<string, string>>;
  /** Of invoices that change: the amounts that standing payments apply to them, by external id. */
  paidBy: Map<number, Record<string, Money>>;
}> {
  const former = await sql<{ seq: number; former: NonNullable<ExportedItem['former']> }[]>`
    select i.seq, jsonb_strip_nulls(jsonb_build_object('externalId', p.facts->'externalId', 'externalVersion', p.facts->'externalVersion'))
      || case when p.receipt ? 'details' then jsonb_build_object('details', p.receipt->'details') else '{}' end as former
    from batch_items i ${standingOfItsRecord(sql)}
    where ${isOneOf(sql, batchId, seqs)} and p.facts->>'externalId' is not null`;
  const linked = await sql<{ seq: number; invoiceId: string; externalId: string }[]>`
    select i.seq, part->>'invoiceId' as "invoiceId", p.facts->>'externalId' as "externalId"
    from batch_items i ${itsDocument(sql)} cross join lateral jsonb_array_elements(d.document->'applied') part
    ${probe(
      sql,
      'p',
      sql`
      select facts from postings
      where company_id = i.company_id and target = i.target and type = 'invoice' and record_id = part->>'invoiceId' and standing`,
    )}
    where ${isOneOf(sql, batchId, seqs)} and i.kind in ('payment', 'creditMemo') and p.facts->>'externalId' is not null`;
  const paid = await sql<{ seq: number; externalId: string; amount: Money }[]>`
    select i.seq, p.facts->>'externalId' as "externalId", (part->>'amount')::bigint as amount
    from batch_items i
    ${probe(
      sql,
      'a',
      sql`
      select distinct payment_id from allocations where company_id = i.company_id and invoice_id = i.record_id`,
    )}
    ${probe(
      sql,
      'p',
      sql`
      select facts from postings
      where company_id = i.company_id and target = i.target and type = 'payment' and record_id = a.payment_id and standing`,
    )}
    cross join lateral jsonb_array_elements(p.facts->'applied') part
    where ${isOneOf(sql, batchId, seqs)} and i.operation in ('invoice.update', 'invoice.void')
      and part->>'invoiceId' = i.record_id and p.facts->>'externalId' is not null`;
  const paidBy = new Map<number, Record<string, Money>>();
  for (const { seq, externalId, amount } of paid) {
    const others = paidBy.get(seq) ?? {};
    // Two of our payments may be one in the books, if somebody marked both as being there.
    paidBy.set(seq, { ...others, [externalId]: ((others[externalId] ?? 0) + amount) as Money });
  }
  const links = new Map<number, Record<string, string>>();
  for (const link of linked) links.set(link.seq, { ...links.get(link.seq), [link.invoiceId]: link.externalId });
  return {
    former: new Map(former.map((one) => [one.seq, one.former])),
    linked: links,
    paidBy,
  };
}

/** Whether anything of a range is still to be sent. */
export function hasExported(sql: Sql, range: Range): Promise<boolean> {
  return hasItemsIn(sql, range, ['exported']);
}

/** Whether an item of a range is in one of these states. */
export async function hasItemsIn(sql: Sql, range: Range, states: readonly ItemState[]): Promise<boolean> {
  const [row] = await sql`
    select from batch_items i where ${inRange(sql, range)} and i.state = any(${[...states]}::text[]) limit 1`;
  return row !== undefined;
}

/** The next exported items of a range, in order and locked, with what a call is cut from. */
export async function exportedIn(
  sql: Sql,
  range: Range,
  limit: number,
): Promise<(StoredItem & { readonly document: Document })[]> {
  return sql`
    select i.seq, i.type, i.record_id as "recordId", i.operation, w.key, w.payload, d.document
    from batch_items i ${itsPayload(sql)} ${itsDocument(sql)}
    where ${inRange(sql, range)} and i.state = 'exported'
    order by i.seq limit ${limit} for update of i`;
}

/** The frozen documents of single items. */
export async function documentsOf(sql: Sql, batchId: string, seqs: readonly number[]): Promise<Map<number, Document>> {
  const { seq, document } = batchDocuments;
  const rows = await drizzleOn(sql)
    .select({ seq, document })
    .from(batchDocuments)
    .where(and(eq(batchDocuments.batchId, batchId), isAnyOf(seq, seqs)));
  return new Map(rows.map((row) => [row.seq, row.document as Document]));
}
