import type { AnyTarget } from '@ledgerpost/core';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { batchAnd, type Hands } from '../verb.ts';

/** Rows per transaction: large enough to be fast, small enough to be a heartbeat's worth of work. */
const CHUNK = 1_000;
/** Calls of a push target per activity: a minute of work at the usual limits. */
const CALLS_PER_CHUNK = 20;

/** The push of a file target stays in the database: more per transaction costs no memory here. */
const FILE_PUSH = 10;

/** Reads what the target declares, once per batch. */
export function declare(hands: Hands, target: AnyTarget): TargetActivities['declare'] {
  return async ({ batchId }) => {
    const { batch } = await batchAnd(hands, batchId);
    return {
      delivery: target.delivery.by,
      undo: target.undo.by,
      stages: target.stages.map(({ id, name, operations }) => ({ id, name, operations: [...operations] })),
      limits: target.limits(batch.settings),
      chunk: hands.chunk ?? CHUNK,
      pushChunk:
        target.delivery.by === 'push' ? target.delivery.itemsPerPush * CALLS_PER_CHUNK : (hands.chunk ?? CHUNK) * FILE_PUSH,
      lanes: 3,
    };
  };
}
