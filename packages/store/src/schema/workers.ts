import { boolean, pgTable, text } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

/** The running worker processes, so that the API can show which of a batch's queues has no worker. */
export const workers = pgTable('workers', {
  id: text('id').primaryKey(),
  targets: text('targets').array().notNull(),
  engine: boolean('engine').notNull(),
  build: text('build'),
  host: text('host').notNull(),
  startedAt: at('started_at').notNull().defaultNow(),
  seenAt: at('seen_at').notNull().defaultNow(),
});
