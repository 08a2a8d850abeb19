/*
 * What workflows ask workers to do: the verbs as an accountant would name them. Temporal keeps names, arguments and results as
 * long as it keeps histories: members are only ever added, and optional. Ids, ranges and counts travel; documents never do.
 */

/** What a target declared when the batch started; carried, so that a plugin's new release never changes a running batch. */
export interface Manifest {
  readonly delivery: 'files' | 'push';
  readonly undo: 'target' | 'hand';
  readonly stages: readonly { readonly id: string; readonly name: string; readonly operations: readonly string[] }[];
  readonly limits: { readonly number: number; readonly refNo: number; readonly customerName: number };
  /** Items per chunk in the steps that only compute, and in the push. */
  readonly chunk: number;
  readonly pushChunk: number;
  /** Items per chunk of validate and export, where both only count what the pass before has done. Absent: `chunk`. */
  readonly countChunk?: number;
  /** Items that one activity freezes, chunk by chunk, where a batch has many times as many. Absent: `chunk`. */
  readonly freezeChunk?: number;
  /** Chunks at once. */
  readonly lanes: number;
}

export interface StageRange {
  readonly id: string;
  readonly name: string;
  /** Inclusive; from > to if the range is empty. */
  readonly fromSeq: number;
  readonly toSeq: number;
}

export interface Chunk {
  readonly batchId: string;
  /** Inclusive. */
  readonly fromSeq: number;
  readonly toSeq: number;
}

/** Sent by workflows that wait by themselves if the target takes nothing more for over a minute. Absent: the activity is tried again then. */
export interface Waits {
  readonly waits?: boolean;
}

/**
 * The documents that a step was about: those with a problem first, and never more than a few. They have their numbers within the batch,
 * and no name: nobody can correct what a history holds. The API adds customers, by today's name, while somebody looks (`decode`).
 */
export interface ShownDocuments {
  readonly batchId: string;
  readonly first: readonly {
    readonly seq: number;
    /** Of the item, or what a verification found of it. */
    readonly state: string;
    /** A code of docs/errors.md. */
    readonly problem?: string;
  }[];
  /** There are others like these. */
  readonly more: boolean;
}

/** What steps return for people to look at. Absent: there is nothing to show, or it comes from an earlier release. */
export interface Shows {
  readonly documents?: ShownDocuments;
}

/** Every chunk reports whether somebody asked the batch to stop. */
export interface ChunkResult {
  readonly cancel: boolean;
}

export interface Selected extends ChunkResult {
  readonly items: number;
  readonly stages: readonly StageRange[];
  /** For people: `189 documents`. */
  readonly total: string;
  /** How many records changed since the preview whose digest the start sent; null: none, or no digest. */
  readonly changed: number | null;
}

export interface Checked extends ChunkResult, Shows {
  readonly ready: number;
  readonly rejected: number;
  readonly blocked: number;
  readonly total: string;
}

export interface Orders {
  readonly cancel: boolean;
  readonly decision: 'approved' | 'declined' | null;
  readonly resumes: number;
  /** Since when the batch is on hold, ISO 8601; null: it is not. Absent: an earlier release read the orders. */
  readonly heldSince?: string | null;
}

export type EarlyEnd = 'empty' | 'stopped' | 'nothing-posted' | 'declined' | 'lapsed' | 'canceled' | 'failed';
export type BatchEnd = EarlyEnd | 'posted' | 'posted-in-part';

export interface Reason {
  /** A code of docs/errors.md. */
  readonly code: string;
  readonly message: string;
}

export interface BatchReport extends Shows {
  readonly end: BatchEnd;
  /** Documents per item state. */
  readonly states: Readonly<Record<string, number>>;
  /** For people: per operation, documents and amount. */
  readonly totals: Readonly<Record<string, string>>;
}

export interface UndoReport extends Shows {
  readonly end: 'undone' | 'undone-in-part';
  readonly undone: number;
  readonly left: number;
}

export interface VerifyReport extends Shows {
  readonly end: 'done' | 'failed';
  readonly same: number;
  readonly changed: number;
  readonly gone: number;
}

/** The result of a scheduled run. */
export interface ScheduledReport {
  /**
   * `removed` and `paused`: Temporal has an older version of the schedule, and nothing was done. `waits`: another batch has to
   * end first, and does so by itself.
   */
  readonly outcome:
    | 'started'
    | 'nothing-to-send'
    | 'batch-open'
    | 'needs-a-person'
    | 'refused'
    | 'missed'
    | 'removed'
    | 'paused'
    | 'waits';
  readonly message: string;
  /** The batch that was started, or that was in its way. */
  readonly batchId: string | null;
}

/** What a check for drift has read: documents, and how many of them newly differ. */
export interface Seen {
  readonly looked: number;
  readonly found: number;
  /** Documents that were in an open batch: the next check reads them. */
  readonly postponed: number;
}

/** The result of a check for drift. */
export interface LookReport extends Seen {
  /** `later`: it was postponed, and begins when no batch posts to the books. */
  readonly end: 'done' | 'failed' | 'later';
  /** Somebody requested another check during this one. */
  readonly again: boolean;
}

/** How an import stands after its work: a state of its row, or that another run has it. */
export interface ImportReport {
  readonly end: string;
}

/** Where a page of posted documents ended. */
export interface AfterDocument {
  readonly type: string;
  readonly recordId: string;
}

/** On the engine's queue. */
export interface CoreActivities {
  /** Claims the selected records, all at once. */
  select(order: { batchId: string; stages: Manifest['stages'] }): Promise<Selected>;
  /** Builds and freezes the documents of a chunk. */
  freeze(chunk: Chunk & Pick<Manifest, 'delivery' | 'limits'>): Promise<ChunkResult & { frozen: number; dropped: number }>;
  /** What only the whole batch can show: duplicates, dependencies; then counts. */
  check(order: { batchId: string }): Promise<Checked>;
  /** Asks for a second person. */
  approve(order: { batchId: string }): Promise<Orders>;
  /** Reads what people have requested: cancel, approve, decline, resume. */
  orders(order: { batchId: string }): Promise<Orders>;
  /**
   * Marks the batch as held, with the reason, unless it was resumed more often than `resumes`, which the workflow has seen. `again`: it
   * left this hold before, and nobody resumed it.
   */
  hold(order: { batchId: string; reason: Reason; resumes?: number; again?: boolean }): Promise<Orders>;
  /** Continues after the hold that began then; null: there is none. */
  resume(order: { batchId: string; heldSince?: string | null | undefined }): Promise<Orders>;
  /** Seals the batch with its totals; the rest goes back to unbatched. */
  record(order: { batchId: string }): Promise<BatchReport>;
  /** Ends a batch before its push; everything goes back to unbatched. */
  finish(order: { batchId: string; end: EarlyEnd; reason?: Reason }): Promise<BatchReport>;
  /** Seals an undo, unless another undo of the batch has begun since. `undo`: which one, from 1. */
  recordUndo(order: { batchId: string; undo?: number | undefined; reason?: Reason | undefined }): Promise<UndoReport>;
  /** Starts the batch of a schedule that is due. `due` is an instant, ISO 8601; `waits` is returned only if `patient`. */
  startScheduled(order: { companyId: string; target: string; due: string; patient: boolean }): Promise<ScheduledReport>;
  /** Seals a verification: failed if there is a reason. */
  recordVerification(order: { batchId: string; run: number; reason?: Reason }): Promise<VerifyReport>;
  /** Checks, applies or undoes an import, whichever its row wants. Another attempt continues where the last one was. */
  workImport(order: { importId: string; run: number }): Promise<ImportReport>;
  /** Ends the work on an import that could not be done, with the reason. */
  failImport(order: { importId: string; run: number; reason: Reason }): Promise<ImportReport>;
  /** Sends one message of the outbox. Fails while another attempt makes sense. */
  sendNotice(order: { sendId: string }): Promise<{ sent: boolean }>;
  /**
   * Begins a check for drift, which serves all earlier requests for one. `later`: it was postponed, because a batch posts to the books.
   * `id` names the check that began; absent: an earlier release began it.
   */
  beginLook(order: { companyId: string; target: string; by: 'schedule' | 'webhook' | 'request' }): Promise<{
    later: boolean;
    id?: string;
  }>;
  /** Seals a check: failed if there is a reason. `through`: all that changed before then is known. */
  recordLook(
    order: Seen & { companyId: string; target: string; id?: string | undefined; through?: number; reason?: Reason },
  ): Promise<LookReport>;
}

/** On the target's own queue, named `<target>.<verb>`. */
export interface TargetActivities {
  declare(order: { batchId: string }): Promise<Manifest>;
  validate(chunk: Chunk): Promise<ChunkResult & { ready: number; rejected: number }>;
  export(chunk: Chunk): Promise<ChunkResult & Shows & { exported: number }>;
  /** A file target's files, all of them. */
  writeFiles(order: { batchId: string }): Promise<ChunkResult & { files: readonly string[] }>;
  /** A push target's customers and items: found, or created. */
  prepare(order: { batchId: string } & Waits): Promise<ChunkResult & Shows & { found: number; created: number; missing: number }>;
  push(
    chunk: Chunk & { stage: number } & Waits,
  ): Promise<
    ChunkResult & Shows & { sent: number /** For people: the documents of the chunk that are in the books now. */; total: string }
  >;
  undo(chunk: Chunk): Promise<Shows & { undone: number; left: number }>;
  /** Reads what became of a chunk in the books. */
  verify(chunk: Chunk & { run: number }): Promise<Shows & { same: number; changed: number; gone: number }>;
  /** Finds what changed in a company's books, and reads the documents among it that we posted. */
  findChanges(order: { companyId: string }): Promise<{ through: number | null; untold: readonly string[]; seen: Seen }>;
  /** Reads the next page of all posted documents of some kinds. */
  rereadStanding(order: {
    companyId: string;
    kinds: readonly string[];
    after: AfterDocument | undefined;
  }): Promise<{ seen: Seen; next?: AfterDocument }>;
}
