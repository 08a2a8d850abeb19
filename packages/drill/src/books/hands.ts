import type { Matched } from '../story/steps.ts';
import type { Held } from './documents.ts';

/** What the drill knows about changes that people made in the books. */
export interface Hands {
  /** Our documents that a person changed or removed, by id. `gone` is the API's word for removed. */
  readonly touched: Map<string, 'changed' | 'gone'>;
  /** Items that a document held when a person changed it, as `batch/item`: none may be undone or overwritten. */
  readonly under: Map<string, ReadonlySet<string>>;
  /** Those of `under` that wrote nothing but a payment's links, as `batch/seq`: their undo leaves what the person changed. */
  readonly links: Set<string>;
  /** Documents and names that a person created. */
  readonly own: Set<string>;
  /** Customers that a person renamed, merged or deactivated. */
  readonly customers: Set<string>;
  /** Names that a person merged, as `Customer/id`, with the id of the one that stays. */
  readonly merged: Map<string, string>;
  /** Our documents whose customer or item a person merged or ended, so that they may not be undone. */
  readonly stuck: Set<string>;
  /** What somebody said on the page Matching about a customer record, by its id. */
  readonly words: Map<string, Word>;
  /** Where our documents are: the customer of the books, and the customer record. */
  readonly places: Map<string, { readonly theirs: string; readonly ours: string }>;
  /** The content that a person left in our changed documents, as `contentOf` writes it. */
  readonly left: Map<string, string>;
  /** The changed documents as they were before the first change. */
  readonly former: Map<string, Held>;
  /** Every document of ours that a person ever changed or removed. */
  readonly ever: Set<string>;
  /** Documents whose links a person changed: payments applied elsewhere, and invoices that a person paid. */
  readonly linked: Set<string>;
  /** Changed documents that somebody decided to overwrite, with the content that may be overwritten. */
  readonly yielded: Map<string, string>;
  /** Items that overwrote a person's change, as `batch/item`, with the document: what was there before is lost. */
  readonly over: Map<string, string>;
}

/** A word about who a customer record is in the books: it counts for documents of later batches. */
export interface Word {
  readonly is: Matched;
  /** The number of batches before it. */
  readonly since: number;
  /** The customer of the books, where the person named it. */
  readonly to?: string;
}

export function noHands(): Hands {
  return {
    touched: new Map(),
    links: new Set(),
    under: new Map(),
    own: new Set(),
    customers: new Set(),
    merged: new Map(),
    stuck: new Set(),
    words: new Map(),
    places: new Map(),
    left: new Map(),
    former: new Map(),
    ever: new Set(),
    linked: new Set(),
    yielded: new Map(),
    over: new Map(),
  };
}
