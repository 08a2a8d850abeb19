import { type Problem, problem } from '../codes/problems.ts';
import { REFERRING } from './references.ts';
import type { Rule } from './rule.ts';
import { hasNumber, numberFits, SALES_RULES } from './sales-forms.ts';
import type { SalesSubject } from './sales-subject.ts';
import { staysInItsMonth } from './stays-in-month.ts';
import { cash, naming, removedSince } from './words.ts';

export const CREDIT_MEMO_RULES: readonly Rule<SalesSubject>[] = [
  memoIsNotRemoved,
  ...SALES_RULES,
  creditStaysUnapplied,
  staysInItsMonth,
];

/** A memo that balances a voided invoice repeats what is posted, which was checked when it was sent. */
export const VOIDING_MEMO_RULES: readonly Rule<SalesSubject>[] = [...REFERRING, hasNumber, numberFits, creditStaysUnapplied];

function memoIsNotRemoved({ record, document }: SalesSubject): Problem | undefined {
  return record.type === 'creditMemo' && record.status === 'removed' ? removedSince(record, document) : undefined;
}

function creditStaysUnapplied({ record, document }: SalesSubject): Problem | undefined {
  if (document.operation !== 'creditMemo.insert') return undefined;
  const invoice = document.invoiceId === undefined ? 'an invoice' : 'its invoice';
  if (document.kind === 'creditMemo' && document.applied !== undefined) {
    const text = `${naming(document)} of ${cash(document.total, document)} names the invoices that it is used for. Not every accounting system applies it: check it in the books.`;
    return problem('credit-unapplied', record, text);
  }
  const message = `${naming(document)} of ${cash(document.total, document)} is sent unapplied. Apply it to ${invoice} in the books.`;
  return problem('credit-unapplied', record, message);
}
