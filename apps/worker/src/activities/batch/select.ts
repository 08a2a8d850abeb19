import { claimDocuments, inOnePass, warmUpWriter } from '@ledgerpost/batching';
import type { AnyTarget, Operation } from '@ledgerpost/core';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import { batchAnd, type WorkerDeps } from '../verb.ts';
import { inWords } from './in-words.ts';

/** A claim that takes longer, in milliseconds, is one of many thousand records. */
const LONG = 100;

/**
 * Claims the selected records for the batch, all at once and in the database. While that works on a large batch, this process has
 * nothing to do, and gets ready to write its files.
 */
export function select(deps: WorkerDeps & { readonly installed: readonly AnyTarget[] }): CoreActivities['select'] {
  return async ({ batchId, stages }) => {
    const { batch, cancel } = await batchAnd(deps, batchId);
    if (cancel) return { items: 0, stages: [], total: '', changed: null, cancel };
    const target = deps.installed.find(({ id }) => id === batch.target);
    const isWriter = target !== undefined && inOnePass(target);
    const waiting = isWriter ? setTimeout(() => void warmUpWriter(target, batch), LONG) : undefined;
    const claim = deps.store.sql.begin(async (sql) => {
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
    return claim.finally(() => clearTimeout(waiting));
  };
}
