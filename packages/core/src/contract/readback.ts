import type { DocumentKind } from '../batch/operations.ts';
import type { Problem } from '../codes/problems.ts';
import type { Money } from '../values/money.ts';
import type { PostedItem, Receipt } from './items.ts';

/** A target that can be asked what became of documents. */
export interface ReadbackAtTarget<Session> {
  /** Asked there, instead of looked at by a person. */
  readonly by: 'target';
  /** Looks at what became of posted items; one outcome per item, in order. Reads only. @throws TargetError */
  read(session: Session, items: readonly PostedItem[]): Promise<readonly ReadOutcome[]>;
  /**
   * Which documents changed or went at or after an instant of the target's own clock, whoever did it; `read` says afterwards what
   * became of ours. Absent: nobody looks for drift by itself, and a batch is verified when a person asks. Reads only. @throws TargetError
   */
  changes?(session: Session, since: number): Promise<Changes>;
}

/** What became of one posted item. Nothing is done about it: a person decides. */
export type ReadOutcome =
  /**
   * As it was posted; payments on an invoice are no change of it. `total` and `holds` as the target holds them; `holds` is left
   * out by a target that can't tell lines per account, and for a document of which it can't tell all: half is worse than none.
   */
  | { readonly status: 'same'; readonly seq: number; readonly total?: Money; readonly holds?: Holding }
  /** Still there, with other content than was posted. */
  | {
      readonly status: 'changed';
      readonly seq: number;
      readonly problem: Problem;
      readonly total?: Money;
      readonly holds?: Holding;
      /**
       * What the target would answer now, had it been posted so. Whoever keeps a person's change takes it in the place of ours: read
       * with it, the document is `same`. Absent where the target can't say: then a change can be closed, and not kept.
       */
      readonly receipt?: Receipt;
    }
  | { readonly status: 'gone'; readonly seq: number; readonly problem: Problem };

/** What the books hold of one document, as the target tells it: nothing of it is reckoned from ours. */
export interface Holding {
  /** They come to zero. */
  readonly entries: readonly HeldEntry[];
  /** The tax code under which an invoice or credit memo stands there; absent: none. */
  readonly taxCode?: string;
}

/** How a document moves one account. */
export interface HeldEntry {
  /** Of a journal: `receivable` for the account of that role in the settings, else `refund`. */
  readonly role: LedgerRole;
  /** By its full name; null: the books' own account for that role (of a deposit: Undeposited Funds). */
  readonly account: string | null;
  /** By its full name; null: none. */
  readonly class: string | null;
  /** Minor units. Debits are above zero, credits below. */
  readonly amount: Money;
}

/** What part of the books an entry belongs to. Receivables and sales tax are the books' own accounts, whatever their names. */
export type LedgerRole = 'income' | 'tax' | 'receivable' | 'deposit' | 'refund';

/** What a target tells about changes in the books. Too much is harmless: all of it is read. Too little is a change that nobody sees. */
export interface Changes {
  /** Named more than once, not ours, or changed by ourselves: no harm. */
  readonly documents: readonly { readonly kind: DocumentKind; readonly externalId: string }[];
  /** Kinds of which it can't name all: too many changed, or too long ago. What stands of them is read one by one. */
  readonly untold: readonly DocumentKind[];
  /** All before it is told, in milliseconds since 1970 by the target's clock: where the next question begins, or earlier. */
  readonly through: number;
}
