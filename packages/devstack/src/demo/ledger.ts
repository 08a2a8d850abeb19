import { toMoney } from '@ledgerpost/core';
import type { LedgerAnswer } from './answers.ts';

/** Account → balance in cents, debits positive. Accounts with a zero balance are left out. */
export type Ledger = ReadonlyMap<string, number>;

/** The books' names of the accounts that they choose themselves. */
export interface OwnAccounts {
  readonly receivable: string;
  readonly tax: string;
  readonly deposit: string;
}

/** What changed from one ledger to another. */
export function changeBetween(before: Ledger, after: Ledger): Ledger {
  return without0([...new Set([...before.keys(), ...after.keys()])].map((name) => [name, at(after, name) - at(before, name)]));
}

/** Where two ledgers differ, in sentences. */
export function disagreements(books: Ledger, expected: Ledger, what: string): string[] {
  return [...changeBetween(expected, books)].map(
    ([account, off]) =>
      `${account}: the books hold ${at(books, account)} cents, and ${what} ${at(expected, account)} (${off > 0 ? '+' : ''}${off}).`,
  );
}

/** The change that the API reports for a batch, with the books' own names for the accounts that they choose. */
export function changeByBatch(entries: LedgerAnswer['entries'], own: OwnAccounts): Ledger {
  return without0(
    entries.map(({ role, account, amount }) => [account ?? (role in own ? own[role as keyof OwnAccounts] : role), amount]),
  );
}

function without0(entries: readonly (readonly [account: string, cents: number])[]): Ledger {
  const sums = new Map<string, number>();
  for (const [account, cents] of entries) sums.set(account, toMoney(at(sums, account) + cents));
  return new Map([...sums].filter(([, cents]) => cents !== 0));
}

function at(ledger: Ledger, account: string): number {
  return ledger.get(account) ?? 0;
}
