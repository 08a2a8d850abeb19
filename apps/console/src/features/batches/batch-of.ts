import type { ItemState } from '@ledgerpost/core';
import type { Batch, Target } from '../../api/queries.ts';
import { batchStateWords, itemStateWords } from '../../ui/states.ts';

/** A batch with its accounting system; undefined where that is no longer installed. */
export interface OfBatch {
  readonly batch: Batch;
  readonly target: Target | undefined;
}

/** The name of the batch's accounting system. */
export function systemName({ batch, target }: OfBatch): string {
  return target?.name ?? batch.target;
}

/** The state of a batch in words. */
export function wordsOfBatch({ batch, target }: OfBatch): string {
  return batchStateWords(batch.state, target?.capabilities.delivery, batch.confirmedAt !== null);
}

/** The state of one of its documents in words. */
export function wordsOfItem({ batch, target }: OfBatch, state: ItemState): string {
  return itemStateWords(state, target?.capabilities.delivery, batch.confirmedAt !== null, batch.state);
}
