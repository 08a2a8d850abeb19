import type { BatchedRef, BatchedType, Receipt } from '@ledgerpost/core';
import { writeJournal } from '../access/journal.ts';
import type { Sql } from '../database/open-store.ts';
import type { DriftState } from '../schema/index.ts';
import type { DriftToDecide } from './list-drifts.ts';

/** Writes down what somebody decided. */
export async function decideDrift(
  sql: Sql,
  drift: DriftToDecide,
  state: Exclude<DriftState, 'open'>,
  actor: string,
): Promise<void> {
  await sql`update drifts set state = ${state}, decided_by = ${actor}, decided_at = now() where id = ${drift.id}`;
  await writeJournal(sql, {
    companyId: drift.companyId,
    actor,
    act: `drift.${state}`,
    subject: `${drift.record.type}/${drift.record.id}`,
    details: { drift: drift.id, target: drift.target, status: drift.status, number: drift.number, batch: drift.batchId },
  });
}

/**
 * Takes what a person made of a document in the place of what we posted: updates start from there, and no undo takes it away.
 * @param sendAgain whether ours is to go over it with the next batch
 */
export async function takeTheirs(sql: Sql, postingId: number, there: Receipt, sendAgain: boolean): Promise<void> {
  const facts = { externalVersion: there.externalVersion, theirs: true, ...(sendAgain ? { sendAgain: true } : {}) };
  const kept = { number: there.number, total: there.total };
  await sql`
    update postings set facts = (facts - 'sendAgain') || ${JSON.stringify(facts)}::text::jsonb,
      receipt = coalesce(receipt, '{}') || ${JSON.stringify(kept)}::text::jsonb
    where id = ${postingId}`;
}

/** The next write of a record is another one than any before, also with the same content. */
export async function nextGeneration(sql: Sql, { companyId, target, record }: DriftToDecide): Promise<void> {
  await sql`
    insert into generations (company_id, target, type, id, generation) values (${companyId}, ${target}, ${record.type}, ${record.id}, 1)
    on conflict (company_id, target, type, id) do update set generation = generations.generation + 1`;
}

/**
 * Lets the posting of a document fall that is gone from the books, with those that it superseded there. What stood before as
 * another document stands again. Payments that were applied to it count as unapplied: so the books have them.
 * @returns the records that may ask for something else now, and the batches whose items fell
 */
export async function dropGone(sql: Sql, drift: DriftToDecide): Promise<{ touched: BatchedRef[]; batches: string[] }> {
  const chain = await sql<{ id: number; batchId: string | null; seq: number | null; same: boolean }[]>`
    with recursive chain as (
      select id, supersedes, batch_id, seq, facts->>'externalId' as external, true as same from postings where id = ${drift.postingId}
      union all
      select p.id, p.supersedes, p.batch_id, p.seq, p.facts->>'externalId', p.facts->>'externalId' = c.external
      from chain c join postings p on p.id = c.supersedes where c.same
    )
    select id, batch_id as "batchId", seq, same from chain`;
  const gone = chain.filter(({ same }) => same);
  const before = chain.find(({ same }) => !same);
  await sql`update postings set standing = false where id = any(${gone.map(({ id }) => id)}::bigint[])`;
  if (before !== undefined) await sql`update postings set standing = true where id = ${before.id}`;
  const items = gone.filter(({ batchId }) => batchId !== null);
  const fell = await sql<{ batchId: string }[]>`
    update batch_items i set state = 'undone'
    from unnest(${items.map(({ batchId }) => batchId)}::uuid[], ${items.map(({ seq }) => seq)}::int[]) g (batch_id, seq)
    where i.batch_id = g.batch_id and i.seq = g.seq and i.state in ('posted', 'differs', 'left') returning i.batch_id as "batchId"`;
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

/** What a record asks for now; undefined for nothing. */
export async function openStanding(
  sql: Sql,
  { companyId, target, record }: DriftToDecide,
): Promise<{ readiness: 'ready' | 'waiting' | 'stopped'; operation: string | null; reason: string | null } | undefined> {
  const [row] = await sql<{ readiness: 'ready' | 'waiting' | 'stopped'; operation: string | null; reason: string | null }[]>`
    select readiness, operation, reason from open_records
    where company_id = ${companyId} and target = ${target} and type = ${record.type} and id = ${record.id}`;
  return row;
}

/** A refund of the payment that stands in the books by itself. */
export async function postedRefundOf(sql: Sql, { companyId, target, record }: DriftToDecide): Promise<string | undefined> {
  if (record.type !== 'payment') return undefined;
  const [row] = await sql<{ id: string }[]>`
    select r.id from records r join postings p
      on p.company_id = r.company_id and p.target = ${target} and p.type = 'refund' and p.record_id = r.id and p.standing
    where r.company_id = ${companyId} and r.type = 'refund' and r.parent_id = ${record.id} limit 1`;
  return row?.id;
}
