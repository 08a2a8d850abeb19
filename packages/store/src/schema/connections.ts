import type { Chart, Identity } from '@ledgerpost/core';
import { sql } from 'drizzle-orm';
import { bigserial, index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, bytea } from './columns.ts';

/** A company's access to a target, as somebody granted it. What is secret is sealed; the keys are not in this database. */
export const connections = pgTable(
  'connections',
  {
    /** company_targets.connection_id. */
    id: uuid('id').primaryKey(),
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    state: text('state').$type<ConnectionState>().notNull(),
    /** Whose books, as the target names them (QuickBooks: the realm). Stays after a disconnect: postings are in those books. */
    account: text('account').notNull(),
    environment: text('environment').notNull(),
    /** Company name, edition and currency, as the target tells them. */
    identity: jsonb('identity').$type<Identity>(),
    /** The grant, sealed; null once disconnected. The former one is tried once if the present one is refused. */
    sealed: bytea('sealed'),
    formerSealed: bytea('former_sealed'),
    /** Which key sealed the two. */
    keyId: text('key_id'),
    accessExpiresAt: at('access_expires_at'),
    refreshExpiresAt: at('refresh_expires_at'),
    renewedAt: at('renewed_at'),
    /** Rises with each grant. */
    grantVersion: integer('grant_version').notNull().default(0),
    lost: jsonb('lost').$type<{ code: string; message: string }>(),
    chart: jsonb('chart').$type<Chart>(),
    /** Rises with each chart, so that whoever keeps one knows when it is old. */
    chartVersion: integer('chart_version').notNull().default(0),
    chartReadAt: at('chart_read_at'),
    /** The target's ids of the accounts that the settings name, by name: tells a renamed account from a missing one. */
    accountIds: jsonb('account_ids').$type<Record<string, string>>().notNull().default({}),
    connectedAt: at('connected_at').notNull().defaultNow(),
    connectedBy: text('connected_by').notNull(),
    /** The smallest number of days before the end that the journal was told of; null: none since the last renewal. */
    warnedDays: smallint('warned_days'),
  },
  (t) => [
    uniqueIndex('connections_one_per_books').on(t.target, t.environment, t.account).where(sql`state <> 'disconnected'`),
    index('connections_by_renewal').on(t.renewedAt).where(sql`state = 'connected'`),
  ],
);

/** An authorize address that somebody was given, until it is used or expires. Only the hash of the state is kept. */
export const oauthStates = pgTable('oauth_states', {
  stateHash: text('state_hash').primaryKey(),
  companyId: text('company_id').notNull(),
  target: text('target').notNull(),
  connectionId: uuid('connection_id').notNull(),
  /** Who asked; the key must still be in force when the person comes back. */
  keyId: text('key_id').notNull(),
  actor: text('actor').notNull(),
  expiresAt: at('expires_at').notNull(),
});

/** How fast one connection may go, per kind of request. Harmless to lose (the table is unlogged). */
export const rateBuckets = pgTable(
  'rate_buckets',
  {
    connectionId: uuid('connection_id').notNull(),
    bucket: text('bucket').notNull(),
    /** When the next request is due at an even pace. In the past, if requests came late: then they are behind. */
    nextAt: at('next_at').notNull(),
    /** When the last one went; null: none yet. */
    lastAt: at('last_at'),
    /** How many may go before that, after a rest. */
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
    /** In flight: until when its lease runs if nobody prolongs it. Afterwards: when it ended. */
    heldUntil: at('held_until').notNull(),
  },
  (t) => [index('rate_permits_by_end').on(t.connectionId, t.bucket, t.heldUntil)],
);

/** Connections on which nobody sends for now, because the target said "too many" (unlogged). */
export const ratePauses = pgTable('rate_pauses', {
  connectionId: uuid('connection_id').primaryKey(),
  until: at('until').notNull(),
});

/** `lost`: the target does not let us in any more; `disconnected`: an admin ended it. */
export type ConnectionState = 'connected' | 'lost' | 'disconnected';
