import type { BatchState, BooksSettings, Selection } from '@ledgerpost/core';
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';
import { companies } from './companies.ts';
import type { DocumentSums } from './items.ts';

export const batches = pgTable(
  'batches',
  {
    id: uuid('id').primaryKey(),
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    target: text('target').notNull(),
    name: text('name').notNull(),
    state: text('state').$type<BatchState>().notNull(),
    stateSince: at('state_since').notNull().defaultNow(),
    /** Rises with every change that a follower of the batch wants to see. */
    version: integer('version').notNull().default(1),
    selection: jsonb('selection').$type<Selection>().notNull(),
    acknowledged: jsonb('acknowledged').$type<string[]>().notNull().default([]),
    /** Settings as they were at the start: the whole batch is built with them. */
    settings: jsonb('settings').$type<BooksSettings>().notNull(),
    settingsVersion: integer('settings_version').notNull(),
    connectionId: uuid('connection_id').notNull(),
    /** The target's stages at the start ( with their ranges once items are frozen). */
    plan: jsonb('plan').$type<BatchPlan>(),
    /** The digest that the start sent, checked again in select. */
    digest: text('digest'),
    retryOf: uuid('retry_of'),
    /** The caller's key for the start: the same key again returns the same batch. */
    idempotencyKey: text('idempotency_key'),
    /** Of the whole request that was sent with the key; null without a key, and in rows from before 0.2.0. */
    requestHash: text('request_hash'),
    /** Counts per item state, totals per kind and more; see BatchTotals. Written as steps proceed, final at record. */
    progress: jsonb('progress').$type<BatchProgress>().notNull(),
    totals: jsonb('totals').$type<BatchTotals>(),
    /** The reason for its end or its hold, in one sentence with a code. */
    reason: jsonb('reason').$type<{ code: string; message: string }>(),
    /** Until when the target takes nothing more, and why; null: it does. What is over counts as null. */
    waiting: jsonb('waiting').$type<BatchWait>(),
    /** Raised to stop a push that may still be running: every push reads it before it calls the target. */
    fence: integer('fence').notNull().default(0),
    cancelRequestedBy: text('cancel_requested_by'),
    undoCount: integer('undo_count').notNull().default(0),
    startedBy: text('started_by').notNull(),
    /** As in the journal; null in batches from before people signed in. */
    startedById: text('started_by_id'),
    /** The person who started it, or who owned the key that did: neither they nor their keys approve it. */
    starterId: text('starter_id'),
    startedAt: at('started_at').notNull().defaultNow(),
    /** When Temporal received it; the sweeper looks for null. */
    handedOverAt: at('handed_over_at'),
    decision: text('decision').$type<'approved' | 'declined'>(),
    approvedBy: text('approved_by'),
    /** Who approved or declined, as in the journal. */
    decidedById: text('decided_by_id'),
    /** What they wrote to it. */
    decisionComment: text('decision_comment'),
    /** How often the held batch was resumed. */
    resumes: integer('resumes').notNull().default(0),
    endedAt: at('ended_at'),
    /** How many documents its sealed files have. Null: it has no files yet, or they are from before 0.3.0. */
    filed: integer('filed'),
    confirmedBy: text('confirmed_by'),
    confirmedAt: at('confirmed_at'),
  },
  (t) => [
    uniqueIndex('batches_name').on(t.companyId, t.name),
    uniqueIndex('batches_idempotency').on(t.companyId, t.idempotencyKey).where(sql`idempotency_key is not null`),
    uniqueIndex('batches_one_open')
      .on(t.companyId, t.target)
      .where(
        sql`state in ('selecting', 'validating', 'exporting', 'awaiting-approval', 'pushing', 'held', 'recording', 'undoing')`,
      ),
    index('batches_by_company').on(t.companyId, t.id.desc()),
    index('batches_not_handed_over').on(t.startedAt).where(sql`handed_over_at is null`),
  ],
);

/** The target's stages when the batch started, kept so that a plugin's new release never changes a running batch. */
export interface BatchPlan {
  readonly stages: readonly {
    readonly id: string;
    readonly name: string;
    /** Inclusive; from > to where the stage has no items. */
    readonly fromSeq: number;
    readonly toSeq: number;
  }[];
  readonly items: number;
}

/** Why a batch waits for its target. */
export interface BatchWait {
  /** An instant, ISO 8601. */
  readonly until: string;
  readonly reason: { readonly code: string; readonly message: string };
}

export type Count = { readonly documents: number; readonly amount: number };

/** The progress of a batch. */
export interface BatchProgress {
  /** All items, and how many of them the present step has finished. */
  readonly items: number;
  readonly done: number;
  /** The present step's range of items if not all. */
  readonly of: number;
  readonly states: Readonly<Record<string, number>>;
}

/** A batch's results, sealed by record. Amounts in minor units. */
export interface BatchTotals extends DocumentSums {
  readonly operations: Readonly<Record<string, Count>>;
  readonly states: Readonly<Record<string, Count>>;
}
