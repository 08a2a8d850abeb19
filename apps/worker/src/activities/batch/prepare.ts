import { needSameBooks, prepareReferences } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { readOrders, shownItems } from '@ledgerpost/store';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { atTarget, batchAnd, needWrites, showingWaits, type WorkerDeps } from '../verb.ts';
import { enterStep } from './enter-step.ts';
import { needRows, undoneBefore } from './need-rows.ts';
import { showing } from './showing.ts';

/** Customers and items of a push target: found, or created. */
export function prepare(deps: WorkerDeps, target: AnyTarget): TargetActivities['prepare'] {
  return async ({ batchId }) => {
    const { batch } = await batchAnd(deps, batchId, undoneBefore('push'));
    needRows(batch, 'push');
    const all = { batchId, fromSeq: 1, toSeq: batch.plan?.items ?? 0 };
    await enterStep(deps.store, batch, all, { to: 'pushing', isOneTransaction: false });
    needWrites(deps);
    const cancel = batch.cancelRequestedBy !== null;
    if (cancel) return { found: 0, created: 0, missing: 0, cancel };
    const stopRequested = async () => (await readOrders(deps.store.sql, batchId)).cancel;
    const { stopped, ...done } = await showingWaits(deps, batchId, () =>
      atTarget(deps, target, batch, async (context) => {
        await needSameBooks(deps.store, target, context, batch);
        return prepareReferences(deps.store, target, context, batch, stopRequested);
      }),
    );
    const documents = done.missing === 0 ? undefined : await shownItems(deps.store.sql, all, ['blocked']);
    return { ...done, cancel: stopped, ...showing(documents) };
  };
}
