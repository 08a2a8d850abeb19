import { randomBytes } from 'node:crypto';
import { hashOf } from '../database/hash.ts';
import type { Sql, Store } from '../database/open-store.ts';
import type { Role } from '../schema/index.ts';
import { writeJournal } from './journal.ts';

/** An API key as it is known afterwards: without its secret. */
export interface ApiKey {
  readonly id: string;
  /** Null: a key of the installation. */
  readonly companyId: string | null;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly revokedAt: Date | null;
}

export interface NewKey {
  readonly companyId: string | null;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Makes a key. The secret is told here and never again: the database keeps its hash alone. */
export async function createKey(store: Store, key: NewKey, actor: string): Promise<{ id: string; secret: string }> {
  const id = randomBytes(6).toString('hex');
  const secret = `lp_${id}_${randomBytes(24).toString('hex')}`;
  await store.sql.begin((sql) => insertKey(sql, id, secret, key, actor));
  return { id, secret };
}

/** Makes sure that a key with this very secret is there, as an operator who brings the secret along wants it. */
export async function ensureKey(store: Store, secret: string, key: NewKey, actor: string): Promise<void> {
  await store.sql.begin(async (sql) => {
    const [known] = await sql`select from api_keys where secret_hash = ${hashOf(secret)}`;
    if (known === undefined) await insertKey(sql, randomBytes(6).toString('hex'), secret, key, actor);
  });
}

/** The key in force that has this secret. Looked up by hash, so the time it takes tells nothing about any secret. */
export async function findKey({ sql }: Store, secret: string): Promise<ApiKey | undefined> {
  const [row] = await sql<ApiKey[]>`
    select ${apiKeyColumns(sql)} from api_keys where secret_hash = ${hashOf(secret)} and revoked_at is null`;
  return row;
}

/** Keys of a company, or of the installation (null), oldest first, revoked ones too. */
export async function listKeys({ sql }: Store, companyId: string | null): Promise<readonly ApiKey[]> {
  return sql<ApiKey[]>`
    select ${apiKeyColumns(sql)} from api_keys where company_id is not distinct from ${companyId} order by created_at, id`;
}

/** Ends a key at once. False if there is no such key in force. */
export async function revokeKey(store: Store, companyId: string | null, id: string, actor: string): Promise<boolean> {
  return store.sql.begin(async (sql) => {
    const [row] = await sql`
      update api_keys set revoked_at = now()
      where id = ${id} and company_id is not distinct from ${companyId} and revoked_at is null
      returning id`;
    if (row === undefined) return false;
    await writeJournal(sql, { companyId, actor, act: 'key.revoked', subject: `key/${id}` });
    return true;
  });
}

async function insertKey(sql: Sql, id: string, secret: string, key: NewKey, actor: string): Promise<void> {
  // Two processes that bring the same secret along: one makes the key, the other finds it made.
  const [made] = await sql`
    insert into api_keys (id, company_id, name, roles, secret_hash, created_by)
    values (${id}, ${key.companyId}, ${key.name}, ${JSON.stringify(key.roles)}::text::jsonb, ${hashOf(secret)}, ${actor})
    on conflict (secret_hash) do nothing
    returning id`;
  if (made === undefined) return;
  const { companyId, name, roles } = key;
  await writeJournal(sql, { companyId, actor, act: 'key.created', subject: `key/${id}`, details: { name, roles } });
}

/** None of these names is also one of a session. */
export function apiKeyColumns(sql: Sql) {
  return sql`id, company_id as "companyId", name, roles, created_at as "createdAt", created_by as "createdBy",
    revoked_at as "revokedAt"`;
}
