import type { DocumentKind } from '../batch/operations.ts';
import type { Problem } from '../codes/problems.ts';
import type { Money } from '../values/money.ts';
import type { PostedItem, Receipt } from './items.ts';
import type { NamePage } from './names.ts';

/** A target that can report what became of documents. */
export interface ReadbackAtTarget<Session> {
  /** Read from the target, not checked by a person. */
  readonly by: 'target';
  /** Reads what became of posted items: one outcome per item, in order. Reads only. @throws TargetError */
  read(session: Session, items: readonly PostedItem[]): Promise<readonly ReadOutcome[]>;
  /**
   * Changes by a person that `read` does not notice: `allocations`, which invoices a payment is applied to. A change that is not listed
   * has to be read back as `changed`. Absent: none.
   */
  readonly unseen?: readonly 'allocations'[];
  /**
   * The documents that were changed or deleted at or after an instant of the target's own clock, by anyone. `read` then shows what
   * became of ours. Absent: there is no automatic drift check, and a batch is verified when a person asks. Reads only.
   * @throws TargetError
   */
  changes?(session: Session, since: number): Promise<Changes>;
}

/** What became of one posted item. Nothing changes because of it: a person decides. */
export type ReadOutcome =
  /**
   * As it was posted. Payments on an invoice do not change it. `total` and `holds` are the target's own. A target that can't report
   * lines per account leaves `holds` out, and so does one that can't report all lines of a document: part of them would mislead.
   */
  | {
      readonly status: 'same';
      readonly seq: number;
      readonly total?: Money;
      readonly holds?: Holding;
      readonly merged?: readonly MergeSeen[];
    }
  /** Still in the books, with content that differs from what was posted. */
  | {
      readonly status: 'changed';
      readonly seq: number;
      readonly problem: Problem;
      readonly total?: Money;
      readonly holds?: Holding;
      readonly merged?: readonly MergeSeen[];
      /**
       * The receipt that the target would give for the current content. A person who keeps the change replaces our receipt with it: read
       * with it, the document is `same`. Absent if the target can't give one. The change can then be closed, but not kept.
       */
      readonly receipt?: Receipt;
    }
  | { readonly status: 'gone'; readonly seq: number; readonly problem: Problem };

/**
 * A customer or an item that the books merged into another, and that nobody has accepted yet. Documents that only show it are `same`; the
 * engine asks a person once for each.
 */
export interface MergeSeen {
  /** Customer or item. */
  readonly kind: 'customer' | 'item';
  /** The id that the document was posted with. */
  readonly from: string;
  /** The id that the document has there now. */
  readonly to: string;
  /** What the books call the survivor. */
  readonly name: string;
}

/** What the books hold of one document, as the target reports it. Nothing in it is computed from our data. */
export interface Holding {
  /** They add up to zero. */
  readonly entries: readonly HeldEntry[];
  /** The tax code of an invoice or credit memo in the books. Absent: none. */
  readonly taxCode?: string;
  /** Whose the tax of an invoice or credit memo is. Absent where the books don't tell. */
  readonly agencies?: readonly HeldTax[];
}

/** The part of a document's tax that is owed to one agency. */
export interface HeldTax {
  /** The agency's name in the books. */
  readonly agency: string;
  /** Minor units. A credit memo's is below zero. */
  readonly amount: Money;
}

/** How a document changes one account. */
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

/** The part of the books that an entry belongs to. Receivables and sales tax are the books' own accounts, whatever their names. */
export type LedgerRole = 'income' | 'tax' | 'receivable' | 'deposit' | 'refund' | 'fee';

/** What a target reports about changes in the books. Too much is harmless, because all of it is read. Too little hides a change. */
export interface Changes {
  /** Documents may be named twice, be someone else's, or be changed by ourselves. */
  readonly documents: readonly { readonly kind: DocumentKind; readonly externalId: string }[];
  /** Kinds that the target can't report in full: too many changed, or too long ago. Our posted documents of them are read one by one. */
  readonly untold: readonly DocumentKind[];
  /** Customers and items that changed as well, where the target reports them at no extra cost. */
  readonly names?: readonly NamePage[];
  /** Everything up to here is reported, in milliseconds since 1970 by the target's clock. The next question starts here, or earlier. */
  readonly through: number;
}
