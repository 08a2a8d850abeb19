import { amountOf, type Document, formatMoney, numberOf } from '@ledgerpost/core';

/** What a person does with the files. */
export const LOADING = [
  'Load the files into SaasAnt Transactions one after the other, in the order of their numbers; a file with headers alone can be passed over.',
  'In SaasAnt’s import settings choose the same date format as in the settings here, and let it assign transaction numbers from the file.',
  'Load inserts so that a number that is in the books already is refused with a warning; load updates so that they are matched by reference number and replaced as a whole.',
  'The Warnings file is not loaded: it lists payments that you apply by hand in QuickBooks.',
].join(' ');

/** What a person does, in general, to take a batch back. */
export const TAKING_BACK =
  'Nothing is taken out of QuickBooks by us: we only count the records as unbatched again. If the files were loaded, take the listed documents out of QuickBooks first, or they will be there twice after the next batch.';

/** What a person takes out of QuickBooks for one document. */
export function handInstruction(document: Document): string {
  const who = document.customer ? ` of ${document.customer.name}` : '';
  const money = `${formatMoney(amountOf(document), document.currency)} ${document.currency}`;
  const what = `${numberOf(document)} (${money})${who}`;
  switch (document.operation) {
    case 'invoice.insert':
      return `Delete invoice ${what} in QuickBooks.`;
    case 'invoice.update':
    case 'invoice.void':
      return `Put invoice ${what} in QuickBooks back to what it was before this batch.`;
    case 'payment.insert':
      return `Delete payment ${what} in QuickBooks.`;
    case 'payment.update':
      return `Put payment ${what} in QuickBooks back to the invoices it was applied to before this batch; this batch applied it to ${appliedTo(document.applied)}.`;
    case 'journal.insert':
      return `Delete journal entry ${what} in QuickBooks.`;
    case 'creditMemo.insert':
      return `Delete credit memo ${what} in QuickBooks.`;
    case 'warning.list':
      return `Payment ${what} was only listed in the Warnings file; if you entered it by hand in QuickBooks, delete it there.`;
    default:
      return document satisfies never;
  }
}

function appliedTo(parts: readonly { readonly invoiceNumber: string }[]): string {
  return parts.length === 0 ? 'no invoice' : parts.map((part) => `invoice ${part.invoiceNumber}`).join(', ');
}
