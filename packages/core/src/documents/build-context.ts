import type { Problem } from '../codes/problems.ts';
import type { DocumentLimits } from '../contract/target.ts';
import type {
  BatchedRecord,
  CustomerRecord,
  DepartmentRecord,
  InvoiceRecord,
  JobRecord,
  PaymentRecord,
  ServiceRecord,
} from '../records/records.ts';
import type { BooksSettings, CompanyFacts, SalesTax } from '../settings/settings.ts';
import type { PostedFacts, RefundFacts } from '../standing/standing.ts';
import type { BatchedRef } from '../values/ids.ts';
import type { Money } from '../values/money.ts';
import type { Document, DocumentItem } from './documents.ts';

/** Everything besides its record that a document is built from. It is loaded first, so that building is pure and synchronous. */
export interface BuildContext {
  /** For its currency and its calendar. */
  readonly company: CompanyFacts;
  /** As they were when the batch was started. */
  readonly settings: BooksSettings;
  /** File targets list what a person must apply; push targets send it unapplied. */
  readonly delivery: 'files' | 'push';
  /** How the connected books keep sales tax, as they were read last. Absent: unknown. */
  readonly salesTax?: SalesTax | undefined;
  /** Anything longer is a problem. */
  readonly limits: DocumentLimits;
  /** By the record’s id; undefined if it was never sent. */
  customer(id: string): CustomerRecord | undefined;
  /** By the record’s id; undefined if it was never sent. */
  department(id: string): DepartmentRecord | undefined;
  /** By the record’s id; undefined if it was never sent. */
  service(id: string): ServiceRecord | undefined;
  /** By the record’s id; undefined if it was never sent. */
  job(id: string): JobRecord | undefined;
  /** By the record’s id; undefined if it was never sent. */
  invoice(id: string): InvoiceRecord | undefined;
  /** By the record’s id; undefined if it was never sent. */
  payment(id: string): PaymentRecord | undefined;
  /** All refunds of a payment that were ever sent to us. */
  refundsOf(paymentId: string): readonly RefundFacts[];
  /** The standing posting of a record at this target. */
  posted(ref: BatchedRef): PostedFacts | undefined;
  /** Whether this batch carries an invoice insert or update of that invoice. */
  inBatch(invoiceId: string): boolean;
  /** Whether another payment, in this batch or among standing postings, has this reference too. */
  referenceTaken(reference: string, paymentId: string): boolean;
  /** The amount that all our payments apply to an invoice in the books. Absent: no update is checked for overpayment. */
  appliedTo?(invoiceId: string): Money;
  /** The posted document of a record, as it was frozen. Absent where it is not kept. */
  postedDocument?(ref: BatchedRef): Document | undefined;
  /** Hash of a record's content, as postings keep it. Absent: no content is known to have changed. */
  contentHash?(record: BatchedRecord): string;
  /**
   * The income account that an item has in the books themselves, where the settings let it decide. Absent or undefined: the mapping's
   * counts.
   */
  ownAccount?(item: DocumentItem): string | undefined;
  /** A short, stable hash of a text (at least 6 characters of [0-9A-Z]). Passed in, because core has no crypto. */
  shortHash(text: string): string;
}

/** A document with the problems that core's own rules found. A document with a `problem` is frozen too, so that people can see it. It is never sent. */
export interface Built {
  /** Complete enough to be shown, whatever is wrong with it. */
  readonly document: Document;
  /** A problem of severity `problem` keeps the document from being sent. */
  readonly problems: readonly Problem[];
  /** A re-allocation that would change nothing at the target. It stays unbatched. */
  readonly nothingToSend: boolean;
}
