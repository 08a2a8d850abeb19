import type { BatchedRef, Problem } from '@ledgerpost/core';
import { eq } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import type { Fragment, Sql } from '../database/open-store.ts';
import { probe, probeOrNull } from '../database/probe.ts';
import { rowsOf } from '../database/rows-of.ts';
import { itemsOfRecord } from '../records/refs.ts';
import { batches } from '../schema/index.ts';

/** Settings of a company at a target, as a check used them. */
export interface CheckedBy {
  readonly companyId: string;
  readonly target: string;
  readonly settingsVersion: number;
}

/** What a check found that is not stored yet: the records that it would keep out of a batch, and those that it no longer would. */
export interface NewVerdicts {
  readonly stopped: readonly (BatchedRef & { readonly revision: number; readonly problem: Problem })[];
  readonly cleared: readonly BatchedRef[];
}

/** States of items that a problem keeps out of a batch before anything is sent. */
const KEPT_OUT = ['rejected', 'blocked'];

/** What the check of a batch or of a preview found, as far as it is new. A check that found the same as the last one has nothing. */
export async function newVerdicts(sql: Sql, batchId: string, by: CheckedBy): Promise<NewVerdicts> {
  const { companyId, target, settingsVersion } = by;
  const open = sql`
    select revision from open_records where company_id = ${companyId} and target = ${target} and type = i.type and id = i.record_id`;
  const known = sql`
    select revision, settings_version, problem from open_verdicts
    where company_id = ${companyId} and target = ${target} and type = i.type and id = i.record_id`;
  const first = sql`
    select p as problem from jsonb_array_elements(i.problems) with ordinality as found (p, place)
    where p ->> 'severity' = 'problem' order by place limit 1`;
  const stopped = await sql<NewVerdicts['stopped']>`
    select i.type, i.record_id as id, o.revision, f.problem from batch_items i
    ${probe(sql, 'o', open)} ${probe(sql, 'f', first)} ${probeOrNull(sql, 'v', known)}
    where i.batch_id = ${batchId} and i.state = any (${KEPT_OUT}) and (v.revision, v.settings_version, v.problem)
      is distinct from (o.revision, ${settingsVersion}::int, f.problem)
    order by i.type, i.record_id`;
  return { stopped, cleared: await clearedVerdicts(sql, batchId, by) };
}

/** The records that were found wrong before, and that the batch did not keep out. */
export async function clearedVerdicts(
  sql: Sql,
  batchId: string,
  { companyId, target }: Pick<CheckedBy, 'companyId' | 'target'>,
): Promise<NewVerdicts['cleared']> {
  // By the record alone: the index of the batch would be read from its first item to its last, for each record.
  const itsItems = itemsOfRecord(
    sql,
    sql`batch_id, state`,
    sql`company_id = v.company_id and type = v.type and record_id = v.id`,
  );
  return sql<BatchedRef[]>`
    select v.type, v.id from open_verdicts v ${probe(sql, 'i', itsItems)}
    where v.company_id = ${companyId} and v.target = ${target} and i.batch_id = ${batchId} and i.state <> all (${KEPT_OUT})
    order by v.type, v.id`;
}

/** The settings that a batch checks its documents by. */
export async function checkedByBatch(sql: Sql, batchId: string): Promise<CheckedBy> {
  const { companyId, target, settingsVersion } = batches;
  const [by] = await drizzleOn(sql).select({ companyId, target, settingsVersion }).from(batches).where(eq(batches.id, batchId));
  if (by === undefined) throw new Error(`There is no batch ${batchId}.`);
  return by;
}

/** Keeps what a check found. Of two checks at once, the later one counts. */
export async function storeVerdicts(
  sql: Sql,
  { companyId, target, settingsVersion }: CheckedBy,
  found: NewVerdicts,
): Promise<void> {
  if (found.stopped.length > 0)
    await sql`
      insert into open_verdicts as v (company_id, target, type, id, revision, settings_version, problem)
      select ${companyId}, ${target}, n.type, n.id, n.revision, ${settingsVersion}, n.problem
      from ${rowsOf(sql, found.stopped, { type: 'text', id: 'text', revision: 'bigint', problem: 'jsonb' })} n
      order by n.type, n.id
      on conflict (company_id, target, type, id) do update set revision = excluded.revision,
        settings_version = excluded.settings_version, problem = excluded.problem, checked_at = now()`;
  if (found.cleared.length > 0)
    await sql`
      delete from open_verdicts v using ${rowsOf(sql, found.cleared, { type: 'text', id: 'text' })} n
      where v.company_id = ${companyId} and v.target = ${target} and v.type = n.type and v.id = n.id`;
}

/** Deletes what was found about records that are not open any more. @returns how many */
export async function dropOldVerdicts(sql: Sql, companyId: string, target: string): Promise<number> {
  const open = sql`
    select id from open_records where company_id = v.company_id and target = v.target and type = v.type and id = v.id`;
  const { count } = await sql`
    delete from open_verdicts where ctid = any (array(
      select v.ctid from open_verdicts v ${probeOrNull(sql, 'o', open)}
      where v.company_id = ${companyId} and v.target = ${target} and o.id is null))`;
  return count;
}

/** The stored verdict on the open record `alias`, as a query that gives at most one row. Without a version of settings, none. */
export function verdictSql(sql: Sql, alias: 'o' | 'p', settingsVersion: number | undefined): Fragment {
  const open = sql(alias) as unknown as Fragment;
  return sql`
    select problem from open_verdicts
    where company_id = ${open}.company_id and target = ${open}.target and type = ${open}.type and id = ${open}.id
      and revision = ${open}.revision and settings_version = ${settingsVersion ?? null}::int`;
}
