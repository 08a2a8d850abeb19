import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

/** One request to a push target, stored before it is sent and sent again only as it was. */
export const batchCalls = pgTable(
  'batch_calls',
  {
    requestId: text('request_id').primaryKey(),
    batchId: uuid('batch_id').notNull(),
    stage: smallint('stage').notNull(),
    seqs: jsonb('seqs').$type<number[]>().notNull(),
    /** The call as it is sent to the target, as canonical JSON text. */
    body: text('body').notNull(),
    /** Of items that the target accepted and has not finished, by their number in the batch: they are asked for, never sent again. */
    tickets: jsonb('tickets').$type<Readonly<Record<string, string>>>(),
    /** When to ask for them. */
    askAt: at('ask_at'),
    attempts: integer('attempts').notNull().default(0),
    sentAt: at('sent_at'),
    settledAt: at('settled_at'),
  },
  (t) => [
    index('batch_calls_unsettled').on(t.batchId).where(sql`settled_at is null`),
    index('batch_calls_by_batch').on(t.batchId),
  ],
);

/** Each time that a call was sent. */
export const batchAttempts = pgTable(
  'batch_attempts',
  {
    requestId: text('request_id').notNull(),
    /** From 1. */
    attempt: integer('attempt').notNull(),
    sentAt: at('sent_at').notNull().defaultNow(),
    /** Null: in progress, or the process that sent it died. */
    endedAt: at('ended_at'),
    /** `answered`, or the code of what went wrong. */
    outcome: text('outcome'),
    /** The target's own ids of the attempt's requests, which its support asks for. */
    traces: text('traces').array().notNull().default([]),
    /** The attempt with which its round began, see `beginAttempt`. Null: sent by a version before rounds. */
    round: integer('round'),
    /** When it sent something that has no answer, or none that the database knows of. */
    openSince: at('open_since'),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.attempt] })],
);
