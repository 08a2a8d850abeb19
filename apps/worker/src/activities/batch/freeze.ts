import { chartOf, fewAtOnce, filesAheadOf, freezeAndJudge, freezeDocuments, inOnePass, type Write } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { advance, type Sql, type WorkBatch } from '@ledgerpost/store';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import { Context } from '@temporalio/activity';
import { itemsDone } from '../../metrics/metrics.ts';
import { batchAnd, cacheOf, type WorkerDeps } from '../verb.ts';
import { CHUNK, LANES } from './declare.ts';
import { roomToGrow } from './room-to-grow.ts';
import { workerStopped } from './worker-stopped.ts';

/** From how many chunks on files are written while documents are frozen. */
const AHEAD_FROM = 3;

type Freeze = CoreActivities['freeze'];

/**
 * Chunks of a batch at once, of all activities of this process. One of them is built, while Postgres has others to read or to write, so
 * there are more than lanes.
 */
const AT_ONCE = LANES + 2;

/** All activities that freeze documents of one batch take turns, so that they are frozen in their order. */
const ofBatch = fewAtOnce(AT_ONCE);

const whileLarge = roomToGrow();

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
    const isDone = (sql: Sql, items: number) => advance(sql, batchId, items);
    const cache = cacheOf(batchId);
    const begin: Write = (work) => deps.store.sql.begin(work) as Promise<never>;

    async function freezeOnly() {
      return begin(async (sql) => {
        const done = await freezeDocuments(sql, batch, range, terms, cache);
        await isDone(sql, done.frozen + done.dropped.length);
        return done;
      });
    }

    async function freezeAtOnce(target: AnyTarget) {
      const order = { target, batch, range, terms, chart, cache, isDone };
      const ahead = filesAheadOf(deps.store, target, batch, AHEAD_FROM * (deps.chunk ?? CHUNK))?.chunk(range);
      if (ahead === undefined) return begin((sql) => freezeAndJudge(sql, order));
      try {
        return await whileLarge(() => freezeAndJudge(deps.store.sql, { ...order, ahead }, begin));
      } finally {
        ahead.leaves();
      }
    }

    const { frozen, dropped } = await (once ? freezeAtOnce(target) : freezeOnly());
    itemsDone.inc({ target: batch.target, step: 'select' }, frozen);
    return { frozen, dropped: dropped.length };
  };
}
