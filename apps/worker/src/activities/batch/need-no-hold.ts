import type { BatchState } from '@ledgerpost/core';
import { getBatch, type HeldBatch, type Sql, type WorkBatch } from '@ledgerpost/store';
import { ApplicationFailure } from '@temporalio/activity';

/**
 * Whether a workflow waits for a person to resume the batch: then nothing else moves it. A workflow that replaces a lost one begins after
 * the hold, and waits only if what was in the way still is.
 */
export function isOnHold({ state, stateSince, handedOverAt }: HeldBatch): boolean {
  return state === 'held' && handedOverAt !== null && handedOverAt <= stateSince;
}

/**
 * Refuses a step of a batch that is on hold. Its workflow waits for a person then, so the step is of an attempt that counts as dead: if it
 * ended the hold, nobody could resume the batch any more, and its workflow would wait for that. A workflow that really comes here, as
 * after a reset in Temporal, puts the batch on hold for the same reason, and waits.
 * @param move what came of moving the batch unless it is on hold
 * @throws ApplicationFailure with the reason of the hold, which a person resolves
 */
export async function needNoHold(
  sql: Sql,
  batch: Pick<WorkBatch, 'id' | 'company'>,
  move: { readonly moved: boolean; readonly from: BatchState },
): Promise<void> {
  if (move.moved || move.from !== 'held') return;
  const { reason } = (await getBatch(sql, batch.company.id, batch.id))!;
  throw ApplicationFailure.create({
    type: reason?.code ?? 'target-not-ready',
    message: reason?.message ?? 'The batch is on hold.',
    nonRetryable: true,
    details: [{ kind: 'config' }],
  });
}
