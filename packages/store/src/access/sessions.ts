import { randomBytes } from 'node:crypto';
import { and, desc, eq, sql as expression, gte, isNull, lt, or } from 'drizzle-orm';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import { hashOf } from '../database/hash.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { apiKeys, sessions } from '../schema/index.ts';
import { type ApiKey, apiKeyColumns } from './api-keys.ts';

/** Hours without a request after which a session ends. */
export const SESSION_IDLE_HOURS = 12;
/** Hours after which a session ends in any case. */
export const SESSION_HOURS = 7 * 24;

const OLDEST_START = expression`now() - make_interval(hours => ${SESSION_HOURS})`;
const OLDEST_USE = expression`now() - make_interval(hours => ${SESSION_IDLE_HOURS})`;

/** Who signed in: a person, or somebody with a key. */
export type SessionOwner = { readonly keyId: string } | { readonly personId: string };

/**
 * Starts a session and returns the token for its cookie: 32 random bytes, of which the database keeps only the hash. Deletes
 * sessions that have ended.
 * @param browser what the browser says that it is
 */
export async function startSession({ sql }: Store, owner: SessionOwner, browser?: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await sql.begin(async (sql) => {
    await drizzleOn(sql)
      .delete(sessions)
      .where(or(lt(sessions.startedAt, OLDEST_START), lt(sessions.usedAt, OLDEST_USE)));
    await drizzleOn(sql)
      .insert(sessions)
      .values({ tokenHash: hashOf(token), ...owner, browser: browser?.slice(0, 300) ?? null });
  });
  return token;
}

const inTime = and(gte(sessions.startedAt, OLDEST_START), gte(sessions.usedAt, OLDEST_USE));

/**
 * Whose session a token is: a key in force, or a person. Undefined once the session has ended, or the key was revoked.
 * @param keepAlive whether this counts as a use, which keeps an idle session from ending
 */
export async function findSession(
  { sql }: Store,
  token: string,
  keepAlive = true,
): Promise<{ readonly key: ApiKey } | { readonly personId: string } | undefined> {
  const ofToken = eq(sessions.tokenHash, hashOf(token));
  const [row] = await drizzleOn(sql)
    .select({
      key: apiKeyColumns,
      personId: sessions.personId,
      stale: expression<boolean>`${sessions.usedAt} < now() - interval '1 minute'`,
    })
    .from(sessions)
    .leftJoin(apiKeys, eq(apiKeys.id, sessions.keyId))
    .where(and(ofToken, isNull(apiKeys.revokedAt), inTime));
  if (row === undefined) return undefined;
  // Once a minute is enough, and saves a write for each of a page's requests.
  if (row.stale && keepAlive) await drizzleOn(sql).update(sessions).set({ usedAt: NOW }).where(ofToken);
  if (row.personId !== null) return { personId: row.personId };
  return row.key === null ? undefined : { key: row.key };
}

/** A session as its owner sees it. */
export interface SessionView {
  readonly id: string;
  readonly browser: string | null;
  readonly startedAt: Date;
  readonly usedAt: Date;
  /** Whether it is the one with this token. */
  readonly here: boolean;
}

function ownedBy(owner: SessionOwner) {
  return 'personId' in owner ? eq(sessions.personId, owner.personId) : eq(sessions.keyId, owner.keyId);
}

/** The sessions of a person, or of a key, that go on; newest first. */
export async function listSessions(
  { sql }: Store,
  owner: SessionOwner,
  token: string | undefined,
): Promise<readonly SessionView[]> {
  const { id, browser, startedAt, usedAt } = sessions;
  const here = expression<boolean>`${sessions.tokenHash} = ${token === undefined ? '' : hashOf(token)}`;
  return drizzleOn(sql)
    .select({ id, browser, startedAt, usedAt, here })
    .from(sessions)
    .where(and(ownedBy(owner), inTime))
    .orderBy(desc(startedAt), desc(id));
}

/** Ends one of the owner's sessions. False if there is no such one. */
export async function endSessionOf({ sql }: Store, owner: SessionOwner, id: string): Promise<boolean> {
  const ended = await drizzleOn(sql)
    .delete(sessions)
    .where(and(ownedBy(owner), eq(sessions.id, id)))
    .returning({ id: sessions.id });
  return ended.length > 0;
}

/** Ends all sessions of a person. */
export async function endSessionsOf(sql: Sql, personId: string): Promise<void> {
  await drizzleOn(sql).delete(sessions).where(eq(sessions.personId, personId));
}

/** Ends a session. Ending it twice is harmless. */
export async function endSession({ sql }: Store, token: string): Promise<void> {
  await drizzleOn(sql)
    .delete(sessions)
    .where(eq(sessions.tokenHash, hashOf(token)));
}
