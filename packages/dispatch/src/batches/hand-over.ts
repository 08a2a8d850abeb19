import { getBatch, handedOver, type Store, type Unhanded, unhandedBatch } from '@ledgerpost/store';
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
  const items = (await getBatch(store.sql, batch.companyId, batchId))?.plan?.items ?? 0;
  try {
    await temporal.connection.withDeadline(Date.now() + PATIENCE, () => start(temporal, batch, items, heartbeatSeconds));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  await handedOver(store.sql, batchId);
}

async function start(temporal: Client, batch: Unhanded, items: number, heartbeatSeconds: number | undefined): Promise<void> {
  const { companyId, target, batchId, name, state } = batch;
  const undoing = state === 'undoing';
  const noticed = heartbeatSeconds === undefined ? {} : { heartbeatSeconds };
  const common = {
    ...startOptions(batch),
    // Once is once; but one that was terminated, or lost its end, is started again under its own name.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    staticSummary: undoing ? `Undo ${name} of ${companyId} at ${target}` : `${name}: ${companyId} to ${target}`,
  } satisfies Partial<WorkflowStartOptions>;
  if (undoing) {
    const order: UndoOrder = { companyId, target, batchId, name, items, ...noticed };
    await temporal.workflow.start(UNDO_BATCH, {
      ...common,
      workflowId: idOf(batch),
      args: [order],
    });
    return;
  }
  const order: BatchOrder = {
    companyId,
    target,
    batchId,
    name,
    onProblem: batch.policy.onProblem,
    approval: batch.policy.approval,
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
