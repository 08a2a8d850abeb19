import type { Problem } from '../codes/problems.ts';
import type { Document } from '../documents/documents.ts';
import type { BooksSettings, Chart } from '../settings/settings.ts';
import type { Json } from '../values/json.ts';
import type { ExportedItem, Receipt } from './items.ts';

/** An API that takes documents. */
export interface PushDelivery<Session, Payload extends Json> {
  /** Pushed, instead of written to files. */
  readonly by: 'push';
  /** How many items one call carries at most. */
  readonly itemsPerPush: number;
  /** Per connection, kept by the engine across all workers. */
  readonly limits: RateLimits;
  /** The names that this document needs at the target, with what creating them takes. Pure. */
  needs(document: Document, chart: Chart | undefined, settings: BooksSettings): readonly ReferenceNeed[];
  /** Looks names up: one outcome per name, in order. Reads only, so that a preview may ask. @throws TargetError */
  find(session: Session, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]>;
  /**
   * Creates what was not found: one outcome per name, in order. A name that is there by now is `found`, since the answer of an
   * earlier attempt may have been lost. Accounts and classes are never created. @throws TargetError
   */
  create(session: Session, needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]>;
  /**
   * Sends a stored call: one outcome per item, in order. Sent again, it never posts twice; an item that is refused takes no other
   * along. What it throws leaves all items in doubt: the same call comes again. @throws TargetError
   */
  push(session: Session, call: Call<Payload>): Promise<readonly PushOutcome[]>;
}

/** What the target allows one connection, by kind of request; the engine keeps it across all workers. */
export interface RateLimit {
  /** In any 60 seconds. */
  readonly perMinute: number;
  /** In any second. */
  readonly perSecond?: number;
  /** At one moment. */
  readonly concurrent?: number;
}
/** By kind of request: the buckets that `permit` knows. */
export type RateLimits = Readonly<Record<string, RateLimit>>;

/** What one write needs that the target calls by name: found, or created where the target may create it. */
export interface ReferenceNeed {
  /** A customer, or a product or service. Accounts and classes are never created for a document. */
  readonly kind: 'customer' | 'item';
  /** As the books have it, to the character; `Parent:Sub` for a sub-customer. */
  readonly name: string;
  /** What creating it takes; plain JSON out of the document. */
  readonly details: Json;
}

/** What became of one name: it is there, it is not, or the target refuses it, which rejects the documents that need it. */
export type ReferenceOutcome =
  | { readonly status: 'found' | 'created'; readonly need: ReferenceNeed; readonly externalId: string }
  | { readonly status: 'missing'; readonly need: ReferenceNeed }
  | { readonly status: 'refused'; readonly need: ReferenceNeed; readonly problem: Problem };

/** One request that may carry several items: stored before it is sent, and sent again only as it was. */
export interface Call<Payload extends Json = Json> {
  /** At most 36 characters. */
  readonly requestId: string;
  /** 1 for the first time; more after an ambiguous outcome. */
  readonly attempt: number;
  /** In the batch's order; the same in each attempt. */
  readonly items: readonly ExportedItem<Payload>[];
  /** External ids of customers and items, by `kind/name`. */
  readonly references: Readonly<Record<string, string>>;
}

/** What became of one item of a call. It and its posting are written in one transaction. */
export type PushOutcome =
  /** `existed`: same key, same content, from an earlier attempt. */
  | {
      readonly status: 'created' | 'existed';
      readonly seq: number;
      readonly receipt: Receipt;
      /** What somebody should look at, though the document is in the books. */
      readonly warnings?: readonly Problem[];
    }
  /** A person changed it there since we posted it; nothing was written. */
  | { readonly status: 'conflict'; readonly seq: number; readonly externalId: string; readonly problem: Problem }
  /** The target's verdict, not a failure. */
  | { readonly status: 'refused'; readonly seq: number; readonly problem: Problem };
