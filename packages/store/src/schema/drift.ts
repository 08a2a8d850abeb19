import type { BatchedType, Problem, Receipt } from '@ledgerpost/core';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { amount, at } from './columns.ts';

/** Checks for drift on one connection: the requested one, and the newest one. */
export const driftLooks = pgTable(
  'drift_looks',
  {
    connectionId: uuid('connection_id').primaryKey(),
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    /** The books, as the target names them: in other books, everything starts again. */
    account: text('account').notNull().default(''),
    /** All that changed before is known, by the target's clock; null: nothing yet. */
    through: at('through'),
    /** A check was requested, and none has begun since. */
    wantedAt: at('wanted_at'),
    wantedBy: text('wanted_by').$type<DriftSource>(),
    /** When Temporal received the request. */
    handedOverAt: at('handed_over_at'),
    state: text('state').$type<'running' | 'done' | 'failed'>(),
    beganBy: text('began_by').$type<DriftSource>(),
    beganAt: at('began_at'),
    /** The newest checks that began, oldest first: an attempt to begin one of them that counts as dead may still come. */
    begun: text('begun').array().notNull().default(sql`'{}'`),
    endedAt: at('ended_at'),
    reason: jsonb('reason').$type<{ code: string; message: string }>(),
    /** Our documents that the newest check has read, found to drift, and left for the next check because a batch has them. */
    looked: integer('looked').notNull().default(0),
    found: integer('found').notNull().default(0),
    postponed: integer('postponed').notNull().default(0),
  },
  (t) => [
    uniqueIndex('drift_looks_by_company').on(t.companyId, t.target),
    index('drift_looks_wanted').on(t.wantedAt).where(sql`wanted_at is not null`),
  ],
);

/** A posted document that was changed, voided or deleted in the books, and the decision about it. */
export const drifts = pgTable(
  'drifts',
  {
    id: uuid('id').primaryKey(),
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    type: text('type').$type<BatchedType>().notNull(),
    recordId: text('record_id').notNull(),
    /** What we posted. */
    postingId: bigint('posting_id', { mode: 'number' }).notNull(),
    batchId: uuid('batch_id').notNull(),
    seq: integer('seq').notNull(),
    status: text('status').$type<'changed' | 'gone'>().notNull(),
    problem: jsonb('problem').$type<Problem>().notNull(),
    /** What is there, as a receipt; null where it was deleted, or the target can't report it. */
    there: jsonb('there').$type<Receipt>(),
    /** The total as the target holds it now, where it reports one. */
    total: amount('total'),
    foundBy: text('found_by').$type<DriftSource>().notNull(),
    foundAt: at('found_at').notNull().defaultNow(),
    /** When it was last seen. */
    seenAt: at('seen_at').notNull().defaultNow(),
    state: text('state').$type<DriftState>().notNull().default('open'),
    decidedBy: text('decided_by'),
    decidedAt: at('decided_at'),
  },
  (t) => [
    uniqueIndex('drifts_one_open').on(t.postingId).where(sql`state = 'open'`),
    index('drifts_by_posting').on(t.postingId, t.id.desc()),
    index('drifts_by_company').on(t.companyId, t.id.desc()),
    index('drifts_open').on(t.companyId, t.id.desc()).where(sql`state = 'open'`),
    index('drifts_by_batch').on(t.batchId, t.id.desc()),
  ],
);

/** The cause of a check: the schedule, a webhook of the target, a person. */
export type DriftSource = 'schedule' | 'webhook' | 'request';

export type DriftState = 'open' | 'kept-theirs' | 'sent-again' | 'resolved';

/** Notices that targets have sent, so that a repeated one is recognized. Deleted after a while. */
export const webhookNotices = pgTable(
  'webhook_notices',
  {
    target: text('target').notNull(),
    id: text('id').notNull(),
    heardAt: at('heard_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.target, t.id] }), index('webhook_notices_by_age').on(t.heardAt)],
);
