import type { BatchState, BooksSettings, CompanyFacts } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import type { BatchPlan } from '../../schema/index.ts';

/** What the verbs need to know of the batch that they work on: settings and connection as they were at its start. */
export interface WorkBatch {
  readonly id: string;
  readonly company: CompanyFacts;
  readonly target: string;
  readonly name: string;
  readonly state: BatchState;
  readonly settings: BooksSettings;
  readonly connectionId: string;
  readonly plan: BatchPlan | null;
  readonly digest: string | null;
  readonly startedBy: string;
  readonly cancelRequestedBy: string | null;
  readonly approvedBy: string | null;
  readonly fence: number;
}

/** Reads a batch to work on. @throws if there is none: an engineer must look. */
export async function workBatch(sql: Sql, batchId: string): Promise<WorkBatch> {
  const [batch] = await sql<WorkBatch[]>`
    select b.id, b.target, b.name, b.state, b.settings, b.connection_id as "connectionId", b.plan, b.digest, b.started_by as "startedBy",
      b.cancel_requested_by as "cancelRequestedBy", b.approved_by as "approvedBy", b.fence,
      jsonb_build_object('id', c.id, 'name', c.name, 'timeZone', c.time_zone, 'currency', c.currency) as company
    from batches b join companies c on c.id = b.company_id where b.id = ${batchId}`;
  if (batch === undefined) throw new Error(`There is no batch ${batchId}.`);
  return batch;
}

/** The selection that the batch was started with. */
export async function selectionOf(sql: Sql, batchId: string): Promise<unknown> {
  const [row] = await sql<{ selection: unknown }[]>`select selection from batches where id = ${batchId}`;
  return row?.selection;
}

/** Keeps the plan and starts counting. */
export async function savePlan(sql: Sql, batchId: string, plan: BatchPlan): Promise<void> {
  await sql`update batches set plan = ${sql.json(plan as never)},
    progress = progress || ${sql.json({ items: plan.items, done: 0, of: plan.items })} where id = ${batchId}`;
}

/** How many items are in which state, and for how much. */
export async function countStates(sql: Sql, batchId: string): Promise<Record<string, { documents: number; amount: number }>> {
  const rows = await sql<{ state: string; documents: number; amount: number }[]>`
    select state, count(*)::int as documents, sum(amount)::bigint as amount from batch_items where batch_id = ${batchId} group by state`;
  return Object.fromEntries(rows.map((r) => [r.state, { documents: r.documents, amount: Number(r.amount) }]));
}

/** Writes the counts per state where followers see them. */
export async function saveCounts(sql: Sql, batchId: string): Promise<Record<string, { documents: number; amount: number }>> {
  const counts = await countStates(sql, batchId);
  const states = Object.fromEntries(Object.entries(counts).map(([state, count]) => [state, count.documents]));
  await sql`update batches set progress = jsonb_set(progress, '{states}', ${sql.json(states)}) where id = ${batchId}`;
  return counts;
}

/** Fences off pushes that may still be running: each reads the fence before it calls out. */
export async function raiseFence(sql: Sql, batchId: string): Promise<void> {
  await sql`update batches set fence = fence + 1 where id = ${batchId}`;
}
