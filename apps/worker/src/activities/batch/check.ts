import { crossCheck } from '@ledgerpost/batching';
import { COUNTED_ITEM_STATES } from '@ledgerpost/core';
import { isFiled, lockVerdicts, saveTotals, shownItems, totalsOf } from '@ledgerpost/store';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import { batchAnd, type WorkerDeps } from '../verb.ts';
import { inWords, sum } from './in-words.ts';
import { needRows, undoneBefore } from './need-rows.ts';
import { inTrouble, showing, TROUBLED } from './showing.ts';

/** What only the whole batch can show: duplicates and dependencies; then the counts. */
export function check(deps: WorkerDeps): CoreActivities['check'] {
  return async ({ batchId }) => {
    const { batch, cancel } = await batchAnd(deps, batchId, undoneBefore('check'));
    if (!cancel) needRows(batch, 'check');
    return deps.store.sql.begin(async (sql) => {
      await lockVerdicts(sql, batchId);
      // A batch that lost its workflow is checked again. What its sealed files hold is posted, whatever would be found now.
      if (batch.filed === null && !(await isFiled(sql, batchId))) await crossCheck(sql, batch);
      const totals = await totalsOf(sql, batchId);
      await saveTotals(sql, batchId, totals);
      const counts = totals.states;
      const all = { batchId, fromSeq: 1, toSeq: batch.plan?.items ?? 0 };
      // Items beyond ready count too: a batch that lost its workflow repeats its steps from the start.
      const ready = sum([...COUNTED_ITEM_STATES, 'refused', 'conflict'].map((state) => counts[state]));
      return {
        ready: ready.documents,
        rejected: counts.rejected?.documents ?? 0,
        blocked: counts.blocked?.documents ?? 0,
        total: inWords(batch, ready),
        cancel,
        ...showing(inTrouble(counts) === 0 ? undefined : await shownItems(sql, all, TROUBLED)),
      };
    });
  };
}
