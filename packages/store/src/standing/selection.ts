import { createHash } from 'node:crypto';
import {
  choices,
  LISTS,
  type List,
  type ListChoice,
  type Operation,
  type ProblemCode,
  type RecordRef,
  Refusal,
  type Selection,
} from '@ledgerpost/core';
import { and, eq, gt, inArray } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import type { Fragment, Sql } from '../database/open-store.ts';
import { probe, probeOrNull } from '../database/probe.ts';
import { newestRevisionOf } from '../records/newest-revision.ts';
import { itsRecord, refsSql } from '../records/refs.ts';
import { records } from '../schema/index.ts';
import { filterSql, unclaimedSql } from './filter-sql.ts';
import type { Readiness } from './unbatched.ts';

/**
 * The open records that a batch of this selection would have, as a query to use inside another one: those that are ready,
 * and payments that wait for an invoice which the same selection holds. Never one that another batch has. Columns: type,
 * id, list, operation, readiness, date, number, amount, customer_id, department_id, revision, and `place`, where the row is in the
 * table.
 */
export function selectionSql(sql: Sql, companyId: string, target: string, selection: Selection): Fragment {
  const choice = choices(selection);
  const columns = sql`o.type, o.id, o.list, o.operation, o.readiness, o.date, o.number, o.amount, o.customer_id,
    o.department_id, o.revision, o.ctid as place`;
  const [invoices, payments] = LISTS.map(
    (list) => sql`select ${columns} from open_records o where ${selectedSql(sql, companyId, target, selection, list)}`,
  );
  if (takesAll(choice.payments) || choice.invoices.choose === 'none') return sql`${invoices!} union all ${payments!}`;
  // Payments move to another customer together with their invoices, so the selection takes them along.
  const moving = sql`
    select ${columns} from open_records o
    where ${unclaimedSql(sql, companyId, target, 'payments')} and o.operation = 'payment.update' and o.readiness = 'ready'
      and exists (
        select from allocations a ${probe(sql, 'i', openInvoice(sql, companyId, target))}
        where a.company_id = ${companyId} and a.payment_id = o.id and i.claimed_by is null and i.readiness = 'ready'
          and i.operation = 'invoice.update' and i.customer_id = o.customer_id and ${chosenSql(sql, 'i', choice.invoices)}
      )
      and exists (
        select from postings p
        where p.company_id = ${companyId} and p.target = ${target} and p.type = o.type and p.record_id = o.id and p.standing
          and p.facts -> 'customer' ->> 'id' <> o.customer_id
      )`;
  return sql`${invoices!} union all (${payments!} union ${moving})`;
}

function takesAll(choice: ListChoice): boolean {
  return choice.choose === 'all' && !choice.except?.length;
}

/** Of the row `o`: a batch of this selection would have it in that list. */
function selectedSql(sql: Sql, companyId: string, target: string, selection: Selection, list: List): Fragment {
  const choice = choices(selection);
  return sql`${unclaimedSql(sql, companyId, target, list)} and ${chosenSql(sql, 'o', choice[list])}
    and ${sendableSql(sql, companyId, target, choice.invoices)}`;
}

/** Whether a batch of this selection would have any record, of these operations. `selectionCounts` reads all of them; this looks for one. */
export async function selectsAny(
  sql: Sql,
  companyId: string,
  target: string,
  selection: Selection,
  operations: readonly Operation[],
): Promise<boolean> {
  const [{ any }] = await sql<[{ any: boolean }]>`
    select exists (
      select from (${selectionSql(sql, companyId, target, selection)}) s where operation = any(${[...operations]}::text[])
    ) as any`;
  return any;
}

/** How many records of one kind a selection names, and for how much. */
export interface SelectionCount {
  readonly list: List;
  readonly operation: Operation | null;
  readonly readiness: Readiness;
  readonly reason: ProblemCode | null;
  /** Whether a batch of this selection would have them: not what is stopped, and not what waits for an invoice that is not chosen. */
  readonly selected: boolean;
  readonly documents: number;
  readonly amount: number;
}

/** All that the selection names, also what no batch can have now. */
export async function selectionCounts(
  sql: Sql,
  companyId: string,
  target: string,
  selection: Selection,
): Promise<readonly SelectionCount[]> {
  const choice = choices(selection);
  const [invoices, payments] = LISTS.map(
    (list) => sql`
      select o.list, o.operation, o.readiness, o.reason, ${sendableSql(sql, companyId, target, choice.invoices)} as selected, o.amount
      from open_records o
      where ${unclaimedSql(sql, companyId, target, list)} and ${chosenSql(sql, 'o', choice[list])}`,
  );
  return sql<SelectionCount[]>`
    select list, operation, readiness, reason, selected, count(*)::int as documents, sum(amount)::int8 as amount
    from (${invoices!} union all ${payments!}) named
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5`;
}

/** A chosen payment, and an invoice that it is applied to and that could be sent too but is not chosen. */
export interface PaymentWithoutInvoice {
  readonly payment: { readonly id: string; readonly number: string };
  readonly invoice: { readonly id: string; readonly number: string };
}

/** The pairs to warn about: `count` of them in all, the first `limit` by payment named. */
export async function paymentsWithoutInvoices(
  sql: Sql,
  companyId: string,
  target: string,
  selection: Selection,
  limit = 100,
): Promise<{ readonly count: number; readonly pairs: readonly PaymentWithoutInvoice[] }> {
  const choice = choices(selection);
  const rows = await sql<(PaymentWithoutInvoice & { count: number })[]>`
    select jsonb_build_object('id', o.id, 'number', o.number) as payment,
      jsonb_build_object('id', i.id, 'number', i.number) as invoice, count(*) over ()::int as count
    from open_records o
    ${probe(sql, 'a', sql`select invoice_id from allocations where company_id = ${companyId} and payment_id = o.id`)}
    ${probe(sql, 'i', openInvoice(sql, companyId, target))}
    where ${unclaimedSql(sql, companyId, target, 'payments')} and ${chosenSql(sql, 'o', choice.payments)}
      and o.type = 'payment' and o.operation in ('payment.insert', 'payment.update')
      and ${sendableSql(sql, companyId, target, choice.invoices)}
      and ${insertableSql(sql)} and (${chosenSql(sql, 'i', choice.invoices)}) is not true
    order by o.date, o.id, i.id
    limit ${limit}`;
  return { count: rows[0]?.count ?? 0, pairs: rows.map(({ payment, invoice }) => ({ payment, invoice })) };
}

/** A short text that stands for what the selection holds now, and changes with any change to its records. */
export async function selectionDigest(sql: Sql, companyId: string, target: string, selection: Selection): Promise<string> {
  const { revision, count, hash } = await fingerprint(sql, companyId, target, selection);
  return `v1.${revision}.${count}.${hash}`;
}

/**
 * Whether the selection has changed since the digest was made, or its records refer to customers, departments, jobs or
 * services that changed since. `refs` names what changed, at most `limit`: records of the
 * selection, what they refer to, and records that may have left it. Throws `records-changed` for an unreadable digest.
 */
export async function changedSince(
  sql: Sql,
  companyId: string,
  target: string,
  selection: Selection,
  digest: string,
  limit = 100,
): Promise<{ readonly changed: boolean; readonly refs: readonly RecordRef[] }> {
  const before = parseDigest(digest);
  const now = await fingerprint(sql, companyId, target, selection);
  const references = await changedReferences(sql, companyId, target, selection, before.revision, limit);
  const same = now.count === before.count && now.hash === before.hash;
  if (same) return { changed: references.length > 0, refs: references };
  const own = await changedRecords(sql, companyId, target, selection, before.revision, limit);
  return { changed: true, refs: [...own, ...references].slice(0, limit) };
}

interface Fingerprint {
  /** Everything up to here was seen. */
  readonly revision: number;
  readonly count: number;
  readonly hash: string;
}

/** Of the row `o`: ready, or a payment that waits for an invoice which is chosen too. */
function sendableSql(sql: Sql, companyId: string, target: string, invoices: ListChoice): Fragment {
  return sql`(o.readiness = 'ready' or (o.readiness = 'waiting' and exists (
    select from allocations a ${probe(sql, 'i', openInvoice(sql, companyId, target))}
    where a.company_id = ${companyId} and a.payment_id = o.id and ${insertableSql(sql)} and ${chosenSql(sql, 'i', invoices)}
  )))`;
}

/** The open record of the invoice that an allocation `a` is about. */
function openInvoice(sql: Sql, companyId: string, target: string): Fragment {
  return sql`
    select * from open_records where company_id = ${companyId} and target = ${target} and type = 'invoice' and id = a.invoice_id`;
}

/** Of the row `i`: an invoice that a batch can put into the books, so that payments can be applied to it. */
function insertableSql(sql: Sql): Fragment {
  return sql`i.claimed_by is null and i.readiness = 'ready' and i.operation = 'invoice.insert'`;
}

/** The condition of one choice on a row of open_records with the name `alias`. */
function chosenSql(sql: Sql, alias: string, choice: ListChoice): Fragment {
  const ref = sql`(${sql(alias)}.type, ${sql(alias)}.id)`;
  switch (choice.choose) {
    case 'none':
      return sql`false`;
    case 'all':
      return choice.except?.length ? sql`${ref} not in (select type, id from ${refsSql(sql, choice.except)} r)` : sql`true`;
    case 'ids':
      return isAmong(sql, ref, choice.ids);
    case 'filter':
      return choice.except?.length
        ? sql`${filterSql(sql, alias, choice.filter)} and ${ref} not in (select type, id from ${refsSql(sql, choice.except)} r)`
        : filterSql(sql, alias, choice.filter);
    default:
      return choice satisfies never;
  }
}

/**
 * Whether a reference is one of these. `is true` keeps Postgres from making a join of it: it hashes the references once,
 * whatever number of rows it expects.
 */
function isAmong(sql: Sql, ref: Fragment, refs: readonly RecordRef[]): Fragment {
  return sql`(${ref} in (select type, id from ${refsSql(sql, refs)} x)) is true`;
}

/** The company's lock makes revisions rise in the order of commits, so the highest one seen bounds all that was seen. */
async function fingerprint(sql: Sql, companyId: string, target: string, selection: Selection): Promise<Fingerprint> {
  const [row] = await sql<[{ revision: number | null; known: number | null; count: number; rows: string | null }]>`
    select max(s.revision) as revision, count(*)::int as count,
      ${newestRevisionOf(sql, companyId)} as known,
      encode(sha256(convert_to(string_agg(s.type || ' ' || s.id || ' ' || s.revision || ' ' || s.operation, E'\n'
        order by s.type collate "C", s.id collate "C"), 'UTF8')), 'hex') as rows
    from (${selectionSql(sql, companyId, target, selection)}) s`;
  return {
    revision: Math.max(row.revision ?? 0, row.known ?? 0),
    count: row.count,
    hash: createHash('sha256')
      .update(row.rows ?? '')
      .digest('base64url')
      .slice(0, 22),
  };
}

function parseDigest(digest: string): Fingerprint {
  const parts = /^v1\.(\d{1,15})\.(\d{1,9})\.([\w-]{22})$/.exec(digest);
  if (parts === null) {
    throw new Refusal(
      'records-changed',
      'The digest is not one that a preview returned. Preview again and send its digest unchanged.',
    );
  }
  return { revision: Number(parts[1]), count: Number(parts[2]), hash: parts[3]! };
}

/** Records of the selection that are newer than the digest, then those of the same lists that are newer and not (or no longer) in it. */
async function changedRecords(
  sql: Sql,
  companyId: string,
  target: string,
  selection: Selection,
  revision: number,
  limit: number,
): Promise<readonly RecordRef[]> {
  const { invoices, payments } = choices(selection);
  const [ofInvoices, ofPayments] = LISTS.map((list) => selectedSql(sql, companyId, target, selection, list));
  const selected = probeOrNull(
    sql,
    's',
    sql`
    select true as is_selected from open_records o where o.type = r.type and o.id = r.id and (${ofInvoices!} or ${ofPayments!})`,
  );
  return sql<RecordRef[]>`
    select type, id from (
      select 1 as rank, type, id, revision from (${selectionSql(sql, companyId, target, selection)}) t where revision > ${revision}
      union all
      select 2, r.type, r.id, r.revision from records r ${selected}
      where r.company_id = ${companyId} and r.revision > 0 and r.revision > ${revision} and s.is_selected is null
        and ((r.type in ('invoice', 'creditMemo') and ${mayHaveHeld(sql, invoices)})
          or (r.type in ('payment', 'refund') and ${mayHaveHeld(sql, payments)}))
      union all
      select 3, type, id, 0 from (${missingSql(sql, companyId, target, selection)}) m
    ) changed
    group by type, id
    order by min(rank), max(revision), type, id
    limit ${limit}`;
}

function mayHaveHeld(sql: Sql, choice: ListChoice): Fragment {
  switch (choice.choose) {
    case 'none':
      return sql`false`;
    case 'ids':
      return isAmong(sql, sql`(r.type, r.id)`, choice.ids);
    case 'all':
    case 'filter':
      return choice.except?.length
        ? sql`(r.type, r.id) not in (select type, id from ${refsSql(sql, choice.except)} x)`
        : sql`true`;
    default:
      return choice satisfies never;
  }
}

/** Records named one by one that the selection does not hold: each of them left it, or never could be in it. */
function missingSql(sql: Sql, companyId: string, target: string, selection: Selection): Fragment {
  const named = Object.values(choices(selection)).flatMap((choice) => (choice.choose === 'ids' ? choice.ids : []));
  const selectable = sql`
    select true as found from open_records
    where company_id = ${companyId} and target = ${target} and type = n.type and id = n.id
      and claimed_by is null and readiness <> 'stopped'`;
  return sql`select n.type, n.id from ${refsSql(sql, named)} n ${probeOrNull(sql, 'o', selectable)} where o.found is null`;
}

/** Of the customers, departments, jobs and services that the selection's records refer to, those that changed since. First asks what changed: usually nothing did. */
async function changedReferences(
  sql: Sql,
  companyId: string,
  target: string,
  selection: Selection,
  revision: number,
  limit: number,
): Promise<readonly RecordRef[]> {
  const changed = await drizzleOn(sql)
    .select({ type: records.type, id: records.id })
    .from(records)
    .where(
      and(
        eq(records.companyId, companyId),
        gt(records.revision, revision),
        inArray(records.type, ['customer', 'department', 'job', 'service']),
      ),
    );
  if (changed.length === 0) return [];
  // Reading what records refer to costs as much as the selection is large: only for the types that changed.
  const types = new Set(changed.map((ref) => ref.type));
  const uses = [
    types.has('customer') && sql`select 'customer' as type, t.customer_id as id from taken t`,
    types.has('department') && sql`select 'department' as type, t.department_id as id from taken t`,
    types.has('department') && sql`select 'department' as type, c.content ->> 'departmentId' as id from content c`,
    types.has('job') && sql`select 'job' as type, c.content ->> 'jobId' as id from content c`,
    types.has('service') &&
      sql`select 'service' as type, line ->> 'serviceId' as id from content c,
        jsonb_array_elements(case when c.content ? 'lines' then c.content -> 'lines' else '[]' end) line`,
  ].filter((use) => use !== false);
  // Grouped, not joined: a join of two sets whose sizes nobody knows may become a loop over both.
  return sql<RecordRef[]>`
    with taken as (${selectionSql(sql, companyId, target, selection)}),
    content as (
      select r.content from taken n ${itsRecord(sql, companyId)}
    )
    select type, id from (
      select type, id, true as is_changed from ${refsSql(sql, changed)} c
      union all
      select type, id, false from (${uses.reduce((all, use) => sql`${all} union ${use}`)}) u where id is not null
    ) named
    group by type, id having bool_or(is_changed) and not bool_and(is_changed)
    order by type, id
    limit ${limit}`;
}
