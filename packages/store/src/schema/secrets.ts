import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytea } from './columns.ts';

/** Secrets of a company's settings at a target, sealed; the keys are not in this database. */
export const settingsSecrets = pgTable('settings_secrets', {
  /** company_targets.connection_id. */
  connectionId: uuid('connection_id').primaryKey(),
  sealed: bytea('sealed').notNull(),
  /** Which key sealed it. */
  keyId: text('key_id').notNull(),
});
