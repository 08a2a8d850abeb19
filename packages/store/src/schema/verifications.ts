import type { Holding, Problem } from '@ledgerpost/core';
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { amount, at } from './columns.ts';

/** A check of a batch's documents against the books. The newest of a batch is the one that is shown. */
export const batchVerifications = pgTable(
  'batch_verifications',
  {
    batchId: uuid('batch_id').notNull(),
    /** From 1. */
    run: integer('run').notNull(),
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    state: text('state').$type<'running' | 'done' | 'failed'>().notNull().default('running'),
    startedBy: text('started_by').notNull(),
    startedAt: at('started_at').notNull().defaultNow(),
    /** When Temporal received it; the sweeper looks for null. */
    handedOverAt: at('handed_over_at'),
    endedAt: at('ended_at'),
    reason: jsonb('reason').$type<{ code: string; message: string }>(),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.run] }),
    uniqueIndex('batch_verifications_one_running').on(t.batchId).where(sql`state = 'running'`),
    index('batch_verifications_not_handed_over').on(t.startedAt).where(sql`handed_over_at is null`),
  ],
);

/** What a verification found of one item. */
export const batchFindings = pgTable(
  'batch_findings',
  {
    batchId: uuid('batch_id').notNull(),
    run: integer('run').notNull(),
    seq: integer('seq').notNull(),
    status: text('status').$type<'same' | 'changed' | 'gone'>().notNull(),
    problem: jsonb('problem').$type<Problem>(),
    /** The total as the target holds it now, where it reports one. */
    total: amount('total'),
    /** The document's entries in the target's accounts, where it reports them. */
    holds: jsonb('holds').$type<Holding>(),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.run, t.seq] })],
);
