import { settleDoubts } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import type { WorkBatch } from '@ledgerpost/store';
import { atTarget, type Hands, mayWorkSoonAt, needWrites } from '../verb.ts';

/** Settles the calls that an ended batch left in doubt. @throws TargetError */
export async function settleDoubtsOf(hands: Hands, target: AnyTarget, batch: WorkBatch): Promise<void> {
  needWrites(hands);
  const soon = () => mayWorkSoonAt(hands, target, batch);
  return atTarget(hands, target, batch, (context) => settleDoubts(hands.store, target, context, batch, soon));
}
