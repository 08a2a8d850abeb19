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
import type { Fragment, Sql } from '../database/open-store.ts';
import { refsSql } from '../records/refs.ts';
import { filterSql, unclaimedSql } from './filter-sql.ts';
import type { Readiness } from './unbatched.ts';

/**
 * The open records that a batch of this selection takes, as a query to use inside another one: those that are ready, and
 * payments that wait for an invoice which the same selection holds. Never one that another batch has. Columns: type,
 * id, list, operation, readiness, date, number, amount, customer_id, department_id, revision.
 */
export function selectionSql(sql: Sql, companyId: string, target: string, selection: Selection): Fragment {
  const columns = sql`o.type, o.id, o.list, o.operation, o.readiness, o.date, o.number, o.amount, o.customer_id,
    o.department_id, o.revision`;
  const choice = choices(selection);
  const [invoices, payments] = LISTS.map(
    (list) => sql`
      select ${columns} from open_records o
      where ${unclaimedSql(sql, companyId, target, list)} and ${chosenSql(sql, 'o', choice[list])}
        and ${sendableSql(sql, companyId, target, choice.invoices)}`,
  );
  return sql`${invoices!} union all ${payments!}`;
}

/** How many records of one kind a selection names, and for how much. */
export interface SelectionCount {
  readonly list: List;
  readonly operation: Operation | null;
  readonly readiness: Readiness;
  readonly reason: ProblemCode | null;
  /** Whether a batch of this selection takes them: not what is stopped, and not what waits for an invoice that is not chosen. */
  readonly selected: boolean;
  readonly documents: number;
  readonly amount: number;
}

/** All that the selection names, also what no batch can take. */
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

/** A chosen payment, and an invoice of its that could be sent too but is not chosen. */
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
    join allocations a on a.company_id = ${companyId} and a.payment_id = o.id
    join open_records i on i.company_id = ${companyId} and i.target = ${target} and i.type = 'invoice' and i.id = a.invoice_id
    where ${unclaimedSql(sql, companyId, target, 'payments')} and ${chosenSql(sql, 'o', choice.payments)}
      and o.type = 'payment' and o.operation in ('payment.insert', 'payment.update')
      and ${sendableSql(sql, companyId, target, choice.invoices)}
      and ${insertableSql(sql)} and (${chosenSql(sql, 'i', choice.invoices)}) is not true
    order by o.date, o.id, i.id
    limit ${limit}`;
  return { count: rows[0]?.count ?? 0, pairs: rows.map(({ payment, invoice }) => ({ payment, invoice })) };
}

/** A short text that stands for what the selection holds now: another one after any change to its records. */
export async function selectionDigest(sql: Sql, companyId: string, target: string, selection: Selection): Promise<string> {
  const { revision, count, hash } = await fingerprint(sql, companyId, target, selection);
  return `v1.${revision}.${count}.${hash}`;
}

/**
 * Whether the selection holds something else than when the digest was made, or its records refer to customers,
 * departments, jobs or services that changed since. `refs` names what changed, at most `limit`: records of the
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
  const records = await changedRecords(sql, companyId, target, selection, before.revision, limit);
  return { changed: true, refs: [...records, ...references].slice(0, limit) };
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
    select from allocations a
    join open_records i on i.company_id = ${companyId} and i.target = ${target} and i.type = 'invoice' and i.id = a.invoice_id
    where a.company_id = ${companyId} and a.payment_id = o.id and ${insertableSql(sql)} and ${chosenSql(sql, 'i', invoices)}
  )))`;
}

/** Of the row `i`: an invoice that a batch can put into the books, so that payments can be applied to it. */
function insertableSql(sql: Sql): Fragment {
  return sql`i.claimed_by is null and i.readiness = 'ready' and i.operation = 'invoice.insert'`;
}

/** What one choice says about a row of open_records that goes by the name `alias`. */
function chosenSql(sql: Sql, alias: string, choice: ListChoice): Fragment {
  const ref = sql`(${sql(alias)}.type, ${sql(alias)}.id)`;
  switch (choice.choose) {
    case 'none':
      return sql`false`;
    case 'all':
      return choice.except?.length ? sql`${ref} not in (select type, id from ${refsSql(sql, choice.except)} r)` : sql`true`;
    case 'ids':
      return sql`${ref} in (select type, id from ${refsSql(sql, choice.ids)} r)`;
    case 'filter':
      return choice.except?.length
        ? sql`${filterSql(sql, alias, choice.filter)} and ${ref} not in (select type, id from ${refsSql(sql, choice.except)} r)`
        : filterSql(sql, alias, choice.filter);
    default:
      return choice satisfies never;
  }
}

/** Revisions rise in the order in which a company's changes are committed (its lock sees to that), so the highest one seen bounds all that was seen. */
async function fingerprint(sql: Sql, companyId: string, target: string, selection: Selection): Promise<Fingerprint> {
  const [row] = await sql<[{ revision: number | null; known: number | null; count: number; rows: string | null }]>`
    select max(s.revision) as revision, count(*)::int as count,
      (select max(revision) from records where company_id = ${companyId}) as known,
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
      'The digest is not one that a preview gave. Preview again and send its digest as it came.',
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
  const taken = selectionSql(sql, companyId, target, selection);
  return sql<RecordRef[]>`
    with outside as (
      select r.type, r.id, r.revision from records r
      where r.company_id = ${companyId} and r.revision > ${revision}
        and ((r.type in ('invoice', 'creditMemo') and ${mayHaveHeld(sql, invoices)})
          or (r.type in ('payment', 'refund') and ${mayHaveHeld(sql, payments)}))
        and not exists (select from (${taken}) t where t.type = r.type and t.id = r.id)
    ),
    named as (${missingSql(sql, companyId, target, selection)})
    select type, id from (
      select 1 as rank, type, id, revision from (${taken}) t where revision > ${revision}
      union all
      select 2, type, id, revision from outside
      union all
      select 3, type, id, 0 from named n where not exists (select from outside o where o.type = n.type and o.id = n.id)
    ) changed
    order by rank, revision, type, id
    limit ${limit}`;
}

function mayHaveHeld(sql: Sql, choice: ListChoice): Fragment {
  switch (choice.choose) {
    case 'none':
      return sql`false`;
    case 'ids':
      return sql`(r.type, r.id) in (select type, id from ${refsSql(sql, choice.ids)} x)`;
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
  return sql`
    select n.type, n.id from ${refsSql(sql, named)} n
    where not exists (
      select from open_records o
      where o.company_id = ${companyId} and o.target = ${target} and o.type = n.type and o.id = n.id
        and o.claimed_by is null and o.readiness <> 'stopped')`;
}

/** Of the customers, departments, jobs and services that the selection's records refer to, those that changed since. Asks what changed first: mostly nothing did. */
async function changedReferences(
  sql: Sql,
  companyId: string,
  target: string,
  selection: Selection,
  revision: number,
  limit: number,
): Promise<readonly RecordRef[]> {
  const changed = await sql<RecordRef[]>`
    select type, id from records
    where company_id = ${companyId} and revision > ${revision} and type in ('customer', 'department', 'job', 'service')`;
  if (changed.length === 0) return [];
  // Reading what records refer to takes as long as the selection is large: only for the types that changed.
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
  // The array is hashed whatever the planner takes its size for; a join to a set of unknown size may become a loop.
  return sql<RecordRef[]>`
    with taken as (${selectionSql(sql, companyId, target, selection)}),
    content as (
      select r.content from taken t join records r on r.company_id = ${companyId} and r.type = t.type and r.id = t.id
    )
    select c.type, c.id from ${refsSql(sql, changed)} c
    where c.type || '/' || c.id = any (array(
      select u.type || '/' || u.id from (${uses.reduce((all, use) => sql`${all} union ${use}`)}) u where u.id is not null
    ))
    order by c.type, c.id
    limit ${limit}`;
}
