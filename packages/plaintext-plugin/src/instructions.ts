import { amountOf, type Document, numberOf, showMoney } from '@ledgerpost/core';
import { linkOf } from './accounts.ts';

/** How a person uses the journal. */
export const LOADING = [
  'Include the journal in your ledger. hledger, ledger and beancount read the same file.',
  'An entry marked with ! is the new version of a changed invoice. Delete the earlier entry with the same link (^invoice-…), then mark the new one with *.',
  'Lines that begin with TO DO are not entries: they list payments that you enter yourself.',
].join(' ');

/** How a person checks what the ledger holds for a document. */
export const COMPARING =
  'Search your ledger for the document’s link (^invoice-…, ^payment-…) and compare. A file can’t report what your ledger holds.';

/** How a person undoes a batch, in general. */
export const TAKING_BACK =
  'Undo does not change your ledger: it only makes the records unbatched again. If the journal was already included, first remove it, or delete or restore the listed entries. Otherwise the next batch adds them a second time.';

/** What a person does in the ledger to undo one document. */
export function handInstruction(document: Document): string {
  const link = `^${linkOf(document.record.type, document.record.id)}`;
  const customer = document.customer ? ` of ${document.customer.name}` : '';
  const what = `${numberOf(document)} (${showMoney(amountOf(document), document.currency)})${customer}`;
  switch (document.operation) {
    case 'invoice.insert':
    case 'payment.insert':
    case 'journal.insert':
    case 'journal.update':
    case 'creditMemo.insert':
    case 'creditMemo.update':
      return `Delete the entry of ${what}, linked ${link}.`;
    case 'invoice.update':
    case 'invoice.void':
      return `Restore the entry of ${what}, linked ${link}, to what it was before this batch.`;
    case 'payment.update':
      return `Delete the entry that applied ${what} to other invoices, linked ${link}. It moved no money.`;
    case 'warning.list':
      return `${what} was only noted in the journal. If you entered it yourself, delete that entry.`;
    default:
      return document satisfies never;
  }
}
