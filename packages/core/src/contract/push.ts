import type { Operation } from '../batch/operations.ts';
import type { Problem } from '../codes/problems.ts';
import type { Document } from '../documents/documents.ts';
import type { BooksSettings, Chart } from '../settings/settings.ts';
import type { Json } from '../values/json.ts';
import type { ExportedItem, Moved, Receipt } from './items.ts';
import type { Candidate, NamePage, NewName, ReferenceNeed, ReferenceOutcome, RenameOutcome, SameIds } from './names.ts';

/** An API that accepts documents. */
export interface PushDelivery<Session, Payload extends Json> {
  /** Pushed, not written to files. */
  readonly by: 'push';
  /**
   * The most items that one call may carry; by operation, where the vendor's limits differ. A call with several operations carries as
   * many as the smallest of their limits; an operation that is not listed is sent alone.
   */
  readonly itemsPerPush: ItemsPerPush;
  /** Per connection, kept by the engine across all workers. */
  readonly limits: RateLimits;
  /**
   * How long the vendor keeps its idempotency keys, in milliseconds; for a target that relies on them when a call is sent again. After
   * that time a call in doubt comes with `keysExpired`, and the target looks first. Absent: the keys last, or the target always looks.
   */
  readonly keyLifetimeMs?: number;
  /** Requests that count by the month for the whole installation, by kind. Absent: none. */
  readonly quotas?: Quotas;
  /** The names that this document needs at the target, with the details for creating them. Pure. */
  needs(document: Document, chart: Chart | undefined, settings: BooksSettings): readonly ReferenceNeed[];
  /**
   * Looks names up: one outcome per need, in order. Never picks among several, and never counts an unusual spelling alone as found: both
   * are `candidates`, and the engine decides. Reads only, so that a preview may ask. @throws TargetError
   */
  find(session: Session, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]>;
  /**
   * Creates the names that were not found: one outcome per name, in order. A name that exists by now is `found`, because the answer of
   * an earlier attempt may have been lost. Accounts and classes are never created. @throws TargetError
   */
  create(session: Session, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]>;
  /**
   * All customers or items of the books, inactive ones too, page by page. `since` (milliseconds since 1970, the target's clock): only
   * those that changed since. Absent: the engine knows the names that it looked up, and no others. Reads only. @throws TargetError
   */
  list?(session: Session, kinds: readonly ReferenceNeed['kind'][], since?: number): AsyncIterable<NamePage>;
  /**
   * Reads these customers or items by their ids, in any order. A deleted one is left out; a merged one has `mergedInto`
   * where the target knows the survivor. Reads only. @throws TargetError
   */
  fetchNames?(session: Session, kind: ReferenceNeed['kind'], ids: readonly string[]): Promise<readonly Candidate[]>;
  /**
   * Gives customers or items another name there: one outcome per name, in order. A name that is taken is `taken`, and nothing changes.
   * Harmless if repeated. @throws TargetError
   */
  rename?(session: Session, names: readonly NewName[]): Promise<readonly RenameOutcome[]>;
  /**
   * Sends a stored call: one outcome per item, in order. A repeated call never posts twice, and a refused item does not affect the
   * others. After an error all items are in doubt, and the same call is sent again. @throws TargetError
   */
  push(session: Session, call: Call<Payload>): Promise<readonly PushOutcome[]>;
  /**
   * Reports what became of items whose outcome was `pending`: one outcome per ticket, in order. It is `pending` again as long as the
   * target works on it. Asked after the time that the outcome named, as often as needed. Required of a target whose `push` may answer `pending`.
   * Reads, and finishes what the accepted write left open. @throws TargetError
   */
  poll?(session: Session, tickets: readonly PendingItem<Payload>[]): Promise<readonly PushOutcome[]>;
  /**
   * Receives the items of the calls that follow on this session, none of which was sent before, so that one question covers all
   * of them. The answers may spare `push` a question, for a minute at most. Reads only. @throws TargetError
   */
  lookAhead?(
    session: Session,
    items: readonly ExportedItem<Payload>[],
    references: Readonly<Record<string, string>>,
  ): Promise<void>;
}

/** The most items that one call may carry. */
export type ItemsPerPush = number | Readonly<Partial<Record<Operation, number>>>;

/** How many of these items, from the first on, one call may carry: as many as the smallest limit of their operations. At least one. */
export function callLength(itemsPerPush: ItemsPerPush, operations: readonly Operation[]): number {
  const limitOf = (operation: Operation) => (typeof itemsPerPush === 'number' ? itemsPerPush : (itemsPerPush[operation] ?? 1));
  let limit = Number.POSITIVE_INFINITY;
  for (const [at, operation] of operations.entries()) {
    limit = Math.min(limit, limitOf(operation));
    if (at + 1 > limit) return Math.max(1, at);
  }
  return operations.length;
}

/** The most items that any call may carry. */
export function largestCall(itemsPerPush: ItemsPerPush): number {
  return typeof itemsPerPush === 'number' ? itemsPerPush : Math.max(1, ...Object.values(itemsPerPush));
}

/** The target's limit for one connection and kind of request. The engine keeps it across all workers. */
export interface RateLimit {
  /** In any 60 seconds. */
  readonly perMinute: number;
  /** In any second. */
  readonly perSecond?: number;
  /** At the same time. */
  readonly concurrent?: number;
  /** By the calendar day, up to midnight in `calendar`. When they are used up, batches wait until then and show it. */
  readonly perDay?: number;
  /** By the calendar month, up to its end in `calendar`. */
  readonly perMonth?: number;
  /** The IANA time zone whose days and months the target counts. Absent: UTC. */
  readonly calendar?: string;
  /** Whose requests a day and a month count: this connection's, or all those of our registration with the target. Absent: `connection`. */
  readonly per?: 'connection' | 'app';
}
/** By kind of request: the buckets that `permit` knows. */
export type RateLimits = Readonly<Record<string, RateLimit>>;

/** A kind of request that counts by the calendar month in UTC, over all connections of our registration with the target. */
export interface Quota {
  /** After so many, the target refuses more of them until the next month. Absent: they are counted, and nothing ends. */
  readonly perMonth?: number;
  /** Environments of the target where they cost nothing, such as a sandbox: counted, without an end. */
  readonly freeIn?: readonly string[];
}
/** By kind: what `count` and `overQuota` of the context know, such as `reads` and `writes`. */
export type Quotas = Readonly<Record<string, Quota>>;

/** One request that may carry several items. It is stored before it is sent, and only ever sent again unchanged. */
export interface Call<Payload extends Json = Json> {
  /** At most 36 characters. */
  readonly requestId: string;
  /** 1 for the first time; more after an ambiguous outcome. */
  readonly attempt: number;
  /**
   * The attempt with which the present round began; absent: 1. Attempts of one round may overlap: the process of an earlier one may be
   * frozen, or its request may still be on its way. So all of them must be the same request to the target, with one id. A round begins
   * when all requests of earlier rounds are over; from then on another id does no harm.
   */
  readonly round?: number;
  /**
   * The call was sent before, and `keyLifetimeMs` has passed since then: the vendor no longer recognizes its keys. Look for each document
   * before it is sent.
   */
  readonly keysExpired?: boolean;
  /** In the batch's order; the same in each attempt. */
  readonly items: readonly ExportedItem<Payload>[];
  /** External ids of customers and items, by `kind/key`; by `kind/name` too, for payloads that were stored before 0.3.0. */
  readonly references: Readonly<Record<string, string>>;
  /** Ids that count as one: each merged id with the one that it was merged into, accepted by a person. Absent: none. */
  readonly sameIds?: SameIds;
}

/** An item that the target accepted and has not finished. */
export interface PendingItem<Payload extends Json = Json> {
  /** As the outcome named it. */
  readonly ticket: string;
  /** As it was sent. */
  readonly item: ExportedItem<Payload>;
  /** Of the call that sent it. */
  readonly references: Call['references'];
}

/** The outcome for one item of a call. It is stored with its posting in one transaction. */
export type PushOutcome =
  /** `existed`: an earlier attempt posted the same content with the same key. */
  | {
      readonly status: 'created' | 'existed';
      readonly seq: number;
      readonly receipt: Receipt;
      /** What a person should check, although the document is in the books. */
      readonly warnings?: readonly Problem[];
      /** Other documents of ours that this write changed there. A repeated call names them again. Absent: none. */
      readonly moved?: readonly Moved[];
    }
  /** A person changed the document after we posted it. Nothing was written. */
  | { readonly status: 'conflict'; readonly seq: number; readonly externalId: string; readonly problem: Problem }
  /**
   * The target accepted the item and works on it. The ticket is stored before anything else happens; then nothing sends the item again,
   * and `poll` asks for its outcome. The batch waits, and no worker is held meanwhile.
   */
  | {
      readonly status: 'pending';
      readonly seq: number;
      /** The target's name for the work, at most 200 characters. Not secret. */
      readonly ticket: string;
      /** When to ask again, in milliseconds from now. Absent: in 15 seconds. */
      readonly retryAfterMs?: number;
    }
  /** The target refused the document. This is an answer, not a failed call. */
  | { readonly status: 'refused'; readonly seq: number; readonly problem: Problem };
