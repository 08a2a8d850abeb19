import type { Problem } from '@ledgerpost/core';
import { and, asc, countDistinct, eq, inArray } from 'drizzle-orm';
import { drizzleOn, isAnyOf } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { rowsOf } from '../../database/rows-of.ts';
import { batchItems, batchNames } from '../../schema/index.ts';

type Row = typeof batchNames.$inferSelect;

/** A name that documents use at the target; `account` is the account that an item wants, '' for none. */
export type NeededName = Readonly<Pick<Row, 'kind' | 'name' | 'account'> & { key?: string | undefined; details?: unknown }>;

/** The target's id for a name. Without a key, the name says which one it is. */
export interface NameId {
  readonly kind: string;
  readonly key?: string | undefined;
  readonly name: string;
  readonly externalId: string;
}

/** A needed name, and the target's id for it once found or created. */
export type StoredName = Readonly<Pick<Row, 'kind' | 'key' | 'name' | 'account' | 'externalId' | 'details'>>;

/** Remembers the names that documents use. Sorted, so that two chunks at once can't lock each other out. */
export async function rememberNames(sql: Sql, batchId: string, names: readonly NeededName[]): Promise<void> {
  if (names.length === 0) return;
  const sorted = [...names].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  await sql`
    insert into batch_names (batch_id, kind, name, account, key, details)
    select ${batchId}::uuid, n.kind, n.name, n.account, coalesce(n.key, ''), n.details
    from ${rowsOf(sql, sorted, { kind: 'text', name: 'text', account: 'text', key: 'text', details: 'jsonb' })} n
    on conflict do nothing`;
}

function orderOf({ kind, name, account, key }: NeededName): string {
  return [kind, name, account, key ?? ''].join(' ');
}

/** The names that a batch's documents use at the target, all or those given. */
export async function namesOf(sql: Sql, batchId: string, names?: readonly string[]): Promise<StoredName[]> {
  const { kind, key, name, account, externalId, details } = batchNames;
  return drizzleOn(sql)
    .select({ kind, key, name, account, externalId, details })
    .from(batchNames)
    .where(and(eq(batchNames.batchId, batchId), names === undefined ? undefined : isAnyOf(name, names)))
    .orderBy(asc(kind), asc(name), asc(key));
}

/** Keeps the target's ids for names, once found or created. */
export async function saveNames(sql: Sql, batchId: string, names: readonly NameId[]): Promise<void> {
  if (names.length === 0) return;
  await sql`
    update batch_names b set external_id = n.external_id, problem = null
    from ${namesOfBatch(sql, batchId, rowsOf(sql, names, { kind: 'text', key: 'text', name: 'text', externalId: 'text' }))}
    where b.batch_id = n.batch_id and b.kind = n.kind and b.name = n.name
      -- A batch that was checked before there were keys has the name alone.
      and (b.key = coalesce(n.key, '') or b.key = '')`;
}

/** Keeps the target's verdicts on names that it does not have and will not accept. */
export async function refuseNames(
  sql: Sql,
  batchId: string,
  names: readonly (Omit<NameId, 'externalId'> & { readonly reason: Problem })[],
): Promise<void> {
  if (names.length === 0) return;
  await sql`
    update batch_names b set problem = n.reason
    from ${namesOfBatch(sql, batchId, rowsOf(sql, names, { kind: 'text', key: 'text', name: 'text', reason: 'jsonb' }))}
    where b.batch_id = n.batch_id and b.kind = n.kind and b.name = n.name
      -- A batch that was checked before there were keys has the name alone.
      and (b.key = coalesce(n.key, '') or b.key = '')`;
}

/** The names that a batch's documents use at the target: how many customers, and which items (the first 500). */
export async function namesIn(sql: Sql, batchId: string): Promise<{ customers: number; items: string[] }> {
  const [customers] = await drizzleOn(sql)
    .select({ documents: countDistinct(batchItems.customerId) })
    .from(batchItems)
    .where(and(eq(batchItems.batchId, batchId), inArray(batchItems.state, ['ready', 'exported'])));
  const items = await drizzleOn(sql)
    .selectDistinct({ name: batchNames.name })
    .from(batchNames)
    .where(and(eq(batchNames.batchId, batchId), eq(batchNames.kind, 'item')))
    .orderBy(asc(batchNames.name))
    .limit(500);
  return { customers: customers?.documents ?? 0, items: items.map((item) => item.name) };
}

/** The batch as a column behind `offset 0`, for the reason that `probe` gives. */
function namesOfBatch(sql: Sql, batchId: string, rows: ReturnType<typeof rowsOf>) {
  return sql`(select ${batchId}::uuid as batch_id, given.* from ${rows} given offset 0) n`;
}
