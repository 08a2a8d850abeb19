import { randomBytes } from 'node:crypto';
import { hashOf } from '../database/hash.ts';
import type { Store } from '../database/open-store.ts';
import { type ApiKey, apiKeyColumns } from './api-keys.ts';

/** Hours without a request after which a session ends. */
export const SESSION_IDLE_HOURS = 12;
/** Hours after which a session ends in any case. */
export const SESSION_HOURS = 7 * 24;

/**
 * Starts a session of a key and answers what its cookie holds: 32 random bytes, of which the database keeps the hash
 * alone. Sessions that have ended are swept away.
 */
export async function startSession({ sql }: Store, keyId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await sql.begin(async (sql) => {
    await sql`delete from sessions where started_at < now() - make_interval(hours => ${SESSION_HOURS})
      or used_at < now() - make_interval(hours => ${SESSION_IDLE_HOURS})`;
    await sql`insert into sessions (token_hash, key_id) values (${hashOf(token)}, ${keyId})`;
  });
  return token;
}

/** The key in force whose session this is; undefined once the session has ended, or its key was revoked. */
export async function findSessionKey({ sql }: Store, token: string): Promise<ApiKey | undefined> {
  const tokenHash = hashOf(token);
  const [row] = await sql<(ApiKey & { stale: boolean })[]>`
    select ${apiKeyColumns(sql)}, s.used_at < now() - interval '1 minute' as stale
    from sessions s join api_keys k on k.id = s.key_id
    where s.token_hash = ${tokenHash} and k.revoked_at is null
      and s.started_at >= now() - make_interval(hours => ${SESSION_HOURS})
      and s.used_at >= now() - make_interval(hours => ${SESSION_IDLE_HOURS})`;
  if (row === undefined) return undefined;
  const { stale, ...key } = row;
  // Once a minute is enough, and spares a write for each of a page's requests.
  if (stale) await sql`update sessions set used_at = now() where token_hash = ${tokenHash}`;
  return key;
}

/** Ends a session; one that is none, or has ended, is no matter. */
export async function endSession({ sql }: Store, token: string): Promise<void> {
  await sql`delete from sessions where token_hash = ${hashOf(token)}`;
}
