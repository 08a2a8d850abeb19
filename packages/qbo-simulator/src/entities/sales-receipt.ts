import { recordOf } from '../books/books.ts';
import type { BookRecord } from '../books/records.ts';
import { faults } from '../faults.ts';
import { cents } from '../money.ts';
import { follow, refTo, withoutUndefined } from './checks.ts';
import type { Kind } from './kind.ts';
import { needed, postSalesForm, salesFormLengths, settleSalesForm, voidedSalesForm } from './sales-form.ts';

/** Sales receipts: sales that are paid at once, into a bank account or Undeposited Funds. */
export const salesReceipt: Kind = {
  name: 'SalesReceipt',
  sort: 'transaction',
  sequence: 'transaction',
  canVoid: true,
  queryable: ['Id', 'DocNumber', 'TxnDate', 'CustomerRef', 'TotalAmt', 'MetaData.CreateTime', 'MetaData.LastUpdatedTime'],
  lengths: salesFormLengths,
  settle(books, sent, before) {
    if (sent.Line === undefined || sent.Line.length === 0) throw faults.missing('Line');
    const ref = sent.DepositToAccountRef ?? { value: needed(books, 'UndepositedFunds') };
    const account = follow(books, 'Account', ref, before?.DepositToAccountRef);
    if (account?.AccountType !== 'Bank' && account?.AccountType !== 'Other Current Asset') {
      throw faults.business('You need to select a different type of account for this transaction.');
    }
    return withoutUndefined({ ...settleSalesForm(books, sent, before), DepositToAccountRef: refTo(account) });
  },
  post: (books, record) => [
    { account: recordOf(books, 'Account', record.DepositToAccountRef?.value)?.Id ?? '', cents: cents(record.TotalAmt) },
    ...postSalesForm(books, record, 1),
  ],
  voided: (_, record) => voidedSalesForm(record),
  view: (_, record) => ({ ...record, Balance: 0 }) as BookRecord,
};
