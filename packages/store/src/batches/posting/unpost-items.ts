import { type BatchedRef, type Problem, refKey, STANDING_ITEM_STATES } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import { probe } from '../../database/probe.ts';
import { rowsOf } from '../../database/rows-of.ts';
import { inRange, isOneOf, type Range, valuesOfItems } from '../items/item-parts.ts';
import { recordsTouchedBy } from './records-touched-by.ts';

/**
 * Takes back the postings of a range's items: the postings before them stand again.
 * @param undone with the version that the document before now has at the target, where the target said so
 * @returns the records whose standing has to be computed again, dependents included
 */
export async function unpostItems(
  sql: Sql,
  range: Range,
  undone: readonly { seq: number; externalVersion?: string | undefined }[] | 'all',
): Promise<BatchedRef[]> {
  const which = undone === 'all' ? sql`` : sql`and i.seq = any(${undone.map((u) => u.seq)}::int[])`;
  const chosen = sql`${inRange(sql, range)} and i.state in ${sql(STANDING_ITEM_STATES)} ${which}`;
  const lifted = await sql<{ seq: number; supersedes: number | null }[]>`
    update postings set standing = false where id = any (array(
      select p.id from batch_items i ${probe(
        sql,
        'p',
        sql`
        select id from postings where batch_id = i.batch_id and seq = i.seq and standing`,
      )}
      where ${chosen}
    )) returning seq, supersedes`;
  const versions = new Map(undone === 'all' ? [] : undone.map((u) => [u.seq, u.externalVersion]));
  const restored = lifted.flatMap(({ seq, supersedes: id }) => (id === null ? [] : [{ id, version: versions.get(seq) }]));
  if (restored.length > 0) {
    await sql`
      update postings p set standing = true,
        facts = case when n.version is null then p.facts else p.facts || jsonb_build_object('externalVersion', n.version) end
      from ${rowsOf(sql, restored, { id: 'bigint', version: 'text' })} n where p.id = n.id`;
  }
  // A confirmed undo: a post of the same content again must be a new write at the target.
  await raiseGenerations(sql, chosen);
  await sql`update batch_items i set state = 'undone' where ${chosen}`;
  const own = await sql<BatchedRef[]>`
    select i.type, i.record_id as id from batch_items i where ${inRange(sql, range)} and i.state = 'undone' ${which}`;
  const seqs = undone === 'all' ? undefined : undone.map((u) => u.seq);
  const more = await recordsTouchedBy(sql, range, seqs, { themselves: true });
  // A record that was edited since it was posted is among the open ones, too.
  return [...new Map([...own, ...more].map(({ type, id }) => [refKey({ type, id }), { type, id }])).values()];
}

interface Verdict {
  readonly seq: number;
  readonly state: 'refused' | 'conflict' | 'left';
  readonly problem: Problem;
  /** Of a conflict: what the books hold otherwise, so that a person finds it. */
  readonly externalId?: string | undefined;
}

/**
 * Writes verdicts that aren't postings. What was refused, or met a conflict, gets a new generation: nothing was written, for
 * certain, so that the next try is another write.
 */
export async function refuseItems(sql: Sql, batchId: string, verdicts: readonly Verdict[]): Promise<void> {
  if (verdicts.length === 0) return;
  const rows = verdicts.map((verdict) => ({ ...verdict, externalId: verdict.externalId || null }));
  await sql`
    update batch_items i set state = n.state, problems = coalesce(i.problems, '[]') || n.problem,
      external_id = coalesce(i.external_id, n.external_id)
    from ${valuesOfItems(sql, batchId, rows, { state: 'text', problem: 'jsonb', externalId: 'text' })}
    where i.batch_id = n.batch_id and i.seq = n.seq`;
  const refused = verdicts.filter(({ state }) => state !== 'left').map(({ seq }) => seq);
  await raiseGenerations(sql, isOneOf(sql, batchId, refused));
}

/** The next write of the chosen items' records is another one than any before, also with the same content. */
async function raiseGenerations(sql: Sql, chosen: ReturnType<typeof inRange>): Promise<void> {
  await sql`
    insert into generations (company_id, target, type, id, generation)
    select i.company_id, i.target, i.type, i.record_id, 1 from batch_items i where ${chosen}
    on conflict (company_id, target, type, id) do update set generation = generations.generation + 1`;
}
