import { inOnePass } from '@ledgerpost/batching';
import { type AnyTarget, largestCall, TargetError } from '@ledgerpost/core';
import { batchesInDoubt, type WorkBatch, workBatch } from '@ledgerpost/store';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { batchAnd, type WorkerDeps } from '../verb.ts';
import { settleDoubtsOf } from './settle-doubts.ts';

/** Rows per transaction: large enough to be fast, small enough to be a heartbeat's worth of work. */
export const CHUNK = 1_000;
/** Chunks of a batch at once. */
export const LANES = 3;
/** Calls of a push target per activity: a minute of work at the usual limits. */
const CALLS_PER_CHUNK = 20;

/** The push of a file target stays in the database: more per transaction costs no memory here, and fewer leave no lane alone at the end. */
const FILE_PUSH = 5;
/** What only counts reads some ten thousand rows in the time that Temporal takes for an activity. */
const COUNTED = 50;

/** Of a large batch, an activity freezes ten chunks: some seconds of work. */
const FROZEN = 10;

/** Reads what the target declares, once per batch. */
export function declare(deps: WorkerDeps, target: AnyTarget): TargetActivities['declare'] {
  return async ({ batchId }) => {
    const { batch } = await batchAnd(deps, batchId);
    if (target.delivery.by === 'push') await settleEarlier(deps, target, batch);
    return {
      delivery: target.delivery.by,
      undo: target.undo.by,
      stages: target.stages.map(({ id, name, operations }) => ({ id, name, operations: [...operations] })),
      limits: target.limits(batch.settings),
      chunk: deps.chunk ?? CHUNK,
      pushChunk:
        target.delivery.by === 'push'
          ? largestCall(target.delivery.itemsPerPush) * CALLS_PER_CHUNK
          : (deps.chunk ?? CHUNK) * FILE_PUSH,
      ...(inOnePass(target) ? { countChunk: deps.chunk ?? CHUNK * COUNTED } : {}),
      freezeChunk: (deps.chunk ?? CHUNK) * FROZEN,
      lanes: LANES,
    };
  };
}

/**
 * Before anything new is sent, the calls that earlier batches left in doubt are settled, so that their records count as posted or
 * can be chosen again. If that is not possible now, they stay in doubt, and this batch continues without them.
 */
async function settleEarlier(deps: WorkerDeps, target: AnyTarget, batch: WorkBatch): Promise<void> {
  for (const id of await batchesInDoubt(deps.store.sql, batch.company.id, batch.target)) {
    try {
      await settleDoubtsOf(deps, target, await workBatch(deps.store.sql, id));
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      deps.log('warn', 'calls of an earlier batch stay in doubt', { batch: id, code: error.code });
    }
  }
}
