import { type Chart, type Identity, Refusal } from '@ledgerpost/core';
import { hashOf } from '../database/hash.ts';
import type { Sql } from '../database/open-store.ts';
import type { ConnectionState } from '../schema/index.ts';

/** A company's access to a target, without its secrets. */
export interface Connection {
  readonly id: string;
  readonly companyId: string;
  readonly target: string;
  readonly state: ConnectionState;
  readonly account: string;
  readonly environment: string;
  readonly identity: Identity | null;
  readonly accessExpiresAt: Date | null;
  readonly refreshExpiresAt: Date | null;
  readonly renewedAt: Date | null;
  readonly lost: { readonly code: string; readonly message: string } | null;
  readonly chartVersion: number;
  readonly chartReadAt: Date | null;
  readonly accountIds: Readonly<Record<string, string>>;
  readonly connectedAt: Date;
  readonly connectedBy: string;
}

/** A grant as it is kept: sealed, and under which key. */
export interface SealedGrant {
  readonly id: string;
  readonly state: ConnectionState;
  readonly account: string;
  readonly environment: string;
  readonly sealed: Uint8Array | null;
  readonly formerSealed: Uint8Array | null;
  readonly keyId: string | null;
  readonly grantVersion: number;
  readonly lost: { readonly code: string; readonly message: string } | null;
}

export async function getConnection(sql: Sql, id: string): Promise<Connection | undefined> {
  const [row] = await sql<Connection[]>`
    select id, company_id as "companyId", target, state, account, environment, identity, access_expires_at as "accessExpiresAt",
      refresh_expires_at as "refreshExpiresAt", renewed_at as "renewedAt", lost, chart_version as "chartVersion",
      chart_read_at as "chartReadAt", account_ids as "accountIds", connected_at as "connectedAt", connected_by as "connectedBy"
    from connections where id = ${id}`;
  return row;
}

/** The sealed grant. `lock` holds its row until the transaction ends: whoever renews is alone, over all processes. */
export async function sealedGrant(sql: Sql, id: string, lock: 'lock' | 'look' = 'look'): Promise<SealedGrant | undefined> {
  const [row] = await sql<SealedGrant[]>`
    select id, state, account, environment, sealed, former_sealed as "formerSealed", key_id as "keyId", grant_version as "grantVersion", lost
    from connections where id = ${id} ${lock === 'lock' ? sql`for update` : sql``}`;
  return row;
}

export interface NewGrant {
  readonly sealed: Uint8Array;
  readonly formerSealed: Uint8Array | null;
  readonly keyId: string;
  readonly accessExpiresAt: Date;
  readonly refreshExpiresAt: Date;
  readonly renewedAt: Date;
}

/** Puts a renewed grant in the place of the former. */
export async function storeGrant(sql: Sql, id: string, grant: NewGrant): Promise<void> {
  await sql`
    update connections set sealed = ${grant.sealed}, former_sealed = ${grant.formerSealed}, key_id = ${grant.keyId},
      access_expires_at = ${grant.accessExpiresAt}, refresh_expires_at = ${grant.refreshExpiresAt}, renewed_at = ${grant.renewedAt},
      grant_version = grant_version + 1, warned_days = null
    where id = ${id}`;
}

/** Connects, or connects again: what stands of the former grant is forgotten, chart and identity stay until they are read anew. */
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
      refresh_expires_at, renewed_at, grant_version, connected_by)
    values (${connection.id}, ${connection.companyId}, ${connection.target}, 'connected', ${connection.account},
      ${connection.environment}, ${grant.sealed}, ${grant.keyId}, ${grant.accessExpiresAt}, ${grant.refreshExpiresAt},
      ${grant.renewedAt}, 1, ${connection.connectedBy})
    on conflict (id) do update set state = 'connected', lost = null, account = excluded.account, environment = excluded.environment,
      sealed = excluded.sealed, former_sealed = null, key_id = excluded.key_id, access_expires_at = excluded.access_expires_at,
      refresh_expires_at = excluded.refresh_expires_at, renewed_at = excluded.renewed_at, grant_version = c.grant_version + 1,
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
  const [row] = await sql<{ id: string }[]>`
    select id from connections where target = ${books.target} and environment = ${books.environment} and account = ${books.account}
      and state <> 'disconnected' and id <> ${books.except}`;
  return row;
}

/**
 * Whether a batch could reach the books, as far as it is known here.
 * @throws Refusal `not-connected` | `access-lost` | `books-unread`
 */
export async function needConnected(sql: Sql, connectionId: string, targetName: string): Promise<void> {
  const [row] = await sql<{ state: ConnectionState; lost: { message: string } | null; unread: boolean }[]>`
    select state, lost, chart is null as unread from connections where id = ${connectionId}`;
  switch (row?.state) {
    case undefined:
    case 'disconnected':
      throw new Refusal('not-connected', `${targetName} is not connected, so nothing could be sent. Connect it, then try again.`);
    case 'lost':
      throw new Refusal(
        'access-lost',
        `${targetName} does not let us in any more, so nothing could be sent. ${row!.lost?.message ?? ''} Connect it again, then try again.`,
      );
    case 'connected':
      if (row!.unread)
        throw new Refusal(
          'books-unread',
          `${targetName} is connected, and what it offers was not read yet. Refresh the connection, then try again.`,
        );
      return;
    default:
      row!.state satisfies never;
  }
}

/** Whether anything of the company stands in the books at the target. */
export async function hasStandingPostings(sql: Sql, companyId: string, target: string): Promise<boolean> {
  const [row] = await sql`
    select from postings where company_id = ${companyId} and target = ${target} and standing
    union all
    -- A call in doubt may have put something there.
    select from batch_calls c join batches b on b.id = c.batch_id
    where b.company_id = ${companyId} and b.target = ${target} and c.settled_at is null
    limit 1`;
  return row !== undefined;
}

/** Says that the target does not let us in any more, and why. False if that is known. The grant stays: it may be tried again. */
export async function markLost(sql: Sql, id: string, lost: { code: string; message: string }): Promise<boolean> {
  const rows = await sql`
    update connections set state = 'lost', lost = ${JSON.stringify(lost)}::text::jsonb where id = ${id} and state = 'connected' returning id`;
  return rows.length > 0;
}

/** Says that the target lets us in again. */
export async function markConnected(sql: Sql, id: string): Promise<void> {
  await sql`update connections set state = 'connected', lost = null where id = ${id} and state = 'lost' and sealed is not null`;
}

/** Forgets the grant. Whose books they were stays known: postings are in them. */
export async function forgetGrant(sql: Sql, id: string): Promise<void> {
  await sql`
    update connections set state = 'disconnected', sealed = null, former_sealed = null, key_id = null, access_expires_at = null,
      refresh_expires_at = null, lost = null where id = ${id}`;
}

/** Keeps what the target told of itself. `accountIds` are added to those that are known. */
export async function storeChart(
  sql: Sql,
  id: string,
  read: { readonly identity: Identity; readonly chart: Chart; readonly accountIds: Readonly<Record<string, string>> },
): Promise<void> {
  await sql`
    update connections set identity = ${JSON.stringify(read.identity)}::text::jsonb, chart = ${JSON.stringify(read.chart)}::text::jsonb,
      chart_version = chart_version + 1, chart_read_at = now(), account_ids = account_ids || ${JSON.stringify(read.accountIds)}::text::jsonb
    where id = ${id}`;
}

/** Remembers the target's ids of accounts by the names that they have now. */
export async function rememberAccounts(sql: Sql, id: string, accountIds: Readonly<Record<string, string>>): Promise<void> {
  await sql`update connections set account_ids = account_ids || ${JSON.stringify(accountIds)}::text::jsonb where id = ${id}`;
}

/** The chart that a connection keeps, unless it is the version that the caller has; undefined where there is none. */
export async function connectionChart(
  sql: Sql,
  id: string,
  known?: number,
): Promise<{ readonly version: number; readonly chart: Chart | null } | undefined> {
  const [row] = await sql<{ version: number; chart: Chart | null }[]>`
    select chart_version as version, case when chart_version = ${known ?? -1} then null else chart end as chart
    from connections where id = ${id} and chart is not null`;
  return row;
}

/** Connections whose grant was not renewed since `before`, oldest first. */
export async function unrenewedSince(sql: Sql, before: Date, limit: number): Promise<{ id: string; target: string }[]> {
  return sql`
    select id, target from connections where state = 'connected' and renewed_at < ${before} order by renewed_at limit ${limit}`;
}

/** Grants that another key than this one sealed, by id, from the first after `after`. */
export async function sealedByOthers(sql: Sql, keyId: string, limit: number, after?: string): Promise<{ id: string }[]> {
  return sql`
    select id from connections
    where sealed is not null and key_id <> ${keyId} ${after === undefined ? sql`` : sql`and id > ${after}::uuid`}
    order by id limit ${limit}`;
}

/** The same grant, sealed by another key. */
export async function storeSeal(
  sql: Sql,
  id: string,
  seal: { sealed: Uint8Array; formerSealed: Uint8Array | null; keyId: string },
): Promise<void> {
  await sql`
    update connections set sealed = ${seal.sealed}, former_sealed = ${seal.formerSealed}, key_id = ${seal.keyId} where id = ${id}`;
}

/** Connected ones whose grant ends within so many days and whose journal does not say so yet. */
export async function endingWithin(
  sql: Sql,
  now: Date,
  days: number,
): Promise<{ id: string; companyId: string; target: string; refreshExpiresAt: Date }[]> {
  return sql`
    update connections set warned_days = ${days}
    where state = 'connected' and refresh_expires_at < ${new Date(now.getTime() + days * 86_400_000)}
      and coalesce(warned_days, 32767) > ${days}
    returning id, company_id as "companyId", target, refresh_expires_at as "refreshExpiresAt"`;
}

/** What an authorize address was made for. */
export interface StateOrder {
  readonly companyId: string;
  readonly target: string;
  readonly connectionId: string;
  readonly keyId: string;
  readonly actor: string;
}

/** Remembers an authorize address by the hash of its state. */
export async function storeState(sql: Sql, state: string, order: StateOrder, expiresAt: Date, now: Date): Promise<void> {
  await sql`delete from oauth_states where expires_at < ${now}`;
  await sql`
    insert into oauth_states (state_hash, company_id, target, connection_id, key_id, actor, expires_at)
    values (${hashOf(state)}, ${order.companyId}, ${order.target}, ${order.connectionId}, ${order.keyId}, ${order.actor}, ${expiresAt})`;
}

/** What it was made for, once: the second time, and after its time, there is nothing. Nothing either if the key was revoked meanwhile. */
export async function takeState(sql: Sql, state: string, now: Date): Promise<StateOrder | undefined> {
  const [row] = await sql<(StateOrder & { expiresAt: Date; inForce: boolean })[]>`
    delete from oauth_states where state_hash = ${hashOf(state)}
    returning company_id as "companyId", target, connection_id as "connectionId", key_id as "keyId", actor, expires_at as "expiresAt",
      exists (select from api_keys k where k.id = key_id and k.revoked_at is null) as "inForce"`;
  if (row === undefined || row.expiresAt <= now || !row.inForce) return undefined;
  const { companyId, target, connectionId, keyId, actor } = row;
  return { companyId, target, connectionId, keyId, actor };
}

/** The classes that a company's records use: those of departments and services, and of the lines that wait to be sent. By name. */
export async function classesInUse(sql: Sql, companyId: string, target: string, limit: number): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select distinct name from (
      select content->>'accountingClass' as name from records where company_id = ${companyId} and type in ('department', 'service')
      union
      select line->>'accountingClass' from open_records o join records r using (company_id, type, id)
        cross join lateral jsonb_array_elements(r.content->'lines') line
      where o.company_id = ${companyId} and o.target = ${target} and o.type in ('invoice', 'creditMemo')
    ) used where name is not null and name <> '' order by name limit ${limit}`;
  return rows.map((row) => row.name);
}
