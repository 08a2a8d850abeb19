import type { Problem } from '../codes/problems.ts';
import type { Document } from '../documents/documents.ts';
import type { PostedItem } from './items.ts';

/** A target that takes documents back by itself. */
export interface UndoAtTarget<Session> {
  /** Taken back there, instead of by a person. */
  readonly by: 'target';
  /**
   * Takes items back, which come newest first: one outcome per item, in order. What a person touched is `left`. Twice is harmless.
   * @throws TargetError
   */
  takeBack(session: Session, items: readonly PostedItem[]): Promise<readonly UndoOutcome[]>;
}

/** A target whose documents a person takes out. */
export interface UndoByHand {
  /** By a person. We only count the records as unbatched again. */
  readonly by: 'hand';
  /** What a person does, in general; the list of documents and amounts is added by the engine. */
  readonly instructions: string;
  /** What a person takes out for one document, in one sentence: names the number and the amount. */
  instruction(document: Document): string;
}

/** What became of one item of an undo. Its posting falls, or stands where it was left. */
export type UndoOutcome =
  /** `gone` already counts as undone. */
  | {
      readonly status: 'undone' | 'gone';
      readonly seq: number;
      /** After an undone update: the version that the former content has now. */
      readonly externalVersion?: string;
    }
  /** Left alone, because undoing would destroy what a person did. */
  | { readonly status: 'left'; readonly seq: number; readonly problem: Problem };
