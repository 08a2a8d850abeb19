/** The states of a batch, and the legal moves between them. The database holds the same list. */
export const BATCH_MOVES = {
  selecting: ['validating', 'empty', 'canceled', 'failed', 'stopped'],
  validating: ['exporting', 'stopped', 'nothing-posted', 'canceled', 'failed'],
  exporting: ['awaiting-approval', 'pushing', 'canceled', 'failed'],
  'awaiting-approval': ['pushing', 'declined', 'lapsed', 'canceled', 'failed'],
  pushing: ['held', 'recording', 'failed'],
  held: ['pushing', 'recording', 'failed'],
  recording: ['posted', 'posted-in-part', 'nothing-posted', 'canceled', 'failed'],
  posted: ['undoing'],
  'posted-in-part': ['undoing'],
  'nothing-posted': ['undoing'],
  empty: [],
  stopped: [],
  declined: [],
  lapsed: [],
  canceled: ['undoing'],
  failed: ['undoing'],
  undoing: ['undone', 'undone-in-part'],
  undone: [],
  'undone-in-part': ['undoing'],
} as const satisfies Record<string, readonly string[]>;

/** Where a batch is, or how it ended. */
export type BatchState = keyof typeof BATCH_MOVES;
/** All of them, ends too. */
export const BATCH_STATES = Object.keys(BATCH_MOVES) as BatchState[];

/** The states in which a batch is being worked on: at most one such batch per company and target. */
export const OPEN_STATES = [
  'selecting',
  'validating',
  'exporting',
  'awaiting-approval',
  'pushing',
  'held',
  'recording',
  'undoing',
] as const satisfies readonly BatchState[];

/** Whether a batch in that state is being worked on. */
export function isOpen(state: BatchState): boolean {
  return (OPEN_STATES as readonly string[]).includes(state);
}

/** Whether the move is legal. The database refuses the others. */
export function mayMove(from: BatchState, to: BatchState): boolean {
  return (BATCH_MOVES[from] as readonly string[]).includes(to);
}

/**
 * The states of one item in a batch.
 * `frozen` → `ready` | `rejected` | `blocked`; `ready` → `exported` → an outcome. Where documents go into files, one pass freezes and
 * judges them, so `frozen` is not seen.
 */
export const ITEM_STATES = [
  /** Claimed; its document is not built yet. */
  'claimed',
  'frozen',
  'ready',
  /** It has a problem of its own. */
  'rejected',
  /** Something that it needs (its customer, its invoice) was rejected or refused. */
  'blocked',
  'exported',
  /** A call with it was stored and may have been sent. Its outcome is not known yet. */
  'sending',
  'posted',
  /** Listed in the Warnings file: nothing is in the books. */
  'listed',
  /** The target refused it, with a reason and a cure. */
  'refused',
  /** A person changed it in the books after we posted it. */
  'conflict',
  /** Posted, and the numbers in the books differ from ours. */
  'differs',
  /** Never sent, because the batch ended first. */
  'released',
  /** Taken back by an undo. */
  'undone',
  /** An undo left it alone, with a problem that gives the reason. */
  'left',
] as const;
/** Where an item is, or how it ended. */
export type ItemState = (typeof ITEM_STATES)[number];

/** The states of an item that is in the books, or in the delivered files, because of this batch. An undo takes these back. */
export const STANDING_ITEM_STATES = ['posted', 'listed', 'differs', 'left'] as const satisfies readonly ItemState[];

/** The standing states in which the books themselves hold a document: all but those of the Warnings file. */
export const BOOKED_ITEM_STATES = [
  'posted',
  'differs',
  'left',
] as const satisfies readonly (typeof STANDING_ITEM_STATES)[number][];

/** The states whose records a retry of the batch sends again. */
export const RETRIABLE_ITEM_STATES = ['rejected', 'refused', 'blocked'] as const satisfies readonly ItemState[];

/** The states that a batch's totals count: what is in the books and what is on its way there. */
export const COUNTED_ITEM_STATES = [
  'ready',
  'exported',
  'sending',
  'posted',
  'listed',
  'differs',
] as const satisfies readonly ItemState[];

/** The states of a batch that was undone, or is being undone. */
const UNDONE: readonly BatchState[] = ['undoing', 'undone', 'undone-in-part'];

/**
 * An item's state as reports for people name it. An item that is `undone` in a batch that nobody undid is `to be resent`: it changed in
 * the books, and a person chose to resend ours.
 */
export function outcomeOf(state: ItemState, batch: BatchState): ItemState | 'to be resent' {
  return state === 'undone' && !UNDONE.includes(batch) ? 'to be resent' : state;
}
