import { appliedTo } from '../books/books.ts';
import type { BookRecord } from '../books/records.ts';
import { faults } from '../faults.ts';
import { amount, cents } from '../money.ts';
import { applyMemoToOldest, trimApplied, unlinkPayments } from './apply.ts';
import { required, withoutUndefined } from './checks.ts';
import type { Kind } from './kind.ts';
import { needed, postSalesForm, salesFormLengths, settleSalesForm } from './sales-form.ts';

/** Credit memos: what customers are owed, until a payment applies it. Deleted, never voided. */
export const creditMemo: Kind = {
  name: 'CreditMemo',
  sort: 'transaction',
  sequence: 'transaction',
  queryable: [
    'Id',
    'DocNumber',
    'TxnDate',
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
    return settleSalesForm(books, sent, before);
  },
  post: (books, record) => [
    { account: needed(books, 'AccountsReceivable'), cents: -cents(record.TotalAmt), customer: record.CustomerRef?.value },
    ...postSalesForm(books, record, -1),
  ],
  follow(books, record, before) {
    const id = record?.Id ?? before?.Id ?? '';
    if (record === undefined) unlinkPayments(books, id);
    else if (cents(record.TotalAmt) < appliedTo(books, id)) trimApplied(books, id, cents(record.TotalAmt));
    if (record !== undefined && before === undefined && books.preferences.autoApplyCredit) applyMemoToOldest(books, record);
  },
  mayEnd(books, record) {
    if (appliedTo(books, record.Id) !== 0 && books.switches().invoiceWithPayments === 'refuse') {
      throw faults.business('You must unlink the payments of this transaction before you can change or delete it.');
    }
  },
  view(books, record) {
    const remaining = amount(cents(record.TotalAmt) - appliedTo(books, record.Id));
    return withoutUndefined({ ...record, RemainingCredit: remaining, Balance: remaining }) as BookRecord;
  },
};
