import { chartOf, validateDocuments } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { itemsDone } from '../../metrics/metrics.ts';
import { batchAnd, type WorkerDeps } from '../verb.ts';
import { enterStep } from './enter-step.ts';
import { needRows, undoneBefore } from './need-rows.ts';

/** Core's rules, the chart's and the target's over a chunk: each document ends ready or rejected. */
export function validate(deps: WorkerDeps, target: AnyTarget): TargetActivities['validate'] {
  return async ({ batchId, fromSeq, toSeq }) => {
    const { batch, cancel } = await batchAnd(deps, batchId, undoneBefore('validate', { fromSeq, toSeq }));
    if (cancel) return { ready: 0, rejected: 0, cancel };
    needRows(batch, 'validate');
    const chart = await chartOf(deps.store.sql, target, batch);
    const range = { batchId, fromSeq, toSeq };
    const isDone = await enterStep(deps.store, batch, range, { to: batch.state === 'selecting' ? 'validating' : undefined });
    const verdict = await deps.store.sql.begin(async (sql) => {
      const judged = await validateDocuments(sql, target, batch, range, chart);
      await isDone(sql, judged.ready + judged.rejected);
      return judged;
    });
    itemsDone.inc({ target: target.id, step: 'validate' }, verdict.ready + verdict.rejected);
    return { ...verdict, cancel };
  };
}
