import { claimDocuments } from '@ledgerpost/batching';
import type { Operation } from '@ledgerpost/core';
import { countStates } from '@ledgerpost/store';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import { batchAnd, type WorkerDeps } from '../verb.ts';
import { inWords, sum } from './in-words.ts';

/** Claims the selected records for the batch, all at once and in the database. */
export function select(deps: WorkerDeps): CoreActivities['select'] {
  return async ({ batchId, stages }) => {
    const { batch, cancel } = await batchAnd(deps, batchId);
    if (cancel) return { items: 0, stages: [], total: '', changed: null, cancel };
    return deps.store.sql.begin(async (sql) => {
      const { plan, changed } = await claimDocuments(
        sql,
        batch,
        stages as { id: string; name: string; operations: Operation[] }[],
      );
      const all = sum(Object.values(await countStates(sql, batchId)));
      return {
        items: plan.items,
        stages: plan.stages,
        total: inWords(batch, all),
        changed: changed === null ? null : changed.length,
        cancel,
      };
    });
  };
}
