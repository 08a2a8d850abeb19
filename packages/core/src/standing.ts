import type { AppliedPart } from './documents.ts';
import type { Money } from './money.ts';
import type { DocumentKind, Operation } from './operations.ts';
import type { ProblemCode } from './problem-codes.ts';
import type { BatchedRecord, PaymentRecord } from './records.ts';
import type { BooksSettings } from './settings.ts';

/** The standing fact that a record is in a target's books, as far as rules need it. Plain JSON, stored with the posting. */
export interface PostedFacts {
  /** What the books hold because of the record: a voided invoice may stand as a credit memo. */
  readonly kind: DocumentKind;
  readonly operation: Operation;
  /** Hash of the record's content at the time, see `canonicalContent`. */
  readonly contentHash: string;
  /** Document number, or a payment's Ref No. */
  readonly number: string;
  readonly amount: Money;
  readonly externalId?: string | undefined;
  readonly externalVersion?: string | undefined;
  /** Payments: what it was applied to when it was posted last. */
  readonly applied?: readonly AppliedPart[] | undefined;
  /** Payments: the refunds that were netted into it; they count as posted with it. */
  readonly netted?: readonly { readonly refundId: string; readonly contentHash: string }[] | undefined;
}

/** A refund, as its payment needs to know it. */
export interface RefundFacts {
  readonly id: string;
  readonly amount: Money;
  readonly contentHash: string;
  readonly removed: boolean;
}

/** What is known about one record at one target when it is asked what should be sent. */
export interface StandingFacts {
  readonly contentHash: string;
  readonly delivery: 'files' | 'push';
  readonly voids: BooksSettings['policy']['voids'];
  readonly currency: string;
  readonly posted?: PostedFacts | undefined;
  /** Its job is imported (a refund: its payment's job). */
  readonly importedJob: boolean;
  /** Payments: all refunds of it that were ever sent to us. */
  readonly refunds: readonly RefundFacts[];
  /** Refunds: the payment, and how it stands. */
  readonly payment?: { readonly record: PaymentRecord; readonly posted?: PostedFacts | undefined } | undefined;
  /** Payments: of the allocated invoices, those that stand posted as invoices at this target. */
  readonly postedInvoices: ReadonlySet<string>;
}

/**
 * What a record asks for at a target.
 * - not open: nothing to send, for the reason given
 * - `ready`: would be sent as `operation`
 * - `waiting`: a re-allocation that can only go once its invoice is in the books or in the same batch
 * - `stopped`: something is off that no batch can send; `reason` says what
 */
export type Standing =
  | { readonly open: false; readonly because: 'posted' | 'void-before-batch' | 'refunded-before-batch' | 'never-sent' | 'netted' }
  | { readonly open: true; readonly readiness: 'ready' | 'waiting'; readonly operation: Operation; readonly amount: Money }
  | { readonly open: true; readonly readiness: 'stopped'; readonly reason: ProblemCode; readonly amount: Money };

/** The table of domain.md §3. */
export declare function standingOf(record: BatchedRecord, facts: StandingFacts): Standing;
