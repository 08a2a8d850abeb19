import type { BooksSettings } from '@ledgerpost/core';
import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

export const companies = pgTable('companies', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  timeZone: text('time_zone').notNull(),
  currency: text('currency').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
});

/** A company that may batch to a target, with its settings there. */
export const companyTargets = pgTable(
  'company_targets',
  {
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    target: text('target').notNull(),
    /** Copied from the target when it was enabled: decides how payments on imported jobs are handled. */
    delivery: text('delivery').$type<'files' | 'push'>().notNull(),
    settings: jsonb('settings').$type<BooksSettings>().notNull(),
    settingsVersion: integer('settings_version').notNull().default(1),
    /** Names this company's access to this target in keys and limits; stays when access is renewed. */
    connectionId: uuid('connection_id').notNull(),
    /** The target's id of the books that a key in the settings opens, as a batch found it last. Null: unknown, or a grant has it. */
    booksAccount: text('books_account'),
    /** When a person or program first saw what a batch would send; null: nobody has. */
    previewedAt: at('previewed_at'),
    enabledAt: at('enabled_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.target] })],
);
