import { chartOf, exportDocuments } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { shownItems } from '@ledgerpost/store';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { itemsDone } from '../../metrics/metrics.ts';
import { batchAnd, type WorkerDeps } from '../verb.ts';
import { enterStep } from './enter-step.ts';
import { behind, needRows, undoneBefore } from './need-rows.ts';
import { showing } from './showing.ts';

/** The target's exact payloads of a chunk, stored with their keys before anything is sent. */
export function exportChunk(deps: WorkerDeps, target: AnyTarget): TargetActivities['export'] {
  return async ({ batchId, fromSeq, toSeq }) => {
    const { batch, cancel } = await batchAnd(deps, batchId, undoneBefore('export', { fromSeq, toSeq }));
    if (cancel) return { exported: 0, cancel };
    needRows(batch, 'export');
    // What goes into files is judged before the batch validates: only its state shows that it was not checked as a whole.
    if (batch.state === 'selecting') throw behind(batchId, 'export');
    const chart = await chartOf(deps.store.sql, target, batch);
    const range = { batchId, fromSeq, toSeq };
    const isDone = await enterStep(deps.store, batch, range, { to: batch.state === 'validating' ? 'exporting' : undefined });
    const done = await deps.store.sql.begin(async (sql) => {
      const made = await exportDocuments(sql, target, batch, range, chart);
      await isDone(sql, made.exported);
      return made;
    });
    itemsDone.inc({ target: target.id, step: 'export' }, done.exported);
    // What goes into files stays ready until it is posted.
    const documents = await shownItems(deps.store.sql, range, [], ['exported', 'ready']);
    return { ...done, cancel, ...showing(documents) };
  };
}
