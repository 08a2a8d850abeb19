import type { Books } from '../books/books.ts';
import type { Entry } from '../books/ledger.ts';
import type { BookRecord, Sent } from '../books/records.ts';

/** A kind of record: its checks, its postings and its view in the API. One file each under `entities/`. */
export interface Kind {
  /** As in bodies and queries: `JournalEntry`. */
  readonly name: string;
  /** `transaction` has a date and may be deleted; `list` has a name and is made inactive instead; `fixed` is only read. */
  readonly sort: 'transaction' | 'list' | 'fixed';
  /** Ids are counted per sequence. */
  readonly sequence: string;
  readonly canVoid?: boolean;
  /** Members that a query may compare and order by; a reference is compared by its value. */
  readonly queryable: readonly string[];
  /** Members with a greatest length, dotted for parts. */
  readonly lengths: Readonly<Record<string, number>>;
  /**
   * Checks what is to be written and fills in what QuickBooks fills in. Throws a Fault; changes nothing.
   * `before` is the record as it was, for an update.
   */
  settle(books: Books, sent: Sent, before: BookRecord | undefined): Sent;
  /** What the record posts to the ledger. */
  post?(books: Books, record: BookRecord): readonly Entry[];
  /** Follows a change: links, indices, acts of the books' own. May write, never refuses. */
  follow?(books: Books, record: BookRecord | undefined, before: BookRecord | undefined): void;
  /** Refuses a void or a delete. */
  mayEnd?(books: Books, record: BookRecord, how: 'void' | 'delete'): void;
  /** The record when void, from the record as it was. */
  voided?(books: Books, record: BookRecord): Sent;
  /** The record as the API returns it, with computed members. */
  view(books: Books, record: BookRecord): BookRecord;
}
