import { appliedTo, type Books, recordOf } from '../books/books.ts';
import type { BookRecord, Ref } from '../books/records.ts';
import { daysAfter } from '../clock.ts';
import { faults } from '../faults.ts';
import { amount, cents } from '../money.ts';
import { applyCredits, trimApplied, unlinkPayments } from './apply.ts';
import { required, withoutUndefined } from './checks.ts';
import type { Kind } from './kind.ts';
import { needed, postSalesForm, salesFormLengths, settleSalesForm, voidedSalesForm } from './sales-form.ts';

/** Invoices: what customers owe. */
export const invoice: Kind = {
  name: 'Invoice',
  sort: 'transaction',
  sequence: 'transaction',
  canVoid: true,
  queryable: [
    'Id',
    'DocNumber',
    'TxnDate',
    'DueDate',
    'CustomerRef',
    'TotalAmt',
    'Balance',
    'MetaData.CreateTime',
    'MetaData.LastUpdatedTime',
  ],
  lengths: salesFormLengths,
  settle(books, sent, before) {
    required('CustomerRef', sent.CustomerRef);
    if (sent.Line === undefined || sent.Line.length === 0) throw faults.missing('Line');
    const form = settleSalesForm(books, sent, before);
    const flags = ['AllowIPNPayment', 'AllowOnlinePayment', 'AllowOnlineCreditCardPayment', 'AllowOnlineACHPayment'];
    return {
      ...Object.fromEntries(flags.map((flag) => [flag, sent[flag] ?? false])),
      ...form,
      DueDate: (sent.DueDate as string | undefined) ?? dueDate(books, form as BookRecord),
    };
  },
  post: (books, record) => [
    { account: needed(books, 'AccountsReceivable'), cents: cents(record.TotalAmt), customer: record.CustomerRef?.value },
    ...postSalesForm(books, record, 1),
  ],
  mayEnd(books, record) {
    if (appliedTo(books, record.Id) === 0) return;
    if (books.switches().invoiceWithPayments === 'refuse') {
      throw faults.business('You must unlink the payments of this transaction before you can change or delete it.');
    }
  },
  voided: (_, record) => voidedSalesForm(record),
  follow(books, record, before) {
    const id = record?.Id ?? before?.Id ?? '';
    if (record === undefined || record.CustomerRef?.value !== (before ?? record).CustomerRef?.value) unlinkPayments(books, id);
    else if (cents(record.TotalAmt) < appliedTo(books, id)) trimApplied(books, id, cents(record.TotalAmt));
    if (record !== undefined && before === undefined && books.preferences.autoApplyCredit) applyCredits(books, record);
  },
  view: (books, record) =>
    withoutUndefined({
      ...record,
      LinkedTxn: [...(books.applied.get(record.Id)?.keys() ?? [])].map((payment) => ({ TxnId: payment, TxnType: 'Payment' })),
      Balance: amount(cents(record.TotalAmt) - appliedTo(books, record.Id)),
    }) as BookRecord,
};

function dueDate(books: Books, form: BookRecord): string {
  const term = recordOf(books, 'Term', (form.SalesTermRef as Ref | undefined)?.value);
  return daysAfter(form.TxnDate ?? '1970-01-01', Number(term?.DueDays ?? books.preferences.termDays));
}
