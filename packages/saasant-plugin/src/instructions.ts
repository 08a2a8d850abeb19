import { amountOf, type Document, numberOf, showMoney } from '@ledgerpost/core';

/** How a person loads the files. */
export const LOADING = [
  'Load the files into SaasAnt Transactions in the order of their numbers. Skip files that have only headers.',
  'In SaasAnt’s import settings, choose the date format that is set here, use the transaction numbers from the file, and turn off automatic suggestions.',
  'For insert files, reject numbers that are already in QuickBooks, with a warning.',
  'For update files, match by reference number and replace the whole transaction.',
  'Don’t load the Warnings file: it lists payments that you apply in QuickBooks yourself.',
  'When all files are loaded, confirm the batch as loaded.',
].join(' ');

/** How a person undoes a batch, in general. */
export const TAKING_BACK =
  'Undo does not change QuickBooks: it only makes the records unbatched again. If the files were already loaded, first delete or restore the listed documents in QuickBooks. Otherwise the next batch adds them a second time.';

/** What a person does in QuickBooks to undo one document. */
export function handInstruction(document: Document): string {
  const customer = document.customer ? ` of ${document.customer.name}` : '';
  const money = showMoney(amountOf(document), document.currency);
  const what = `${numberOf(document)} (${money})${customer}`;
  switch (document.operation) {
    case 'invoice.insert':
      return `Delete invoice ${what} in QuickBooks.`;
    case 'invoice.update':
    case 'invoice.void':
      return `Restore invoice ${what} in QuickBooks to what it was before this batch.`;
    case 'payment.insert':
      return `Delete payment ${what} in QuickBooks.${document.fee === undefined ? '' : ` Delete journal entry ${document.fee.number} of its card fee too.`}`;
    case 'payment.update':
      return `Apply payment ${what} in QuickBooks to the invoices it was on before this batch. This batch applied it to ${appliedTo(document.applied)}.`;
    case 'journal.insert':
    case 'journal.update':
      return `Delete journal entry ${what} in QuickBooks.`;
    case 'creditMemo.insert':
    case 'creditMemo.update':
      return `Delete credit memo ${what} in QuickBooks.`;
    case 'warning.list':
      return `Payment ${what} was only listed in the Warnings file. If you entered it in QuickBooks, delete it there.`;
    default:
      return document satisfies never;
  }
}

function appliedTo(parts: readonly { readonly invoiceNumber: string }[]): string {
  return parts.length === 0 ? 'no invoice' : parts.map((part) => `invoice ${part.invoiceNumber}`).join(', ');
}
