import type { BatchState } from '@ledgerpost/core';
import {
  batchesWithOrders,
  forgetImports,
  getBatch,
  handedOverBatches,
  handedOverImports,
  handedOverVerifications,
  lostImport,
  lostVerification,
  lostWorkflow,
  requestedDriftChecks,
  unhanded,
  unhandedImports,
  unhandedVerifications,
} from '@ledgerpost/store';
import { importWorkflowId, SEARCH_ATTRIBUTES, verifyWorkflowId } from '@ledgerpost/workflows/names';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { createDriftTurns, type DriftTerms } from '../drift/drift-turns.ts';
import { handOverDriftCheck } from '../drift/hand-over-drift-check.ts';
import { handOverImport } from '../imports/hand-over-import.ts';
import { goesOn, lookAt } from '../look-at-workflow.ts';
import { handOverNotices } from '../notices/hand-over-notices.ts';
import { keepBatchSchedules } from '../schedules/keep-batch-schedule.ts';
import { type HandOverDeps, handOver, idOf, nudge } from './hand-over.ts';
import { handOverVerification } from './hand-over-verification.ts';

export interface SweepLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface Sweep {
  /** Finds once what was left behind, and does it. Throws if the database or Temporal is down: the next sweep does it. */
  once(): Promise<void>;
  /** Somebody resumed a held batch, and its workflow could not be reached: include held batches in the next sweep. */
  resumeMissed(): void;
}

/** In seconds: a workflow that was just started may not be found yet, so only those that were handed over longer ago are checked. */
const SETTLED = 30;
/** In seconds: a requested check for drift that has not begun by then is handed over again. Longer than a check waits for webhooks. */
const UNHEARD = 60;
/** In days: how long the files of an import are kept. */
const DAYS_OF_FILES = 30;

/**
 * Does what was left between the database and Temporal because Temporal was down, lost something, or a process died in
 * between: hands over batches that wait, nudges those for which something was written, and hands over again those whose
 * workflow is lost. Any number of processes may sweep at once.
 */
export function createSweep(
  deps: HandOverDeps & { readonly drift?: DriftTerms | undefined },
  log: SweepLog,
  settled = SETTLED,
): Sweep {
  const { store, temporal } = deps;
  // The database doesn't show whether a workflow has heard of a resume, and each nudge adds an event to the workflow's history:
  // so held batches are nudged when this process starts, and after it missed one, and not every time.
  let includeHeld = true;
  const driftTurns = deps.drift === undefined ? undefined : createDriftTurns(deps, deps.drift, log);
  return {
    async once() {
      for (const batch of await handedOverBatches(store.sql, settled, 200)) {
        const workflow = await lookAt(temporal, idOf(batch));
        if (goesOn(workflow) && !(await endIfAhead(deps, batch, workflow))) continue;
        const status = workflow?.status.name;
        // A workflow completes only after it has written the batch's end. If the batch is open all the same, read after Temporal was
        // asked, the database was restored from before that end.
        const lost = await store.sql.begin((sql) => lostWorkflow(sql, { ...batch, workflow: status ?? 'NOT_FOUND' }));
        if (lost) log.warn({ batch, workflow: status }, 'an open batch had no running workflow; it is handed over again');
      }
      for (const { batchId, name } of await unhanded(store.sql, 100)) {
        await handOver(deps, batchId);
        log.info({ batchId, name }, 'a waiting batch was handed to Temporal');
      }
      for (const verification of await handedOverVerifications(store.sql, settled, 200)) {
        if (goesOn(await lookAt(temporal, verifyWorkflowId(verification)))) continue;
        if (await store.sql.begin((sql) => lostVerification(sql, verification))) {
          log.warn({ verification }, 'an open verification had no running workflow; it is handed over again');
        }
      }
      for (const { batchId, name } of await unhandedVerifications(store.sql, 100)) {
        await handOverVerification(deps, batchId);
        log.info({ batchId, name }, 'a waiting verification was handed to Temporal');
      }
      for (const work of await handedOverImports(store.sql, settled, 200)) {
        if (goesOn(await lookAt(temporal, importWorkflowId(work)))) continue;
        if (await lostImport(store.sql, work)) log.warn({ work }, 'an import had no running workflow; it is handed over again');
      }
      for (const { importId, work } of await unhandedImports(store.sql, 100)) {
        await handOverImport(deps, importId);
        log.info({ importId, work }, 'a waiting import was handed to Temporal');
      }
      const told = await handOverNotices(deps, settled);
      if (told > 0) log.info({ notices: told }, 'notices that are due were handed to Temporal');
      const forgotten = await forgetImports(store.sql, DAYS_OF_FILES);
      if (forgotten > 0) log.info({ imports: forgotten }, 'the files of old imports were deleted');
      await driftTurns?.once();
      for (const { companyId, target, connectionId, by } of await requestedDriftChecks(store.sql, UNHEARD, 500)) {
        await handOverDriftCheck(deps, connectionId);
        if (by !== 'schedule') log.info({ companyId, target }, 'a requested check for drift was handed to Temporal');
      }
      for (const batch of await batchesWithOrders(store.sql, includeHeld)) {
        if (!(await nudge(temporal, batch))) log.warn({ batch }, 'an open batch has no running workflow to nudge');
      }
      includeHeld = false;
      for (const schedule of await keepBatchSchedules(deps)) {
        log.info({ schedule }, 'a schedule was corrected in Temporal');
      }
    },
    resumeMissed() {
      includeHeld = true;
    },
  };
}

/**
 * Terminates a workflow that waits for a person in a state that its batch has not come to: the database was restored from before it. A
 * batch's row is in that state before its workflow is, and never goes back. Where the row may have gone on, as after a resume, the
 * workflow is woken instead, and finds out for itself.
 */
async function endIfAhead(
  { store, temporal }: HandOverDeps,
  batch: Parameters<typeof idOf>[0] & { readonly state: BatchState },
  workflow: WorkflowExecutionDescription,
): Promise<boolean> {
  if (batch.state === 'undoing') return false;
  const waits = workflow.typedSearchAttributes.get(STATE) as BatchState | undefined;
  if (waits !== 'held' && waits !== 'awaiting-approval') return false;
  // Read after Temporal was asked: the row can't have been there and be back.
  const now = (await getBatch(store.sql, batch.companyId, batch.batchId))?.state;
  if (now === undefined || now === waits) return false;
  if (BEFORE[waits].includes(now)) {
    const handle = temporal.workflow.getHandle(idOf(batch));
    await handle.terminate('The database was restored from before this workflow came here. Its batch starts again.');
    return true;
  }
  if (waits === 'held' && now === 'pushing') await nudge(temporal, batch);
  return false;
}

const STATE = defineSearchAttributeKey(SEARCH_ATTRIBUTES.state, 'KEYWORD');
/** The states of a batch that come before the one in which its workflow waits. */
const BEFORE: Readonly<Record<'held' | 'awaiting-approval', readonly BatchState[]>> = {
  held: ['selecting', 'validating', 'exporting', 'awaiting-approval'],
  'awaiting-approval': ['selecting', 'validating', 'exporting'],
};
