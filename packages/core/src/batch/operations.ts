/**
 * What a document does to the books. An operation, not only a kind: an update and an insert of one
 * invoice are different acts, happen in different stages and are undone differently.
 */
export const OPERATIONS = [
  'invoice.insert',
  'invoice.update',
  /** Void at the target; only where the company's settings choose it over an update to zero. */
  'invoice.void',
  'payment.insert',
  /** A re-allocation, or a correction of date, method, reference or amount. */
  'payment.update',
  /** A refund of a payment that the books already hold. */
  'journal.insert',
  /** A refund whose journal is in the books was corrected. Push targets only. */
  'journal.update',
  'creditMemo.insert',
  /** A credit memo that is in the books was corrected. Push targets only. */
  'creditMemo.update',
  /** Nothing is posted: a person reads it in the Warnings file and acts on it (file targets only). */
  'warning.list',
] as const;
/** One of them. */
export type Operation = (typeof OPERATIONS)[number];

/** The names of the operations on screens. */
export const OPERATION_NAMES: Readonly<Record<Operation, string>> = {
  'invoice.insert': 'New invoice',
  'invoice.update': 'Invoice update',
  'invoice.void': 'Invoice void',
  'payment.insert': 'New payment',
  'payment.update': 'Payment update',
  'journal.insert': 'Refund journal',
  'journal.update': 'Refund journal update',
  'creditMemo.insert': 'Credit memo',
  'creditMemo.update': 'Credit memo update',
  'warning.list': 'Warning, to apply manually',
};

/** The kinds of document in the books. */
export type DocumentKind = 'invoice' | 'payment' | 'journal' | 'creditMemo' | 'warning';

/** The kind of document that the books hold after an operation. */
export function kindOf(operation: Operation): DocumentKind {
  switch (operation) {
    case 'invoice.insert':
    case 'invoice.update':
    case 'invoice.void':
      return 'invoice';
    case 'payment.insert':
    case 'payment.update':
      return 'payment';
    case 'journal.insert':
    case 'journal.update':
      return 'journal';
    case 'creditMemo.insert':
    case 'creditMemo.update':
      return 'creditMemo';
    case 'warning.list':
      return 'warning';
    default:
      return operation satisfies never;
  }
}
