import { claimDocuments } from '@ledgerpost/batching';
import type { Operation } from '@ledgerpost/core';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import { batchAnd, type WorkerDeps } from '../verb.ts';
import { inWords } from './in-words.ts';

/** Claims the selected records for the batch, all at once and in the database. */
export function select(deps: WorkerDeps): CoreActivities['select'] {
  return async ({ batchId, stages }) => {
    const { batch, cancel } = await batchAnd(deps, batchId);
    if (cancel) return { items: 0, stages: [], total: '', changed: null, cancel };
    return deps.store.sql.begin(async (sql) => {
      const { plan, claimed, changed } = await claimDocuments(
        sql,
        batch,
        stages as { id: string; name: string; operations: Operation[] }[],
      );
      return {
        items: plan.items,
        stages: plan.stages,
        total: inWords(batch, claimed),
        changed: changed === null ? null : changed.length,
        cancel,
      };
    });
  };
}
