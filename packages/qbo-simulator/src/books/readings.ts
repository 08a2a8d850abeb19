import { kindNamed } from '../entities/kinds.ts';
import { amount } from '../money.ts';
import { type Books, recordOf, recordsOf } from './books.ts';

export interface TrialBalanceRow {
  account: string;
  debit: number;
  credit: number;
}

/** Accounts with a balance, in the chart's order, and both sums: always equal. */
export function trialBalance(books: Books): { rows: TrialBalanceRow[]; debit: number; credit: number } {
  const rows = recordsOf(books, 'Account').flatMap((account) => {
    const cents = books.ledger.balanceOf(account.Id);
    if (cents === 0) return [];
    const name = account.FullyQualifiedName ?? account.Name ?? account.Id;
    return [{ account: name, debit: amount(Math.max(cents, 0)), credit: amount(Math.max(-cents, 0)) }];
  });
  const cents = [...books.ledger.balances().values()];
  const debit = amount(cents.reduce((sum, one) => sum + Math.max(one, 0), 0));
  return { rows, debit, credit: amount(cents.reduce((sum, one) => sum + Math.max(-one, 0), 0)) };
}

/** What each customer owes, by name; negative where the books owe. */
export function receivables(books: Books): { customer: string; id: string; owed: number }[] {
  return [...books.ledger.receivables()].map(([id, cents]) => ({
    customer: recordOf(books, 'Customer', id)?.DisplayName ?? id,
    id,
    owed: amount(cents),
  }));
}

/** Balance of one account by full name or id, debit positive. Throws when the chart has no such account. */
export function balanceOf(books: Books, account: string): number {
  const found = recordsOf(books, 'Account').find((one) => one.FullyQualifiedName === account || one.Id === account);
  if (found === undefined) throw new Error(`There is no account ${account}.`);
  return amount(books.ledger.balanceOf(found.Id));
}

/** What every transaction has posted, by account name. */
export function journal(
  books: Books,
): { transaction: string; entries: { account: string; amount: number; customer?: string }[] }[] {
  return [...books.ledger.transactions()].map(([transaction, entries]) => ({
    transaction,
    entries: entries.map((entry) => ({
      account: recordOf(books, 'Account', entry.account)?.FullyQualifiedName ?? entry.account,
      amount: amount(entry.cents),
      ...(entry.customer === undefined ? {} : { customer: entry.customer }),
    })),
  }));
}

/** All records of a kind as the API returns them, including inactive ones. */
export function recordsTold(books: Books, entity: string): Record<string, unknown>[] {
  const kind = kindNamed(entity);
  if (kind === undefined) throw new Error(`${entity} is not a kind of record.`);
  return recordsOf(books, entity).map((record) => kind.view(books, record));
}
