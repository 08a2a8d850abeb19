import { type BatchedRef, type BatchedType, BOOKED_ITEM_STATES, type Receipt } from '@ledgerpost/core';
import { and, eq, sql as expression } from 'drizzle-orm';
import { writeJournal } from '../access/journal.ts';
import { drizzleOn, isAnyOf, NOW } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { rowsOf } from '../database/rows-of.ts';
import { type DriftState, drifts, generations, openRecords, postings } from '../schema/index.ts';
import type { DriftToDecide } from './list-drifts.ts';

/** Records a person's decision. */
export async function decideDrift(
  sql: Sql,
  drift: DriftToDecide,
  state: Exclude<DriftState, 'open'>,
  actor: string,
): Promise<void> {
  await drizzleOn(sql).update(drifts).set({ state, decidedBy: actor, decidedAt: NOW }).where(eq(drifts.id, drift.id));
  await writeJournal(sql, {
    companyId: drift.companyId,
    actor,
    act: `drift.${state}`,
    subject: `${drift.record.type}/${drift.record.id}`,
    details: { drift: drift.id, target: drift.target, status: drift.status, number: drift.number, batch: drift.batchId },
  });
}

/**
 * Puts a person's version of a document in the place of what we posted: updates start from there, and no undo removes it.
 * @param sendAgain whether our version is to replace it with the next batch
 */
export async function adoptVersion(sql: Sql, postingId: number, there: Receipt, sendAgain: boolean): Promise<void> {
  const facts = { externalVersion: there.externalVersion, theirs: true, ...(sendAgain ? { sendAgain: true } : {}) };
  const kept = { number: there.number, total: there.total };
  await drizzleOn(sql)
    .update(postings)
    .set({
      facts: expression`(${postings.facts} - 'sendAgain') || ${JSON.stringify(facts)}::jsonb`,
      receipt: expression`coalesce(${postings.receipt}, '{}') || ${JSON.stringify(kept)}::jsonb`,
    })
    .where(eq(postings.id, postingId));
}

/** The next write of a record is another one than any before, also with the same content. */
export async function nextGeneration(sql: Sql, { companyId, target, record: { type, id } }: DriftToDecide): Promise<void> {
  await drizzleOn(sql)
    .insert(generations)
    .values({ companyId, target, type, id, generation: 1 })
    .onConflictDoUpdate({
      target: [generations.companyId, generations.target, generations.type, generations.id],
      set: { generation: expression`${generations.generation} + 1` },
    });
}

/**
 * Releases the posting of a document that was deleted from the books, with those that it superseded there. What stood before as
 * another document stands again. Payments that were applied to it count as unapplied, as they are in the books.
 * @returns the records that may need something else sent now, and the batches whose items fell
 */
export async function dropDeleted(sql: Sql, drift: DriftToDecide): Promise<{ touched: BatchedRef[]; batches: string[] }> {
  const chain = await sql<{ id: number; batchId: string | null; seq: number | null; same: boolean }[]>`
    with recursive chain as (
      select id, supersedes, batch_id, seq, facts->>'externalId' as external, true as same from postings where id = ${drift.postingId}
      union all
      select p.id, p.supersedes, p.batch_id, p.seq, p.facts->>'externalId', p.facts->>'externalId' = c.external
      from chain c join postings p on p.id = c.supersedes where c.same
    )
    select id, batch_id as "batchId", seq, same from chain`;
  const deleted = chain.filter(({ same }) => same);
  const before = chain.find(({ same }) => !same);
  const ids = deleted.map(({ id }) => id);
  await drizzleOn(sql).update(postings).set({ standing: false }).where(isAnyOf(postings.id, ids));
  if (before !== undefined) await drizzleOn(sql).update(postings).set({ standing: true }).where(eq(postings.id, before.id));
  const items = deleted.filter(({ batchId }) => batchId !== null);
  const fell = await sql<{ batchId: string }[]>`
    update batch_items i set state = 'undone'
    from ${rowsOf(sql, items, { batchId: 'uuid', seq: 'int' })} n
    where i.batch_id = n.batch_id and i.seq = n.seq and i.state in ${sql(BOOKED_ITEM_STATES)} returning i.batch_id as "batchId"`;
  const batches = [...new Set(fell.map(({ batchId }) => batchId))];
  if (drift.record.type !== 'invoice' || drift.kind !== 'invoice') return { touched: [drift.record], batches };
  const payments = await sql<{ type: BatchedType; id: string }[]>`
    update postings p set facts = jsonb_set(p.facts, '{applied}', (
      select coalesce(jsonb_agg(part), '[]') from jsonb_array_elements(p.facts->'applied') part where part->>'invoiceId' <> ${drift.record.id}
    ))
    from (select distinct payment_id from allocations where company_id = ${drift.companyId} and invoice_id = ${drift.record.id}) a
    where p.company_id = ${drift.companyId} and p.target = ${drift.target} and p.type = 'payment' and p.record_id = a.payment_id
      and p.standing and jsonb_typeof(p.facts->'applied') = 'array'
    returning p.type, p.record_id as id`;
  return { touched: [drift.record, ...payments.map(({ type, id }) => ({ type, id }))], batches };
}

/** What of a record is to be sent now; undefined for nothing. */
export async function openStanding(
  sql: Sql,
  { companyId, target, record }: DriftToDecide,
): Promise<Pick<typeof openRecords.$inferSelect, 'readiness' | 'operation' | 'reason'> | undefined> {
  const { readiness, operation, reason } = openRecords;
  const [open] = await drizzleOn(sql)
    .select({ readiness, operation, reason })
    .from(openRecords)
    .where(
      and(
        eq(openRecords.companyId, companyId),
        eq(openRecords.target, target),
        eq(openRecords.type, record.type),
        eq(openRecords.id, record.id),
      ),
    );
  return open;
}

/** A refund of the payment that stands in the books by itself. */
export async function postedRefundOf(sql: Sql, { companyId, target, record }: DriftToDecide): Promise<string | undefined> {
  if (record.type !== 'payment') return undefined;
  const [refund] = await sql<{ id: string }[]>`
    select r.id from records r join postings p
      on p.company_id = r.company_id and p.target = ${target} and p.type = 'refund' and p.record_id = r.id and p.standing
    where r.company_id = ${companyId} and r.type = 'refund' and r.parent_id = ${record.id} limit 1`;
  return refund?.id;
}
