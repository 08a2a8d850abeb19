import type { BatchedRef, List, ListFilter, Operation, Problem, ProblemCode } from '@ledgerpost/core';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../database/keyset.ts';
import type { Fragment, Sql, Store } from '../database/open-store.ts';
import { probe, probeOrNull } from '../database/probe.ts';
import type { openRecords } from '../schema/index.ts';
import { filterSql, unclaimedSql } from './filter-sql.ts';
import { verdictSql } from './verdicts.ts';

/** What the list may be sorted by; with a hyphen, the other way round. */
const COLUMNS = ['date', 'number', 'amount', 'customer', 'department', 'operation'] as const;
type Column = (typeof COLUMNS)[number];
export const UNBATCHED_SORTS = COLUMNS.flatMap((column) => [column, `-${column}`] as const);
export type UnbatchedSort = (typeof UNBATCHED_SORTS)[number];
export type Readiness = (typeof openRecords.$inferSelect)['readiness'];

/** One open record that no batch has. */
export interface UnbatchedRow {
  readonly ref: BatchedRef;
  /** What it will be sent as; null where it is stopped. */
  readonly operation: Operation | null;
  readonly readiness: Readiness;
  /** Why it is stopped. */
  readonly reason: ProblemCode | null;
  readonly date: string;
  /** Document number or payment reference; '' if there is none. */
  readonly number: string;
  /** Minor units. */
  readonly amount: number;
  /** `name` is the accounting key, else the name; null while the customer was never sent. */
  readonly customer: { readonly id: string; readonly name: string | null } | null;
  readonly department: { readonly id: string; readonly name: string | null } | null;
  readonly revision: number;
  /** The problem that the last check of a batch or a preview found with what is here now; null: none, or not checked yet. */
  readonly verdict: Problem | null;
  /** It, its customer or an invoice that it pays changed since the last check, or anything that concerns all rows. */
  readonly checking: boolean;
}

/** One of the two lists, and its filter. */
export interface UnbatchedOrder {
  readonly companyId: string;
  readonly target: string;
  readonly list: List;
  readonly filter: ListFilter;
  /** The version of the settings that verdicts must be of. Absent: no verdict counts. */
  readonly settingsVersion?: number | undefined;
  /** What `checkedUpTo` gave; null or absent: nothing was checked as it is now. */
  readonly checkedUpTo?: number | null | undefined;
  /** Only what can't be sent: what is stopped, and what the last check found a problem with. */
  readonly attention?: boolean | undefined;
}

/** A page of the list. Its cost depends on what is unbatched, never on what was ever posted. */
export async function listUnbatched(
  { sql }: Store,
  order: UnbatchedOrder & { readonly sort: UnbatchedSort; readonly after?: string | undefined; readonly limit: number },
): Promise<Page<UnbatchedRow>> {
  const { companyId, target, list, filter, sort, limit } = order;
  const down = sort.startsWith('-');
  const column = sort.replace('-', '') as Column;
  const key = keySql(sql, column);
  const direction = down ? sql`desc` : sql`asc`;
  const name = `unbatched/${list}/${sort}`;
  const rows = await sql<(UnbatchedRow & { key: string | number })[]>`
    with page as (
      select o.*, ${key} as key from open_records o
      where ${unclaimedSql(sql, companyId, target, list)} and ${filterSql(sql, 'o', filter)} ${attentionSql(sql, order)}
        ${order.after === undefined ? sql`` : afterSql(sql, column, key, down, order.after, name)}
      order by ${key} ${direction}, o.type ${direction}, o.id ${direction}
      limit ${limit + 1}
    )
    select jsonb_build_object('type', p.type, 'id', p.id) as ref, p.operation, p.readiness, p.reason, p.date, p.number, p.amount,
      case when p.customer_id is not null then jsonb_build_object('id', p.customer_id,
        'name', coalesce(c.content ->> 'accountingKey', c.content ->> 'name')) end as customer,
      case when p.department_id is not null then jsonb_build_object('id', p.department_id,
        'name', d.content ->> 'name') end as department,
      p.revision, p.key, v.problem as verdict, ${checkingSql(sql, order)} as checking
    from page p
    ${probeOrNull(
      sql,
      'c',
      sql`
      select content, revision from records where company_id = p.company_id and type = 'customer' and id = p.customer_id`,
    )}
    ${probeOrNull(
      sql,
      'd',
      sql`
      select content from records where company_id = p.company_id and type = 'department' and id = p.department_id`,
    )}
    ${probeOrNull(sql, 'v', verdictSql(sql, 'p', order.settingsVersion))}
    order by p.key ${direction}, p.type ${direction}, p.id ${direction}`;
  const page = pageOf(rows, limit, (row) => encodeCursor(name, [row.key, row.ref.type, row.ref.id]));
  return { ...page, rows: page.rows.map(({ key: _, ...row }) => row) };
}

export interface UnbatchedTotal {
  readonly operation: Operation | null;
  readonly readiness: Readiness;
  readonly documents: number;
  readonly amount: number;
  /** Of these: documents that the last check found a problem with, in what is here now. */
  readonly attention: number;
}

/** Totals of all that the filter shows, by what it will be sent as. */
export async function unbatchedTotals({ sql }: Store, order: UnbatchedOrder): Promise<readonly UnbatchedTotal[]> {
  const { companyId, target, list, filter } = order;
  return sql<UnbatchedTotal[]>`
    select o.operation, o.readiness, count(*)::int as documents, sum(o.amount)::int8 as amount,
      count(*) filter (where exists (${verdictSql(sql, 'o', order.settingsVersion)}))::int as attention
    from open_records o
    where ${unclaimedSql(sql, companyId, target, list)} and ${filterSql(sql, 'o', filter)} ${attentionSql(sql, order)}
    group by 1, 2
    order by 1, 2`;
}

function attentionSql(sql: Sql, { attention, settingsVersion }: UnbatchedOrder): Fragment {
  if (attention !== true) return sql``;
  return sql`and (o.readiness = 'stopped' or exists (${verdictSql(sql, 'o', settingsVersion)}))`;
}

/** Of the row `p` with its customer `c`. What is stopped is so by what is stored, and needs no check. */
function checkingSql(sql: Sql, { checkedUpTo }: UnbatchedOrder): Fragment {
  const last = sql`${checkedUpTo ?? null}::bigint`;
  const invoice = sql`select revision from records where company_id = a.company_id and type = 'invoice' and id = a.invoice_id`;
  return sql`p.readiness <> 'stopped' and (${last} is null or p.revision > ${last} or coalesce(c.revision > ${last}, false)
    or p.type = 'payment' and exists (
      select from allocations a ${probe(sql, 'i', invoice)}
      where a.company_id = p.company_id and a.payment_id = p.id and i.revision > ${last}))`;
}

/** What the rows `o` are sorted by. Names are as people see them; a row without one comes first. */
function keySql(sql: Sql, column: Column): Fragment {
  switch (column) {
    case 'date':
    case 'number':
    case 'amount':
      return sql`o.${sql(column)}`;
    case 'operation':
      return sql`coalesce(o.operation, '')`;
    case 'customer':
      return sql`coalesce((select coalesce(content ->> 'accountingKey', content ->> 'name') from records
        where company_id = o.company_id and type = 'customer' and id = o.customer_id), o.customer_id, '')`;
    case 'department':
      return sql`coalesce((select content ->> 'name' from records
        where company_id = o.company_id and type = 'department' and id = o.department_id), o.department_id, '')`;
    default:
      return column satisfies never;
  }
}

function afterSql(sql: Sql, column: Column, key: Fragment, down: boolean, after: string, name: string): Fragment {
  const shape = column === 'date' ? 'date' : column === 'amount' ? 'number' : 'string';
  const [value, type, id] = decodeCursor(after, name, [shape, 'string', 'string']) as [string | number, string, string];
  const from = column === 'date' ? sql`${value}::text::date` : column === 'amount' ? sql`${value}::int8` : sql`${value}::text`;
  return sql`and (${key}, o.type, o.id) ${down ? sql`<` : sql`>`} (${from}, ${type}, ${id})`;
}
