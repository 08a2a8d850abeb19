import { bigint, date, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

/** What a target counts towards a month's quota, by connection and day in UTC. A row a connection and day, so that connections don't wait for each other. */
export const quotaDays = pgTable(
  'quota_days',
  {
    target: text('target').notNull(),
    environment: text('environment').notNull(),
    /** The kind that the target counts: `reads`, `writes`. */
    quota: text('quota').notNull(),
    day: date('day').notNull(),
    connectionId: uuid('connection_id').notNull(),
    units: bigint('units', { mode: 'number' }).notNull(),
    /** When the target answered the last one. */
    lastAt: at('last_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.target, t.environment, t.quota, t.day, t.connectionId] })],
);

/** Kinds of requests that a target refuses now with "too many requests", until one is answered again. */
export const quotaRefusals = pgTable(
  'quota_refusals',
  {
    target: text('target').notNull(),
    environment: text('environment').notNull(),
    quota: text('quota').notNull(),
    since: at('since').notNull(),
    lastAt: at('last_at').notNull(),
    times: integer('times').notNull(),
  },
  (t) => [primaryKey({ columns: [t.target, t.environment, t.quota] })],
);

/** Requests that a limit by day or month counts, by the day of the target's own calendar. */
export const rateDays = pgTable(
  'rate_days',
  {
    /** A connection's id, or `app:<target>:<environment>` for all of the installation's. */
    scope: text('scope').notNull(),
    bucket: text('bucket').notNull(),
    day: date('day').notNull(),
    used: bigint('used', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.bucket, t.day] })],
);
