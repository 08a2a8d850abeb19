import { appliedTo, type Books, openItem, putRecord, recordOf, recordsOf, takeId, touchRecord } from '../books/books.ts';
import type { BookRecord, Line } from '../books/records.ts';
import { metaTime, pacificDate } from '../clock.ts';
import { amount, cents } from '../money.ts';
import { refTo } from './checks.ts';

/** Cents that a payment's lines settle: the debts they reduce, less the credits they use. */
export function settledBy(books: Books, payment: Pick<BookRecord, 'Line'>): number {
  let sum = 0;
  for (const line of payment.Line ?? []) {
    const item = openItem(books, line.LinkedTxn?.[0]?.TxnId ?? '');
    sum += item?.side === 'credit' ? -cents(line.Amount) : cents(line.Amount);
  }
  return sum;
}

/** Cents of a payment that settle nothing yet. */
export function unappliedOf(books: Books, payment: BookRecord): number {
  return cents(payment.TotalAmt) - settledBy(books, payment);
}

/** Keeps the index of what is applied to what in step with a payment's lines. */
export function indexPayment(books: Books, payment: BookRecord | undefined, before: BookRecord | undefined): void {
  const id = payment?.Id ?? before?.Id ?? '';
  const changed = new Map<string, number>();
  for (const [transaction, cent] of linesOf(before)) changed.set(transaction, (changed.get(transaction) ?? 0) - cent);
  for (const [transaction, cent] of linesOf(payment)) changed.set(transaction, (changed.get(transaction) ?? 0) + cent);
  for (const [transaction] of linesOf(before)) books.applied.get(transaction)?.delete(id);
  for (const [transaction, cent] of linesOf(payment)) {
    const payments = books.applied.get(transaction) ?? new Map<string, number>();
    books.applied.set(transaction, payments.set(id, (payments.get(id) ?? 0) + cent));
  }
  for (const [transaction, difference] of changed) {
    const kind = ['Invoice', 'CreditMemo', 'JournalEntry'].find((name) => recordOf(books, name, transaction) !== undefined);
    if (difference !== 0 && kind !== undefined) touchRecord(books, kind, transaction);
  }
}

/** Takes a transaction out of all payments that settle it: their amounts become unapplied. */
export function unlinkPayments(books: Books, transaction: string): void {
  trimApplied(books, transaction, 0);
}

/** Reduces what is applied to a transaction to so many cents, the latest payment first. */
export function trimApplied(books: Books, transaction: string, most: number): void {
  for (const id of [...(books.applied.get(transaction)?.keys() ?? [])].reverse()) {
    const over = appliedTo(books, transaction) - most;
    const payment = recordOf(books, 'Payment', id);
    if (over <= 0 || payment === undefined) return;
    relink(books, payment, (lines) => {
      let left = over;
      return lines.flatMap((line) => {
        if (line.LinkedTxn?.[0]?.TxnId !== transaction) return [line];
        const taken = Math.min(left, cents(line.Amount));
        left -= taken;
        return taken === cents(line.Amount) ? [] : [{ ...line, Amount: amount(cents(line.Amount) - taken) }];
      });
    });
  }
}

/** What AutoApplyCredit does with a new invoice: unapplied payments first, then credit memos by a payment of zero. */
export function applyCredits(books: Books, invoice: BookRecord): void {
  const customer = invoice.CustomerRef?.value;
  const open = () => cents(invoice.TotalAmt) - appliedTo(books, invoice.Id);
  for (const payment of recordsOf(books, 'Payment')) {
    if (open() <= 0) return;
    if (payment.CustomerRef?.value !== customer || books.depositedIn.has(payment.Id)) continue;
    const free = Math.min(unappliedOf(books, payment), open());
    if (free > 0) relink(books, payment, (lines) => [...lines, link(free, 'Invoice', invoice.Id)]);
  }
  for (const memo of recordsOf(books, 'CreditMemo')) {
    if (memo.CustomerRef?.value === customer) applyMemo(books, memo, invoice);
  }
}

/** What AutoApplyCredit does with a new credit memo: open invoices of the customer, oldest first. */
export function applyMemoToOldest(books: Books, memo: BookRecord): void {
  for (const invoice of recordsOf(books, 'Invoice')) {
    if (invoice.CustomerRef?.value === memo.CustomerRef?.value) applyMemo(books, memo, invoice);
  }
}

function applyMemo(books: Books, memo: BookRecord, invoice: BookRecord): void {
  const credit = cents(memo.TotalAmt) - appliedTo(books, memo.Id);
  const open = cents(invoice.TotalAmt) - appliedTo(books, invoice.Id);
  const used = Math.min(credit, open);
  if (used <= 0) return;
  const now = metaTime(books.clock.now());
  const payment: BookRecord = {
    Id: takeId(books, 'transaction'),
    SyncToken: '0',
    domain: 'QBO',
    sparse: false,
    MetaData: { CreateTime: now, LastUpdatedTime: now },
    TxnDate: pacificDate(books.clock.now()),
    CurrencyRef: memo.CurrencyRef,
    CustomerRef: refTo(recordOf(books, 'Customer', memo.CustomerRef?.value)) ?? { value: '' },
    PrivateNote: 'Created by QB Online to link credits to charges.',
    TotalAmt: 0,
    ProcessPayment: false,
    Line: [link(used, 'Invoice', invoice.Id), link(used, 'CreditMemo', memo.Id)],
  };
  putRecord(books, 'Payment', payment);
  indexPayment(books, payment, undefined);
}

function relink(books: Books, payment: BookRecord, change: (lines: Line[]) => Line[]): void {
  const changed = { ...payment, Line: change(payment.Line ?? []) };
  putRecord(books, 'Payment', changed);
  touchRecord(books, 'Payment', payment.Id);
  indexPayment(books, changed, payment);
}

function link(applied: number, kind: string, id: string): Line {
  return { Amount: amount(applied), LinkedTxn: [{ TxnId: id, TxnType: kind }] };
}

function linesOf(payment: BookRecord | undefined): [string, number][] {
  return (payment?.Line ?? []).map((line) => [line.LinkedTxn?.[0]?.TxnId ?? '', cents(line.Amount)]);
}
