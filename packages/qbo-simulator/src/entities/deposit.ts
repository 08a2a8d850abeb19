import { type Books, recordOf, touchRecord } from '../books/books.ts';
import type { Entry } from '../books/ledger.ts';
import type { BookRecord, Line, Sent } from '../books/records.ts';
import { pacificDate } from '../clock.ts';
import { faults } from '../faults.ts';
import { amount, cents } from '../money.ts';
import { follow, refTo, required, withoutUndefined } from './checks.ts';
import { currencyRef, homeCurrency } from './currency.ts';
import type { Kind } from './kind.ts';

/** Bank deposits: payments taken out of Undeposited Funds, and other lines. */
export const deposit: Kind = {
  name: 'Deposit',
  sort: 'transaction',
  sequence: 'transaction',
  queryable: ['Id', 'DocNumber', 'TxnDate', 'DepositToAccountRef', 'TotalAmt', 'MetaData.CreateTime', 'MetaData.LastUpdatedTime'],
  lengths: { DocNumber: 21, PrivateNote: 4000, 'Line.Description': 4000 },
  settle(books, sent, before) {
    const account = follow(
      books,
      'Account',
      required('DepositToAccountRef', sent.DepositToAccountRef),
      before?.DepositToAccountRef,
    );
    if (account?.AccountType !== 'Bank' && account?.AccountType !== 'Other Current Asset') {
      throw faults.business('You need to select a different type of account for this transaction.');
    }
    const lines = (sent.Line ?? []).map((line) => settleLine(books, line, before?.Id));
    if (lines.length === 0) throw faults.missing('Line');
    return withoutUndefined({
      ...sent,
      TxnDate: sent.TxnDate ?? before?.TxnDate ?? pacificDate(books.clock.now()),
      CurrencyRef: currencyRef(homeCurrency(books)),
      DepositToAccountRef: refTo(account),
      Line: lines,
      TotalAmt: amount(lines.reduce((sum, line) => sum + cents(line.Amount), 0)),
    }) as Sent;
  },
  post: (books, record) => [
    { account: record.DepositToAccountRef?.value ?? '', cents: cents(record.TotalAmt) },
    ...(record.Line ?? []).map((line): Entry => {
      const payment = paymentOf(books, line);
      if (payment !== undefined) return { account: payment.DepositToAccountRef?.value ?? '', cents: -cents(line.Amount) };
      return {
        account: line.DepositLineDetail?.AccountRef?.value ?? '',
        cents: -cents(line.Amount),
        customer: line.DepositLineDetail?.Entity?.value,
      };
    }),
  ],
  follow(books, record, before) {
    const held = new Set((record?.Line ?? []).map((line) => paymentOf(books, line)?.Id));
    for (const line of before?.Line ?? []) {
      const id = line.LinkedTxn?.[0]?.TxnId ?? '';
      if (!held.has(id) && books.depositedIn.delete(id)) touchRecord(books, 'Payment', id);
    }
    for (const id of held) {
      if (id === undefined || record === undefined || books.depositedIn.get(id) === record.Id) continue;
      books.depositedIn.set(id, record.Id);
      touchRecord(books, 'Payment', id);
    }
  },
  view: (_, record) => record as BookRecord,
};

function settleLine(books: Books, line: Line, self: string | undefined): Line {
  const linked = line.LinkedTxn?.[0];
  if (linked === undefined) {
    const detail = required('DepositLineDetail', line.DepositLineDetail);
    const account = follow(books, 'Account', required('AccountRef', detail.AccountRef));
    if (account?.AccountType === 'Accounts Receivable' && detail.Entity === undefined) {
      throw faults.business('When you use Accounts Receivable, you must choose a customer in the Name field.');
    }
    required('Amount', line.Amount);
    return { ...line, DetailType: 'DepositLineDetail' };
  }
  const payment = recordOf(books, 'Payment', linked.TxnId);
  if (payment === undefined) throw faults.notFound();
  const where = books.depositedIn.get(payment.Id);
  if (where !== undefined && where !== self) throw faults.cannotLink(payment.Id);
  return { ...line, Amount: payment.TotalAmt ?? 0, LinkedTxn: [{ TxnId: payment.Id, TxnType: 'Payment', TxnLineId: '0' }] };
}

function paymentOf(books: Books, line: Line): BookRecord | undefined {
  return recordOf(books, 'Payment', line.LinkedTxn?.[0]?.TxnId);
}
