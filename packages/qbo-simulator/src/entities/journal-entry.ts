import type { Books } from '../books/books.ts';
import { recordOf } from '../books/books.ts';
import type { BookRecord, Line, Ref, Sent } from '../books/records.ts';
import { pacificDate } from '../clock.ts';
import { faults } from '../faults.ts';
import { amount, cents } from '../money.ts';
import { unlinkPayments } from './apply.ts';
import { follow, refTo, required, withoutUndefined } from './checks.ts';
import { currencyHere } from './currency.ts';
import type { Kind } from './kind.ts';

/** Journal entries: at least two lines that balance. Deleted, never voided. */
export const journalEntry: Kind = {
  name: 'JournalEntry',
  sort: 'transaction',
  sequence: 'transaction',
  queryable: ['Id', 'DocNumber', 'TxnDate', 'TotalAmt', 'MetaData.CreateTime', 'MetaData.LastUpdatedTime'],
  lengths: { DocNumber: 21, PrivateNote: 4000, 'Line.Description': 4000 },
  settle(books, sent, before) {
    const lines = (sent.Line ?? []).filter((line) => line.DetailType === 'JournalEntryLineDetail');
    if (sent.Line === undefined) throw faults.missing('Line');
    if (lines.length < 2) throw faults.business('Fill out at least two detail lines to continue.');
    const settled = lines.map((line) => settleLine(books, line, before));
    const sum = settled.reduce((total, line) => total + sideOf(line) * cents(line.Amount), 0);
    if (sum !== 0) throw faults.business('The debits and credits of a journal entry must balance.');
    return withoutUndefined({
      ...sent,
      TxnDate: sent.TxnDate ?? before?.TxnDate ?? pacificDate(books.clock.now()),
      CurrencyRef: currencyHere(books, sent, undefined),
      Adjustment: sent.Adjustment ?? false,
      Line: settled,
      TxnTaxDetail: {},
      TotalAmt: amount(settled.reduce((total, line) => total + (sideOf(line) > 0 ? cents(line.Amount) : 0), 0)),
    }) as Sent;
  },
  post: (books, record) =>
    (record.Line ?? []).map((line) => {
      const detail = line.JournalEntryLineDetail;
      const account = detail?.AccountRef?.value ?? '';
      const receivable = recordOf(books, 'Account', account)?.AccountType === 'Accounts Receivable';
      return {
        account,
        cents: sideOf(line) * cents(line.Amount),
        customer: receivable ? detail?.Entity?.EntityRef?.value : undefined,
      };
    }),
  mayEnd(books, record) {
    if ((books.applied.get(record.Id)?.size ?? 0) > 0 && books.switches().invoiceWithPayments === 'refuse') {
      throw faults.business('You must unlink the payments of this transaction before you can change or delete it.');
    }
  },
  follow(books, record, before) {
    if (before !== undefined && JSON.stringify(record?.Line) !== JSON.stringify(before.Line)) unlinkPayments(books, before.Id);
  },
  view: (_, record) => record as BookRecord,
};

function settleLine(books: Books, line: Line, before: BookRecord | undefined): Line {
  const detail = required('JournalEntryLineDetail', line.JournalEntryLineDetail);
  required('PostingType', detail.PostingType);
  const lineBefore = before?.Line?.find((one) => one.Id === line.Id)?.JournalEntryLineDetail;
  const account = follow(books, 'Account', required('AccountRef', detail.AccountRef), lineBefore?.AccountRef);
  if (cents(required('Amount', line.Amount)) < 0) throw faults.business('You must set a transaction amount.');
  const type = account?.AccountType;
  const entity = detail.Entity;
  if (type === 'Accounts Receivable' && entity?.Type !== 'Customer') {
    throw faults.business('When you use Accounts Receivable, you must choose a customer in the Name field.');
  }
  if (type === 'Accounts Payable' && entity?.Type !== 'Vendor') {
    throw faults.business('When you use Accounts Payable, you must choose a vendor in the Name field.');
  }
  const named = entity?.EntityRef === undefined ? undefined : follow(books, entity.Type ?? 'Customer', entity.EntityRef);
  if (type === 'Accounts Receivable' && named === undefined) {
    throw faults.business('When you use Accounts Receivable, you must choose a customer in the Name field.');
  }
  // Classes and locations are kept per line in a journal, whatever the mode of sales forms.
  const klass =
    books.preferences.classTracking === 'off' ? undefined : follow(books, 'Class', detail.ClassRef, lineBefore?.ClassRef);
  const department = books.preferences.trackDepartments ? follow(books, 'Department', detail.DepartmentRef) : undefined;
  return withoutUndefined({
    ...line,
    Amount: amount(cents(line.Amount)),
    JournalEntryLineDetail: withoutUndefined({
      ...detail,
      AccountRef: refTo(account) as Ref,
      Entity: named === undefined ? undefined : { Type: entity?.Type ?? 'Customer', EntityRef: refTo(named) as Ref },
      ClassRef: refTo(klass),
      DepartmentRef: refTo(department),
    }),
  }) as Line;
}

function sideOf(line: Line): 1 | -1 {
  return line.JournalEntryLineDetail?.PostingType === 'Debit' ? 1 : -1;
}
