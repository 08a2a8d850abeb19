import { type Chart, type Identity, Refusal } from '@ledgerpost/core';
import { and, asc, eq, sql as expression, getTableColumns, gt, isNotNull, lt, ne } from 'drizzle-orm';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { writeNotice } from '../notices/write-notice.ts';
import { companyTargets, connections } from '../schema/index.ts';

const {
  id,
  companyId,
  target,
  state,
  account,
  environment,
  identity,
  accessExpiresAt,
  refreshExpiresAt,
  grantEndsAt,
  renewedAt,
  lost,
  chartVersion,
  chartReadAt,
  accountIds,
  connectedAt,
  connectedBy,
  sealed,
  formerSealed,
  keyId,
  grantVersion,
} = getTableColumns(connections);

const OPEN_COLUMNS = {
  ...{ id, companyId, target, state, account, environment, identity, accessExpiresAt, refreshExpiresAt, grantEndsAt, renewedAt },
  lost,
  ...{ chartVersion, chartReadAt, accountIds, connectedAt, connectedBy },
};
const GRANT_COLUMNS = { id, state, account, environment, sealed, formerSealed, keyId, grantVersion, lost };

type Row = typeof connections.$inferSelect;

/** A company's access to a target, without its secrets. */
export type Connection = Readonly<Pick<Row, keyof typeof OPEN_COLUMNS>>;

/** A grant as it is kept: sealed, and under which key. */
export type SealedGrant = Readonly<Pick<Row, keyof typeof GRANT_COLUMNS>>;

export async function getConnection(sql: Sql, id: string): Promise<Connection | undefined> {
  const [connection] = await drizzleOn(sql).select(OPEN_COLUMNS).from(connections).where(eq(connections.id, id));
  return connection;
}

/** The sealed grant. `lock` holds its row until the transaction ends, so that one process renews it at a time. */
export async function sealedGrant(sql: Sql, id: string, lock: 'lock' | 'look' = 'look'): Promise<SealedGrant | undefined> {
  const query = drizzleOn(sql).select(GRANT_COLUMNS).from(connections).where(eq(connections.id, id));
  const [grant] = await (lock === 'lock' ? query.for('update') : query);
  return grant;
}

export interface NewGrant {
  readonly sealed: Uint8Array;
  readonly formerSealed: Uint8Array | null;
  readonly keyId: string;
  readonly accessExpiresAt: Date;
  readonly refreshExpiresAt: Date;
  readonly grantEndsAt: Date | null;
  readonly renewedAt: Date;
}

/** Replaces the grant by a renewed one. */
export async function storeGrant(sql: Sql, id: string, grant: NewGrant): Promise<void> {
  await drizzleOn(sql)
    .update(connections)
    .set({
      ...grant,
      grantVersion: expression`${connections.grantVersion} + 1`,
      // The end of the whole grant comes no later for a renewal, so what was written about it stays written.
      warnedDays: expression`case when ${grant.grantEndsAt?.toISOString() ?? null}::timestamptz < now() + interval '30 days' then ${connections.warnedDays} end`,
    })
    .where(eq(connections.id, id));
}

/** Connects, or connects again: the former grant is deleted, chart and identity stay until they are read again. */
export async function storeConnection(
  sql: Sql,
  connection: {
    readonly id: string;
    readonly companyId: string;
    readonly target: string;
    readonly account: string;
    readonly environment: string;
    readonly connectedBy: string;
    readonly grant: NewGrant;
  },
): Promise<void> {
  const { grant } = connection;
  await sql`
    insert into connections as c (id, company_id, target, state, account, environment, sealed, key_id, access_expires_at,
      refresh_expires_at, grant_ends_at, renewed_at, grant_version, connected_by)
    values (${connection.id}, ${connection.companyId}, ${connection.target}, 'connected', ${connection.account},
      ${connection.environment}, ${grant.sealed}, ${grant.keyId}, ${grant.accessExpiresAt}, ${grant.refreshExpiresAt},
      ${grant.grantEndsAt}, ${grant.renewedAt}, 1, ${connection.connectedBy})
    on conflict (id) do update set state = 'connected', lost = null, account = excluded.account, environment = excluded.environment,
      sealed = excluded.sealed, former_sealed = null, key_id = excluded.key_id, access_expires_at = excluded.access_expires_at,
      refresh_expires_at = excluded.refresh_expires_at, grant_ends_at = excluded.grant_ends_at, renewed_at = excluded.renewed_at, grant_version = c.grant_version + 1,
      connected_at = now(), connected_by = excluded.connected_by, warned_days = null,
      -- Other books have other accounts.
      account_ids = case when c.account = excluded.account and c.environment = excluded.environment then c.account_ids else '{}' end,
      identity = case when c.account = excluded.account and c.environment = excluded.environment then c.identity end,
      chart = case when c.account = excluded.account and c.environment = excluded.environment then c.chart end,
      chart_read_at = case when c.account = excluded.account and c.environment = excluded.environment then c.chart_read_at end,
      chart_version = c.chart_version + 1`;
}

/** The connection of another company to the same books, if there is one. */
export async function connectionToBooks(
  sql: Sql,
  books: { readonly target: string; readonly environment: string; readonly account: string; readonly except: string },
): Promise<{ readonly id: string } | undefined> {
  const [other] = await drizzleOn(sql)
    .select({ id })
    .from(connections)
    .where(
      and(
        eq(target, books.target),
        eq(environment, books.environment),
        eq(account, books.account),
        ne(state, 'disconnected'),
        ne(connections.id, books.except),
      ),
    );
  return other;
}

/**
 * Checks that a batch could reach the books, as far as it is known here.
 * @throws Refusal `not-connected` | `access-lost` | `books-unread`
 */
export async function needConnected(sql: Sql, connectionId: string, targetName: string): Promise<void> {
  const [row] = await drizzleOn(sql)
    .select({ state, lost, unread: expression<boolean>`${connections.chart} is null` })
    .from(connections)
    .where(eq(id, connectionId));
  switch (row?.state) {
    case undefined:
    case 'disconnected':
      throw new Refusal('not-connected', `${targetName} is not connected, so nothing can be sent. Connect it, then try again.`);
    case 'lost':
      throw new Refusal(
        'access-lost',
        `Access to ${targetName} was revoked or has expired, so nothing can be sent. ${row!.lost?.message ?? ''} Reconnect it, then try again.`,
      );
    case 'connected':
      if (row!.unread)
        throw new Refusal(
          'books-unread',
          `${targetName} is connected, but its accounts have not been read yet. Refresh the connection, then try again.`,
        );
      return;
    default:
      row!.state satisfies never;
  }
}

/**
 * Refuses new batches to books that the target turned out not to support. What is in them already can still be read and undone.
 * @throws Refusal `books-not-supported`
 */
export async function needSupportedBooks(sql: Sql, connectionId: string): Promise<void> {
  const [row] = await drizzleOn(sql).select({ identity: connections.identity }).from(connections).where(eq(id, connectionId));
  const why = row?.identity?.notSupported;
  if (why !== undefined) throw new Refusal('books-not-supported', why);
}

/** Whether any posting of the company stands in the books at the target, or may. */
export async function hasStandingPostings(sql: Sql, companyId: string, target: string): Promise<boolean> {
  const [row] = await sql`
    select from postings where company_id = ${companyId} and target = ${target} and standing
    union all
    -- A call in doubt may have put a document there.
    select from batch_calls c join batches b on b.id = c.batch_id
    where b.company_id = ${companyId} and b.target = ${target} and c.settled_at is null
    limit 1`;
  return row !== undefined;
}

/**
 * Keeps which books a company's key opens. While documents stand in other books, or may, nothing is kept.
 * @returns the id of those other books; undefined if the books are the same, or new
 */
export async function claimBooks(
  sql: Sql,
  { companyId, target, account }: { readonly companyId: string; readonly target: string; readonly account: string },
): Promise<string | undefined> {
  const { booksAccount } = companyTargets;
  const place = and(eq(companyTargets.companyId, companyId), eq(companyTargets.target, target));
  const [now] = await drizzleOn(sql).select({ booksAccount }).from(companyTargets).where(place);
  const known = now?.booksAccount ?? null;
  if (known === account) return undefined;
  if (known !== null && (await hasStandingPostings(sql, companyId, target))) return known;
  await drizzleOn(sql).update(companyTargets).set({ booksAccount: account }).where(place);
  return undefined;
}

/** Records that the target refuses our access, and why. False if that is known. The grant stays, since it may be tried again. */
export async function markLost(sql: Sql, id: string, lost: { code: string; message: string }): Promise<boolean> {
  const marked = await drizzleOn(sql)
    .update(connections)
    .set({ state: 'lost', lost })
    .where(and(eq(connections.id, id), eq(state, 'connected')))
    .returning({ companyId: connections.companyId, target: connections.target, resealed: connections.grantVersion });
  for (const { companyId, target, resealed } of marked) {
    await writeNotice(sql, {
      companyId,
      matter: 'access-lost',
      subject: `${id}/${resealed}`,
      facts: { target },
      page: `books/${encodeURIComponent(target)}`,
    });
  }
  return marked.length > 0;
}

/** Records that the target accepts our access again. */
export async function markConnected(sql: Sql, id: string): Promise<void> {
  await drizzleOn(sql)
    .update(connections)
    .set({ state: 'connected', lost: null })
    .where(and(eq(connections.id, id), eq(state, 'lost'), isNotNull(sealed)));
}

/** Deletes the grant. The account stays known, because postings are in those books. */
export async function forgetGrant(sql: Sql, id: string): Promise<void> {
  const none = {
    sealed: null,
    formerSealed: null,
    keyId: null,
    accessExpiresAt: null,
    refreshExpiresAt: null,
    grantEndsAt: null,
    lost: null,
  };
  await drizzleOn(sql)
    .update(connections)
    .set({ state: 'disconnected', ...none })
    .where(eq(connections.id, id));
}

/** Keeps what the target reports about itself. `accountIds` are added to those that are known. What checks found by another chart is dropped. */
export async function storeChart(
  sql: Sql,
  id: string,
  read: { readonly identity: Identity; readonly chart: Chart; readonly accountIds: Readonly<Record<string, string>> },
): Promise<void> {
  await drizzleOn(sql)
    .update(connections)
    .set({
      identity: read.identity,
      chart: read.chart,
      chartVersion: expression`${connections.chartVersion} + 1`,
      chartReadAt: NOW,
      accountIds: withAccounts(read.accountIds),
    })
    .where(eq(connections.id, id));
  await sql`
    delete from open_verdicts v using connections c
    where c.id = ${id} and v.company_id = c.company_id and v.target = c.target`;
}

/** Remembers the target's ids of accounts by the names that they have now. */
export async function rememberAccounts(sql: Sql, id: string, accountIds: Readonly<Record<string, string>>): Promise<void> {
  await drizzleOn(sql)
    .update(connections)
    .set({ accountIds: withAccounts(accountIds) })
    .where(eq(connections.id, id));
}

function withAccounts(more: Readonly<Record<string, string>>) {
  return expression`${connections.accountIds} || ${JSON.stringify(more)}::jsonb`;
}

/** The chart that a connection keeps, unless the caller has this version already; undefined where there is none. */
export async function connectionChart(
  sql: Sql,
  id: string,
  known?: number,
): Promise<{ readonly version: number; readonly chart: Chart | null } | undefined> {
  const chart = expression<Chart | null>`case when ${chartVersion} = ${known ?? -1} then null else ${connections.chart} end`;
  const [row] = await drizzleOn(sql)
    .select({ version: chartVersion, chart })
    .from(connections)
    .where(and(eq(connections.id, id), isNotNull(connections.chart)));
  return row;
}

/** Connections whose grant was not renewed since `before`, oldest first. */
export async function unrenewedSince(sql: Sql, before: Date, limit: number): Promise<{ id: string; target: string }[]> {
  return drizzleOn(sql)
    .select({ id, target })
    .from(connections)
    .where(and(eq(state, 'connected'), lt(renewedAt, before)))
    .orderBy(asc(renewedAt))
    .limit(limit);
}

/** Grants that another key than this one sealed, by id, from the first after `after`. */
export async function sealedByOthers(sql: Sql, keyId: string, limit: number, after?: string): Promise<{ id: string }[]> {
  return drizzleOn(sql)
    .select({ id })
    .from(connections)
    .where(and(isNotNull(sealed), ne(connections.keyId, keyId), after === undefined ? undefined : gt(id, after)))
    .orderBy(asc(id))
    .limit(limit);
}

/** The same grant, sealed by another key. */
export async function storeSeal(
  sql: Sql,
  id: string,
  seal: { sealed: Uint8Array; formerSealed: Uint8Array | null; keyId: string },
): Promise<void> {
  await drizzleOn(sql).update(connections).set(seal).where(eq(connections.id, id));
}

/** When a grant ends, whichever of its two ends comes first. */
const endOf = expression<string>`least(${connections.refreshExpiresAt}, ${connections.grantEndsAt})`;

/** Connected ones whose grant ends within so many days and whose journal has no line about that yet. */
export async function endingWithin(
  sql: Sql,
  now: Date,
  days: number,
): Promise<{ id: string; companyId: string; target: string; endsAt: Date }[]> {
  const warned = await drizzleOn(sql)
    .update(connections)
    .set({ warnedDays: days })
    .where(
      and(
        eq(state, 'connected'),
        lt(endOf, new Date(now.getTime() + days * 86_400_000).toISOString()),
        expression`coalesce(${connections.warnedDays}, 32767) > ${days}`,
      ),
    )
    .returning({ id, companyId, target, endsAt: endOf });
  return warned.map((one) => ({ ...one, endsAt: new Date(one.endsAt) }));
}
