import { eq, sql as expression, getTableColumns, lt } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import { hashOf } from '../database/hash.ts';
import type { Sql } from '../database/open-store.ts';
import { apiKeys, memberships, oauthStates } from '../schema/index.ts';

const { stateHash: _, ...columns } = getTableColumns(oauthStates);

/** What an authorize address was made for. */
export type StateOrder = Readonly<Omit<typeof oauthStates.$inferSelect, 'stateHash' | 'expiresAt'>>;

/** Remembers an authorize address by the hash of its state. Deletes those that have expired. */
export async function storeState(sql: Sql, state: string, order: StateOrder, expiresAt: Date, now: Date): Promise<void> {
  const { companyId, target, connectionId, keyId, personId, actor } = order;
  await drizzleOn(sql).delete(oauthStates).where(lt(oauthStates.expiresAt, now));
  await drizzleOn(sql)
    .insert(oauthStates)
    .values({ stateHash: hashOf(state), companyId, target, connectionId, keyId, personId, actor, expiresAt });
}

const inForce = expression<boolean>`(exists (
  select from ${apiKeys} k where k.id = ${oauthStates.keyId} and k.revoked_at is null) or exists (
  select from ${memberships} m where m.person_id = ${oauthStates.personId} and m.roles ? 'admin'
    and (m.company_id is null or m.company_id = ${oauthStates.companyId})))`;

/** What an authorize address was made for, while it is open; it stays open. */
export async function peekState(sql: Sql, state: string, now: Date): Promise<StateOrder | undefined> {
  const [row] = await drizzleOn(sql)
    .select({ ...columns, inForce })
    .from(oauthStates)
    .where(eq(oauthStates.stateHash, hashOf(state)));
  return orderOf(row, now);
}

/**
 * What an authorize address was made for, once: undefined the second time, after it expired, and if the key or the person that
 * asked has no access any more.
 */
export async function takeState(sql: Sql, state: string, now: Date): Promise<StateOrder | undefined> {
  const [row] = await drizzleOn(sql)
    .delete(oauthStates)
    .where(eq(oauthStates.stateHash, hashOf(state)))
    .returning({ ...columns, inForce });
  return orderOf(row, now);
}

function orderOf(
  row: (StateOrder & { readonly expiresAt: Date; readonly inForce: boolean }) | undefined,
  now: Date,
): StateOrder | undefined {
  if (row === undefined || row.expiresAt <= now || !row.inForce) return undefined;
  const { companyId, target, connectionId, keyId, personId, actor } = row;
  return { companyId, target, connectionId, keyId, personId, actor };
}
