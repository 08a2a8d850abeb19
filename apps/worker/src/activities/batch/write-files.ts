import { chartOf, inOnePass, writeFiles as write } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { Context } from '@temporalio/activity';
import { batchAnd, type WorkerDeps } from '../verb.ts';
import { needRows, undoneBefore } from './need-rows.ts';

/** All the files of a batch; another attempt makes the same bytes. */
export function writeFiles(deps: WorkerDeps, target: AnyTarget): TargetActivities['writeFiles'] {
  return async ({ batchId }) => {
    const before = inOnePass(target) ? 'files' : 'push';
    const { batch, cancel } = await batchAnd(deps, batchId, undoneBefore(before));
    if (cancel) return { files: [], cancel };
    needRows(batch, before);
    const chart = await chartOf(deps.store.sql, target, batch);
    const context = Context.current();
    const files = await write(deps.store, target, batch, chart, (items) => {
      // A step beside its workflow has none: its workflow's task shows that the worker lives.
      if (!context.info.isLocal) context.heartbeat({ items });
    });
    return { files: files.map((file) => `${file.name} (${file.rows} ${file.rows === 1 ? 'row' : 'rows'})`), cancel };
  };
}
