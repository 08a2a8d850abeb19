import type { DocumentKind, Operation } from '../batch/operations.ts';
import type { Document } from '../documents/documents.ts';
import type { BatchedRef } from '../values/ids.ts';
import type { Json } from '../values/json.ts';
import type { Money } from '../values/money.ts';
import type { SameIds } from './names.ts';

/**
 * One exported item. A push target’s payload is stored before anything is sent. A file target’s payload is the
 * file, if a person removes the documents again: it is made of the frozen document while the files are written.
 */
export interface ExportedItem<Payload extends Json = Json> {
  /** The item's place in its batch, from 1. */
  readonly seq: number;
  /** The record that the document is for. */
  readonly record: BatchedRef;
  /** The operation to carry out at the target. */
  readonly operation: Operation;
  /** The idempotency key of this one write, at most 36 characters. It changes only after a definite refusal or an undo. */
  readonly key: string;
  /** The result of `export`; a push target gets it as read from storage. */
  readonly payload: Payload;
  /** What is posted for the record before this write. An update or void changes it. Absent for inserts. */
  readonly former?: {
    readonly externalId: string;
    readonly externalVersion?: string;
    /** From its receipt, as the target reported them then. */
    readonly details?: Json;
    /** The ids that it was posted with, by `kind/key`, and by `kind/name`. Absent where nobody kept them. */
    readonly references?: Readonly<Record<string, string>>;
  };
  /**
   * Ids of this item alone, by `kind/key`. They count before those of `former` and of the call: a payment goes to the customer that its
   * invoice was posted with, even where the customer was matched to another one since.
   */
  readonly references?: Readonly<Record<string, string>>;
  /**
   * For an invoice that moves to another customer: the posted payments that follow it. All are read before the first write, and nothing
   * is written if one of them may not move.
   */
  readonly moves?: readonly { readonly externalId: string; readonly externalVersion?: string | undefined }[];
  /** For a payment: external ids of the invoices it is applied to, by record id. */
  readonly linked?: Readonly<Record<string, string>>;
  /**
   * For an update or void of an invoice: the amounts that our payments had applied to it when the call was stored, by the payments'
   * external ids, in minor units. They show what an attempt with a lost answer released, and what a raised invoice should get back.
   * A target that does not restore them reports `credit-to-apply`.
   */
  readonly paidBy?: Readonly<Record<string, Money>>;
  /**
   * The versions that we know of the documents that this write may move, by `kind/externalId`: those of `paidBy`, `linked` and `moves`.
   * A person changed each document that is at another version. Absent in calls of contract 1.
   */
  readonly versions?: Readonly<Record<string, string>>;
}

/**
 * Another document of ours that a write changed at the target: an invoice that is lowered takes a payment off. Name it only if it was
 * found just before at the version that `versions` has; otherwise a person changed it, and drift must find that.
 */
export interface Moved {
  /** Of the document that moved. */
  readonly kind: DocumentKind;
  /** The target's id of it. */
  readonly externalId: string;
  /** Its version after the write. It replaces ours in the outcome's transaction. */
  readonly externalVersion: string;
}

/** The target's answer for one item. */
export interface Receipt {
  /** The target's own id. Updates, read-backs and undos refer to it. Unique among the target's documents of a kind. */
  readonly externalId: string;
  /** The target's own version of the current content. Updates, read-backs and undos use it to notice changes by a person. */
  readonly externalVersion?: string;
  /** The number as the target holds it. */
  readonly number?: string;
  /** The total as the target holds it, in minor units; absent if the target does not report it. */
  readonly total?: Money;
  /** For a payment: what the target applied of each part of the document. A part that is not listed was applied in full. */
  readonly applied?: readonly AppliedOutcome[];
  /** The tax in that total, as the target holds it, in minor units. Absent if the target does not report it, or the document has none. */
  readonly tax?: Money;
  /**
   * What else the target reports, for people. Never secret: it is stored and shown. A member `beside` (`kind`, `externalId`) names another
   * document that this one brought into the books: where that one changes, this one is read.
   */
  readonly details?: Json;
}

/** What a target applied of one part of a payment. */
export interface AppliedOutcome {
  /** The record's id. */
  readonly invoiceId: string;
  /** Minor units; zero where nothing was applied. */
  readonly amount: Money;
  /**
   * Why the rest was not applied: `not-sent`, the invoice is not in the books; `over`, the invoice takes no more; `other-customer`, the
   * payer can't pay for the invoice's customer. Absent where all was applied.
   */
  readonly because?: 'not-sent' | 'over' | 'other-customer';
}

/** One posted item, as an undo needs it. */
export interface PostedItem {
  /** The item's place in its batch. */
  readonly seq: number;
  /** The record that the document is for. */
  readonly record: BatchedRef;
  /** The operation that was carried out. */
  readonly operation: Operation;
  /** The key that it was posted with. */
  readonly key: string;
  /** What was posted. */
  readonly document: Document;
  /** The target's answer; `details` are not kept. */
  readonly receipt: Receipt;
  /** The ids of its customers and items when it was posted, by `kind/key`, and by `kind/name`. Absent where nobody kept them. */
  readonly references?: Readonly<Record<string, string>>;
  /** Ids that count as one wherever contents are compared. Absent: none. */
  readonly sameIds?: SameIds;
  /** For a payment: external ids of the invoices that it and its former content are applied to, by record id. As in the push. */
  readonly linked?: Readonly<Record<string, string>>;
  /** For an invoice: what our standing payments apply to it by our records, by their external ids, in minor units. As in the push. */
  readonly paidBy?: Readonly<Record<string, Money>>;
  /** The versions that we know of the documents in `linked` and `paidBy`, by `kind/externalId`. As in the push. */
  readonly versions?: Readonly<Record<string, string>>;
  /** The document that was posted before an update, with its receipt and the ids that it was posted with. */
  readonly former?: {
    readonly document: Document;
    readonly receipt: Receipt;
    readonly references?: Readonly<Record<string, string>>;
  };
}
