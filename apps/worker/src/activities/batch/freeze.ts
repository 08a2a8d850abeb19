import { chartOf, filesAheadOf, freezeAndJudge, freezeDocuments, inOnePass } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { advance } from '@ledgerpost/store';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import { itemsDone } from '../../metrics/metrics.ts';
import { batchAnd, cacheOf, type WorkerDeps } from '../verb.ts';
import { CHUNK } from './declare.ts';

/** From how many chunks on files are written while documents are frozen. */
const AHEAD_FROM = 3;

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
    const ahead = once ? filesAheadOf(deps.store, target, batch, AHEAD_FROM * (deps.chunk ?? CHUNK)) : undefined;
    const { frozen, dropped, payloads } = await deps.store.sql.begin(async (sql) => {
      const done = once
        ? await freezeAndJudge(sql, target, batch, range, terms, chart, cacheOf(batchId), undefined, ahead !== undefined)
        : { ...(await freezeDocuments(sql, batch, range, terms, cacheOf(batchId))), payloads: undefined };
      await advance(sql, batchId, done.frozen + done.dropped.length);
      return done;
    });
    await ahead?.take(range, payloads);
    itemsDone.inc({ target: batch.target, step: 'select' }, frozen);
    return { frozen, dropped: dropped.length, cancel };
  };
}
