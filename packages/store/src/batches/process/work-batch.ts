import type { CompanyFacts, ItemState } from '@ledgerpost/core';
import { eq, sql as expression } from 'drizzle-orm';
import { built, drizzleOn } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { type BatchPlan, batches, type Count, companies } from '../../schema/index.ts';
import { type Range, wholeBatch } from '../items/item-parts.ts';
import { changeBatch } from './move-batch.ts';

const COLUMNS = {
  id: batches.id,
  target: batches.target,
  name: batches.name,
  state: batches.state,
  settings: batches.settings,
  connectionId: batches.connectionId,
  plan: batches.plan,
  digest: batches.digest,
  startedBy: batches.startedBy,
  cancelRequestedBy: batches.cancelRequestedBy,
  approvedBy: batches.approvedBy,
  fence: batches.fence,
  filed: batches.filed,
};

/** What the verbs need to know of the batch that they work on: settings and connection as they were at its start. */
export interface WorkBatch extends Readonly<Pick<typeof batches.$inferSelect, keyof typeof COLUMNS>> {
  readonly company: CompanyFacts;
  /** Whether it has items in states that a step asked about; absent: none did. */
  readonly undone?: boolean;
}

/** Items of a batch in these states; without a range, of all of it. */
export interface ItemsIn extends Partial<Pick<Range, 'fromSeq' | 'toSeq'>> {
  readonly states: readonly ItemState[];
}

/**
 * Reads a batch to work on.
 * @param undone whether there are such items is read too, into `undone`
 * @throws if there is none, which an engineer must look into.
 */
export async function workBatch(sql: Sql, batchId: string, undone?: ItemsIn): Promise<WorkBatch> {
  const [batch] =
    undone === undefined
      ? await oneBatch(sql, { batchId })
      : await oneBatchWithItems(sql, { ...wholeBatch(batchId), ...undone, states: [...undone.states] });
  if (batch === undefined) throw new Error(`There is no batch ${batchId}.`);
  return batch;
}

const COMPANY = { id: companies.id, name: companies.name, timeZone: companies.timeZone, currency: companies.currency };
const { placeholder } = expression;

const oneBatch = built((database) =>
  database
    .select({ ...COLUMNS, company: COMPANY })
    .from(batches)
    .innerJoin(companies, eq(companies.id, batches.companyId))
    .where(eq(batches.id, placeholder('batchId'))),
);

const oneBatchWithItems = built((database) =>
  database
    .select({
      ...COLUMNS,
      company: COMPANY,
      undone: expression<boolean>`exists (
        select from batch_items i where i.batch_id = ${placeholder('batchId')}
          and i.seq between ${placeholder('fromSeq')} and ${placeholder('toSeq')} and i.state = any(${placeholder('states')}::text[]))`,
    })
    .from(batches)
    .innerJoin(companies, eq(companies.id, batches.companyId))
    .where(eq(batches.id, placeholder('batchId'))),
);

/** Whether a batch has sealed files that say how many documents they hold. */
export async function isFiled(sql: Sql, batchId: string): Promise<boolean> {
  const [row] = await filedOf(sql, { batchId });
  return row !== undefined && row.filed !== null;
}

const filedOf = built((database) =>
  database
    .select({ filed: batches.filed })
    .from(batches)
    .where(eq(batches.id, placeholder('batchId'))),
);

/** The selection that the batch was started with, and what was claimed by it; null: nothing yet. */
export async function selectionOf(
  sql: Sql,
  batchId: string,
): Promise<Pick<typeof batches.$inferSelect, 'selection' | 'plan'> | undefined> {
  const { selection, plan } = batches;
  const [row] = await drizzleOn(sql).select({ selection, plan }).from(batches).where(eq(batches.id, batchId));
  return row;
}

/** Keeps the plan, starts counting, and announces it. */
export async function savePlan(sql: Sql, batchId: string, plan: BatchPlan): Promise<void> {
  const progress = { items: plan.items, done: 0, of: plan.items };
  await changeBatch(
    sql,
    batchId,
    sql`plan = ${sql.json(plan as never)}, progress = progress || ${JSON.stringify(progress)}::jsonb`,
  );
}

/** How many items are in which state, and for how much. */
export async function countStates(sql: Sql, batchId: string): Promise<Record<string, Count>> {
  const rows = await sql<({ state: string } & Count)[]>`
    select state, count(*)::int as documents, sum(amount)::bigint as amount from batch_items
    where batch_id = ${batchId} group by state order by state`;
  return Object.fromEntries(rows.map(({ state, documents, amount }) => [state, { documents, amount }]));
}

/** Of counts by state or operation, how many documents each has. */
export function documentsPer(counts: Readonly<Record<string, Pick<Count, 'documents'>>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([name, { documents }]) => [name, documents]));
}

/** Writes the counts per state where followers see them. */
export async function saveCounts(sql: Sql, batchId: string): Promise<Record<string, Count>> {
  const counts = await countStates(sql, batchId);
  await sql`update batches set progress = jsonb_set(progress, '{states}', ${sql.json(documentsPer(counts))}) where id = ${batchId}`;
  return counts;
}

/** Fences off pushes that may still be running: each reads the fence before it calls the target. */
export async function raiseFence(sql: Sql, batchId: string): Promise<void> {
  await drizzleOn(sql)
    .update(batches)
    .set({ fence: expression`${batches.fence} + 1` })
    .where(eq(batches.id, batchId));
}
