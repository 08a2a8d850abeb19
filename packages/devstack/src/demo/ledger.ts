import { toMoney } from '@ledgerpost/core';
import type { LedgerAnswer } from './answers.ts';

/** Account → what it holds, in cents; debit positive. An account that holds nothing is left out. */
export type Ledger = ReadonlyMap<string, number>;

/** What the books call the accounts that they book on by themselves. */
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
      `${account}: the books say ${at(books, account)} cents, and ${what} ${at(expected, account)} (${off > 0 ? '+' : ''}${off}).`,
  );
}

/** What the API says a batch did to the books, with the names that the books have for accounts that it leaves to them. */
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
