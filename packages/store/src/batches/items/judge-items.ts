import { type BatchedRef, type Problem, RETRIABLE_ITEM_STATES } from '@ledgerpost/core';
import { and, asc, eq, inArray } from 'drizzle-orm';
import { drizzleOn } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { batchItems } from '../../schema/index.ts';
import { type CauseRef, hasCause } from './causes.ts';
import { inRange, isThere, placesOfItems, type Range, valuesOfItems } from './item-parts.ts';

/** The verdict on a range: those named are rejected or carry new warnings, all others of it are ready. */
export async function judgeItems(
  sql: Sql,
  range: Range,
  verdicts: readonly { seq: number; rejected: boolean; problems: readonly Problem[] }[],
): Promise<void> {
  await sql`
    with ${placesOfItems(sql, range.batchId, verdicts, { rejected: 'bool', problems: 'jsonb' })}
    update batch_items i set state = case when n.rejected then 'rejected' else 'ready' end, problems = n.problems
    from n where ${isThere(sql)} and i.state = 'frozen'`;
  await sql`update batch_items i set state = 'ready' where ${inRange(sql, range)} and i.state = 'frozen'`;
}

/** Adds a problem to items and puts them in a state; `undefined` keeps the state. An item may be named more than once. */
export async function markItems(
  sql: Sql,
  batchId: string,
  state: 'rejected' | 'blocked' | undefined,
  marks: readonly { seq: number; problem: Problem }[],
): Promise<void> {
  if (marks.length === 0) return;
  const marked = [...Map.groupBy(marks, ({ seq }) => seq)].map(([seq, of]) => ({
    seq,
    problems: of.map(({ problem }) => problem),
  }));
  await sql`
    update batch_items i set state = coalesce(${state ?? null}, i.state),
      -- A batch whose workflow was lost is checked again: each finding counts once.
      problems = case when i.problems @> n.problems then i.problems else coalesce(i.problems, '[]') || n.problems end
    from ${valuesOfItems(sql, batchId, marked, { problems: 'jsonb' })}
    where i.batch_id = n.batch_id and i.seq = n.seq and i.state in ('ready', 'rejected', 'exported')`;
}

/** The problems and notices of a batch's documents: the first few, worst first, and how many documents have each code. */
export async function problemsOf(
  sql: Sql,
  batchId: string,
  limit: number,
): Promise<{ problems: (Problem & { number: string })[]; counts: Record<string, number> }> {
  // Whole, as they were written: taken apart into columns, a problem without a field would get one that is null.
  const problems = await sql<{ problem: Problem & { number: string } }[]>`
    select p || jsonb_build_object('number', i.number) as problem
    from batch_items i, jsonb_array_elements(i.problems) p
    where i.batch_id = ${batchId} and i.problems is not null
    order by case p->>'severity' when 'problem' then 0 when 'warning' then 1 else 2 end, i.seq limit ${limit}`;
  const counts = await sql<{ code: string; documents: number }[]>`
    select p->>'code' as code, count(distinct seq)::int as documents from batch_items, jsonb_array_elements(problems) p
    where batch_id = ${batchId} and problems is not null group by 1 order by 1`;
  return { problems: problems.map((row) => row.problem), counts: Object.fromEntries(counts.map((c) => [c.code, c.documents])) };
}

/** The records of a batch that a retry sends again. */
export async function itemsToRetry(sql: Sql, batchId: string, cause?: CauseRef | undefined): Promise<BatchedRef[]> {
  return drizzleOn(sql)
    .select({ type: batchItems.type, id: batchItems.recordId })
    .from(batchItems)
    .where(
      and(
        eq(batchItems.batchId, batchId),
        inArray(batchItems.state, [...RETRIABLE_ITEM_STATES]),
        cause === undefined ? undefined : hasCause(cause),
      ),
    )
    .orderBy(asc(batchItems.seq));
}

/** The first document of a batch that can be sent; undefined if there is none. */
export async function firstReady(sql: Sql, batchId: string): Promise<{ seq: number; record: BatchedRef } | undefined> {
  const [first] = await drizzleOn(sql)
    .select({ seq: batchItems.seq, type: batchItems.type, id: batchItems.recordId })
    .from(batchItems)
    .where(and(eq(batchItems.batchId, batchId), eq(batchItems.state, 'ready')))
    .orderBy(asc(batchItems.seq))
    .limit(1);
  return first && { seq: first.seq, record: { type: first.type, id: first.id } };
}
