import { crossCheck } from '@ledgerpost/batching';
import { COUNTED_ITEM_STATES } from '@ledgerpost/core';
import { isFiled, lockVerdicts, type Sql, saveTotals, shownItems, totalsOf, type WorkBatch } from '@ledgerpost/store';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import { batchAnd, type WorkerDeps } from '../verb.ts';
import { CHUNK } from './declare.ts';
import { inWords, sum } from './in-words.ts';
import { needRows, undoneBefore } from './need-rows.ts';
import { inTrouble, showing, TROUBLED } from './showing.ts';

/** What only the whole batch can show: duplicates and dependencies; then the counts. */
export function check(deps: WorkerDeps): CoreActivities['check'] {
  return async ({ batchId }) => {
    const { batch, cancel } = await batchAnd(deps, batchId, undoneBefore('check'));
    if (!cancel) needRows(batch, 'check');
    return besideOf(deps, batch, async (beside) =>
      deps.store.sql.begin(async (sql) => {
        await lockVerdicts(sql, batchId);
        // A batch that lost its workflow is checked again. What its sealed files hold is posted, whatever would be found now.
        if (batch.filed === null && !(await isFiled(sql, batchId))) await crossCheck(sql, batch, beside);
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
      }),
    );
  };
}

/** From how many chunks on a check has a second connection: below that there is no time to save. */
const BESIDE_FROM = 10;

/** One check of this process at a time has one: if each had its first, none might ever get a second. */
let isTaken = false;

async function besideOf<T>(
  { store, chunk = CHUNK }: WorkerDeps,
  { plan }: WorkBatch,
  work: (beside: Sql | undefined) => Promise<T>,
): Promise<T> {
  if (isTaken || (plan?.items ?? 0) < BESIDE_FROM * chunk) return work(undefined);
  isTaken = true;
  try {
    return await work(store.sql);
  } finally {
    isTaken = false;
  }
}
