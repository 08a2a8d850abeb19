import { chartOf, fewAtOnce, filesAheadOf, freezeAndJudge, freezeDocuments, inOnePass } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { advance, type WorkBatch } from '@ledgerpost/store';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import { Context } from '@temporalio/activity';
import { itemsDone } from '../../metrics/metrics.ts';
import { batchAnd, cacheOf, type WorkerDeps } from '../verb.ts';
import { CHUNK, LANES } from './declare.ts';
import { workerStopped } from './worker-stopped.ts';

/** From how many chunks on files are written while documents are frozen. */
const AHEAD_FROM = 3;

type Freeze = CoreActivities['freeze'];

/** All activities that freeze documents of one batch take turns, so that they are frozen in their order. */
const ofBatch = fewAtOnce(LANES);

/** Builds and freezes the documents of a range, a few chunks at once. */
export function freeze(deps: WorkerDeps & { readonly installed: readonly AnyTarget[] }): Freeze {
  const freezeOne = freezeChunk(deps);
  return async (order) => {
    const { batchId, fromSeq, toSeq } = order;
    const { batch, cancel } = await batchAnd(deps, batchId);
    if (cancel) return { frozen: 0, dropped: 0, cancel };
    const size = deps.chunk ?? CHUNK;
    if (toSeq - fromSeq < size) return { ...(await freezeOne(batch, order)), cancel };
    const { cancellationSignal } = Context.current();
    const all = { frozen: 0, dropped: 0, cancel: false };
    let hasFailed = false;

    async function take(chunk: typeof order): Promise<void> {
      if (hasFailed || all.cancel) return;
      try {
        const stopped = workerStopped(cancellationSignal, 'a selection');
        if (stopped !== undefined) throw stopped;
        // Asked beside the chunk, which need not wait for it: a cancel counts from the next one on.
        const orders = batchAnd(deps, batchId);
        orders.catch(() => {});
        const { frozen, dropped } = await freezeOne(batch, chunk);
        all.frozen += frozen;
        all.dropped += dropped;
        all.cancel ||= (await orders).cancel;
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }

    const chunks = Array.from({ length: Math.ceil((toSeq - fromSeq + 1) / size) }, (_, at) => {
      const from = fromSeq + at * size;
      return { ...order, fromSeq: from, toSeq: Math.min(toSeq, from + size - 1) };
    });
    // After a chunk that failed, those beside it end first: the next attempt must not meet them.
    const done = await Promise.allSettled(chunks.map((chunk) => ofBatch(batchId, chunk.fromSeq, () => take(chunk))));
    const failure = done.find(({ status }) => status === 'rejected');
    if (failure?.status === 'rejected') throw failure.reason;
    return all;
  };
}

/** Builds and freezes the documents of a chunk; where they go into files, it judges them in the same pass. */
function freezeChunk(deps: WorkerDeps & { readonly installed: readonly AnyTarget[] }) {
  return async (batch: WorkBatch, { batchId, fromSeq, toSeq, delivery, limits }: Parameters<Freeze>[0]) => {
    const range = { batchId, fromSeq, toSeq };
    const terms = { delivery, limits };
    const target = deps.installed.find(({ id }) => id === batch.target);
    const once = target !== undefined && inOnePass(target);
    const chart = once ? await chartOf(deps.store.sql, target, batch) : undefined;
    const ahead = once ? filesAheadOf(deps.store, target, batch, AHEAD_FROM * (deps.chunk ?? CHUNK)) : undefined;
    const { frozen, dropped, payloads } = await deps.store.sql.begin(async (sql) => {
      const isDone = (items: number) => advance(sql, batchId, items);
      const cache = cacheOf(batchId);
      if (once) return freezeAndJudge(sql, target, batch, range, terms, chart, cache, undefined, ahead !== undefined, isDone);
      const done = await freezeDocuments(sql, batch, range, terms, cache);
      await isDone(done.frozen + done.dropped.length);
      return { ...done, payloads: undefined };
    });
    await ahead?.take(range, payloads);
    itemsDone.inc({ target: batch.target, step: 'select' }, frozen);
    return { frozen, dropped: dropped.length };
  };
}
