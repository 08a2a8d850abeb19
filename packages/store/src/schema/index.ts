import type {
  BatchedType,
  BatchSchedule,
  BatchState,
  BooksSettings,
  Chart,
  DocumentKind,
  Holding,
  Identity,
  ItemState,
  Json,
  List,
  Operation,
  PostedFacts,
  Problem,
  Receipt,
  RecordType,
  RunOutcome,
  Selection,
  SourceRecord,
} from '@ledgerpost/core';
import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  customType,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/*
 * The tables, each with what it is for. Amounts are minor units of the company's currency. Wide content (documents,
 * payloads) lives apart from the narrow rows whose state changes, so that a state change rewrites few bytes.
 */

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
const amount = (name: string) => bigint(name, { mode: 'number' });
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Numbers every change in the installation, so that a preview can tell what came after it. */
export const recordRevision = pgSequence('record_revision');

export const companies = pgTable('companies', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  timeZone: text('time_zone').notNull(),
  currency: text('currency').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
});

/** A company that may batch to a target, with its settings there. */
export const companyTargets = pgTable(
  'company_targets',
  {
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    target: text('target').notNull(),
    /** Copied from the target when it was enabled: decides what becomes of payments on imported jobs. */
    delivery: text('delivery').$type<'files' | 'push'>().notNull(),
    settings: jsonb('settings').$type<BooksSettings>().notNull(),
    settingsVersion: integer('settings_version').notNull().default(1),
    /** Names this company's access to this target in keys and limits; stays when access is renewed. */
    connectionId: uuid('connection_id').notNull(),
    enabledAt: at('enabled_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.target] })],
);

/** What the field-service system says happened: the newest content of each record. What batches froze stays with them. */
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
    changedAt: at('changed_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.type, t.id] }),
    index('records_by_revision').on(t.companyId, t.revision),
    index('records_by_parent').on(t.companyId, t.type, t.parentId).where(sql`parent_id is not null`),
  ],
);

/** Which payment is allocated to which invoice, as the records say now. */
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
 * The records that have something to send to a target (or something off that a person must see). Its size is that of
 * the work left, never that of the past, and so is the cost of every list, total and selection.
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
    /** The record's revision, or higher if something else changed what it asks for. */
    revision: bigint('revision', { mode: 'number' }).notNull(),
    /** The open batch that has it; it is in no list then. */
    claimedBy: uuid('claimed_by'),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.target, t.type, t.id] }),
    index('open_records_by_date').on(t.companyId, t.target, t.list, t.date, t.type, t.id).where(sql`claimed_by is null`),
    index('open_records_by_claim').on(t.claimedBy).where(sql`claimed_by is not null`),
    index('open_records_by_customer').on(t.companyId, t.customerId),
  ],
);

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
    /** Rises with everything about the batch that a follower would want to see. */
    version: integer('version').notNull().default(1),
    selection: jsonb('selection').$type<Selection>().notNull(),
    acknowledged: jsonb('acknowledged').$type<string[]>().notNull().default([]),
    /** Settings as they were at the start: the whole batch is built with them. */
    settings: jsonb('settings').$type<BooksSettings>().notNull(),
    settingsVersion: integer('settings_version').notNull(),
    connectionId: uuid('connection_id').notNull(),
    /** What the target declared at the start (stages with their ranges once items are frozen). */
    plan: jsonb('plan').$type<BatchPlan>(),
    /** The digest that the start sent, checked again in select. */
    digest: text('digest'),
    retryOf: uuid('retry_of'),
    /** What the caller named the start by: the same key again is the same batch. */
    idempotencyKey: text('idempotency_key'),
    /** Counts per item state, totals per kind and more; see BatchTotals. Written as steps go on, final at record. */
    progress: jsonb('progress').$type<BatchProgress>().notNull(),
    totals: jsonb('totals').$type<BatchTotals>(),
    /** Why it ended as it did, or why it is held, in one sentence with a code. */
    reason: jsonb('reason').$type<{ code: string; message: string }>(),
    /** Raised to stop a push that may still be running: every push reads it before it calls out. */
    fence: integer('fence').notNull().default(0),
    cancelRequestedBy: text('cancel_requested_by'),
    undoCount: integer('undo_count').notNull().default(0),
    startedBy: text('started_by').notNull(),
    startedAt: at('started_at').notNull().defaultNow(),
    /** When Temporal took it; null is what the sweeper looks for. */
    handedOverAt: at('handed_over_at'),
    decision: text('decision').$type<'approved' | 'declined'>(),
    approvedBy: text('approved_by'),
    /** How often somebody let the held batch go on. */
    resumes: integer('resumes').notNull().default(0),
    endedAt: at('ended_at'),
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
    /** True while no other batch may take the record: from select until the item's end. */
    claimed: boolean('claimed').notNull(),
    /** Number or Ref No, '' until frozen. */
    number: text('number').notNull().default(''),
    customerId: text('customer_id'),
    amount: amount('amount').notNull(),
    /** The record's content hash when it was frozen: goes into the posting. */
    contentHash: text('content_hash').notNull(),
    /** Null: nothing to say. */
    problems: jsonb('problems').$type<Problem[]>(),
    externalId: text('external_id'),
    externalVersion: text('external_version'),
    /** The total as the target holds it. */
    targetTotal: amount('target_total'),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.seq] }),
    uniqueIndex('batch_items_claim').on(t.companyId, t.target, t.type, t.recordId).where(sql`claimed`),
    index('batch_items_by_record').on(t.companyId, t.type, t.recordId),
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

/** One request to a push target, stored before it is sent and sent again only as it was. */
export const batchCalls = pgTable(
  'batch_calls',
  {
    requestId: text('request_id').primaryKey(),
    batchId: uuid('batch_id').notNull(),
    stage: smallint('stage').notNull(),
    seqs: jsonb('seqs').$type<number[]>().notNull(),
    /** The call as the target gets it, as canonical JSON text. */
    body: text('body').notNull(),
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
    /** Null: under way, or whoever sent it died. */
    endedAt: at('ended_at'),
    /** `answered`, or the code of what went wrong. */
    outcome: text('outcome'),
    /** The target's own ids of the requests that the attempt took, as it tells them for its support. */
    traces: text('traces').array().notNull().default([]),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.attempt] })],
);

/** How often a record's write was definitely refused or taken back: part of the idempotency key. */
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

/** That a record is in a target's books. A chain per record: an update supersedes, an undo restores. */
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
    /** Why a person marked it by hand. */
    reason: text('reason'),
    /** What the target answered, beyond the id and version in `facts`: its number, its total, and details of its own. */
    receipt: jsonb('receipt').$type<StoredReceipt>(),
  },
  (t) => [
    uniqueIndex('postings_standing').on(t.companyId, t.target, t.type, t.recordId).where(sql`standing`),
    // Number first: an index that begins like postings_standing would be taken for it while the table has no statistics.
    index('postings_by_number').on(t.number, t.companyId, t.target, t.kind).where(sql`standing`),
    index('postings_by_batch').on(t.batchId, t.seq),
    // How a target names what has changed.
    index('postings_by_external').on(sql`(facts ->> 'externalId')`, t.companyId, t.target).where(sql`standing`),
  ],
);

/** The names that a batch's documents use at the target: what would be created there, and whether an item needs two accounts. */
export const batchNames = pgTable(
  'batch_names',
  {
    batchId: uuid('batch_id').notNull(),
    kind: text('kind').$type<'customer' | 'item'>().notNull(),
    name: text('name').notNull(),
    /** The account that an item wants; '' for none. */
    account: text('account').notNull().default(''),
    /** A push target's id for it, once found or created. */
    externalId: text('external_id'),
    /** A push target's verdict, where it could be neither found nor created. */
    problem: jsonb('problem').$type<Problem>(),
    /** What creating it takes. */
    details: jsonb('details'),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.kind, t.name, t.account] })],
);

/** A file that a batch made. */
export const batchFiles = pgTable(
  'batch_files',
  {
    batchId: uuid('batch_id').notNull(),
    ordinal: smallint('ordinal').notNull(),
    /** The attempt that wrote it; chunks of other attempts are waste. */
    render: uuid('render').notNull(),
    name: text('name').notNull(),
    mediaType: text('media_type').notNull(),
    download: boolean('download').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    sha256: text('sha256').notNull(),
    rows: integer('rows').notNull(),
    documents: integer('documents').notNull(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.ordinal] })],
);

/** The bytes of files, in chunks, so that any API serves what any worker made. */
export const batchFileChunks = pgTable(
  'batch_file_chunks',
  {
    /** One attempt at writing a batch's files: a worker that was thought dead can't write into its successor's. */
    render: uuid('render').notNull(),
    ordinal: smallint('ordinal').notNull(),
    chunk: integer('chunk').notNull(),
    batchId: uuid('batch_id').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [primaryKey({ columns: [t.render, t.ordinal, t.chunk] }), index('batch_file_chunks_by_batch').on(t.batchId)],
);

/** A company's access to a target, as somebody granted it. What is secret is sealed; the keys are not in this database. */
export const connections = pgTable(
  'connections',
  {
    /** company_targets.connection_id. */
    id: uuid('id').primaryKey(),
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    state: text('state').$type<ConnectionState>().notNull(),
    /** Whose books, as the target names them (QuickBooks: the realm). Stays after a disconnect: postings are in those books. */
    account: text('account').notNull(),
    environment: text('environment').notNull(),
    /** Company name, edition and currency, as the target tells them. */
    identity: jsonb('identity').$type<Identity>(),
    /** The grant, sealed; null once disconnected. The former one is tried once if the present one is refused. */
    sealed: bytea('sealed'),
    formerSealed: bytea('former_sealed'),
    /** Which key sealed the two. */
    keyId: text('key_id'),
    accessExpiresAt: at('access_expires_at'),
    refreshExpiresAt: at('refresh_expires_at'),
    renewedAt: at('renewed_at'),
    /** Rises with each grant. */
    grantVersion: integer('grant_version').notNull().default(0),
    lost: jsonb('lost').$type<{ code: string; message: string }>(),
    chart: jsonb('chart').$type<Chart>(),
    /** Rises with each chart, so that whoever keeps one knows when it is old. */
    chartVersion: integer('chart_version').notNull().default(0),
    chartReadAt: at('chart_read_at'),
    /** The target's ids of the accounts that the settings name, by name: tells a renamed account from a missing one. */
    accountIds: jsonb('account_ids').$type<Record<string, string>>().notNull().default({}),
    connectedAt: at('connected_at').notNull().defaultNow(),
    connectedBy: text('connected_by').notNull(),
    /** The smallest number of days before the end that the journal was told of; null: none since the last renewal. */
    warnedDays: smallint('warned_days'),
  },
  (t) => [
    uniqueIndex('connections_one_per_books').on(t.target, t.environment, t.account).where(sql`state <> 'disconnected'`),
    index('connections_by_renewal').on(t.renewedAt).where(sql`state = 'connected'`),
  ],
);

/** An authorize address that somebody was given, until it is used or expires. Only the hash of the state is kept. */
export const oauthStates = pgTable('oauth_states', {
  stateHash: text('state_hash').primaryKey(),
  companyId: text('company_id').notNull(),
  target: text('target').notNull(),
  connectionId: uuid('connection_id').notNull(),
  /** Who asked; the key must still be in force when the person comes back. */
  keyId: text('key_id').notNull(),
  actor: text('actor').notNull(),
  expiresAt: at('expires_at').notNull(),
});

/** How fast one connection may go, per kind of request. Harmless to lose (the table is unlogged). */
export const rateBuckets = pgTable(
  'rate_buckets',
  {
    connectionId: uuid('connection_id').notNull(),
    bucket: text('bucket').notNull(),
    /** When the next request is due at an even pace. In the past, if requests came late: then they are behind. */
    nextAt: at('next_at').notNull(),
    /** When the last one went; null: none yet. */
    lastAt: at('last_at'),
    /** How many may go before that, after a rest. */
    ahead: integer('ahead').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.bucket] })],
);

/** The requests that count: those in flight, and those that ended less than a minute ago (unlogged). */
export const ratePermits = pgTable(
  'rate_permits',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    connectionId: uuid('connection_id').notNull(),
    bucket: text('bucket').notNull(),
    /** In flight: until when its lease runs if nobody prolongs it. Afterwards: when it ended. */
    heldUntil: at('held_until').notNull(),
  },
  (t) => [index('rate_permits_by_end').on(t.connectionId, t.bucket, t.heldUntil)],
);

/** Connections on which nobody sends for now, because the target said "too many" (unlogged). */
export const ratePauses = pgTable('rate_pauses', {
  connectionId: uuid('connection_id').primaryKey(),
  until: at('until').notNull(),
});

/** A look at what became of a batch's documents in the books. The newest of a batch is the one that is shown. */
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
    /** When Temporal took it; null is what the sweeper looks for. */
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
    /** The total as the target holds it now, where it says so. */
    total: amount('total'),
    /** How the document stands in the target's accounts, where it says so. */
    holds: jsonb('holds').$type<Holding>(),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.run, t.seq] })],
);

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

/** Looks for drift on one connection: the one that is wanted, and the newest that was done. */
export const driftLooks = pgTable(
  'drift_looks',
  {
    connectionId: uuid('connection_id').primaryKey(),
    companyId: text('company_id').notNull(),
    target: text('target').notNull(),
    /** Whose books it is about, as the target names them: in other books, everything begins anew. */
    account: text('account').notNull().default(''),
    /** All that changed before is known, by the target's clock; null: nothing yet. */
    through: at('through'),
    /** Somebody wants a look, and none began since. */
    wantedAt: at('wanted_at'),
    wantedBy: text('wanted_by').$type<DriftSource>(),
    /** When Temporal was told of that. */
    handedOverAt: at('handed_over_at'),
    state: text('state').$type<'running' | 'done' | 'failed'>(),
    beganBy: text('began_by').$type<DriftSource>(),
    beganAt: at('began_at'),
    endedAt: at('ended_at'),
    reason: jsonb('reason').$type<{ code: string; message: string }>(),
    /** Documents of ours that the newest look has read, found to drift, and left for the next one because a batch has them. */
    looked: integer('looked').notNull().default(0),
    found: integer('found').notNull().default(0),
    postponed: integer('postponed').notNull().default(0),
  },
  (t) => [
    uniqueIndex('drift_looks_by_company').on(t.companyId, t.target),
    index('drift_looks_wanted').on(t.wantedAt).where(sql`wanted_at is not null`),
  ],
);

/** What somebody changed, voided or deleted in the books since we posted it, and what was decided about it. */
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
    /** What is there, had it been posted so; null where it is gone, or the target can't say. */
    there: jsonb('there').$type<Receipt>(),
    /** The total as the target holds it now, where it says so. */
    total: amount('total'),
    foundBy: text('found_by').$type<DriftSource>().notNull(),
    foundAt: at('found_at').notNull().defaultNow(),
    /** When it was last seen to be so. */
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

/** What made somebody look: the hours, a webhook of the target, a person. */
export type DriftSource = 'schedule' | 'webhook' | 'request';
export type DriftState = 'open' | 'kept-theirs' | 'sent-again' | 'resolved';

/** Notices of targets that were heard, so that one that is sent again is not taken for another. Forgotten after a while. */
export const webhookNotices = pgTable(
  'webhook_notices',
  {
    target: text('target').notNull(),
    id: text('id').notNull(),
    heardAt: at('heard_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.target, t.id] }), index('webhook_notices_by_age').on(t.heardAt)],
);

/** The worker processes that are there, so that the API can say which of a batch's queues nobody serves. */
export const workers = pgTable('workers', {
  id: text('id').primaryKey(),
  targets: text('targets').array().notNull(),
  engine: boolean('engine').notNull(),
  build: text('build'),
  host: text('host').notNull(),
  startedAt: at('started_at').notNull().defaultNow(),
  seenAt: at('seen_at').notNull().defaultNow(),
});

/** `lost`: the target does not let us in any more; `disconnected`: an admin ended it. */
export type ConnectionState = 'connected' | 'lost' | 'disconnected';

/** The company's journal: who did what, when. Only ever added to. */
export const journal = pgTable(
  'journal',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** Null for acts on the installation. */
    companyId: text('company_id'),
    at: at('at').notNull().defaultNow(),
    /** The key's name and id, or the engine. */
    actor: text('actor').notNull(),
    /** `batch.started`, `batch.moved`, `settings.changed`, `key.created`… */
    act: text('act').notNull(),
    /** What it was done to: `batch/<id>`, `key/<id>`, `target/saasant`. */
    subject: text('subject').notNull(),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index('journal_by_company').on(t.companyId, t.id.desc()), index('journal_by_subject').on(t.subject, t.id.desc())],
);

export const apiKeys = pgTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    /** Null: a key of the installation. */
    companyId: text('company_id'),
    name: text('name').notNull(),
    roles: jsonb('roles').$type<Role[]>().notNull(),
    /** SHA-256 of the secret; the secret itself is shown once and kept nowhere. */
    secretHash: text('secret_hash').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
    revokedAt: at('revoked_at'),
  },
  (t) => [uniqueIndex('api_keys_secret').on(t.secretHash)],
);

/** A browser that somebody signed in with a key. It may what the key may, as long as the key is in force. */
export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of what the cookie holds. */
    tokenHash: text('token_hash').primaryKey(),
    keyId: text('key_id')
      .notNull()
      .references(() => apiKeys.id),
    startedAt: at('started_at').notNull().defaultNow(),
    /** When it was last used, to the minute. */
    usedAt: at('used_at').notNull().defaultNow(),
  },
  (t) => [index('sessions_by_key').on(t.keyId)],
);

export const ROLES = ['source', 'viewer', 'poster', 'approver', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What the target declared when the batch started, carried so that a plugin's new release never changes a running batch. */
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

export type Count = { readonly documents: number; readonly amount: number };

/** A target's answer, as it is kept with the posting. */
export interface StoredReceipt {
  readonly number?: string;
  /** Minor units. */
  readonly total?: number;
  readonly details?: Json;
}

/** How far a batch is. */
export interface BatchProgress {
  /** Items in all, and how many of them the present step has dealt with. */
  readonly items: number;
  readonly done: number;
  /** The present step's range of items if not all. */
  readonly of: number;
  readonly states: Readonly<Record<string, number>>;
}

/** What a batch did, sealed by record. Amounts in minor units. */
export interface BatchTotals {
  readonly operations: Readonly<Record<string, Count>>;
  readonly states: Readonly<Record<string, Count>>;
  readonly tax: number;
  readonly accounts: Readonly<Record<string, number>>;
  readonly classes: Readonly<Record<string, number>>;
  readonly depositAccounts: Readonly<Record<string, number>>;
}
