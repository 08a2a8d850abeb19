import { verifyDocuments } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { shownFindings } from '@ledgerpost/store';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { showing } from '../batch/showing.ts';
import { atTarget, batchAnd, type WorkerDeps } from '../verb.ts';

/** Reads what became of a chunk of a batch in the books. */
export function verify(deps: WorkerDeps, target: AnyTarget): TargetActivities['verify'] {
  return async ({ batchId, fromSeq, toSeq, run }) => {
    const { batch } = await batchAnd(deps, batchId);
    const range = { batchId, fromSeq, toSeq };
    const found = await atTarget(deps, target, batch, (context) =>
      verifyDocuments(deps.store, target, context, batch, range, run),
    );
    return { ...found, ...showing(await shownFindings(deps.store.sql, range, run)) };
  };
}
