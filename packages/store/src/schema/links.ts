import { sql } from 'drizzle-orm';
import { boolean, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

/*
 * Who is who: which customer or item of the books is which of ours. All of it belongs to one set of books: the company, the target, and
 * the environment and account of its connection ('' at a target without one). Other books have other links.
 */
const books = () => ({
  companyId: text('company_id').notNull(),
  target: text('target').notNull(),
  environment: text('environment').notNull(),
  account: text('account').notNull(),
  kind: text('kind').$type<NameKind>().notNull(),
});

/** The standing fact that a customer or item of ours is a certain one in the books. */
export const links = pgTable(
  'links',
  {
    ...books(),
    /** A customer's record id, an item's `DocumentItem.key`. `name:<name>` for items that were posted before items had keys. */
    key: text('key').notNull(),
    externalId: text('external_id').notNull(),
    /** Its name on our side when that was last compared with the books. */
    name: text('name').notNull(),
    /** Others of ours may be linked to the same one: a person said so, or the items have one name. */
    shared: boolean('shared').notNull().default(false),
    /** It came from postings of before links, which put two of ours on one: a person confirms. */
    toConfirm: boolean('to_confirm').notNull().default(false),
    how: text('how').$type<LinkOrigin>().notNull(),
    madeBy: text('made_by').notNull(),
    madeAt: at('made_at').notNull().defaultNow(),
    batchId: uuid('batch_id'),
    /** Why it can't be used: what became of the other side. Null: nothing that we know of. */
    broken: jsonb('broken').$type<BrokenLink>(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.target, t.environment, t.account, t.kind, t.key] }),
    // Two of ours never become one there unasked, whoever links them at the same time.
    uniqueIndex('links_one_each')
      .on(t.externalId, t.companyId, t.target, t.environment, t.account, t.kind)
      .where(sql`not shared`),
    index('links_by_external').on(t.externalId, t.companyId, t.target, t.environment, t.account, t.kind),
  ],
);

/** The books' customers and items, as they were when they were last read. */
export const bookNames = pgTable(
  'book_names',
  {
    ...books(),
    externalId: text('external_id').notNull(),
    /** The full name there. */
    name: text('name').notNull(),
    /** `foldedName` of it. */
    folded: text('folded').notNull(),
    active: boolean('active').notNull(),
    parent: text('parent'),
    type: text('type'),
    /** An item's income account, by its full name. */
    incomeAccount: text('income_account'),
    currency: text('currency'),
    email: text('email'),
    phone: text('phone'),
    /** First line and postal code of the billing address. */
    address: text('address'),
    /** Deleted there: a full list did not have it any more. */
    gone: boolean('gone').notNull().default(false),
    readAt: at('read_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.target, t.environment, t.account, t.kind, t.externalId] }),
    index('book_names_by_name').on(t.folded, t.companyId, t.target, t.environment, t.account, t.kind),
  ],
);

/** When all names of a kind were last read. */
export const bookLists = pgTable('book_lists', { ...books(), listedAt: at('listed_at').notNull() }, (t) => [
  primaryKey({ columns: [t.companyId, t.target, t.environment, t.account, t.kind] }),
]);

/**
 * What shall become of a customer or item without a link: the engine's intention to create it, stored before it is created, so that a
 * lost answer never makes two; or a person's word, until a batch has acted on it.
 */
export const linkIntents = pgTable(
  'link_intents',
  {
    ...books(),
    key: text('key').notNull(),
    /** `create` it, create `another` one with a name that can be told apart, or link it to the `same` one as `sameAs`. */
    wish: text('wish').$type<LinkWish>().notNull(),
    sameAs: text('same_as'),
    /** The name that it is created with; null until a batch has chosen it. */
    name: text('name'),
    /** `foldedName` of it. */
    folded: text('folded'),
    /** The key of its creation at the target; null until a batch has begun to create it. */
    requestKey: text('request_key'),
    /** The batch that creates it. */
    batchId: uuid('batch_id'),
    madeBy: text('made_by').notNull(),
    madeAt: at('made_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.target, t.environment, t.account, t.kind, t.key] }),
    uniqueIndex('link_intents_one_name')
      .on(t.folded, t.companyId, t.target, t.environment, t.account, t.kind)
      .where(sql`folded is not null and kind = 'customer'`),
  ],
);

/** A customer or item of the books that was merged into another one there. */
export const nameMerges = pgTable(
  'name_merges',
  {
    ...books(),
    externalId: text('external_id').notNull(),
    survivor: text('survivor').notNull(),
    /** Both ids count as one from then on; null: nobody has accepted it yet. */
    acceptedAt: at('accepted_at'),
    acceptedBy: text('accepted_by'),
    foundAt: at('found_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.target, t.environment, t.account, t.kind, t.externalId] })],
);

export type NameKind = 'customer' | 'item';

/** How a link came about. */
export type LinkOrigin = 'same-name' | 'created' | 'person' | 'posted';

export type LinkWish = 'create' | 'another' | 'same';

/** Why a link can't be used. */
export interface BrokenLink {
  readonly status: 'inactive' | 'deleted' | 'merged';
  /** Merged: the one that is left, if the books report it. */
  readonly survivor?: string;
}
