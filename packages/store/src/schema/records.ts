import type { BatchedType, List, Operation, Problem, RecordType, SourceRecord } from '@ledgerpost/core';
import { sql } from 'drizzle-orm';
import { bigint, boolean, date, index, integer, jsonb, pgSequence, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { amount, at } from './columns.ts';

/** Numbers every change in the installation, so that a preview can recognize later changes. */
export const recordRevision = pgSequence('record_revision');

/** The newest content of each record of the field-service system. Frozen documents stay with their batches. */
export const records = pgTable(
  'records',
  {
    companyId: text('company_id').notNull(),
    type: text('type').$type<RecordType>().notNull(),
    id: text('id').notNull(),
    content: jsonb('content').$type<SourceRecord>().notNull(),
    /** Of everything in the record: equal means unchanged. */
    recordHash: text('record_hash').notNull(),
    /** Of what reaches the books (payments: without their allocations). */
    contentHash: text('content_hash').notNull(),
    /** Rises with every change in the installation; a preview remembers it. */
    revision: bigint('revision', { mode: 'number' }).notNull().default(sql`nextval('record_revision')`),
    customerId: text('customer_id'),
    /** payment → job, refund → payment, credit memo → invoice. */
    parentId: text('parent_id'),
    /** How it came in: `api`, or the name of the mapping that made it out of files. */
    way: text('way').notNull().default('api'),
    /** Of the cells that a file made it of, and of the mapping that read them; null by the API. */
    sourceHash: text('source_hash'),
    mappingHash: text('mapping_hash'),
    changedAt: at('changed_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.type, t.id] }),
    // Every revision is above 0. To look for one record no query says so: a planner that has not heard of a company expects one record
    // of it, and would as soon read all of them by this index as look the one up.
    index('records_by_revision').on(t.companyId, t.revision).where(sql`revision > 0`),
    index('records_by_parent').on(t.companyId, t.type, t.parentId).where(sql`parent_id is not null`),
    // A job's place decides about the tax of its invoices and credit memos.
    index('records_by_job')
      .on(t.companyId, t.type, sql`(content ->> 'jobId')`)
      .where(sql`type in ('invoice', 'creditMemo') and content ? 'jobId'`),
    // Whether a payment may be one that a file brought before.
    index('records_by_way').on(t.companyId, t.type, t.way).where(sql`way <> 'api' and type in ('payment', 'refund')`),
    // The same thing by two ways has two ids: it is found by its number, or by its day and amount.
    index('records_by_number')
      .on(t.companyId, t.type, sql`lower(content ->> 'number')`)
      .where(sql`type in ('invoice', 'creditMemo')`),
    index('records_by_amount')
      .on(
        t.companyId,
        t.type,
        sql`(content ->> 'date')`,
        sql`trim_scale(coalesce(content ->> 'total', content ->> 'amount')::numeric)`,
      )
      .where(sql`type in ('invoice', 'creditMemo', 'payment', 'refund')`),
  ],
);

/** The allocations of payments to invoices, by the newest records. */
export const allocations = pgTable(
  'allocations',
  {
    companyId: text('company_id').notNull(),
    paymentId: text('payment_id').notNull(),
    invoiceId: text('invoice_id').notNull(),
    amount: amount('amount').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.paymentId, t.invoiceId] }),
    index('allocations_by_invoice').on(t.companyId, t.invoiceId),
  ],
);

/**
 * The records that still have something to send to a target, or a problem that a person must see. Its size depends on
 * the work that is left, never on the past, and so does the cost of every list, total and selection.
 */
export const openRecords = pgTable(
  'open_records',
  {
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    type: text('type').$type<BatchedType>().notNull(),
    id: text('id').notNull(),
    list: text('list').$type<List>().notNull(),
    readiness: text('readiness').$type<'ready' | 'waiting' | 'stopped'>().notNull(),
    operation: text('operation').$type<Operation>(),
    /** A problem code, where `stopped`. */
    reason: text('reason'),
    date: date('date', { mode: 'string' }).notNull(),
    departmentId: text('department_id'),
    customerId: text('customer_id'),
    /** Document number or payment reference, for sorting and search. */
    number: text('number').notNull().default(''),
    amount: amount('amount').notNull(),
    /** The record's revision, or higher if another change affects what is to be sent. */
    revision: bigint('revision', { mode: 'number' }).notNull(),
    /** The open batch that has it; it is in no list then. */
    claimedBy: uuid('claimed_by'),
  },
  (t) => [
    // The id decides, and target and type are the same for most records of a company: with these before it, a claim took Postgres a tenth
    // longer. The name is that of earlier releases, which look for it in errors.
    primaryKey({ name: 'open_records_company_id_target_type_id_pk', columns: [t.companyId, t.id, t.target, t.type] }),
    index('open_records_by_date').on(t.companyId, t.target, t.list, t.date, t.type, t.id).where(sql`claimed_by is null`),
  ],
);

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

/** Up to what all open records of a company at a target were checked. A row of `open_records` beyond it is still to be checked. */
export const openChecks = pgTable(
  'open_checks',
  {
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    /** The newest revision of a record that the check saw. */
    revision: bigint('revision', { mode: 'number' }).notNull().default(0),
    /** Of the settings that it used; null: nothing was checked yet. */
    settingsVersion: integer('settings_version'),
    chartVersion: integer('chart_version').notNull().default(0),
    checkedAt: at('checked_at'),
    /** How long it took, in milliseconds. */
    tookMs: integer('took_ms').notNull().default(0),
    /** No check begins before. While one runs, when another process may begin it again. */
    dueAt: at('due_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.target] })],
);

/** What changed since the last check without a change of a record: links and names of the books, or what a posting changed for others. */
export const checkCauses = pgTable(
  'check_causes',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    /** Any open record may be concerned, not only those with a newer revision. */
    concernsAll: boolean('concerns_all').notNull(),
  },
  (t) => [index('check_causes_by_company').on(t.companyId, t.target)],
);
