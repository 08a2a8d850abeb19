import type { BatchedRef, BatchedType, Problem, Receipt } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import type { StoredReceipt } from '../../schema/index.ts';
import type { Range } from '../items/freeze-items.ts';

export interface Posted {
  readonly seq: number;
  readonly receipt: Receipt;
  /** What somebody should look at, though the document is in the books. */
  readonly warnings?: readonly Problem[] | undefined;
  /** The books hold another total than ours: the posting stands, the item says `differs`. */
  readonly differs?: Problem | undefined;
}

/**
 * Writes postings for the exported items of a range, in the same transaction as their outcome. Without receipts (a file
 * target) all of the range; with them those named. A former posting of the record is superseded, and kept.
 * @returns the records whose standing has to be asked for again, dependents included
 */
export async function postItems(sql: Sql, range: Range, receipts?: readonly Posted[]): Promise<BatchedRef[]> {
  const chosen = sql`i.batch_id = ${range.batchId} and i.seq between ${range.fromSeq} and ${range.toSeq} and i.state in ('exported', 'sending')
    ${receipts === undefined ? sql`` : sql`and i.seq = any(${receipts.map((r) => r.seq)}::int[])`}`;
  // Everywhere here: one index probe an item, whatever the planner believes of tables that were filled a moment ago.
  const superseded = await sql<{ id: number; type: BatchedType; recordId: string }[]>`
    update postings set standing = false
    where id = any (array(
      select p.id from batch_items i cross join lateral (
        select id from postings
        where company_id = i.company_id and target = i.target and type = i.type and record_id = i.record_id and standing offset 0
      ) p where ${chosen}
    ))
    returning id, type, record_id as "recordId"`;
  const answers = sql`unnest(${(receipts ?? []).map((r) => r.seq)}::int[], ${(receipts ?? []).map((r) => r.receipt.externalId)}::text[],
    ${(receipts ?? []).map((r) => r.receipt.externalVersion ?? null)}::text[], ${(receipts ?? []).map((r) => r.receipt.total ?? null)}::bigint[],
    ${(receipts ?? []).map((r) => String(r.differs !== undefined))}::text[]::bool[], ${(receipts ?? []).map(newProblems)}::text[],
    ${(receipts ?? []).map((r) => keptReceipt(r.receipt))}::text[]) a (seq, external_id, external_version, total, differs, problems, receipt)`;
  await sql`
    insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, batch_id, seq, supersedes, posted_by, receipt)
    select i.company_id, i.target, i.type, i.record_id, true, i.kind, i.number, i.amount,
      d.facts || jsonb_strip_nulls(jsonb_build_object('externalId', a.external_id, 'externalVersion', a.external_version)),
      i.batch_id, i.seq, s.id, b.started_by, a.receipt::jsonb
    from batch_items i
    join batches b on b.id = i.batch_id
    join batch_documents d on d.batch_id = i.batch_id and d.seq = i.seq
    left join ${answers} on a.seq = i.seq
    left join unnest(${superseded.map((s) => s.id)}::bigint[], ${superseded.map((s) => s.type)}::text[], ${superseded.map((s) => s.recordId)}::text[]) s (id, type, record_id)
      on s.type = i.type and s.record_id = i.record_id
    where ${chosen} and d.seq between ${range.fromSeq} and ${range.toSeq}`;
  const done =
    receipts === undefined
      ? await sql<{ seq: number }[]>`
          update batch_items i set state = case when i.operation = 'warning.list' then 'listed' else 'posted' end, claimed = false
          where ${chosen} returning i.seq`
      : await sql<{ seq: number }[]>`
          update batch_items i set state = case when a.differs then 'differs' else 'posted' end, claimed = false,
            external_id = a.external_id, external_version = a.external_version, target_total = a.total,
            problems = case when a.problems is null then i.problems else coalesce(i.problems, '[]') || a.problems::jsonb end
          from ${answers} where ${chosen} and a.seq = i.seq returning i.seq`;
  const seqs = done.map((row) => row.seq);
  const open = sql`batch_items i cross join lateral (
      select ctid from open_records where company_id = i.company_id and target = i.target and type = i.type and id = i.record_id offset 0
    ) o`;
  // The ordinary end: posted with the very content that the record still has. Payments are asked again, since what they
  // may be applied to can have changed with this batch.
  const gone = await sql`
    delete from open_records where ctid = any (array(
      select o.ctid from ${open} cross join lateral (
        select content_hash from records where company_id = i.company_id and type = i.type and id = i.record_id offset 0
      ) r
      where i.batch_id = ${range.batchId} and i.seq = any(${seqs}::int[]) and i.type <> 'payment' and r.content_hash = i.content_hash
    ))`;
  if (gone.count < seqs.length) {
    await sql`
      update open_records set claimed_by = null where ctid = any (array(
        select o.ctid from ${open} where i.batch_id = ${range.batchId} and i.seq = any(${seqs}::int[])
      ))`;
  }
  return touchedBy(
    sql,
    range,
    receipts?.map((r) => r.seq),
    gone.count < (receipts?.length ?? range.toSeq - range.fromSeq + 1),
  );
}

function newProblems({ warnings = [], differs }: Posted): string | null {
  const problems = differs === undefined ? warnings : [...warnings, differs];
  return problems.length === 0 ? null : JSON.stringify(problems);
}

/** Id and version are among the posting's facts. */
function keptReceipt({ number, total, details }: Receipt): string {
  const kept: StoredReceipt = {
    ...(number === undefined ? {} : { number }),
    ...(total === undefined ? {} : { total }),
    ...(details === undefined ? {} : { details }),
  };
  return JSON.stringify(kept);
}

/**
 * The records that must be asked again after items of a range got or lost their postings.
 * @param themselves false where none of the items' own records asks for anything any more
 */
async function touchedBy(sql: Sql, range: Range, seqs: readonly number[] | undefined, themselves = true): Promise<BatchedRef[]> {
  const items = sql`(select company_id, target, type, record_id, content_hash from batch_items
    where batch_id = ${range.batchId} and seq between ${range.fromSeq} and ${range.toSeq} ${seqs === undefined ? sql`` : sql`and seq = any(${[...seqs]}::int[])`})`;
  const rows = await sql<{ type: BatchedType; id: string }[]>`
    select i.type, i.record_id as id from ${items} i cross join lateral (
      select from open_records where company_id = i.company_id and target = i.target and type = i.type and id = i.record_id offset 0
    ) o where ${themselves}
    union
    select 'payment', a.payment_id from ${items} i cross join lateral (
      select company_id, payment_id from allocations where company_id = i.company_id and invoice_id = i.record_id offset 0
    ) a cross join lateral (
      select from postings
      where company_id = a.company_id and target = i.target and type = 'payment' and record_id = a.payment_id and standing offset 0
    ) p where i.type = 'invoice'
    union
    select 'refund', r.id from ${items} i cross join lateral (
      select id from records where company_id = i.company_id and type = 'refund' and parent_id = i.record_id offset 0
    ) r where i.type = 'payment'`;
  return rows.map(({ type, id }) => ({ type, id }));
}

/** Takes the postings of a range's items back: what stood before them stands again. */
export async function unpostItems(
  sql: Sql,
  range: Range,
  undone: readonly { seq: number; externalVersion?: string | undefined }[] | 'all',
): Promise<BatchedRef[]> {
  const which = undone === 'all' ? sql`` : sql`and i.seq = any(${undone.map((u) => u.seq)}::int[])`;
  const chosen = sql`i.batch_id = ${range.batchId} and i.seq between ${range.fromSeq} and ${range.toSeq} and i.state in ('posted', 'listed', 'differs', 'left') ${which}`;
  const lifted = await sql<{ seq: number; supersedes: number | null }[]>`
    update postings set standing = false where id = any (array(
      select p.id from batch_items i cross join lateral (
        select id from postings where batch_id = i.batch_id and seq = i.seq and standing offset 0
      ) p where ${chosen}
    )) returning seq, supersedes`;
  const restored = lifted.filter((l) => l.supersedes !== null);
  if (restored.length > 0) {
    const versions = new Map(undone === 'all' ? [] : undone.map((u) => [u.seq, u.externalVersion]));
    await sql`
      update postings p set standing = true,
        facts = case when r.version is null then p.facts else p.facts || jsonb_build_object('externalVersion', r.version) end
      from unnest(${restored.map((r) => r.supersedes)}::bigint[], ${restored.map((r) => versions.get(r.seq) ?? null)}::text[]) r (id, version) where p.id = r.id`;
  }
  // A confirmed undo: a post of the same content again must be a new write at the target.
  await sql`
    insert into generations (company_id, target, type, id, generation)
    select i.company_id, i.target, i.type, i.record_id, 1 from batch_items i where ${chosen}
    on conflict (company_id, target, type, id) do update set generation = generations.generation + 1`;
  await sql`update batch_items i set state = 'undone' where ${chosen}`;
  const refs = await sql<{ type: BatchedType; id: string }[]>`
    select type, record_id as id from batch_items i where i.batch_id = ${range.batchId} and i.seq between ${range.fromSeq} and ${range.toSeq} and i.state = 'undone' ${which}`;
  const more = await touchedBy(sql, range, undone === 'all' ? undefined : undone.map((u) => u.seq));
  // A record that was edited since it was posted is among the open ones, too.
  return [...new Map([...refs, ...more].map(({ type, id }) => [`${type}/${id}`, { type, id }])).values()];
}

/**
 * Writes verdicts that aren't postings. What was refused, or met a conflict, gets a new generation: nothing was written, for
 * certain, so that the next try is another write.
 */
export async function refuseItems(
  sql: Sql,
  batchId: string,
  verdicts: readonly {
    seq: number;
    state: 'refused' | 'conflict' | 'left';
    problem: Problem;
    /** Of a conflict: what the books hold otherwise, so that a person finds it. */
    externalId?: string | undefined;
  }[],
): Promise<void> {
  if (verdicts.length === 0) return;
  await sql`
    update batch_items i set state = v.state, problems = coalesce(i.problems, '[]') || v.problem::jsonb,
      external_id = coalesce(i.external_id, v.external_id)
    from unnest(${verdicts.map((v) => v.seq)}::int[], ${verdicts.map((v) => v.state)}::text[], ${verdicts.map((v) => JSON.stringify(v.problem))}::text[],
      ${verdicts.map((v) => v.externalId || null)}::text[]) v (seq, state, problem, external_id)
    where i.batch_id = ${batchId} and i.seq = any(${verdicts.map((v) => v.seq)}::int[]) and i.seq = v.seq`;
  const refused = verdicts.filter((v) => v.state !== 'left').map((v) => v.seq);
  await sql`
    insert into generations (company_id, target, type, id, generation)
    select company_id, target, type, record_id, 1 from batch_items where batch_id = ${batchId} and seq = any(${refused}::int[])
    on conflict (company_id, target, type, id) do update set generation = generations.generation + 1`;
}
