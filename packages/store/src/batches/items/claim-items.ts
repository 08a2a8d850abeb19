import type { Operation } from '@ledgerpost/core';
import type { Fragment, Sql } from '../../database/open-store.ts';
import { rowsOf } from '../../database/rows-of.ts';
import type { BatchPlan } from '../../schema/index.ts';

interface Stage {
  readonly id: string;
  readonly name: string;
  readonly operations: readonly Operation[];
}

/**
 * Claims the selected open records for a batch, all at once and in the database: one item each, numbered by stage, then
 * date, number and id, so that a stage is a range. With `rehearsal` (a preview inside a transaction that is rolled back)
 * it touches no row that another batch could wait for.
 */
export async function claimItems(
  sql: Sql,
  claim: {
    batchId: string;
    companyId: string;
    target: string;
    stages: readonly Stage[];
    /** From `selectionSql`: a query for type, id, operation, date, number, amount, customer_id and place of open records. */
    selected: Fragment;
    rehearsal: boolean;
  },
): Promise<BatchPlan> {
  const stageOf = claim.stages.flatMap((stage, index) => stage.operations.map((operation) => ({ operation, stage: index })));
  // Both writes in one statement: the rows that it read are claimed where they are, and not looked up again.
  const claimed = claim.rehearsal
    ? sql``
    : sql`, claimed as (
      update open_records set claimed_by = ${claim.batchId} where ctid = any (array(select place from chosen))
    )`;
  await sql`
    with chosen as materialized (
      select row_number() over (order by s.stage, o.date, o.number, o.type, o.id) as seq, s.stage, o.type, o.id, o.operation, o.number,
        o.customer_id, o.amount, o.place
      from (${claim.selected}) o
      join ${rowsOf(sql, stageOf, { operation: 'text', stage: 'int' })} s on s.operation = o.operation
    )${claimed}
    insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, number,
      customer_id, amount, content_hash)
    select ${claim.batchId}::uuid, seq, ${claim.companyId}, ${claim.target}, type, id, operation, split_part(operation, '.', 1), stage,
      'claimed', ${!claim.rehearsal}, number, customer_id, amount, ''
    from chosen`;
  return planOf(sql, claim.batchId, claim.stages);
}

/** The ranges of a batch's stages, as claimed. */
export async function planOf(sql: Sql, batchId: string, stages: readonly Pick<Stage, 'id' | 'name'>[]): Promise<BatchPlan> {
  const ranges = await sql<{ stage: number; fromSeq: number; toSeq: number; items: number }[]>`
    select stage, min(seq) as "fromSeq", max(seq) as "toSeq", count(*)::int as items from batch_items
    where batch_id = ${batchId} group by stage`;
  return {
    stages: stages.map((stage, index) => {
      const range = ranges.find((r) => r.stage === index);
      return { id: stage.id, name: stage.name, fromSeq: range?.fromSeq ?? 1, toSeq: range?.toSeq ?? 0 };
    }),
    items: ranges.reduce((sum, r) => sum + r.items, 0),
  };
}
