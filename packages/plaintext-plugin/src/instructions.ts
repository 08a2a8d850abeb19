import { amountOf, type Document, formatMoney, numberOf } from '@ledgerpost/core';
import { linkOf } from './accounts.ts';

/** What a person does with the journal. */
export const LOADING = [
  'Include the journal in your ledger: hledger, ledger and beancount read the same file.',
  'An entry that is marked with ! is a changed invoice as it stands now: delete the earlier entry with the same link (^invoice-…), then mark it with *.',
  'Lines that begin with TO DO are no entries: they list payments that you book by hand.',
].join(' ');

/** How a person finds out what became of a document. */
export const COMPARING =
  'Search your ledger for the document’s link (^invoice-…, ^payment-…) and compare: a file can’t be asked what became of it.';

/** What a person does, in general, to take a batch back. */
export const TAKING_BACK =
  'Nothing is taken out of your ledger by us: we only count the records as unbatched again. If the journal was included, take it out, or the listed entries, or they will be there twice after the next batch.';

/** What a person takes out for one document. */
export function handInstruction(document: Document): string {
  const link = `^${linkOf(document.record.type, document.record.id)}`;
  const who = document.customer ? ` of ${document.customer.name}` : '';
  const what = `${numberOf(document)} (${formatMoney(amountOf(document), document.currency)} ${document.currency})${who}`;
  switch (document.operation) {
    case 'invoice.insert':
    case 'payment.insert':
    case 'journal.insert':
    case 'creditMemo.insert':
      return `Delete the entry of ${what}, linked ${link}.`;
    case 'invoice.update':
    case 'invoice.void':
      return `Put the entry of ${what}, linked ${link}, back to what it was before this batch.`;
    case 'payment.update':
      return `Delete the entry that applied ${what} anew, linked ${link}; it moved no money.`;
    case 'warning.list':
      return `${what} was only noted in the journal; if you booked it by hand, delete that entry.`;
    default:
      return document satisfies never;
  }
}
