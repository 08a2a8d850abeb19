import { sql } from 'drizzle-orm';
import { type AnyPgColumn, index, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';
import { companies } from './companies.ts';

export const ROLES = ['source', 'viewer', 'poster', 'approver', 'admin'] as const;

export type Role = (typeof ROLES)[number];

/** Everyone who was ever given access. Rows stay when the access ends: the journal names them. */
export const people = pgTable(
  'people',
  {
    id: text('id').primaryKey(),
    /** The full name, as it is in lists and in the journal. */
    name: text('name').notNull(),
    /** In lower case. Where messages go, and the name for signing in with a password; never what links a sign-in elsewhere. */
    email: text('email'),
    /** In PHC form, by argon2id. Null: the person signs in elsewhere. */
    passwordHash: text('password_hash'),
    /** Wrong passwords since the last right one, and the time of the last. */
    wrongPasswords: integer('wrong_passwords').notNull().default(0),
    wrongPasswordAt: at('wrong_password_at'),
    /** The person whom an admin found to be the same one. */
    joinedInto: text('joined_into').references((): AnyPgColumn => people.id),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('people_email').on(t.email).where(sql`joined_into is null`)],
);

/** Accounts elsewhere with which a person signs in: what the provider calls itself, and what it calls the person. */
export const identities = pgTable(
  'identities',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    since: at('since').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.issuer, t.subject] }), index('identities_by_person').on(t.personId)],
);

/** What a person may do in a company, or (without one) everywhere. */
export const memberships = pgTable(
  'memberships',
  {
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    /** Null: the installation, with all its companies. */
    companyId: text('company_id').references(() => companies.id),
    roles: jsonb('roles').$type<Role[]>().notNull(),
    since: at('since').notNull().defaultNow(),
    givenBy: text('given_by').notNull(),
  },
  (t) => [
    unique('memberships_one').on(t.personId, t.companyId).nullsNotDistinct(),
    index('memberships_by_company').on(t.companyId),
  ],
);

/** `set-up` makes the first admin; `password` lets a person who is known choose a new one. */
export type InvitationKind = 'invitation' | 'set-up' | 'password';

/** Access that an invitation gives: roles in a company, or (null) everywhere. */
export interface GivenAccess {
  readonly companyId: string | null;
  readonly roles: readonly Role[];
}

/** Links that give access once, until they expire. */
export const invitations = pgTable(
  'invitations',
  {
    id: text('id').primaryKey(),
    /** SHA-256 of the link's token, which is shown once. */
    tokenHash: text('token_hash').notNull(),
    kind: text('kind').$type<InvitationKind>().notNull(),
    /** The company whose admins see it; null: the installation's. */
    companyId: text('company_id').references(() => companies.id),
    name: text('name').notNull(),
    email: text('email'),
    access: jsonb('access').$type<GivenAccess[]>().notNull(),
    /** The person for whom it is, where that is known before. */
    personId: text('person_id').references(() => people.id),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
    createdById: text('created_by_id'),
    expiresAt: at('expires_at').notNull(),
    acceptedAt: at('accepted_at'),
    acceptedBy: text('accepted_by').references(() => people.id),
    endedAt: at('ended_at'),
  },
  (t) => [uniqueIndex('invitations_token').on(t.tokenHash), index('invitations_by_company').on(t.companyId)],
);
