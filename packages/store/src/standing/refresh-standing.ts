import { type BatchedRef, type RecordRef, refKey, standingOf } from '@ledgerpost/core';
import { lockCompany } from '../database/lock-company.ts';
import type { Sql } from '../database/open-store.ts';
import { probe } from '../database/probe.ts';
import { itsRecord, itsRefunds, refsSql } from '../records/refs.ts';
import { insertNew, type OpenRow, removeClosed, upsertChanged, upsertUnchanged } from './open-rows.ts';
import { type Facts, loadFacts, type StandingRow, type StandingScope } from './standing-facts.ts';

/**
 * Computes again what of these records, and of those that depend on them, is to be sent to the target now, and writes it to
 * open_records. Call it in the transaction that changed records, postings or settings, after the change. Claims stay as
 * they are. In a transaction that also changes rows of open_records itself, call `lockCompany` first of all.
 */
export async function refreshStanding(
  sql: Sql,
  scope: StandingScope,
  refs: readonly BatchedRef[],
  options: { readonly dependents?: boolean } = {},
): Promise<void> {
  if (refs.length === 0) return;
  await lockCompany(sql, scope.companyId);
  // A record may be named twice, by its own posting and by that of its invoice; a row can be written once a statement.
  const all = options.dependents === false ? once(refs) : await withDependents(sql, scope.companyId, refs);
  for (let from = 0; from < all.length; from += CHUNK) {
    await refreshRows(sql, scope, await loadRows(sql, scope.companyId, all.slice(from, from + CHUNK)));
  }
}

const CHUNK = 2_000;

/**
 * The records that can be batched, and those whose standing depends on any of these: the payment of a refund, the
 * refunds of a payment, payments allocated to an invoice, payments on a job and their refunds, and invoices and credit
 * memos on a job whose tax the books computed for the job's place.
 */
export async function withDependents(sql: Sql, companyId: string, refs: readonly RecordRef[]): Promise<readonly BatchedRef[]> {
  return sql<BatchedRef[]>`
    with named as (select type, id from ${refsSql(sql, refs)}),
    payments as (
      select id from named where type = 'payment'
      union
      select r.parent_id from named n ${itsRecord(sql, companyId)}
      where n.type = 'refund' and r.parent_id is not null
      union
      select p.id from named n ${probe(
        sql,
        'p',
        sql`
        select id from records where company_id = ${companyId} and type = 'payment' and parent_id = n.id`,
      )}
      where n.type = 'job'
      union
      select a.payment_id from named n ${probe(
        sql,
        'a',
        sql`
        select payment_id from allocations where company_id = ${companyId} and invoice_id = n.id`,
      )}
      where n.type = 'invoice'
    )
    select type, id from named where type in ('invoice', 'payment', 'refund', 'creditMemo')
    union
    select i.type, i.id from named n ${probe(
      sql,
      'i',
      sql`
      select type, id from records r
      where r.company_id = ${companyId} and r.type in ('invoice', 'creditMemo') and r.content ? 'jobId'
        and r.content ->> 'jobId' = n.id and exists (
          select from company_targets t ${probe(
            sql,
            'p',
            sql`
            select from postings where company_id = ${companyId} and target = t.target and type = r.type and record_id = r.id
              and standing and facts ? 'place'`,
          )} where t.company_id = ${companyId})`,
    )}
    where n.type = 'job'
    union
    select 'payment', id from payments
    union
    select 'refund', r.id from payments n ${itsRefunds(sql, companyId)}`;
}

/**
 * The work of `refreshStanding` for records at hand, dependents not included. The company's lock must be held.
 * @param atHand `facts` of these records, if they were loaded since the records changed; `areNew` if nobody had them before
 */
export async function refreshRows(
  sql: Sql,
  scope: StandingScope,
  rows: readonly StandingRow[],
  atHand: { readonly facts?: Facts | undefined; readonly areNew?: boolean } = {},
): Promise<void> {
  if (rows.length === 0) return;
  const facts = atHand.facts ?? (await loadFacts(sql, scope, rows));
  const open: OpenRow[] = [];
  const closed: BatchedRef[] = [];
  for (const row of rows) {
    const standing = standingOf(row.record, facts.of(row));
    if (!standing.open) closed.push(row.record);
    else open.push({ ...facts.shown(row.record), ref: row.record, revision: row.revision, ...standing });
  }
  const changed = open.filter((row) => row.revision !== null);
  const unchanged = open.filter((row) => row.revision === null);
  if (changed.length > 0) await (atHand.areNew === true ? insertNew : upsertChanged)(sql, scope, changed);
  if (unchanged.length > 0) await upsertUnchanged(sql, scope, unchanged);
  if (closed.length > 0) await removeClosed(sql, scope, closed);
}

async function loadRows(sql: Sql, companyId: string, refs: readonly BatchedRef[]): Promise<readonly StandingRow[]> {
  return sql<StandingRow[]>`
    select r.content as record, r.content_hash as "contentHash", null as revision
    from ${refsSql(sql, refs)} n ${itsRecord(sql, companyId)}`;
}

function once(refs: readonly BatchedRef[]): readonly BatchedRef[] {
  return [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
}
