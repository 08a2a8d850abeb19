import type { BooksSettings } from '@ledgerpost/core';
import { and, asc, eq, gt, ne } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { companyTargets, settingsSecrets } from '../schema/index.ts';

/** The sealed secrets of a connection's settings. */
export type SealedSecrets = Readonly<typeof settingsSecrets.$inferSelect>;

/** Undefined if its settings have none. `lock`: another change waits. */
export async function sealedSecrets(
  sql: Sql,
  connectionId: string,
  lock: 'lock' | 'look' = 'look',
): Promise<SealedSecrets | undefined> {
  const query = drizzleOn(sql).select().from(settingsSecrets).where(eq(settingsSecrets.connectionId, connectionId));
  const [found] = await (lock === 'lock' ? query.for('update') : query);
  return found;
}

/** Replaces all of them; null removes them. */
export async function storeSecrets(
  sql: Sql,
  connectionId: string,
  seal: { readonly sealed: Uint8Array; readonly keyId: string } | null,
): Promise<void> {
  const own = eq(settingsSecrets.connectionId, connectionId);
  if (seal === null) await drizzleOn(sql).delete(settingsSecrets).where(own);
  else {
    const { sealed, keyId } = seal;
    await drizzleOn(sql)
      .insert(settingsSecrets)
      .values({ connectionId, sealed, keyId })
      .onConflictDoUpdate({ target: settingsSecrets.connectionId, set: { sealed, keyId } });
  }
}

/** Connections whose secrets another key than this one sealed, from the first after `after`. */
export async function secretsSealedByOthers(sql: Sql, keyId: string, limit: number, after?: string): Promise<{ id: string }[]> {
  const { connectionId } = settingsSecrets;
  return drizzleOn(sql)
    .select({ id: connectionId })
    .from(settingsSecrets)
    .where(and(ne(settingsSecrets.keyId, keyId), after === undefined ? undefined : gt(connectionId, after)))
    .orderBy(asc(connectionId))
    .limit(limit);
}

/** The connections of a target, and their settings as they are stored. */
export async function settingsAt(sql: Sql, target: string): Promise<{ connectionId: string; settings: BooksSettings }[]> {
  const { connectionId, settings } = companyTargets;
  return drizzleOn(sql).select({ connectionId, settings }).from(companyTargets).where(eq(companyTargets.target, target));
}

/** Takes members out of the settings of a connection, and of all its batches: they are kept elsewhere from now on. */
export async function stripSettings(sql: Sql, connectionId: string, paths: readonly (readonly string[])[]): Promise<void> {
  for (const path of paths) {
    const members = [...path];
    await sql`
      update company_targets set settings = settings #- ${members}::text[]
      where connection_id = ${connectionId} and settings #> ${members}::text[] is not null`;
    await sql`
      update batches set settings = settings #- ${members}::text[]
      where connection_id = ${connectionId} and settings #> ${members}::text[] is not null`;
  }
}

/** Of each of these members the settings of the newest batch of a connection that has it, oldest first. */
export async function settingsOfBatches(
  sql: Sql,
  connectionId: string,
  paths: readonly (readonly string[])[],
): Promise<readonly BooksSettings[]> {
  const found: { id: string; settings: BooksSettings }[] = [];
  for (const path of paths) {
    found.push(
      ...(await sql<{ id: string; settings: BooksSettings }[]>`
        select id, settings from batches
        where connection_id = ${connectionId} and settings #> ${[...path]}::text[] is not null
        order by id desc limit 1`),
    );
  }
  return found.sort((one, other) => (one.id < other.id ? -1 : 1)).map(({ settings }) => settings);
}

/** The company and the target of a connection. */
export async function whoseSettings(sql: Sql, connectionId: string): Promise<{ company: string; target: string }> {
  const { companyId, target } = companyTargets;
  const [found] = await drizzleOn(sql)
    .select({ company: companyId, target })
    .from(companyTargets)
    .where(eq(companyTargets.connectionId, connectionId));
  return found!;
}
