import type { BatchSchedule, RunOutcome } from '@ledgerpost/core';
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';
import { companyTargets } from './companies.ts';

/** When a company's batches to a target start by themselves. Temporal's schedule is made to agree with this row, never the other way. */
export const schedules = pgTable(
  'schedules',
  {
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    schedule: jsonb('schedule').$type<BatchSchedule>().notNull(),
    /** Rises with every change, pause and resume. */
    revision: integer('revision').notNull().default(1),
    changedBy: text('changed_by').notNull(),
    changedAt: at('changed_at').notNull().defaultNow(),
    /** Null: it runs. */
    pausedBy: text('paused_by'),
    pausedAt: at('paused_at'),
    /** How often somebody let it run again: lifts what was paused in Temporal itself. */
    resumes: integer('resumes').notNull().default(0),
    /** Removed, and Temporal was not told yet: the row goes when it was. */
    removedAt: at('removed_at'),
    /** As what Temporal has it, and since when that was last looked at. */
    keptRevision: integer('kept_revision'),
    keptTimeZone: text('kept_time_zone'),
    keptAt: at('kept_at'),
    /** The note of a pause that was made in Temporal itself. */
    pausedThere: text('paused_there'),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.target] }),
    foreignKey({ columns: [t.companyId, t.target], foreignColumns: [companyTargets.companyId, companyTargets.target] }),
    index('schedules_kept').on(t.keptAt),
  ],
);

/** What a scheduled run came to; once per moment that it was due. */
export const scheduleRuns = pgTable(
  'schedule_runs',
  {
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    /** When it was due; for one that somebody asked for, when they did. */
    due: at('due').notNull(),
    /** Null: the schedule. */
    askedBy: text('asked_by'),
    outcome: text('outcome').$type<RunOutcome>().notNull(),
    /** A code of docs/errors.md, where there was no batch to start. */
    code: text('code'),
    /** Who does what next, in a sentence. */
    message: text('message').notNull(),
    /** The batch that it started, or that was in its way. */
    batchId: uuid('batch_id'),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.target, t.due] })],
);
