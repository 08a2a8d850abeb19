import type { BatchState, ItemState } from '@ledgerpost/core';
import { hasItemsIn, type ItemsIn, listFiles, type Range, type Sql, type WorkBatch, wholeBatch } from '@ledgerpost/store';
import { ApplicationFailure } from '@temporalio/activity';

/** The type of the failure by which a workflow ends that is ahead of its rows. */
const BEHIND = 'database-behind';

/** What a step finds of a batch only if an earlier step has not written its rows. */
const UNDONE_BEFORE = {
  validate: ['claimed'],
  check: ['claimed', 'frozen'],
  export: ['claimed', 'frozen'],
  files: ['claimed', 'frozen'],
  push: ['claimed', 'frozen', 'ready'],
  record: ['claimed', 'frozen', 'ready', 'exported', 'sending'],
  // What is ready beside files from before 0.3.0 is not in them, and is released.
  recordFormer: ['claimed', 'frozen', 'exported', 'sending'],
} as const satisfies Record<string, readonly ItemState[]>;

type Step = keyof typeof UNDONE_BEFORE;

/**
 * The items by which a step finds out that an earlier one has not written its rows.
 * @param range the items that the step works on; absent: all
 */
export function undoneBefore(step: Step, range?: Pick<Range, 'fromSeq' | 'toSeq'>): ItemsIn {
  return { ...range, states: UNDONE_BEFORE[step] };
}

/**
 * Refuses a step of a workflow that is further than the batch's rows: the database was restored from before an earlier step. The workflow
 * fails and writes no end, so that the sweeper finds an open batch without one and starts it again, from where its rows are; that run
 * looks for each document in the books before it sends it.
 * @param batch was read with the items that are `undoneBefore` the step
 * @throws ApplicationFailure `database-behind`, which is not tried again
 */
export function needRows(batch: Pick<WorkBatch, 'id' | 'plan' | 'undone'>, step: Step): void {
  if (batch.plan === null || batch.undone) throw behind(batch.id, step);
}

/**
 * As `needRows` before a batch is sealed.
 * @param batch was read with the items that are `undoneBefore` `record`
 */
export async function needRowsToSeal(sql: Sql, batch: Pick<WorkBatch, 'id' | 'plan' | 'filed' | 'undone'>): Promise<void> {
  const former = batch.undone && (await hasFormerFiles(sql, batch));
  const undone = former ? await hasItemsIn(sql, wholeBatch(batch.id), UNDONE_BEFORE.recordFormer) : batch.undone;
  needRows({ ...batch, undone: undone === true }, 'record');
}

/**
 * Refuses to deliver files that the database does not have any more. Where the files are the payload, their documents stay ready until
 * they are posted.
 * @throws ApplicationFailure `database-behind`, which is not tried again
 */
export async function needFiles(sql: Sql, batch: Pick<WorkBatch, 'id' | 'plan' | 'filed' | 'undone'>): Promise<void> {
  needRows(batch, 'files');
  if (batch.filed === null && !(await hasFormerFiles(sql, batch))) throw behind(batch.id, 'push');
}

/** Whether a batch has files that don't say what they hold: they are from before 0.3.0. */
export async function hasFormerFiles(sql: Sql, { id, filed }: Pick<WorkBatch, 'id' | 'filed'>): Promise<boolean> {
  return filed === null && (await listFiles(sql, id)).length > 0;
}

/** Refuses what a workflow does only in one of these states of its batch. @throws ApplicationFailure `database-behind` */
export function needState(
  { id, state }: { readonly id: string; readonly state: BatchState },
  states: readonly BatchState[],
  step: string,
): void {
  if (!states.includes(state)) throw behind(id, step);
}

/**
 * Whether a batch has its end after a push. Its last steps find it so if their worker died when they were done, and before Temporal
 * knew: they report what is.
 */
export function isRecorded({ state }: Pick<WorkBatch, 'state'>): boolean {
  return state === 'posted' || state === 'posted-in-part' || state === 'nothing-posted' || state === 'canceled';
}

/** Whether a workflow ends because it is ahead of its rows. Then nobody writes an end. */
export function isBehind(reason: { readonly code: string } | undefined): boolean {
  return reason?.code === BEHIND;
}

/** The failure of a workflow that is ahead of its rows. */
export function behind(batchId: string, step: string): ApplicationFailure {
  return ApplicationFailure.create({
    type: BEHIND,
    message: `The database was restored to before this step (${step}) of batch ${batchId}. The batch starts again from where its rows are.`,
    nonRetryable: true,
    details: [{ kind: 'behind' }],
  });
}
