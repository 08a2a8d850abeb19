import { eq, sql as expression, getTableColumns, lt } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import { hashOf } from '../database/hash.ts';
import type { Sql } from '../database/open-store.ts';
import { apiKeys, memberships, oauthOffers, oauthStates } from '../schema/index.ts';

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

/** Whether the key or the person of a request still has access. */
const inForce = ({ keyId, personId, companyId }: typeof oauthStates | typeof oauthOffers) => expression<boolean>`(exists (
  select from ${apiKeys} k where k.id = ${keyId} and k.revoked_at is null) or exists (
  select from ${memberships} m where m.person_id = ${personId} and m.roles ? 'admin'
    and (m.company_id is null or m.company_id = ${companyId})))`;

/** What an authorize address was made for, while it is open; it stays open. */
export async function peekState(sql: Sql, state: string, now: Date): Promise<StateOrder | undefined> {
  const [row] = await drizzleOn(sql)
    .select({ ...columns, inForce: inForce(oauthStates) })
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
    .returning({ ...columns, inForce: inForce(oauthStates) });
  return orderOf(row, now);
}

/** Books to choose from, sealed, and the request that they answer. */
export interface StoredOffer extends StateOrder {
  readonly sealed: Uint8Array;
  /** Which key sealed it. */
  readonly sealedWith: string;
}

/** Keeps an offer under the state that led to it, until its choice. Deletes those that have expired. */
export async function storeOffer(sql: Sql, state: string, offer: StoredOffer, expiresAt: Date, now: Date): Promise<void> {
  await forgetOffers(sql, now);
  await drizzleOn(sql)
    .insert(oauthOffers)
    .values({ stateHash: hashOf(state), ...offer, expiresAt });
}

/** The offer of a state, once: undefined the second time, after it expired, and if who asked has no access any more. */
export async function takeOffer(sql: Sql, state: string, now: Date): Promise<StoredOffer | undefined> {
  const [row] = await drizzleOn(sql)
    .delete(oauthOffers)
    .where(eq(oauthOffers.stateHash, hashOf(state)))
    .returning({ ...getTableColumns(oauthOffers), inForce: inForce(oauthOffers) });
  const order = orderOf(row, now);
  return row === undefined || order === undefined ? undefined : { ...order, sealed: row.sealed, sealedWith: row.sealedWith };
}

/** Deletes offers that nobody chose from in time. */
export async function forgetOffers(sql: Sql, now: Date): Promise<void> {
  await drizzleOn(sql).delete(oauthOffers).where(lt(oauthOffers.expiresAt, now));
}

function orderOf(
  row: (StateOrder & { readonly expiresAt: Date; readonly inForce: boolean }) | undefined,
  now: Date,
): StateOrder | undefined {
  if (row === undefined || row.expiresAt <= now || !row.inForce) return undefined;
  const { companyId, target, connectionId, keyId, personId, actor } = row;
  return { companyId, target, connectionId, keyId, personId, actor };
}
