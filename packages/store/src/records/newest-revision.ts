import type { Fragment, Sql } from '../database/open-store.ts';

/**
 * The newest revision of a company's records, as an expression; null: it has none. Every revision is above 0: only what says so may be
 * answered by the index of revisions, see its place in the schema.
 * @param company its id, or the column that has it
 */
export function newestRevisionOf(sql: Sql, company: string | Fragment): Fragment {
  return sql`(select max(revision) from records where records.company_id = ${company} and revision > 0)`;
}
