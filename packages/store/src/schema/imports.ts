import type { RecordType, SourceRecord } from '@ledgerpost/core';
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
import { at, bytea } from './columns.ts';
import { companies } from './companies.ts';

export const IMPORT_STATES = ['open', 'checking', 'checked', 'applying', 'applied', 'undoing', 'undone', 'discarded'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
export type ImportWork = 'check' | 'apply' | 'undo';

/** One application of mappings to files: checked first, then applied, then undoable. Its jsonb columns hold what `batching` writes. */
export const imports = pgTable(
  'imports',
  {
    id: uuid('id').primaryKey(),
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    state: text('state').$type<ImportState>().notNull().default('open'),
    /** Rises with every change that a follower wants to see. */
    version: integer('version').notNull().default(1),
    /** Mappings of this import as a person gave them, whole or as changes of a preset. */
    mappings: jsonb('mappings').$type<readonly unknown[]>().notNull().default([]),
    /** Cells that a person corrected: by file, row and column. The files stay as they came. */
    corrections: jsonb('corrections').$type<readonly StoredCorrection[]>().notNull().default([]),
    /** What the person says that the files cover; null: nobody said. */
    cover: jsonb('cover').$type<StoredCover>(),
    /** What each file is, and which are read together; null until somebody looked. */
    assigned: jsonb('assigned').$type<unknown>(),
    /** The result of the last check. */
    report: jsonb('report').$type<unknown>(),
    /** What an apply must name: it stands for files, mappings, corrections, answers and the revision of the records. */
    digest: text('digest'),
    /** Of the outcome of every record, to see whether a later check finds the same. */
    outcomes: text('outcomes'),
    /** The company's newest revision when the check began. */
    revision: bigint('revision', { mode: 'number' }),
    /** Of files, mappings and corrections: the same again was seen before. */
    contentHash: text('content_hash'),
    acknowledged: jsonb('acknowledged').$type<readonly string[]>().notNull().default([]),
    progress: jsonb('progress').$type<StoredImportProgress>(),
    /** Why a check, an apply or an undo ended early. */
    reason: jsonb('reason').$type<{ code: string; message: string; details?: unknown }>(),
    /** What an apply or an undo did, counted. */
    outcome: jsonb('outcome').$type<unknown>(),
    work: text('work').$type<ImportWork>(),
    /** How often work was begun: names the workflow of each. */
    run: integer('run').notNull().default(0),
    askedBy: text('asked_by'),
    /** As in the journal, like the next one but one. */
    askedById: text('asked_by_id'),
    createdBy: text('created_by').notNull(),
    createdById: text('created_by_id'),
    createdAt: at('created_at').notNull().defaultNow(),
    checkedAt: at('checked_at'),
    appliedBy: text('applied_by'),
    appliedAt: at('applied_at'),
    undoneBy: text('undone_by'),
    undoneAt: at('undone_at'),
    handedOverAt: at('handed_over_at'),
    /** When its files and findings were deleted; counts and hashes stay. */
    forgottenAt: at('forgotten_at'),
  },
  (t) => [
    uniqueIndex('imports_one_at_work').on(t.companyId).where(sql`state in ('checking', 'applying', 'undoing')`),
    index('imports_by_company').on(t.companyId, t.id.desc()),
    index('imports_by_content').on(t.companyId, t.contentHash),
    index('imports_at_work').on(t.handedOverAt).where(sql`state in ('checking', 'applying', 'undoing')`),
    index('imports_not_forgotten').on(t.createdAt).where(sql`forgotten_at is null`),
  ],
);

export interface StoredCorrection {
  readonly file: string;
  readonly row: number;
  readonly column: string;
  readonly value: string;
}

export interface StoredCover {
  readonly type: RecordType;
  /** Days, inclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** For each record that is no longer in the files. */
  readonly choice: 'leave' | 'void' | 'removed';
}

export interface StoredImportProgress {
  readonly phase: 'read' | 'compare' | 'targets' | 'write' | 'undo';
  readonly done: number;
  /** 0: not known yet. */
  readonly of: number;
  /** ISO 8601. */
  readonly began: string;
  readonly at: string;
}

export const importFiles = pgTable(
  'import_files',
  {
    importId: uuid('import_id').notNull(),
    ordinal: integer('ordinal').notNull(),
    name: text('name').notNull(),
    size: bigint('size', { mode: 'number' }).notNull().default(0),
    sha256: text('sha256'),
    /** False while it arrives; what broke off stays unused. */
    complete: boolean('complete').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.importId, t.ordinal] })],
);

/** The bytes of files as they came, in chunks. */
export const importFileChunks = pgTable(
  'import_file_chunks',
  {
    importId: uuid('import_id').notNull(),
    ordinal: integer('ordinal').notNull(),
    chunk: integer('chunk').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.ordinal, t.chunk] })],
);

/** Rows cut into pieces, brought together by key where memory is too small. Not logged: a crash begins again. */
export const importPieces = pgTable(
  'import_pieces',
  {
    run: uuid('run').notNull(),
    seq: bigserial('seq', { mode: 'number' }).notNull(),
    importId: uuid('import_id').notNull(),
    key: text('key').notNull(),
    /** The piece as JSON: nobody reads into it. */
    piece: text('piece').notNull(),
  },
  (t) => [primaryKey({ columns: [t.run, t.seq] })],
);

export const FINDING_KINDS = [
  'unreadable',
  'held-back',
  'left-out',
  'note',
  'changed',
  'asked',
  'kept',
  'absent',
  'left',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** What a check found, an apply left or an undo left, one thing a row. */
export const importFindings = pgTable(
  'import_findings',
  {
    importId: uuid('import_id').notNull(),
    seq: bigserial('seq', { mode: 'number' }).notNull(),
    kind: text('kind').$type<FindingKind>().notNull(),
    code: text('code').notNull(),
    file: text('file'),
    row: integer('row'),
    column: text('column'),
    value: text('value'),
    message: text('message').notNull(),
    type: text('type').$type<RecordType>(),
    recordId: text('record_id'),
    /** Rows of the same record, changed fields, the record it may be the same as. */
    details: jsonb('details').$type<Readonly<Record<string, unknown>>>(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.seq] }), index('import_findings_by_kind').on(t.importId, t.kind, t.seq)],
);

/**
 * The records that an import added, one row for each chunk and type: an undo removes them. Releases up to 0.2 kept a row of
 * `import_changes` for each of them. What has a row there is judged by that.
 */
export const importAdditions = pgTable(
  'import_additions',
  {
    importId: uuid('import_id').notNull(),
    companyId: text('company_id').notNull(),
    type: text('type').$type<RecordType>().notNull(),
    /**
     * The revisions that the chunk wrote, inclusive. Nobody else writes records of the company meanwhile, so one of its records whose
     * revision is among them is still as the import left it.
     */
    firstRevision: bigint('first_revision', { mode: 'number' }).notNull(),
    lastRevision: bigint('last_revision', { mode: 'number' }).notNull(),
    ids: text('ids').array().notNull(),
    /** How many of them the undo removed; null: it was not here. */
    removed: integer('removed'),
  },
  (t) => [primaryKey({ columns: [t.importId, t.type, t.firstRevision] })],
);

/** The records that an import changed, and what each was before: an undo returns it. */
export const importChanges = pgTable(
  'import_changes',
  {
    importId: uuid('import_id').notNull(),
    companyId: text('company_id').notNull(),
    type: text('type').$type<RecordType>().notNull(),
    id: text('id').notNull(),
    /** Null: there was none, and the undo removes the record. */
    former: jsonb('former').$type<SourceRecord>(),
    formerWay: text('former_way'),
    formerSourceHash: text('former_source_hash'),
    formerMappingHash: text('former_mapping_hash'),
    /** The revision that this import wrote: a higher one shows that somebody changed the record since. */
    revision: bigint('revision', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.type, t.id] })],
);

/**
 * What a person decided about an id that a file makes: `same` leads it to the record that stands for it, `another` says that it is no
 * record that is there already.
 */
export const recordKeys = pgTable(
  'record_keys',
  {
    companyId: text('company_id').notNull(),
    type: text('type').$type<RecordType>().notNull(),
    key: text('key').notNull(),
    answer: text('answer').$type<'same' | 'another'>().notNull(),
    recordId: text('record_id').notNull(),
    decidedBy: text('decided_by').notNull(),
    decidedAt: at('decided_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.type, t.key] })],
);

/** Payments and refunds that came by the API and may be ones that a file brought before. */
export const recordTwins = pgTable(
  'record_twins',
  {
    companyId: text('company_id').notNull(),
    type: text('type').$type<RecordType>().notNull(),
    /** The later one. */
    id: text('id').notNull(),
    twinId: text('twin_id').notNull(),
    foundAt: at('found_at').notNull().defaultNow(),
    /** Null: nobody decided. `same`: the later one is never sent. */
    answer: text('answer').$type<'same' | 'another'>(),
    decidedBy: text('decided_by'),
    decidedAt: at('decided_at'),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.type, t.id] })],
);

/** A company's own mappings: recognised before presets. */
export const companyMappings = pgTable(
  'company_mappings',
  {
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    name: text('name').notNull(),
    /** Whole, or as changes of a preset. */
    mapping: jsonb('mapping').$type<unknown>().notNull(),
    savedBy: text('saved_by').notNull(),
    savedAt: at('saved_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.name] })],
);
