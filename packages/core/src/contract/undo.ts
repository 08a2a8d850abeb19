import type { Problem } from '../codes/problems.ts';
import type { Document } from '../documents/documents.ts';
import type { Chart } from '../settings/settings.ts';
import type { Moved, PostedItem } from './items.ts';

/** A target that takes documents back itself. */
export interface UndoAtTarget<Session> {
  /** Taken back by the target, not by a person. */
  readonly by: 'target';
  /**
   * Takes items back, newest first: one outcome per item, in order. A document that a person changed is `left`. Harmless if repeated.
   * `chart` is the one that the connection has now; undefined if there is none. @throws TargetError
   */
  takeBack(session: Session, items: readonly PostedItem[], chart?: Chart): Promise<readonly UndoOutcome[]>;
}

/** A target whose documents a person removes. */
export interface UndoByHand {
  /** By a person. Ledgerpost only counts the records as unbatched again. */
  readonly by: 'hand';
  /** General instructions for the person. The engine adds the list of documents and amounts. */
  readonly instructions: string;
  /** What the person removes for one document, in one sentence with the number and the amount. */
  instruction(document: Document): string;
}

/** The outcome for one item of an undo. Its posting ends, or stays if the item was left. */
export type UndoOutcome =
  /** `gone`: it was deleted already, which counts as undone. */
  | {
      readonly status: 'undone' | 'gone';
      readonly seq: number;
      /** After an undone update: the version of the restored content. */
      readonly externalVersion?: string;
      /** Other documents of ours that this changed there, as in a push. Absent: none. */
      readonly moved?: readonly Moved[];
    }
  /** Left alone, because an undo would destroy a person's work. */
  | { readonly status: 'left'; readonly seq: number; readonly problem: Problem };
