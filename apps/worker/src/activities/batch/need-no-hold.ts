import type { BatchState } from '@ledgerpost/core';
import { getBatch, type HeldBatch, type Sql, type WorkBatch } from '@ledgerpost/store';
import { ApplicationFailure } from '@temporalio/activity';

/** Whether a batch is on hold: then no step moves it, and only a person who resumes it does. */
export function isOnHold({ state }: Pick<HeldBatch, 'state'>): boolean {
  return state === 'held';
}

/**
 * Refuses a step of a batch that is on hold. Its workflow waits for a person then, so the step is of an attempt that counts as dead: if it
 * ended the hold, nobody could resume the batch any more, and its workflow would wait for that. A workflow that really comes here, as
 * after a reset in Temporal, puts the batch on hold for the same reason, and waits.
 * @param from the state in which the step found the batch
 * @throws ApplicationFailure with the reason of the hold, which a person resolves
 */
export async function needNoHold(sql: Sql, batch: Pick<WorkBatch, 'id' | 'company'>, from: BatchState): Promise<void> {
  if (!isOnHold({ state: from })) return;
  const { reason } = (await getBatch(sql, batch.company.id, batch.id))!;
  throw ApplicationFailure.create({
    type: reason?.code ?? 'target-not-ready',
    message: reason?.message ?? 'The batch is on hold.',
    nonRetryable: true,
    details: [{ kind: 'config' }],
  });
}
