import { chartOf, freezeAndJudge, freezeDocuments, inOnePass } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { advance } from '@ledgerpost/store';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import { itemsDone } from '../../metrics/metrics.ts';
import { batchAnd, cacheOf, type WorkerDeps } from '../verb.ts';

/** Builds and freezes the documents of a chunk; where they go into files, it judges them in the same pass. */
export function freeze(deps: WorkerDeps & { readonly installed: readonly AnyTarget[] }): CoreActivities['freeze'] {
  return async ({ batchId, fromSeq, toSeq, delivery, limits }) => {
    const { batch, cancel } = await batchAnd(deps, batchId);
    if (cancel) return { frozen: 0, dropped: 0, cancel };
    const range = { batchId, fromSeq, toSeq };
    const terms = { delivery, limits };
    const target = deps.installed.find(({ id }) => id === batch.target);
    const once = target !== undefined && inOnePass(target);
    const chart = once ? await chartOf(deps.store.sql, target, batch) : undefined;
    const { frozen, dropped } = await deps.store.sql.begin(async (sql) => {
      const done = once
        ? await freezeAndJudge(sql, target, batch, range, terms, chart, cacheOf(batchId))
        : await freezeDocuments(sql, batch, range, terms, cacheOf(batchId));
      await advance(sql, batchId, done.frozen + done.dropped.length);
      return done;
    });
    itemsDone.inc({ target: batch.target, step: 'select' }, frozen);
    return { frozen, dropped: dropped.length, cancel };
  };
}
