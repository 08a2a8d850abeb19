import { verifyDocuments } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { atTarget, batchAnd, type WorkerDeps } from '../verb.ts';

/** Reads what became of a chunk of a batch in the books. */
export function verify(deps: WorkerDeps, target: AnyTarget): TargetActivities['verify'] {
  return async ({ batchId, fromSeq, toSeq, run }) => {
    const { batch } = await batchAnd(deps, batchId);
    return atTarget(deps, target, batch, (context) =>
      verifyDocuments(deps.store, target, context, batch, { batchId, fromSeq, toSeq }, run),
    );
  };
}
