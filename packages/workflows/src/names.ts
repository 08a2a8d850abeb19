/** Names that Temporal keeps forever: workflow types, queues, messages, search attributes. Final from the first release. */
export const RUN_BATCH = 'runBatch';
export const UNDO_BATCH = 'undoBatch';
export const VERIFY_BATCH = 'verifyBatch';
export const LOOK_FOR_DRIFT = 'lookForDrift';
export const RUN_IMPORT = 'runImport';
export const SEND_NOTICE = 'sendNotice';

/** Where workflows and the engine's own activities run. */
export const ENGINE_QUEUE = 'engine';

/** Where a target's activities run: one queue per target, so that each is deployed and scaled alone. */
export function targetQueue(target: string): string {
  return `target-${target}`;
}

/** The type of the failure by which a worker says that it does not serve the target of a short step. A code of docs/errors.md. */
export const SERVED_ELSEWHERE = 'served-elsewhere';

/** "Something about your batch was written to the database: read it." Carries nothing, so that nothing is lost with it. */
export const NUDGE = 'nudge';

/** Search attributes, all keywords: how ops find a batch. */
export const SEARCH_ATTRIBUTES = {
  company: 'LedgerpostCompany',
  target: 'LedgerpostTarget',
  state: 'LedgerpostState',
  name: 'LedgerpostBatchName',
} as const;

/** The workflow id derives from the batch, so starting twice is starting once. */
export function runWorkflowId(batch: { companyId: string; target: string; batchId: string }): string {
  return `batch:${batch.companyId}:${batch.target}:${batch.batchId}`;
}

/** Each undo of a batch is a workflow of its own: a batch may be undone again after an undo in part. */
export function undoWorkflowId(batch: { companyId: string; target: string; batchId: string; undo: number }): string {
  return `undo:${batch.companyId}:${batch.target}:${batch.batchId}:${batch.undo}`;
}

/** One verification of a batch at a time: the next has the same id. */
export function verifyWorkflowId(batch: { companyId: string; target: string; batchId: string }): string {
  return `verify:${batch.companyId}:${batch.target}:${batch.batchId}`;
}

/** One check for drift at a time, whoever asked for it. */
export function lookWorkflowId(books: { companyId: string; target: string }): string {
  return `drift:${books.companyId}:${books.target}`;
}

/** How the ids of the schedules begin that former releases kept in Temporal, one for each connection: company and target follow. */
export const FORMER_LOOK_SCHEDULE = 'look-for-drift:';

/** Each check, apply and undo of an import is a workflow of its own. */
export function importWorkflowId(of: { companyId: string; importId: string; run: number }): string {
  return `import:${of.companyId}:${of.importId}:${of.run}`;
}

/** One workflow for each message of the outbox. */
export function noticeWorkflowId(sendId: string): string {
  return `notice:${sendId}`;
}

/** A message to send, by its row of the outbox: neither its words nor its address travel through Temporal. */
export interface NoticeOrder {
  readonly companyId: string;
  readonly sendId: string;
  /** The first pause after an attempt that failed; absent: ten seconds. */
  readonly retrySeconds?: number | undefined;
  /** As in a BatchOrder. */
  readonly heartbeatSeconds?: number | undefined;
}

/** What is wanted of an import. Files and records never travel through Temporal. */
export interface ImportOrder {
  readonly companyId: string;
  readonly importId: string;
  readonly run: number;
  readonly work: 'check' | 'apply' | 'undo';
  /** As in a BatchOrder. */
  readonly heartbeatSeconds?: number | undefined;
}

/** The argument of a batch's workflow: ids and policy. Documents never travel through Temporal. */
export interface BatchOrder {
  readonly companyId: string;
  readonly target: string;
  readonly batchId: string;
  readonly name: string;
  readonly onProblem: 'skip' | 'stop';
  readonly approval: { readonly required: boolean; readonly lapsesAfterHours: number };
  /** How its target gets documents. Absent: it was started by an earlier release. */
  readonly delivery?: 'files' | 'push' | undefined;
  /** After how many seconds of silence a worker counts as dead; absent: as in policies.ts. */
  readonly heartbeatSeconds?: number | undefined;
}

export interface UndoOrder {
  readonly companyId: string;
  readonly target: string;
  readonly batchId: string;
  readonly name: string;
  /** The highest item number of the batch. */
  readonly items: number;
  /** Which undo of the batch: from 1. Absent: it was started by an earlier release. */
  readonly undo?: number | undefined;
  /** As in a BatchOrder. */
  readonly heartbeatSeconds?: number | undefined;
}

export interface VerifyOrder {
  readonly companyId: string;
  readonly target: string;
  readonly batchId: string;
  readonly name: string;
  /** Which verification of the batch: from 1. */
  readonly run: number;
  /** The highest item number of the batch. */
  readonly items: number;
  /** As in a BatchOrder. */
  readonly heartbeatSeconds?: number | undefined;
}

/** Starts the batch of a schedule; started by a Temporal Schedule of the same id. */
export const START_SCHEDULED_BATCH = 'startScheduledBatch';

/** The Temporal Schedule of a company at a target; each workflow that it starts has this id with the time appended. */
export function scheduledBatchId(at: { companyId: string; target: string }): string {
  return `scheduled-batch:${at.companyId}:${at.target}`;
}

/** Whose schedule is due. The workflow reads from Temporal when it was due. */
export interface ScheduledOrder {
  readonly companyId: string;
  readonly target: string;
  /** How often to check whether a batch in the way has ended, in seconds; absent: as in policies.ts. */
  readonly lookAgainSeconds?: number | undefined;
}

/** Whose books are checked for drift. */
export interface LookOrder {
  readonly companyId: string;
  readonly target: string;
  readonly by: 'schedule' | 'webhook' | 'request';
  /** As in a BatchOrder. */
  readonly heartbeatSeconds?: number | undefined;
}
