import type { BatchState } from '@ledgerpost/core';
import { advance, moveBatch, moveOrAdvance, type Range, type Sql, type Store, type WorkBatch } from '@ledgerpost/store';
import { isOnHold, needNoHold } from './need-no-hold.ts';

/** A step that a chunk is about to do. */
interface Entry {
  /** The state that the step moves its batch to; undefined where the batch is there already. */
  readonly to: BatchState | undefined;
  /** False for a step whose chunk is several transactions: it moves its batch before them. */
  readonly isOneTransaction?: boolean;
}

/**
 * Moves a batch into the step that a chunk is about to do. A chunk that is all of its batch moves it in the transaction of its work, with
 * what it has done, in one write. Beside other chunks it must not: they would wait for its row until the work is done, and it for what
 * they have written.
 * @throws ApplicationFailure if the batch is on hold, before the work or at the end of its transaction
 * @returns counts the items that the chunk has done; to be called at the end of the transaction of its work
 */
export async function enterStep(
  store: Store,
  batch: Pick<WorkBatch, 'id' | 'company' | 'plan'>,
  range: Range,
  { to, isOneTransaction = true }: Entry,
): Promise<(sql: Sql, done: number) => Promise<void>> {
  const { batchId } = range;
  const isDone = (sql: Sql, done: number) => advance(sql, batchId, done);
  if (to === undefined) return isDone;
  const move = { batchId, to, unless: isOnHold };
  if (isOneTransaction && isWholeBatch(batch, range))
    return async (sql, done) => needNoHold(sql, batch, await moveOrAdvance(sql, move, done));
  await store.sql.begin(async (sql) => needNoHold(sql, batch, await moveBatch(sql, move)));
  return isDone;
}

function isWholeBatch({ plan }: Pick<WorkBatch, 'plan'>, { fromSeq, toSeq }: Range): boolean {
  return fromSeq === 1 && toSeq >= (plan?.items ?? 0);
}
