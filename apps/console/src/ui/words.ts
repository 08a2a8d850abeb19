import { OPERATION_NAMES, RETRIABLE_ITEM_STATES, STANDING_ITEM_STATES } from '@ledgerpost/core';
import type { Batch, BatchItem } from '../api/queries.ts';
import { sum } from './show.ts';

export function operationName(operation: string): string {
  return (OPERATION_NAMES as Readonly<Record<string, string>>)[operation] ?? operation;
}

export const BATCH_STATES: Readonly<Record<Batch['state'], string>> = {
  selecting: 'Selecting',
  validating: 'Validating',
  exporting: 'Exporting',
  'awaiting-approval': 'Awaiting approval',
  pushing: 'Sending',
  held: 'Held',
  recording: 'Recording',
  posted: 'Posted',
  'posted-in-part': 'Posted in part',
  'nothing-posted': 'Nothing posted',
  empty: 'Empty',
  stopped: 'Stopped',
  declined: 'Declined',
  lapsed: 'Lapsed',
  canceled: 'Canceled',
  failed: 'Failed',
  undoing: 'Undoing',
  undone: 'Undone',
  'undone-in-part': 'Undone in part',
};

export const ITEM_STATES: Readonly<Record<BatchItem['state'], string>> = {
  claimed: 'Taken',
  frozen: 'Frozen',
  ready: 'Ready',
  rejected: 'Rejected',
  blocked: 'Blocked',
  exported: 'Exported',
  sending: 'Being sent',
  posted: 'Posted',
  listed: 'Listed for a person',
  refused: 'Refused',
  conflict: 'Conflict',
  differs: 'Differs',
  released: 'Not sent',
  undone: 'Undone',
  left: 'Left by undo',
};

/** In the books, or handed to a person as if it were: what an undo takes back. */
export const STANDING: readonly BatchItem['state'][] = STANDING_ITEM_STATES;

/** What a retry takes again. */
export const RETRIABLE: readonly BatchItem['state'][] = RETRIABLE_ITEM_STATES;

export function countOf({ progress }: Pick<Batch, 'progress'>, states: readonly BatchItem['state'][]): number {
  return sum(states.map((state) => progress.states[state] ?? 0));
}

export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'plain';

export function toneOfBatch(state: Batch['state']): Tone {
  switch (state) {
    case 'posted':
      return 'good';
    case 'held':
    case 'awaiting-approval':
    case 'posted-in-part':
    case 'undone-in-part':
      return 'warn';
    case 'failed':
    case 'stopped':
    case 'nothing-posted':
      return 'bad';
    case 'selecting':
    case 'validating':
    case 'exporting':
    case 'pushing':
    case 'recording':
    case 'undoing':
      return 'busy';
    case 'empty':
    case 'declined':
    case 'lapsed':
    case 'canceled':
    case 'undone':
      return 'plain';
    default:
      return state satisfies never;
  }
}

export function toneOfItem(state: BatchItem['state']): Tone {
  switch (state) {
    case 'posted':
    case 'listed':
      return 'good';
    case 'refused':
    case 'rejected':
    case 'conflict':
      return 'bad';
    case 'blocked':
    case 'differs':
    case 'left':
      return 'warn';
    case 'claimed':
    case 'frozen':
    case 'ready':
    case 'exported':
    case 'sending':
      return 'busy';
    case 'released':
    case 'undone':
      return 'plain';
    default:
      return state satisfies never;
  }
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
