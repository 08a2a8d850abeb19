import { type BatchedRef, listOf, type Money, type Operation, type ProblemCode } from '@ledgerpost/core';
import type { TransactionSql } from 'postgres';
import type { Fragment, Sql } from '../database/open-store.ts';
import { probe, probeOrNull } from '../database/probe.ts';
import { rowsOf } from '../database/rows-of.ts';
import { violates } from '../database/violates.ts';
import { refsSql } from '../records/refs.ts';
import type { Shown, StandingScope } from './standing-facts.ts';
import type { Readiness } from './unbatched.ts';

/** What of a record is to be sent now, or why it can't be. */
export interface OpenRow extends Shown {
  readonly ref: BatchedRef;
  readonly revision: number | null;
  readonly readiness: Readiness;
  readonly operation?: Operation;
  readonly reason?: ProblemCode;
  readonly amount: Money;
}

/** The records themselves changed: their rows get the records' revisions in any case. */
export async function upsertChanged(sql: Sql, scope: StandingScope, rows: readonly OpenRow[]): Promise<void> {
  await sql`${insertOpen(sql, scope, rows)} ${orUpdate(sql)}`;
}

/**
 * As `upsertChanged`, of records that nobody had before. To be ready for a row that is there takes Postgres two looks into the index
 * and a second line of its log for each, so this is ready only once it failed: a row may have outlived its record.
 */
export async function insertNew(sql: Sql, scope: StandingScope, rows: readonly OpenRow[]): Promise<void> {
  try {
    // Under the company's lock, so in a transaction.
    await (sql as TransactionSql).savepoint((inner) => inner`${insertOpen(inner, scope, rows)}`);
  } catch (error) {
    if (!violates(error, 'open_records_company_id_target_type_id_pk')) throw error;
    await upsertChanged(sql, scope, rows);
  }
}

/**
 * The records did not change: a row that changes gets a revision of its own, one that does not stays untouched. No record shows
 * such a change, so it is a cause to check again.
 */
export async function upsertUnchanged(sql: Sql, scope: StandingScope, rows: readonly OpenRow[]): Promise<void> {
  await sql`
    with changed as (${insertOpen(sql, scope, rows)} ${orUpdate(sql)}
      where (o.readiness, o.operation, o.reason, o.date, o.department_id, o.customer_id, o.number, o.amount)
        is distinct from (excluded.readiness, excluded.operation, excluded.reason, excluded.date, excluded.department_id,
          excluded.customer_id, excluded.number, excluded.amount)
      returning 1)
    insert into check_causes (company_id, target, concerns_all)
    select ${scope.companyId}, ${scope.target}, false where exists (select from changed)`;
}

function insertOpen(sql: Sql, { companyId, target }: StandingScope, rows: readonly OpenRow[]): Fragment {
  const values = rows.map(({ ref: { type, id }, ...row }) => ({ ...row, type, id, list: listOf(type) }));
  const key = { type: 'many-texts', id: 'many-texts', list: 'many-texts', readiness: 'many-texts' } as const;
  const what = { operation: 'many-texts', reason: 'many-texts' } as const;
  const shown = { date: 'date', departmentId: 'many-texts', customerId: 'many-texts', number: 'many-texts' } as const;
  // A record that is open again while a batch still has it must not look free.
  const claim = sql`
    select batch_id from batch_items
    where company_id = ${companyId} and target = ${target} and type = n.type and record_id = n.id and claimed`;
  return sql`
    insert into open_records as o (company_id, target, type, id, list, readiness, operation, reason, date, department_id,
      customer_id, number, amount, revision, claimed_by)
    select ${companyId}, ${target}, n.type, n.id, n.list, n.readiness, n.operation, n.reason, n.date, n.department_id,
      n.customer_id, n.number, n.amount, coalesce(n.revision, nextval('record_revision')), b.batch_id
    from ${rowsOf(sql, values, { ...key, ...what, ...shown, amount: 'bigint', revision: 'bigint' })} n ${probeOrNull(sql, 'b', claim)}`;
}

function orUpdate(sql: Sql): Fragment {
  return sql`on conflict (company_id, target, type, id) do update set readiness = excluded.readiness, operation = excluded.operation, reason = excluded.reason, date = excluded.date,
    department_id = excluded.department_id, customer_id = excluded.customer_id, number = excluded.number,
    amount = excluded.amount, revision = excluded.revision`;
}

/** By their places in the table, found one by one; under the company's lock no row moves in between. */
export async function removeClosed(sql: Sql, { companyId, target }: StandingScope, refs: readonly BatchedRef[]): Promise<void> {
  await sql`
    delete from open_records where ctid = any (array(
      select o.ctid from ${refsSql(sql, refs)} n ${probe(
        sql,
        'o',
        sql`
        select ctid from open_records where company_id = ${companyId} and target = ${target} and type = n.type and id = n.id`,
      )}
    ))`;
}
