import { freezeDocuments } from '@ledgerpost/batching';
import { advance } from '@ledgerpost/store';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import { itemsDone } from '../../metrics/metrics.ts';
import { batchAnd, cacheOf, type WorkerDeps } from '../verb.ts';

/** Builds and freezes the documents of a chunk. */
export function freeze(deps: WorkerDeps): CoreActivities['freeze'] {
  return async ({ batchId, fromSeq, toSeq, delivery, limits }) => {
    const { batch, cancel } = await batchAnd(deps, batchId);
    if (cancel) return { frozen: 0, dropped: 0, cancel };
    const { frozen, dropped } = await deps.store.sql.begin(async (sql) => {
      const done = await freezeDocuments(sql, batch, { batchId, fromSeq, toSeq }, { delivery, limits }, cacheOf(batchId));
      await advance(sql, batchId, done.frozen + done.dropped.length);
      return done;
    });
    itemsDone.inc({ target: batch.target, step: 'select' }, frozen);
    return { frozen, dropped: dropped.length, cancel };
  };
}
