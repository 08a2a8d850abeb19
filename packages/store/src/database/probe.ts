import type { Fragment, Sql } from './open-store.ts';

/**
 * Joins the rows of a query that refers to the rows before it, by one index probe for each of them, as `alias`.
 *
 * Why not a plain join: just after a large import, and for every batch of a preview, the planner's statistics know
 * nothing of these rows. It expects one where there are thousands, joins them in a nested loop that reads all of them
 * for each, and the time grows by the square of the number. `offset 0` keeps Postgres from merging the query into the
 * statement around it, so its conditions on the outer row can only be looked up in the index, whatever the planner expects.
 */
export function probe(sql: Sql, alias: string, query: Fragment): Fragment {
  return sql`cross join lateral (${query} offset 0) ${sql(alias)}`;
}

/** The same, and keeps a row for which the query finds nothing. */
export function probeOrNull(sql: Sql, alias: string, query: Fragment): Fragment {
  return sql`left join lateral (${query} offset 0) ${sql(alias)} on true`;
}
