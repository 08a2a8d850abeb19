import { approvalTotals, needsApproval } from '@ledgerpost/core';
import {
  type HeldBatch,
  moveBatch,
  noteNotNeeded,
  raiseFence,
  readOrders,
  savedTotals,
  totalsOf,
  workBatch,
} from '@ledgerpost/store';
import type { CoreActivities, Orders } from '@ledgerpost/workflows/activities';
import { batchAnd, type WorkerDeps } from '../verb.ts';
import { needState } from './need-rows.ts';

async function read(deps: WorkerDeps, batchId: string): Promise<Orders> {
  const { cancel, decision, resumes, state, stateSince } = await readOrders(deps.store.sql, batchId);
  return { cancel, decision, resumes, heldSince: state === 'held' ? stateSince.toISOString() : null };
}

/** Reads what people have requested from the database, because a message may get lost. */
export function orders(deps: WorkerDeps): CoreActivities['orders'] {
  return async ({ batchId }) => {
    // Only a workflow that waits reads them, and a batch waits in these states alone: for a person, or for its target.
    const { state } = await readOrders(deps.store.sql, batchId);
    needState({ id: batchId, state }, ['held', 'awaiting-approval', 'pushing'], 'orders');
    return read(deps, batchId);
  };
}

/** Lets the batch wait for a second person, unless it is below the limits of the settings with which it started. */
export function approve(deps: WorkerDeps): CoreActivities['approve'] {
  return async ({ batchId }) => {
    const { state, decision } = await readOrders(deps.store.sql, batchId);
    if (state === 'exporting' && decision === null) {
      const { approval } = (await workBatch(deps.store.sql, batchId)).settings.policy;
      const { operations } = await totalsOf(deps.store.sql, batchId, await savedTotals(deps.store.sql, batchId));
      const totals = approvalTotals(operations);
      await deps.store.sql.begin(async (sql) => {
        if (needsApproval(approval, totals)) await moveBatch(sql, { batchId, to: 'awaiting-approval' });
        else await noteNotNeeded(sql, { batchId, totals, above: approval.above ?? {} });
      });
    }
    return read(deps, batchId);
  };
}

/** Marks the batch as held, with the reason. */
export function hold(deps: WorkerDeps): CoreActivities['hold'] {
  return async ({ batchId, reason, resumes = Number.POSITIVE_INFINITY, again = false }) => {
    needState((await batchAnd(deps, batchId)).batch, ['pushing', 'held'], 'hold');
    // An attempt that wakes up after the resume would put a batch on hold whose workflow waits for nobody.
    const unless = (before: HeldBatch) => before.resumes > resumes;
    await deps.store.sql.begin(async (sql) => {
      const { moved } = await moveBatch(sql, { batchId, to: 'held', reason, unless });
      // What ended the hold may be an attempt that still sends, or a database that was restored: what is sent next is looked for first.
      if (moved && again) await raiseFence(sql, batchId);
    });
    return read(deps, batchId);
  };
}

/** Continues after a hold. */
export function resume(deps: WorkerDeps): CoreActivities['resume'] {
  return async ({ batchId, heldSince }) => {
    needState((await batchAnd(deps, batchId)).batch, ['held', 'pushing'], 'resume');
    // An attempt that wakes up during a later hold would end that, and nobody could resume the batch any more.
    const unless = ({ stateSince }: HeldBatch) => heldSince !== undefined && heldSince !== stateSince.toISOString();
    await deps.store.sql.begin((sql) => moveBatch(sql, { batchId, to: 'pushing', progress: {}, unless }));
    return read(deps, batchId);
  };
}
