import { releasePostings, takeBackDocuments } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { announce, standingCount } from '@ledgerpost/store';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { settleDoubtsOf } from '../batch/settle-doubts.ts';
import { atTarget, batchAnd, type Hands, needWrites } from '../verb.ts';

/** Undoes a chunk of a batch. */
export function undo(hands: Hands, target: AnyTarget): TargetActivities['undo'] {
  return async ({ batchId, fromSeq, toSeq }) => {
    const { batch } = await batchAnd(hands, batchId);
    const range = { batchId, fromSeq, toSeq };
    needWrites(hands);
    if (target.undo.by === 'target') {
      await settleDoubtsOf(hands, target, batch);
      return atTarget(hands, target, batch, (context) => takeBackDocuments(hands.store, target, context, batch, range));
    }
    return hands.store.sql.begin(async (sql) => {
      const { documents: undone } = await standingCount(sql, range);
      await releasePostings(sql, batch, range);
      await announce(sql, batchId);
      return { undone, left: 0 };
    });
  };
}
