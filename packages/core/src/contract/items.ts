import type { Operation } from '../batch/operations.ts';
import type { Document } from '../documents/documents.ts';
import type { BatchedRef } from '../values/ids.ts';
import type { Json } from '../values/json.ts';
import type { Money } from '../values/money.ts';

/** One item as it is exported: the payload that is stored before anything is sent. */
export interface ExportedItem<Payload extends Json = Json> {
  /** The item's place in its batch, from 1. */
  readonly seq: number;
  /** What the document says to the books. */
  readonly record: BatchedRef;
  /** What is to be done there. */
  readonly operation: Operation;
  /** The idempotency key of this one write, at most 36 characters. It changes after a definite refusal or an undo, and only then. */
  readonly key: string;
  /** What `export` made, as it came back from storage. */
  readonly payload: Payload;
  /** What stands posted for the record before this write; what an update or void is about. Absent for inserts. */
  readonly former?: {
    readonly externalId: string;
    readonly externalVersion?: string;
    /** Of its receipt, as the target told them then. */
    readonly details?: Json;
  };
  /** For a payment: external ids of the invoices it is applied to, by record id. */
  readonly linked?: Readonly<Record<string, string>>;
  /**
   * For an update or void of an invoice: with what payments of ours stood applied to it when the call was stored, by their
   * external ids, in minor units. What an attempt whose answer was lost took off it can be told by that, and what an invoice that
   * is raised again is to get back; a target that leaves it off says `credit-to-apply`.
   */
  readonly paidBy?: Readonly<Record<string, Money>>;
}

/** The target's answer for one item. */
export interface Receipt {
  /** The target's own id: what an update, a read-back and an undo are about. Unique among the target's documents of a kind. */
  readonly externalId: string;
  /** The target's own word for the content as it is now. By it an update, a read-back and an undo see that a person changed it. */
  readonly externalVersion?: string;
  /** The number as the target holds it. */
  readonly number?: string;
  /** The total as the target holds it, in minor units; absent if it does not say. */
  readonly total?: Money;
  /** What else the target tells, for people. No secret: it is stored and shown. */
  readonly details?: Json;
}

/** One posted item, as an undo needs it. */
export interface PostedItem {
  /** The item's place in its batch. */
  readonly seq: number;
  /** What the document says to the books. */
  readonly record: BatchedRef;
  /** What was done there. */
  readonly operation: Operation;
  /** With which key it was posted. */
  readonly key: string;
  /** What was posted. */
  readonly document: Document;
  /** The target's answer to it; `details` are not kept. */
  readonly receipt: Receipt;
  /** The document that stood before an update, with its receipt. */
  readonly former?: { readonly document: Document; readonly receipt: Receipt };
}
