import type { BatchedType, Problem } from '@ledgerpost/core';
import { bigint, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

/**
 * Why the last check would have kept an open record out of its batch: its first problem. What can be sent has no row. A row counts
 * as long as record and settings are those that were checked; else the record can be checked again, and the next check renews it.
 */
export const openVerdicts = pgTable(
  'open_verdicts',
  {
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    type: text('type').$type<BatchedType>().notNull(),
    id: text('id').notNull(),
    /** Of the open record, when it was checked. */
    revision: bigint('revision', { mode: 'number' }).notNull(),
    settingsVersion: integer('settings_version').notNull(),
    problem: jsonb('problem').$type<Problem>().notNull(),
    checkedAt: at('checked_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.target, t.type, t.id] })],
);
