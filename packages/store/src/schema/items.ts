import type { BatchedType, DocumentKind, ItemState, Operation, PostedFacts, Problem } from '@ledgerpost/core';
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { amount } from './columns.ts';

/** One document inside one batch: the narrow part, with its own state. */
export const batchItems = pgTable(
  'batch_items',
  {
    batchId: uuid('batch_id').notNull(),
    /** From 1, by stage, then date, number, id: a stage is a range. */
    seq: integer('seq').notNull(),
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    type: text('type').$type<BatchedType>().notNull(),
    recordId: text('record_id').notNull(),
    operation: text('operation').$type<Operation>().notNull(),
    kind: text('kind').$type<DocumentKind>().notNull(),
    stage: smallint('stage').notNull(),
    state: text('state').$type<ItemState>().notNull(),
    /** True while no other batch may claim the record: from select until the item's end. */
    claimed: boolean('claimed').notNull(),
    /** Number or Ref No, '' until frozen. */
    number: text('number').notNull().default(''),
    customerId: text('customer_id'),
    amount: amount('amount').notNull(),
    /** The record's content hash when it was frozen: goes into the posting. */
    contentHash: text('content_hash').notNull(),
    /** Null: none. */
    problems: jsonb('problems').$type<Problem[]>(),
    externalId: text('external_id'),
    externalVersion: text('external_version'),
    /** The total as the target holds it. */
    targetTotal: amount('target_total'),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.seq] }),
    // Record first: its id mostly decides where an entry goes, and company, target and type are the same for all of a batch. With these
    // first, a claim took Postgres a sixth longer.
    uniqueIndex('batch_items_claim').on(t.recordId, t.companyId, t.target, t.type).where(sql`claimed`),
    // All others: a claim has one index to write, not two.
    index('batch_items_by_record').on(t.recordId, t.companyId, t.type).where(sql`not claimed`),
  ],
);

/** The frozen document of an item, and the facts that its posting will keep. Written once. */
export const batchDocuments = pgTable(
  'batch_documents',
  {
    batchId: uuid('batch_id').notNull(),
    seq: integer('seq').notNull(),
    document: jsonb('document').notNull(),
    facts: jsonb('facts').$type<PostedFacts>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.seq] })],
);

/** The target's exact payload of an item. Written once, before anything is sent. */
export const batchPayloads = pgTable(
  'batch_payloads',
  {
    batchId: uuid('batch_id').notNull(),
    seq: integer('seq').notNull(),
    payload: jsonb('payload').notNull(),
    payloadHash: text('payload_hash').notNull(),
    /** The idempotency key of the write. */
    key: text('key').notNull(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.seq] })],
);

/** The names that a batch's documents use at the target: what would be created there, and whether an item needs two accounts. */
export const batchNames = pgTable(
  'batch_names',
  {
    batchId: uuid('batch_id').notNull(),
    kind: text('kind').$type<'customer' | 'item'>().notNull(),
    name: text('name').notNull(),
    /** The account that an item needs; '' for none. */
    account: text('account').notNull().default(''),
    /** A push target's id for it, once found or created. */
    externalId: text('external_id'),
    /** A push target's verdict, where it could be neither found nor created. */
    problem: jsonb('problem').$type<Problem>(),
    /** What is needed to create it. */
    details: jsonb('details'),
    /** Which customer or item of ours it is; '' in rows from before 0.3.0, where the name says it. */
    key: text('key').notNull().default(''),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.kind, t.name, t.account, t.key] })],
);

/** What the documents of a chunk that could be sent when they were judged add up to, so that totals need not read them again. Written once. */
export const batchSums = pgTable(
  'batch_sums',
  {
    batchId: uuid('batch_id').notNull(),
    /** Inclusive, as `toSeq`. */
    fromSeq: integer('from_seq').notNull(),
    toSeq: integer('to_seq').notNull(),
    /** How many they are. Where fewer of the chunk's items count now, these sums don't. */
    documents: integer('documents').notNull(),
    sums: jsonb('sums').$type<DocumentSums>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.fromSeq] })],
);

/** Amounts in minor units, by name; '' for none. Credit memos count below zero. */
export interface DocumentSums {
  readonly tax: number;
  readonly accounts: Readonly<Record<string, number>>;
  readonly classes: Readonly<Record<string, number>>;
  readonly depositAccounts: Readonly<Record<string, number>>;
}
