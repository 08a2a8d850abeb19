import { bigserial, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';
import { people, type Role } from './people.ts';

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
    /** `person:<id>`, `key:<id>`, `schedule` or `engine`; null in lines from before people signed in, and where nobody is known. */
    actorId: text('actor_id'),
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
    /** The person who answers for it: the one who made it, or whom an admin named. Null: nobody was named. */
    ownerId: text('owner_id').references(() => people.id),
    revokedAt: at('revoked_at'),
  },
  (t) => [uniqueIndex('api_keys_secret').on(t.secretHash)],
);

/** A browser in which somebody signed in, as a person or with a key. It has their rights as long as they have them. */
export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the cookie's token. */
    tokenHash: text('token_hash').primaryKey(),
    /** A name for lists that reveals nothing about the token. */
    id: uuid('id').notNull().defaultRandom(),
    /** Of the two, one is set. */
    keyId: text('key_id').references(() => apiKeys.id),
    personId: text('person_id').references(() => people.id),
    /** What the browser says that it is, for the person's own list. */
    browser: text('browser'),
    startedAt: at('started_at').notNull().defaultNow(),
    /** When it was last used, to the minute. */
    usedAt: at('used_at').notNull().defaultNow(),
  },
  (t) => [index('sessions_by_key').on(t.keyId), index('sessions_by_person').on(t.personId)],
);
