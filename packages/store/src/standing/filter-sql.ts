import type { List, ListFilter } from '@ledgerpost/core';
import type { Fragment, Sql } from '../database/open-store.ts';

/** The conditions of a filter on a row of open_records with the name `alias`. */
export function filterSql(sql: Sql, alias: string, filter: ListFilter): Fragment {
  const o = sql(alias) as unknown as Fragment;
  return sql`
    true
    ${filter.from === undefined ? sql`` : sql`and ${o}.date >= ${filter.from}::text::date`}
    ${filter.to === undefined ? sql`` : sql`and ${o}.date <= ${filter.to}::text::date`}
    ${filter.departmentId === undefined ? sql`` : sql`and ${o}.department_id = ${filter.departmentId}`}
    ${filter.search === undefined || filter.search.trim() === '' ? sql`` : searchSql(sql, alias, filter.search.trim())}`;
}

/** The rows of one list that no batch has, as `o`. */
export function unclaimedSql(sql: Sql, companyId: string, target: string, list: List): Fragment {
  return sql`o.company_id = ${companyId} and o.target = ${target} and o.list = ${list} and o.claimed_by is null`;
}

/** In the number or reference, and in the customer's names. */
function searchSql(sql: Sql, alias: string, search: string): Fragment {
  const o = sql(alias) as unknown as Fragment;
  // Postgres stores no text with a NUL, so no row can match one.
  if (search.includes('\0')) return sql`and false`;
  const pattern = patternOf(search);
  return sql`and (
    ${o}.number ilike ${pattern}
    or exists (
      select from records c
      where c.company_id = ${o}.company_id and c.type = 'customer' and c.id = ${o}.customer_id
        and (c.content ->> 'accountingKey' ilike ${pattern} or c.content ->> 'name' ilike ${pattern})
    ))`;
}

/** The pattern of "ilike" for a text that contains this one. */
export function patternOf(search: string): string {
  return `%${search.replace(/[\\%_]/g, '\\$&')}%`;
}
