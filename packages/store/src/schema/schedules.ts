import type { BatchSchedule, RunOutcome } from '@ledgerpost/core';
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';
import { companyTargets } from './companies.ts';

/** When a company's batches to a target start by themselves. Temporal's schedule follows this row, never the reverse. */
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
    /** How often it was resumed: also ends a pause that was made in Temporal itself. */
    resumes: integer('resumes').notNull().default(0),
    /** Removed, but Temporal still has it: the row is deleted once Temporal's schedule is. */
    removedAt: at('removed_at'),
    /** The revision and zone that Temporal has, and when that was last checked. */
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

/** The outcome of a scheduled run; one per moment that it was due. */
export const scheduleRuns = pgTable(
  'schedule_runs',
  {
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    /** When it was due; for a requested run, when it was requested. */
    due: at('due').notNull(),
    /** Null: the schedule. */
    askedBy: text('asked_by'),
    outcome: text('outcome').$type<RunOutcome>().notNull(),
    /** A code of docs/errors.md, where there was no batch to start. */
    code: text('code'),
    /** The next step and the person who takes it, in a sentence. */
    message: text('message').notNull(),
    /** The batch that it started, or that was in its way. */
    batchId: uuid('batch_id'),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.target, t.due] })],
);
