import { type Books, openItem, recordOf } from '../books/books.ts';
import type { BookRecord, Line, Ref } from '../books/records.ts';
import { pacificDate } from '../clock.ts';
import { faults } from '../faults.ts';
import { amount, cents } from '../money.ts';
import { indexPayment, unappliedOf } from './apply.ts';
import { follow, refTo, required, withoutUndefined } from './checks.ts';
import { currencyHere } from './currency.ts';
import type { Kind } from './kind.ts';
import { departmentHere, needed, voidedNote } from './sales-form.ts';

/** Payments: money received, applied to invoices by its lines, or waiting. */
export const payment: Kind = {
  name: 'Payment',
  sort: 'transaction',
  sequence: 'transaction',
  canVoid: true,
  // UnappliedAmt is returned, but refused in a query.
  queryable: [
    'Id',
    'TxnDate',
    'CustomerRef',
    'TotalAmt',
    'PaymentRefNum',
    'PaymentMethodRef',
    'MetaData.CreateTime',
    'MetaData.LastUpdatedTime',
  ],
  lengths: { DocNumber: 21, PaymentRefNum: 21, PrivateNote: 4000 },
  settle(books, sent, before) {
    required('TotalAmt', sent.TotalAmt);
    const customer = follow(books, 'Customer', required('CustomerRef', sent.CustomerRef), before?.CustomerRef);
    const method = follow(books, 'PaymentMethod', sent.PaymentMethodRef as Ref | undefined);
    const account = follow(books, 'Account', sent.DepositToAccountRef ?? { value: needed(books, 'UndepositedFunds') });
    if (account?.AccountType !== 'Bank' && account?.AccountType !== 'Other Current Asset') {
      throw faults.business('You need to select a different type of account for this transaction.');
    }
    const department = departmentHere(books, sent.DepartmentRef);
    follow(books, 'Department', department, before?.DepartmentRef);
    if (cents(sent.TotalAmt) < 0) throw faults.business('Transaction amount must be 0 or greater.');
    const lines = settleLines(books, sent.Line ?? [], customer?.Id ?? '', before?.Id);
    const settled = lines.reduce(
      (sum, { side, line }) => sum + (side === 'credit' ? -cents(line.Amount) : cents(line.Amount)),
      0,
    );
    if (settled > cents(sent.TotalAmt)) {
      throw faults.business('The amount applied is greater than payment or refund amount.');
    }
    return withoutUndefined({
      ...sent,
      TxnDate: sent.TxnDate ?? before?.TxnDate ?? pacificDate(books.clock.now()),
      CurrencyRef: currencyHere(books, sent, customer),
      CustomerRef: refTo(customer),
      PaymentMethodRef: method === undefined ? undefined : { value: method.Id },
      DepositToAccountRef: { value: account.Id },
      DepartmentRef: refTo(recordOf(books, 'Department', department?.value)),
      TotalAmt: amount(cents(sent.TotalAmt)),
      ProcessPayment: sent.ProcessPayment ?? false,
      Line: lines.map(({ line }) => line),
    });
  },
  post: (books, record) => [
    { account: record.DepositToAccountRef?.value ?? needed(books, 'UndepositedFunds'), cents: cents(record.TotalAmt) },
    { account: needed(books, 'AccountsReceivable'), cents: -cents(record.TotalAmt), customer: record.CustomerRef?.value },
  ],
  mayEnd(books, record) {
    if (books.depositedIn.has(record.Id)) throw faults.deposited();
  },
  voided: (_, record) => ({ ...record, PrivateNote: voidedNote(record), TotalAmt: 0, Line: [] }),
  follow: indexPayment,
  view(books, record) {
    const deposit = books.depositedIn.get(record.Id);
    return withoutUndefined({
      ...record,
      UnappliedAmt: amount(unappliedOf(books, record)),
      LinkedTxn: deposit === undefined ? undefined : [{ TxnId: deposit, TxnType: 'Deposit' }],
      Line: (record.Line ?? []).map((line) => tellLine(books, line, record.Id)),
    }) as BookRecord;
  },
};

function settleLines(books: Books, lines: readonly Line[], customer: string, self: string | undefined) {
  const used = new Map<string, number>();
  return lines.flatMap((line) => {
    const linked = required('LinkedTxn', line.LinkedTxn?.[0]);
    const id = required('TxnId', linked.TxnId);
    const item = openItem(books, id, self);
    if (item === undefined) throw faults.notFound();
    if (item.kind !== required('TxnType', linked.TxnType)) throw faults.cannotLink(id);
    // Another customer's invoice isn't settled: the amount stays unapplied.
    if (item.customer !== customer && !paysFor(books, customer, item.customer)) return [];
    const asked = cents(required('Amount', line.Amount));
    const open = item.open - (used.get(id) ?? 0);
    if (asked > open && books.switches().paymentOverBalance === 'refuse') {
      throw faults.business('The amount applied is greater than the open balance of the transaction.');
    }
    const taken = Math.min(asked, open);
    used.set(id, (used.get(id) ?? 0) + taken);
    if (taken <= 0) return [];
    return [{ side: item.side, line: { Amount: amount(taken), LinkedTxn: [{ TxnId: id, TxnType: item.kind }] } as Line }];
  });
}

/** Whether a customer is above another. */
function paysFor(books: Books, payer: string, customer: string): boolean {
  if (books.switches().parentPayments === 'dropped') return false;
  let one = recordOf(books, 'Customer', customer);
  for (let level = 0; one !== undefined && level < 5; level++) {
    const parent = (one.ParentRef as Ref | undefined)?.value;
    if (parent === undefined) return false;
    if (parent === payer) return true;
    one = recordOf(books, 'Customer', parent);
  }
  return false;
}

function tellLine(books: Books, line: Line, self: string): Line {
  const linked = line.LinkedTxn?.[0];
  const record = recordOf(books, linked?.TxnType ?? '', linked?.TxnId);
  // As on the screen of this payment: open before it.
  const open = openItem(books, linked?.TxnId ?? '', self)?.open ?? 0;
  const facts: [string, string | undefined][] = [
    ['txnId', linked?.TxnId],
    ['txnOpenBalance', decimals(open)],
    ['txnReferenceNumber', record?.DocNumber],
  ];
  return {
    ...line,
    LineEx: {
      any: facts
        .filter(([, value]) => value !== undefined)
        .map(([Name, Value]) => ({
          name: '{http://schema.intuit.com/finance/v3}NameValue',
          nil: false,
          value: { Name, Value },
          declaredType: 'com.intuit.schema.finance.v3.NameValue',
          scope: 'javax.xml.bind.JAXBElement$GlobalScope',
          globalScope: true,
          typeSubstituted: false,
        })),
    },
  };
}

function decimals(wholeCents: number): string {
  const digits = String(Math.abs(wholeCents)).padStart(3, '0');
  return `${wholeCents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
