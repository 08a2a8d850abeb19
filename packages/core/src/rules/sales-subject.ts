import type { CreditMemoDocument, InvoiceDocument } from '../documents/documents.ts';
import type { ResolvedLine } from '../documents/resolve-line.ts';
import type { CreditMemoRecord, InvoiceRecord } from '../records/records.ts';
import type { Subject } from './rule.ts';

/** A sales form with its lines as they were resolved, in the record's order. */
export interface SalesSubject extends Subject<InvoiceRecord | CreditMemoRecord, InvoiceDocument | CreditMemoDocument> {
  readonly resolved: readonly ResolvedLine[];
}
