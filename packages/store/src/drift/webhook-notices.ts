import { and, eq, sql as expression, lt } from 'drizzle-orm';
import { drizzleOn, isAnyOf } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { connections, webhookNotices } from '../schema/index.ts';

/** How long a notice is known, in days. One that is sent again later starts a check, which finds nothing. */
const KNOWN_DAYS = 7;

/** Remembers notices by which a target reports changed books, and returns those that are new. */
export async function newNotices(sql: Sql, target: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  await drizzleOn(sql)
    .delete(webhookNotices)
    .where(lt(webhookNotices.heardAt, expression`now() - make_interval(days => ${KNOWN_DAYS})`));
  const rows = await sql<{ id: string }[]>`
    insert into webhook_notices (target, id) select ${target}, id from (select distinct unnest(${[...ids]}::text[]) as id) n
    order by id on conflict do nothing returning id`;
  return new Set(rows.map(({ id }) => id));
}

/** The connected books among these, which the target names by `accounts`. */
export async function connectionsTo(
  sql: Sql,
  target: string,
  accounts: readonly string[],
): Promise<{ connectionId: string; companyId: string; target: string; account: string }[]> {
  const { id: connectionId, companyId, target: at, account, state } = connections;
  return drizzleOn(sql)
    .select({ connectionId, companyId, target: at, account })
    .from(connections)
    .where(and(eq(at, target), isAnyOf(account, [...new Set(accounts)]), eq(state, 'connected')));
}
