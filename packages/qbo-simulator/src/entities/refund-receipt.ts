import { recordOf } from '../books/books.ts';
import type { BookRecord } from '../books/records.ts';
import { faults } from '../faults.ts';
import { cents } from '../money.ts';
import { follow, refTo, required, withoutUndefined } from './checks.ts';
import type { Kind } from './kind.ts';
import { postSalesForm, salesFormLengths, settleSalesForm } from './sales-form.ts';

/** Refund receipts: money given back, out of a bank account. Deleted, never voided. */
export const refundReceipt: Kind = {
  name: 'RefundReceipt',
  sort: 'transaction',
  sequence: 'transaction',
  queryable: ['Id', 'DocNumber', 'TxnDate', 'CustomerRef', 'TotalAmt', 'MetaData.CreateTime', 'MetaData.LastUpdatedTime'],
  lengths: salesFormLengths,
  settle(books, sent, before) {
    if (sent.Line === undefined || sent.Line.length === 0) throw faults.missing('Line');
    const account = follow(
      books,
      'Account',
      required('DepositToAccountRef', sent.DepositToAccountRef),
      before?.DepositToAccountRef,
    );
    if (account?.AccountType !== 'Bank' && account?.AccountType !== 'Other Current Asset') {
      throw faults.business('You need to select a different type of account for this transaction.');
    }
    return withoutUndefined({ ...settleSalesForm(books, sent, before), DepositToAccountRef: refTo(account) });
  },
  post: (books, record) => [
    { account: recordOf(books, 'Account', record.DepositToAccountRef?.value)?.Id ?? '', cents: -cents(record.TotalAmt) },
    ...postSalesForm(books, record, -1),
  ],
  view: (_, record) => ({ ...record, Balance: 0 }) as BookRecord,
};
