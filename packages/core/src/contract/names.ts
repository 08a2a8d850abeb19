import type { Problem } from '../codes/problems.ts';
import type { Json } from '../values/json.ts';

/** A name that one write needs at the target. It is found, or created if the target may create it. */
export interface ReferenceNeed {
  /** A customer, or a product or service. Accounts and classes are never created for a document. */
  readonly kind: 'customer' | 'item';
  /**
   * Which customer or item of ours it is: the customer record's id, an item's `DocumentItem.key`. `Call.references` has its id under
   * `kind/key`. Absent in needs of documents from before 0.3.0: the name is the key.
   */
  readonly key?: string;
  /** Its name on our side, as the books should call it when it is created; `Parent:Sub` for a sub-customer. */
  readonly name: string;
  /**
   * The key of its creation, at most 36 characters: stored before `create` is called, and the same whenever it is called again for this
   * need. A target that keeps such keys then creates it once, even if an answer was lost.
   */
  readonly requestKey?: string;
  /** The details for creating it: plain JSON from the document. */
  readonly details: Json;
}

/** A customer or item of the books, as the target reports it. */
export interface Candidate {
  /** The target's own id. It stays when the name changes. */
  readonly externalId: string;
  /** Its full name there: `Parent:Sub` for a sub-customer. */
  readonly name: string;
  /** Inactive ones can't be used. */
  readonly active: boolean;
  /** The full name of its parent. Absent: it has none. */
  readonly parent?: string;
  /** An item's type in the books' own terms: Service, NonInventory, Group, Category… */
  readonly type?: string;
  /** An item's income account, by its full name. */
  readonly account?: string;
  /** ISO 4217, where the books keep one per customer. */
  readonly currency?: string;
  /** One address, as a hint for people. */
  readonly email?: string;
  /** As a hint for people. */
  readonly phone?: string;
  /** First line and postal code of the billing address, as a hint for people. */
  readonly address?: string;
  /** The id of the one that it was merged into, where the target reports it. */
  readonly mergedInto?: string;
}

/** Some of the books' names of one kind. */
export interface NamePage {
  /** Of all names of the page. */
  readonly kind: ReferenceNeed['kind'];
  /** In any order. */
  readonly names: readonly Candidate[];
  /** Ids of those that are no longer there. Absent: none is known to be. */
  readonly gone?: readonly string[];
}

/** The name that a customer or item should have in the books. */
export interface NewName {
  /** Customer or item. */
  readonly kind: ReferenceNeed['kind'];
  /** The target's own id. */
  readonly externalId: string;
  /** The new name; `Parent:Sub` for a sub-customer, whose parent stays. */
  readonly name: string;
}

/** The outcome of one new name. `name` is what the books call it then. */
export type RenameOutcome =
  | { readonly status: 'renamed'; readonly externalId: string; readonly name: string }
  /** Another one has the name, or the books can't keep it. `reason` is a sentence. */
  | { readonly status: 'taken' | 'refused'; readonly externalId: string; readonly reason: string };

/** The outcome for one name: it exists, it does not, or the target refuses it, which rejects the documents that need it. */
export type ReferenceOutcome =
  /** Exactly one, by the books' own comparison. `there` is what the books have of it. */
  | {
      readonly status: 'found' | 'created';
      readonly need: ReferenceNeed;
      readonly externalId: string;
      readonly there?: Candidate;
    }
  /**
   * Several have the name, or one has it in an unusual spelling only. The engine decides, or asks a person: exactly one that is active may be
   * linked if no other customer or item of ours claims it.
   */
  | { readonly status: 'candidates'; readonly need: ReferenceNeed; readonly candidates: readonly Candidate[] }
  | { readonly status: 'missing'; readonly need: ReferenceNeed }
  /** `there`: the one in the books that it is about, so that the engine knows of it. */
  | {
      readonly status: 'refused';
      readonly need: ReferenceNeed;
      readonly problem: Problem;
      readonly there?: Candidate | undefined;
    };

/** For each kind, the id that a merged id now stands for, by the merged id. Compare contents with it; never send a merged id. */
export type SameIds = Readonly<Partial<Record<ReferenceNeed['kind'], Readonly<Record<string, string>>>>>;
