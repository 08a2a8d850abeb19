import { STANDING_ITEM_STATES } from '@ledgerpost/core';
import { countStates, moveBatch, saveCounts } from '@ledgerpost/store';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import { behind, isBehind } from '../batch/need-rows.ts';
import type { WorkerDeps } from '../verb.ts';

/** Seals an undo: in part, if any document of the batch is still posted. */
export function recordUndo(deps: WorkerDeps): CoreActivities['recordUndo'] {
  return async ({ batchId, undo, reason }) =>
    deps.store.sql.begin(async (sql) => {
      // The database was restored from before the undo was ordered: nothing of it is written.
      if (isBehind(reason)) throw behind(batchId, 'undo');
      const counts = await countStates(sql, batchId);
      const documents = (...states: string[]) => states.reduce((sum, state) => sum + (counts[state]?.documents ?? 0), 0);
      const left = documents(...STANDING_ITEM_STATES);
      const end = left === 0 ? 'undone' : 'undone-in-part';
      await saveCounts(sql, batchId);
      await moveBatch(sql, { batchId, to: end, reason, unless: ({ undoCount }) => undo !== undefined && undo !== undoCount });
      return { end, undone: documents('undone'), left };
    });
}
