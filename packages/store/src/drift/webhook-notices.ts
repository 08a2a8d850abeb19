import type { Sql } from '../database/open-store.ts';

/** How long a notice is known, in days. One that is sent again later makes somebody look, which finds nothing. */
const KNOWN_DAYS = 7;

/** Remembers notices by which a target said that books changed, and answers which of them were not heard before. */
export async function hearNotices(sql: Sql, target: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  await sql`delete from webhook_notices where heard_at < now() - make_interval(days => ${KNOWN_DAYS})`;
  const rows = await sql<{ id: string }[]>`
    insert into webhook_notices (target, id) select ${target}, id from (select distinct unnest(${[...ids]}::text[]) as id) n
    order by id on conflict do nothing returning id`;
  return new Set(rows.map(({ id }) => id));
}

/** The connections to books by what the target calls them; other ones than these it does not know. */
export async function connectionsTo(
  sql: Sql,
  target: string,
  accounts: readonly string[],
): Promise<{ connectionId: string; companyId: string; target: string; account: string }[]> {
  return sql`
    select id as "connectionId", company_id as "companyId", target, account from connections
    where target = ${target} and account = any(${[...new Set(accounts)]}::text[]) and state = 'connected'`;
}
