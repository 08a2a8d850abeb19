import { asksForApproval, isOpen } from '@ledgerpost/core';
import { getBatch, handedOver, lockUnhanded, raiseFence, type Store, type Unhanded, unhandedBatch } from '@ledgerpost/store';
import {
  type BatchOrder,
  NUDGE,
  RUN_BATCH,
  runWorkflowId,
  UNDO_BATCH,
  type UndoOrder,
  undoWorkflowId,
} from '@ledgerpost/workflows/names';
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type WorkflowStartOptions,
} from '@temporalio/client';
import { PATIENCE, startOptions } from '../start-options.ts';

export interface HandOverDeps {
  readonly store: Store;
  readonly temporal: Client;
  /** After how many seconds of silence a worker counts as dead; absent: as in the workflows' policies. */
  readonly heartbeatSeconds?: number | undefined;
  /** The first pause after a notice that could not be sent, in seconds; absent: ten. */
  readonly noticeRetrySeconds?: number | undefined;
  /** How long a check waits for more webhooks before it begins, in milliseconds; absent: 15 seconds. */
  readonly gatheredMs?: number | undefined;
}

/**
 * Hands a batch (or the undo of one) to Temporal, and records that. The workflow id derives from the batch, so doing this twice,
 * from two APIs or after a crash in between, is doing it once. Throws what the Temporal
 * client throws; the batch then stays on the sweeper's list.
 */
export async function handOver(deps: HandOverDeps, batchId: string): Promise<void> {
  const { store, temporal, heartbeatSeconds } = deps;
  const batch = await unhandedBatch(store.sql, batchId);
  if (batch === undefined) return;
  // Only an undo goes over the items by their numbers.
  const items = batch.state === 'undoing' ? ((await getBatch(store.sql, batch.companyId, batchId))?.plan?.items ?? 0) : 0;
  const startOnce = (reuse: Reuse) =>
    temporal.connection.withDeadline(Date.now() + PATIENCE, () => start(temporal, batch, items, heartbeatSeconds, reuse));
  try {
    // Once is once; but one that was terminated, or lost its end, is started again under its own name.
    await startOnce('ALLOW_DUPLICATE_FAILED_ONLY');
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    await restartIfCompleted(deps, batchId, () => startOnce('ALLOW_DUPLICATE'));
  }
  await handedOver(store.sql, batchId);
}

/**
 * Starts the workflow of an open batch again if Temporal has it as completed. A workflow completes only after it has written the
 * batch's end, so such a batch is in a database that was restored from before that end. The row is locked: of two processes one
 * starts it, and no workflow writes an end between the two questions.
 */
async function restartIfCompleted(
  { store, temporal }: HandOverDeps,
  batchId: string,
  restart: () => Promise<void>,
): Promise<void> {
  await store.sql.begin(async (sql) => {
    const batch = await lockUnhanded(sql, batchId);
    if (batch === undefined || !isOpen(batch.state)) return;
    const { status } = await temporal.connection.withDeadline(Date.now() + PATIENCE, () =>
      temporal.workflow.getHandle(idOf(batch)).describe(),
    );
    if (status.name !== 'COMPLETED') return;
    await raiseFence(sql, batchId);
    await restart();
    await handedOver(sql, batchId);
  });
}

type Reuse = 'ALLOW_DUPLICATE_FAILED_ONLY' | 'ALLOW_DUPLICATE';

async function start(
  temporal: Client,
  batch: Unhanded,
  items: number,
  heartbeatSeconds: number | undefined,
  reuse: Reuse,
): Promise<void> {
  const { companyId, target, batchId, name, state } = batch;
  const undoing = state === 'undoing';
  const noticed = heartbeatSeconds === undefined ? {} : { heartbeatSeconds };
  const common = {
    ...startOptions(batch),
    workflowIdReusePolicy: reuse,
    // Short steps run within the workflow's own tasks: a worker that dies in one is noticed as soon as in an activity.
    ...(heartbeatSeconds === undefined ? {} : { workflowTaskTimeout: heartbeatSeconds * 1_000 }),
    staticSummary: undoing ? `Undo ${name} of ${companyId} at ${target}` : `${name}: ${companyId} to ${target}`,
  } satisfies Partial<WorkflowStartOptions>;
  if (undoing) {
    const order: UndoOrder = { companyId, target, batchId, name, items, undo: batch.undoCount, ...noticed };
    await temporal.workflow.start(UNDO_BATCH, {
      ...common,
      workflowId: idOf(batch),
      args: [order],
    });
    return;
  }
  const { approval } = batch.policy;
  const order: BatchOrder = {
    companyId,
    target,
    batchId,
    name,
    onProblem: batch.policy.onProblem,
    // With a limit the workflow asks, and its answer may be that nobody is needed.
    approval: { required: asksForApproval(approval), lapsesAfterHours: approval.lapsesAfterHours },
    ...(batch.delivery === null ? {} : { delivery: batch.delivery }),
    ...noticed,
  };
  await temporal.workflow.start(RUN_BATCH, {
    ...common,
    workflowId: idOf(batch),
    args: [order],
  });
}

/** The workflow of a batch, or of its present undo. */
export function idOf(batch: { companyId: string; target: string; batchId: string; state: string; undoCount: number }): string {
  return batch.state === 'undoing' ? undoWorkflowId({ ...batch, undo: batch.undoCount }) : runWorkflowId(batch);
}

/** Signals a batch's workflow that something about it was written to the database. Returns whether there was a running one. */
export async function nudge(temporal: Client, batch: { companyId: string; target: string; batchId: string }): Promise<boolean> {
  try {
    const handle = temporal.workflow.getHandle(runWorkflowId(batch));
    await temporal.connection.withDeadline(Date.now() + PATIENCE, () => handle.signal(NUDGE));
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
