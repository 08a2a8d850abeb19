import type { BatchedRef, ItemState } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import { probe } from '../../database/probe.ts';
import { violates } from '../../database/violates.ts';
import { inRange, itsDocument, itsOpenRecord, type Range } from '../items/item-parts.ts';
import { recordsTouchedBy } from './records-touched-by.ts';

/**
 * As `postItems` for documents that sealed files hold, without computing anything again: all of it in the database. Only for a range
 * that `hasOnlyFirsts`, under `shareCompany`. It fits where each record is still as it was frozen, and no other one depends on it.
 * Whether a record stands posted already, the index of postings decides: to ask for each would read a table that grows meanwhile.
 * @returns whether it did fit. If not, what it wrote is wrong: roll it back, and let `postItems` do it under `lockCompany`
 * @throws an error that `isStandingAlready`: as if it did not fit
 */
export async function postFiled(sql: Sql, range: Range, from: readonly ItemState[]): Promise<boolean> {
  const insert = sql`
    insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, batch_id, seq, posted_by)
    select i.company_id, i.target, i.type, i.record_id, true, i.kind, i.number, i.amount, d.facts, i.batch_id, i.seq,
      (select started_by from batches where id = ${range.batchId})
    from batch_items i ${itsDocument(sql)}
    where ${inRange(sql, range)} and i.state in ${sql(from)}`;
  const close = sql`
    delete from open_records where ctid = any (array(
      select o.ctid from batch_items i ${itsOpenRecord(sql)} ${probe(
        sql,
        'r',
        sql`
        select content_hash from records where company_id = i.company_id and type = i.type and id = i.record_id`,
      )}
      where ${inRange(sql, range)} and i.state in ${sql(from)} and r.content_hash = i.content_hash
    ))`;
  const update = sql`
    update batch_items i set state = 'posted', claimed = false where ${inRange(sql, range)} and i.state in ${sql(from)}`;
  // One after the other, without waiting for each answer: the first two read the states that the third one changes.
  const [inserted, closed] = await Promise.all([insert, close, update]);
  if (closed.count !== inserted.count) return false;
  const touched: readonly BatchedRef[] = await recordsTouchedBy(sql, range, undefined, {
    themselves: false,
    payments: false,
  });
  return touched.length === 0;
}

/** Whether a range has nothing but the first documents of invoices and credit memos: only then may `postFiled` fit. */
export async function hasOnlyFirsts(sql: Sql, range: Range, from: readonly ItemState[]): Promise<boolean> {
  const [found] = await sql<[{ others: boolean }]>`
    select exists (
      select from batch_items i
      where ${inRange(sql, range)} and i.state in ${sql(from)} and i.operation not in ('invoice.insert', 'creditMemo.insert')
    ) as others`;
  return !found.others;
}

/** Whether `postFiled` failed because a record of the range stands posted already: an update, though its operation is an insert. */
export function isStandingAlready(error: unknown): boolean {
  return violates(error, 'postings_standing');
}
