import { showMoney } from '../values/money.ts';
import { amountOf, type Document, numberOf } from './documents.ts';

/** A document in one line, for people: "Invoice 10427 for Amy's Bird Sanctuary, $188.76". */
export function describe(document: Document, currency: string): string {
  const number = numberOf(document);
  const customer = document.customer?.name ?? 'an unknown customer';
  const amount = showMoney(amountOf(document), currency);
  switch (document.kind) {
    case 'invoice':
      return `Invoice ${number} for ${customer}, ${amount}`;
    case 'creditMemo':
      return `Credit memo ${number} for ${customer}, ${amount}`;
    case 'payment':
      return `Payment ${number} from ${customer}, ${amount}`;
    case 'journal':
      return `Journal ${number} for a refund to ${customer}, ${amount}`;
    case 'warning':
      return document.record.type === 'refund'
        ? `Refund ${number} to ${customer}, ${amount}, to enter manually`
        : `Payment ${number} from ${customer}, ${amount}, to apply manually`;
    default:
      return document satisfies never;
  }
}
