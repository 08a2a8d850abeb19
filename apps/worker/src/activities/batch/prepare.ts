import { prepareReferences } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { moveBatch, readOrders } from '@ledgerpost/store';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { atTarget, batchAnd, type Hands, needWrites } from '../verb.ts';

/** Customers and items of a push target: found, or created. */
export function prepare(hands: Hands, target: AnyTarget): TargetActivities['prepare'] {
  return async ({ batchId }) => {
    const { batch } = await batchAnd(hands, batchId);
    await hands.store.sql.begin((sql) => moveBatch(sql, { batchId, to: 'pushing' }));
    needWrites(hands);
    const cancel = batch.cancelRequestedBy !== null;
    if (cancel) return { found: 0, created: 0, missing: 0, cancel };
    const stopRequested = async () => (await readOrders(hands.store.sql, batchId)).cancel;
    const { stopped, ...done } = await atTarget(hands, target, batch, (context) =>
      prepareReferences(hands.store, target, context, batch, stopRequested),
    );
    return { ...done, cancel: stopped };
  };
}
