import { randomBytes } from 'node:crypto';
import { and, asc, eq, sql as expression, getTableColumns, isNull } from 'drizzle-orm';
import { built, drizzleOn, isSame, NOW } from '../database/drizzle-on.ts';
import { hashOf } from '../database/hash.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { apiKeys, invitations, type Role } from '../schema/index.ts';
import { endLinks } from './end-links.ts';
import { writeJournal } from './journal.ts';

const { secretHash: _, ...apiKeyColumns } = getTableColumns(apiKeys);

export { apiKeyColumns };

/** An API key without its secret. */
export type ApiKey = Readonly<Omit<typeof apiKeys.$inferSelect, 'secretHash' | 'roles'>> & { readonly roles: readonly Role[] };

export interface NewKey {
  /** Null: a key of the installation. */
  readonly companyId: string | null;
  readonly name: string;
  readonly roles: readonly Role[];
  /** The person who answers for it. Absent: nobody yet. */
  readonly ownerId?: string | null | undefined;
}

/** Makes a key. Only this call returns the secret: the database keeps its hash. */
export async function createKey(store: Store, key: NewKey, actor: string): Promise<{ id: string; secret: string }> {
  const id = randomBytes(6).toString('hex');
  const secret = `lp_${id}_${randomBytes(24).toString('hex')}`;
  await store.sql.begin((sql) => insertKey(sql, id, secret, key, actor));
  return { id, secret };
}

/** Makes a key with this very secret unless there is one, for an operator who brings the secret along. */
export async function ensureKey(store: Store, secret: string, key: NewKey, actor: string): Promise<void> {
  await store.sql.begin(async (sql) => {
    const known = await drizzleOn(sql)
      .select({ id: apiKeys.id })
      .from(apiKeys)
      .where(eq(apiKeys.secretHash, hashOf(secret)));
    if (known.length === 0) await insertKey(sql, randomBytes(6).toString('hex'), secret, key, actor);
  });
}

/** The key in force that has this secret. The look-up is by hash, so its duration reveals nothing about any secret. */
export async function findKey({ sql }: Store, secret: string): Promise<ApiKey | undefined> {
  const [key] = await keyInForce(sql, { hash: hashOf(secret) });
  return key;
}

const keyInForce = built((database) =>
  database
    .select(apiKeyColumns)
    .from(apiKeys)
    .where(and(eq(apiKeys.secretHash, expression.placeholder('hash')), isNull(apiKeys.revokedAt))),
);

/** Keys of a company, or of the installation (null), oldest first, revoked ones too. */
export async function listKeys({ sql }: Store, companyId: string | null): Promise<readonly ApiKey[]> {
  return drizzleOn(sql)
    .select(apiKeyColumns)
    .from(apiKeys)
    .where(isSame(apiKeys.companyId, companyId))
    .orderBy(asc(apiKeys.createdAt), asc(apiKeys.id));
}

/** Ends a key at once. False if there is no such key in force. */
export async function revokeKey(store: Store, companyId: string | null, id: string, actor: string): Promise<boolean> {
  return store.sql.begin(async (sql) => {
    const revoked = await drizzleOn(sql)
      .update(apiKeys)
      .set({ revokedAt: NOW })
      .where(and(eq(apiKeys.id, id), isSame(apiKeys.companyId, companyId), isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id });
    if (revoked.length === 0) return false;
    // What the key opened ends with it.
    await endLinks(sql, eq(invitations.createdById, `key:${id}`));
    await writeJournal(sql, { companyId, actor, act: 'key.revoked', subject: `key/${id}` });
    return true;
  });
}

/** Names the person who answers for a key, or (null) nobody. False if there is no such key in force. */
export async function giveKey(
  store: Store,
  companyId: string | null,
  id: string,
  ownerId: string | null,
  actor: string,
): Promise<boolean> {
  return store.sql.begin(async (sql) => {
    const given = await drizzleOn(sql)
      .update(apiKeys)
      .set({ ownerId })
      .where(and(eq(apiKeys.id, id), isSame(apiKeys.companyId, companyId), isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id });
    if (given.length === 0) return false;
    await writeJournal(sql, { companyId, actor, act: 'key.given', subject: `key/${id}`, details: { owner: ownerId } });
    return true;
  });
}

async function insertKey(sql: Sql, id: string, secret: string, key: NewKey, actor: string): Promise<void> {
  const { companyId, name, roles, ownerId = null } = key;
  // Two processes may bring the same secret along: one makes the key, the other finds it.
  const made = await drizzleOn(sql)
    .insert(apiKeys)
    .values({ id, companyId, name, roles: [...roles], secretHash: hashOf(secret), createdBy: actor, ownerId })
    .onConflictDoNothing({ target: apiKeys.secretHash })
    .returning({ id: apiKeys.id });
  if (made.length === 0) return;
  await writeJournal(sql, { companyId, actor, act: 'key.created', subject: `key/${id}`, details: { name, roles } });
}
