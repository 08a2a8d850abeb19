import { bigserial, index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

/** The company's journal of acts, each with its actor and time. Lines are only ever added. */
export const journal = pgTable(
  'journal',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** Null for acts on the installation. */
    companyId: text('company_id'),
    at: at('at').notNull().defaultNow(),
    /** The key's name and id, or the engine. */
    actor: text('actor').notNull(),
    /** `batch.started`, `batch.moved`, `settings.changed`, `key.created`… */
    act: text('act').notNull(),
    /** The object of the act: `batch/<id>`, `key/<id>`, `target/saasant`. */
    subject: text('subject').notNull(),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index('journal_by_company').on(t.companyId, t.id.desc()), index('journal_by_subject').on(t.subject, t.id.desc())],
);

export const apiKeys = pgTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    /** Null: a key of the installation. */
    companyId: text('company_id'),
    name: text('name').notNull(),
    roles: jsonb('roles').$type<Role[]>().notNull(),
    /** SHA-256 of the secret; the secret itself is shown once and never stored. */
    secretHash: text('secret_hash').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
    revokedAt: at('revoked_at'),
  },
  (t) => [uniqueIndex('api_keys_secret').on(t.secretHash)],
);

/** A browser that a person signed in with a key. It has the key's rights as long as the key is in force. */
export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the cookie's token. */
    tokenHash: text('token_hash').primaryKey(),
    keyId: text('key_id')
      .notNull()
      .references(() => apiKeys.id),
    startedAt: at('started_at').notNull().defaultNow(),
    /** When it was last used, to the minute. */
    usedAt: at('used_at').notNull().defaultNow(),
  },
  (t) => [index('sessions_by_key').on(t.keyId)],
);

export const ROLES = ['source', 'viewer', 'poster', 'approver', 'admin'] as const;

export type Role = (typeof ROLES)[number];
