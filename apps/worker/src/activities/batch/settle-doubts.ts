import { settleDoubts } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import type { WorkBatch } from '@ledgerpost/store';
import { atTarget, mayWorkSoonAt, needWrites, type WorkerDeps } from '../verb.ts';

/** Settles the calls that an ended batch left in doubt. @throws TargetError */
export async function settleDoubtsOf(deps: WorkerDeps, target: AnyTarget, batch: WorkBatch): Promise<void> {
  needWrites(deps);
  const soon = () => mayWorkSoonAt(deps, target, batch);
  return atTarget(deps, target, batch, (context) => settleDoubts(deps.store, target, context, batch, soon));
}
