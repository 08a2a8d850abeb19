import type { Operation } from '@ledgerpost/core';
import type { Fragment, Sql } from '../../database/open-store.ts';
import type { BatchPlan, Count } from '../../schema/index.ts';

interface Stage {
  readonly id: string;
  readonly name: string;
  readonly operations: readonly Operation[];
}

/**
 * Claims the selected open records for a batch, all at once and in the database: one item each, numbered by stage, then
 * date, number and id, so that a stage is a range. With `rehearsal` (a preview inside a transaction that is rolled back)
 * it touches no row that another batch could wait for.
 * @returns the ranges of the stages, and what was claimed
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
): Promise<{ plan: BatchPlan; claimed: Count }> {
  const operations = claim.stages.flatMap((stage) => stage.operations);
  // Of each of these, in the same order. A join would read all that is selected once for each operation.
  const stageOf = claim.stages.flatMap((stage, index) => stage.operations.map(() => index));
  // Both writes in one statement: the rows that it read are claimed where they are, and not looked up again.
  const claimed = claim.rehearsal
    ? sql``
    : sql`, claimed as (
      update open_records set claimed_by = ${claim.batchId} where ctid = any (array(select place from chosen))
    )`;
  const ranges = await sql<({ stage: number; fromSeq: number; toSeq: number } & Count)[]>`
    with chosen as materialized (
      select row_number() over (order by o.stage, o.date, o.number, o.type, o.id) as seq, o.stage, o.type, o.id, o.operation, o.number,
        o.customer_id, o.amount, o.place
      from (
        select *, (${stageOf}::int[])[array_position(${operations}::text[], operation)] as stage
        from (${claim.selected}) o where operation = any(${operations}::text[])
      ) o
    )${claimed}, items as (
    insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, number,
      customer_id, amount, content_hash)
    select ${claim.batchId}::uuid, seq, ${claim.companyId}, ${claim.target}, type, id, operation, split_part(operation, '.', 1), stage,
      'claimed', ${!claim.rehearsal}, number, customer_id, amount, ''
    from chosen
    )
    select stage, min(seq)::int as "fromSeq", max(seq)::int as "toSeq", count(*)::int as documents, sum(amount)::bigint as amount
    from chosen group by stage`;
  const stages = claim.stages.map(({ id, name }, index) => {
    const range = ranges.find(({ stage }) => stage === index);
    return { id, name, fromSeq: range?.fromSeq ?? 1, toSeq: range?.toSeq ?? 0 };
  });
  const claimedOf = (of: (count: Count) => number) => ranges.reduce((sum, count) => sum + of(count), 0);
  const documents = claimedOf((count) => count.documents);
  return { plan: { stages, items: documents }, claimed: { documents, amount: claimedOf(({ amount }) => amount) } };
}
