import { randomBytes } from 'node:crypto';
import { and, eq, sql as expression, gte, isNull, lt, or } from 'drizzle-orm';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import { hashOf } from '../database/hash.ts';
import type { Store } from '../database/open-store.ts';
import { apiKeys, sessions } from '../schema/index.ts';
import { type ApiKey, apiKeyColumns } from './api-keys.ts';

/** Hours without a request after which a session ends. */
export const SESSION_IDLE_HOURS = 12;
/** Hours after which a session ends in any case. */
export const SESSION_HOURS = 7 * 24;

const OLDEST_START = expression`now() - make_interval(hours => ${SESSION_HOURS})`;
const OLDEST_USE = expression`now() - make_interval(hours => ${SESSION_IDLE_HOURS})`;

/**
 * Starts a session of a key and returns the token for its cookie: 32 random bytes, of which the database keeps only the
 * hash. Deletes sessions that have ended.
 */
export async function startSession({ sql }: Store, keyId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await sql.begin(async (sql) => {
    await drizzleOn(sql)
      .delete(sessions)
      .where(or(lt(sessions.startedAt, OLDEST_START), lt(sessions.usedAt, OLDEST_USE)));
    await drizzleOn(sql)
      .insert(sessions)
      .values({ tokenHash: hashOf(token), keyId });
  });
  return token;
}

/**
 * The key in force that a session belongs to; undefined once the session has ended, or the key was revoked.
 * @param keepAlive whether this counts as a use, which keeps an idle session from ending
 */
export async function findSessionKey({ sql }: Store, token: string, keepAlive = true): Promise<ApiKey | undefined> {
  const ofToken = eq(sessions.tokenHash, hashOf(token));
  const [row] = await drizzleOn(sql)
    .select({ key: apiKeyColumns, stale: expression<boolean>`${sessions.usedAt} < now() - interval '1 minute'` })
    .from(sessions)
    .innerJoin(apiKeys, eq(apiKeys.id, sessions.keyId))
    .where(and(ofToken, isNull(apiKeys.revokedAt), gte(sessions.startedAt, OLDEST_START), gte(sessions.usedAt, OLDEST_USE)));
  if (row === undefined) return undefined;
  // Once a minute is enough, and saves a write for each of a page's requests.
  if (row.stale && keepAlive) await drizzleOn(sql).update(sessions).set({ usedAt: NOW }).where(ofToken);
  return row.key;
}

/** Ends a session. Ending it twice is harmless. */
export async function endSession({ sql }: Store, token: string): Promise<void> {
  await drizzleOn(sql)
    .delete(sessions)
    .where(eq(sessions.tokenHash, hashOf(token)));
}
