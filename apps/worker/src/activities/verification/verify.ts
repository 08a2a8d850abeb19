import { verifyDocuments } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { atTarget, batchAnd, type Hands } from '../verb.ts';

/** Reads what became of a chunk of a batch in the books. */
export function verify(hands: Hands, target: AnyTarget): TargetActivities['verify'] {
  return async ({ batchId, fromSeq, toSeq, run }) => {
    const { batch } = await batchAnd(hands, batchId);
    return atTarget(hands, target, batch, (context) =>
      verifyDocuments(hands.store, target, context, batch, { batchId, fromSeq, toSeq }, run),
    );
  };
}
