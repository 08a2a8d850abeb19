import type { Operation } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import type { BatchPlan } from '../../schema/index.ts';

/**
 * Claims the selected open records for a batch, all at once and in the database: one item each, numbered by stage, then
 * date, number and id, so that a stage is a range. With `rehearsal` (a preview inside a transaction that is rolled back)
 * nothing that another batch could wait for is touched.
 */
export async function claimItems(
  sql: Sql,
  claim: {
    batchId: string;
    companyId: string;
    target: string;
    stages: readonly { id: string; name: string; operations: readonly Operation[] }[];
    /** From `selectionSql`: a query for type, id, operation, date, number, amount and customer_id of open records. */
    // biome-ignore lint/suspicious/noExplicitAny: a fragment of postgres.js has no public type
    selected: any;
    rehearsal: boolean;
  },
): Promise<BatchPlan> {
  const stageOf = claim.stages.flatMap((stage, index) => stage.operations.map((operation) => ({ operation, stage: index })));
  await sql`
    insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, number, customer_id, amount, content_hash)
    select ${claim.batchId}::uuid, row_number() over (order by s.stage, o.date, o.number, o.type, o.id), ${claim.companyId}, ${claim.target},
      o.type, o.id, o.operation,
      split_part(o.operation, '.', 1),
      s.stage, 'claimed', ${!claim.rehearsal}, o.number, o.customer_id, o.amount, ''
    from (${claim.selected}) o
    join unnest(${stageOf.map((s) => s.operation)}::text[], ${stageOf.map((s) => s.stage)}::int[]) s (operation, stage) on s.operation = o.operation`;
  if (!claim.rehearsal) {
    // One index probe an item, whatever the planner believes of a table that was filled a moment ago.
    await sql`
      update open_records set claimed_by = ${claim.batchId}
      where ctid = any (array(
        select o.ctid from batch_items i cross join lateral (
          select ctid from open_records
          where company_id = ${claim.companyId} and target = ${claim.target} and type = i.type and id = i.record_id offset 0
        ) o where i.batch_id = ${claim.batchId}
      ))`;
  }
  return planOf(sql, claim.batchId, claim.stages);
}

/** The ranges of a batch's stages, as claimed. */
export async function planOf(sql: Sql, batchId: string, stages: readonly { id: string; name: string }[]): Promise<BatchPlan> {
  const ranges = await sql<{ stage: number; fromSeq: number; toSeq: number; items: number }[]>`
    select stage, min(seq) as "fromSeq", max(seq) as "toSeq", count(*)::int as items from batch_items where batch_id = ${batchId} group by stage`;
  return {
    stages: stages.map((stage, index) => {
      const range = ranges.find((r) => r.stage === index);
      return { id: stage.id, name: stage.name, fromSeq: range?.fromSeq ?? 1, toSeq: range?.toSeq ?? 0 };
    }),
    items: ranges.reduce((sum, r) => sum + r.items, 0),
  };
}
