import { chartOf, validateDocuments } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { advance, moveBatch, moveOrAdvance } from '@ledgerpost/store';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { itemsDone } from '../../metrics/metrics.ts';
import { batchAnd, type WorkerDeps } from '../verb.ts';
import { isWholeBatch, needRows, undoneBefore } from './need-rows.ts';

/** Core's rules, the chart's and the target's over a chunk: each document ends ready or rejected. */
export function validate(deps: WorkerDeps, target: AnyTarget): TargetActivities['validate'] {
  return async ({ batchId, fromSeq, toSeq }) => {
    const { batch, cancel } = await batchAnd(deps, batchId, undoneBefore('validate', { fromSeq, toSeq }));
    if (cancel) return { ready: 0, rejected: 0, cancel };
    needRows(batch, 'validate');
    const chart = await chartOf(deps.store.sql, target, batch);
    const move = batch.state === 'selecting' ? { batchId, to: 'validating' as const } : undefined;
    const isAll = isWholeBatch(batch, { fromSeq, toSeq });
    if (move !== undefined && !isAll) await deps.store.sql.begin((sql) => moveBatch(sql, move));
    const verdict = await deps.store.sql.begin(async (sql) => {
      const judged = await validateDocuments(sql, target, batch, { batchId, fromSeq, toSeq }, chart);
      const done = judged.ready + judged.rejected;
      if (move !== undefined && isAll) await moveOrAdvance(sql, move, done);
      else await advance(sql, batchId, done);
      return judged;
    });
    itemsDone.inc({ target: target.id, step: 'validate' }, verdict.ready + verdict.rejected);
    return { ...verdict, cancel };
  };
}
