import { type BatchState, type ItemState, outcomeOf } from '@ledgerpost/core';
import type { Batch } from '../api/queries.ts';
import { sum } from './show.ts';
import type { Tone } from './words.ts';

/*
 * What people read and see of the states of batches and documents. The states themselves are core's lists; what a state
 * allows is core's too.
 */

/** The states of a batch, with the words and the look of each. */
export const BATCH_STATES: Readonly<Record<BatchState, readonly [words: string, tone: Tone]>> = {
  selecting: ['Selecting', 'busy'],
  validating: ['Checking', 'busy'],
  exporting: ['Preparing', 'busy'],
  'awaiting-approval': ['Needs approval', 'warn'],
  pushing: ['Sending', 'busy'],
  held: ['On hold', 'warn'],
  recording: ['Recording', 'busy'],
  posted: ['Posted', 'good'],
  'posted-in-part': ['Partly posted', 'warn'],
  'nothing-posted': ['Nothing posted', 'bad'],
  empty: ['Nothing to send', 'plain'],
  stopped: ['Stopped', 'bad'],
  declined: ['Declined', 'plain'],
  lapsed: ['Approval expired', 'plain'],
  canceled: ['Canceled', 'plain'],
  failed: ['Failed', 'bad'],
  undoing: ['Undoing', 'busy'],
  undone: ['Undone', 'plain'],
  'undone-in-part': ['Partly undone', 'warn'],
};

/** A batch of files is in the books only once a person has loaded the files and confirmed it. */
const FILE_STATES: Readonly<Partial<Record<BatchState, string>>> = {
  pushing: 'Writing files',
  posted: 'Files ready',
  'posted-in-part': 'Files ready in part',
  'nothing-posted': 'No files',
};
const LOADED_STATES: Readonly<Partial<Record<BatchState, string>>> = {
  posted: 'Loaded',
  'posted-in-part': 'Loaded in part',
};

/** How a batch reaches the books, as far as its words depend on it. */
export type Delivery = 'push' | 'files' | undefined;

/** The state of a batch in words: a batch of files says "Files ready", then "Loaded", where others say "Posted". */
export function batchStateWords(state: BatchState, delivery?: Delivery, loaded = false): string {
  const words = BATCH_STATES[state][0];
  if (delivery !== 'files') return words;
  return (loaded ? LOADED_STATES[state] : undefined) ?? FILE_STATES[state] ?? words;
}

/** The look of a batch's state. */
export function toneOfBatch(state: BatchState): Tone {
  return BATCH_STATES[state][1];
}

/** The states of a document in a batch, with the words and the look of each. */
export const ITEM_STATES: Readonly<Record<ItemState, readonly [words: string, tone: Tone]>> = {
  claimed: ['Selected', 'busy'],
  frozen: ['Being checked', 'busy'],
  ready: ['Ready to send', 'busy'],
  rejected: ['Rejected', 'bad'],
  blocked: ['Blocked', 'warn'],
  exported: ['Ready to send', 'busy'],
  sending: ['Sending', 'busy'],
  posted: ['Posted', 'good'],
  listed: ['Apply manually', 'good'],
  refused: ['Refused', 'bad'],
  conflict: ['Conflict', 'bad'],
  differs: ['Posted, differs', 'warn'],
  released: ['Not sent', 'plain'],
  undone: ['Undone', 'plain'],
  left: ['Not undone', 'warn'],
};

/** The state of a document in words, by how its batch reaches the books, and by the state of that batch. */
export function itemStateWords(state: ItemState, delivery?: Delivery, loaded = false, of?: BatchState): string {
  if (state === 'posted' && delivery === 'files') return loaded ? 'Loaded' : 'In the files';
  const outcome = of === undefined ? state : outcomeOf(state, of);
  return outcome === 'to be resent' ? 'To be resent' : ITEM_STATES[outcome][0];
}

/** The look of a document's state. */
export function toneOfItem(state: ItemState): Tone {
  return ITEM_STATES[state][1];
}

/** How many documents of a batch are in one of the states. */
export function countOf({ progress }: Pick<Batch, 'progress'>, states: readonly ItemState[]): number {
  return sum(states.map((state) => progress.states[state] ?? 0));
}
