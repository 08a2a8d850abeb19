import { needSameBooks, releasePostings, takeBackDocuments } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { announce, shownItems, standingCount } from '@ledgerpost/store';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { needState } from '../batch/need-rows.ts';
import { settleDoubtsOf } from '../batch/settle-doubts.ts';
import { showing } from '../batch/showing.ts';
import { atTarget, batchAnd, needWrites, showingWaits, type WorkerDeps } from '../verb.ts';

/** Undoes a chunk of a batch. */
export function undo(deps: WorkerDeps, target: AnyTarget): TargetActivities['undo'] {
  return async ({ batchId, fromSeq, toSeq }) => {
    const { batch } = await batchAnd(deps, batchId);
    const range = { batchId, fromSeq, toSeq };
    needState(batch, ['undoing'], 'undo');
    needWrites(deps);
    if (target.undo.by === 'target') {
      return showingWaits(deps, batchId, async () => {
        // In other books every document would be missing, and would count as undone.
        await atTarget(deps, target, batch, (context) => needSameBooks(deps.store, target, context, batch));
        await settleDoubtsOf(deps, target, batch);
        const done = await atTarget(deps, target, batch, (context) =>
          takeBackDocuments(deps.store, target, context, batch, range),
        );
        return { ...done, ...showing(await shownItems(deps.store.sql, range, ['left'], ['undone'])) };
      });
    }
    return deps.store.sql.begin(async (sql) => {
      const { documents: undone } = await standingCount(sql, range);
      await releasePostings(sql, batch, range);
      await announce(sql, batchId);
      return { undone, left: 0, ...showing(await shownItems(sql, range, ['left'], ['undone'])) };
    });
  };
}
