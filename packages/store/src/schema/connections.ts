import type { Chart, Identity } from '@ledgerpost/core';
import { sql } from 'drizzle-orm';
import { bigserial, index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, bytea } from './columns.ts';

/** A company's access to a target, as a person granted it. Secrets are sealed; the keys are not in this database. */
export const connections = pgTable(
  'connections',
  {
    /** company_targets.connection_id. */
    id: uuid('id').primaryKey(),
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    state: text('state').$type<ConnectionState>().notNull(),
    /** The books, as the target names them (QuickBooks: the realm). Stays after a disconnect, because postings are in those books. */
    account: text('account').notNull(),
    environment: text('environment').notNull(),
    /** Company name, edition and currency, as the target reports them. */
    identity: jsonb('identity').$type<Identity>(),
    /** The grant, sealed; null once disconnected. The former one is tried once if the present one is refused. */
    sealed: bytea('sealed'),
    formerSealed: bytea('former_sealed'),
    /** Which key sealed the two. */
    keyId: text('key_id'),
    accessExpiresAt: at('access_expires_at'),
    refreshExpiresAt: at('refresh_expires_at'),
    /** When the grant ends even if it is renewed; null: the target does not say. */
    grantEndsAt: at('grant_ends_at'),
    renewedAt: at('renewed_at'),
    /** Rises with each grant. */
    grantVersion: integer('grant_version').notNull().default(0),
    lost: jsonb('lost').$type<{ code: string; message: string }>(),
    chart: jsonb('chart').$type<Chart>(),
    /** Rises with each chart, so that a process with a cached chart knows when it is old. */
    chartVersion: integer('chart_version').notNull().default(0),
    chartReadAt: at('chart_read_at'),
    /** The target's ids of the accounts that the settings name, by name: distinguishes a renamed account from a missing one. */
    accountIds: jsonb('account_ids').$type<Record<string, string>>().notNull().default({}),
    connectedAt: at('connected_at').notNull().defaultNow(),
    connectedBy: text('connected_by').notNull(),
    /** The smallest number of days before the end that the journal has; null: none since the last renewal. */
    warnedDays: smallint('warned_days'),
  },
  (t) => [
    uniqueIndex('connections_one_per_books').on(t.target, t.environment, t.account).where(sql`state <> 'disconnected'`),
    index('connections_by_renewal').on(t.renewedAt).where(sql`state = 'connected'`),
  ],
);

/** An authorize address that was given to a person, until it is used or expires. Only the hash of the state is kept. */
export const oauthStates = pgTable('oauth_states', {
  stateHash: text('state_hash').primaryKey(),
  companyId: text('company_id').notNull(),
  target: text('target').notNull(),
  connectionId: uuid('connection_id').notNull(),
  /** The key or the person that asked for it: either must still have access when the browser returns. */
  keyId: text('key_id'),
  personId: text('person_id'),
  actor: text('actor').notNull(),
  expiresAt: at('expires_at').notNull(),
});

/** Books to choose from, which one consent opened, until a person has chosen or ten minutes are over. Only the hash of the state is kept. */
export const oauthOffers = pgTable('oauth_offers', {
  stateHash: text('state_hash').primaryKey(),
  companyId: text('company_id').notNull(),
  target: text('target').notNull(),
  connectionId: uuid('connection_id').notNull(),
  /** As in the request that the person answered. */
  keyId: text('key_id'),
  personId: text('person_id'),
  actor: text('actor').notNull(),
  /** The books with their grants, sealed for the connection. */
  sealed: bytea('sealed').notNull(),
  /** Which key sealed it. */
  sealedWith: text('sealed_with').notNull(),
  expiresAt: at('expires_at').notNull(),
});

/** How fast one connection may go, per kind of request. Harmless to lose (the table is unlogged). */
export const rateBuckets = pgTable(
  'rate_buckets',
  {
    connectionId: uuid('connection_id').notNull(),
    bucket: text('bucket').notNull(),
    /** When the next request is due at an even pace. In the past, if requests are late. */
    nextAt: at('next_at').notNull(),
    /** When the last one went; null: none yet. */
    lastAt: at('last_at'),
    /** How many requests may be sent earlier, after a pause. */
    ahead: integer('ahead').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.bucket] })],
);

/** The requests that count: those in flight, and those that ended less than a minute ago (unlogged). */
export const ratePermits = pgTable(
  'rate_permits',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    connectionId: uuid('connection_id').notNull(),
    bucket: text('bucket').notNull(),
    /** In flight: the end of its lease unless it is prolonged. Then: when it ended. */
    heldUntil: at('held_until').notNull(),
  },
  (t) => [index('rate_permits_by_end').on(t.connectionId, t.bucket, t.heldUntil)],
);

/** Connections that are paused because the target answered "too many requests" (unlogged). */
export const ratePauses = pgTable('rate_pauses', {
  connectionId: uuid('connection_id').primaryKey(),
  until: at('until').notNull(),
});

/** `lost`: access was revoked or has expired; `disconnected`: an admin ended it. */
export type ConnectionState = 'connected' | 'lost' | 'disconnected';

/** Secrets of a company's settings at a target, sealed; the keys are not in this database. */
export const settingsSecrets = pgTable('settings_secrets', {
  /** company_targets.connection_id. */
  connectionId: uuid('connection_id').primaryKey(),
  sealed: bytea('sealed').notNull(),
  /** Which key sealed it. */
  keyId: text('key_id').notNull(),
});
