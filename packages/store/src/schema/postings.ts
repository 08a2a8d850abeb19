import type { BatchedType, DocumentKind, Json, PostedFacts } from '@ledgerpost/core';
import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { amount, at } from './columns.ts';

/** How often a record's write was definitely refused or undone: part of the idempotency key. */
export const generations = pgTable(
  'generations',
  {
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    type: text('type').$type<BatchedType>().notNull(),
    id: text('id').notNull(),
    generation: integer('generation').notNull(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.target, t.type, t.id] })],
);

/** A record that is in a target's books. A chain per record: an update supersedes, an undo restores. */
export const postings = pgTable(
  'postings',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    type: text('type').$type<BatchedType>().notNull(),
    recordId: text('record_id').notNull(),
    /** Exactly one per record and target stands; the others are history. */
    standing: boolean('standing').notNull(),
    kind: text('kind').$type<DocumentKind>().notNull(),
    number: text('number').notNull(),
    amount: amount('amount').notNull(),
    facts: jsonb('facts').$type<PostedFacts>().notNull(),
    /** The batch and item that posted it; null if a person marked it as already in the books. */
    batchId: uuid('batch_id'),
    seq: integer('seq'),
    supersedes: bigint('supersedes', { mode: 'number' }),
    postedBy: text('posted_by').notNull(),
    postedAt: at('posted_at').notNull().defaultNow(),
    /** The person's reason for marking it. */
    reason: text('reason'),
    /** The target's answer beyond the id and version in `facts`: number, total, and details of its own. */
    receipt: jsonb('receipt').$type<StoredReceipt>(),
  },
  (t) => [
    uniqueIndex('postings_standing').on(t.companyId, t.target, t.type, t.recordId).where(sql`standing`),
    // Number first: the planner would confuse an index that begins like postings_standing with it while the table has no statistics.
    index('postings_by_number').on(t.number, t.companyId, t.target, t.kind).where(sql`standing`),
    index('postings_by_batch').on(t.batchId, t.seq),
    // Whether a record ever was in the books. Record first, for the same reason.
    index('postings_that_stood').on(t.recordId, t.companyId, t.type).where(sql`not standing`),
    // How a target names what has changed. What went into files has no id there.
    index('postings_by_external')
      .on(sql`(facts ->> 'externalId')`, t.companyId, t.target)
      .where(sql`standing and (facts ->> 'externalId') is not null`),
    // The same for what a document brought beside it: the journal of a payment's fee.
    index('postings_by_beside')
      .on(sql`(receipt #>> '{details,beside,externalId}')`, t.companyId, t.target)
      .where(sql`standing and (receipt #>> '{details,beside,externalId}') is not null`),
    // Money that a person has to apply in the books; `unapplied_of` is made by its migration.
    index('postings_unapplied')
      .on(t.companyId, t.target, t.postedAt)
      .where(sql`standing and kind = 'payment' and batch_id is not null and unapplied_of(amount, facts) > 0`),
    index('postings_of_refunds')
      .on(t.companyId, t.target, t.postedAt)
      .where(sql`standing and kind = 'journal' and batch_id is not null`),
  ],
);

/** A target's answer, as it is kept with the posting. */
export interface StoredReceipt {
  readonly number?: string;
  /** Minor units. */
  readonly total?: number;
  /** The tax in that total. */
  readonly tax?: number;
  readonly details?: Json;
}
