import { needSameBooks, prepareReferences } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { moveBatch, readOrders } from '@ledgerpost/store';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { atTarget, batchAnd, needWrites, showingWaits, type WorkerDeps } from '../verb.ts';
import { needRows } from './need-rows.ts';

/** Customers and items of a push target: found, or created. */
export function prepare(deps: WorkerDeps, target: AnyTarget): TargetActivities['prepare'] {
  return async ({ batchId }) => {
    const { batch } = await batchAnd(deps, batchId);
    await needRows(deps.store.sql, batch, 'push');
    await deps.store.sql.begin((sql) => moveBatch(sql, { batchId, to: 'pushing' }));
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
    return { ...done, cancel: stopped };
  };
}
