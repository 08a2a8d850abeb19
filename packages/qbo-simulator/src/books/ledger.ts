import { amount } from '../money.ts';

/** One side of a posting: cents, debit positive, credit negative. On Accounts Receivable it names the customer. */
export interface Entry {
  readonly account: string;
  readonly cents: number;
  readonly customer?: string | undefined;
}

/** Double-entry books under the documents. Every change balances or is refused. */
export interface Ledger {
  /** Replaces what a transaction has posted; an empty list removes it. Throws when the entries don't balance. */
  post(transaction: string, entries: readonly Entry[]): void;
  entriesOf(transaction: string): readonly Entry[];
  /** Cents of an account, debit positive. */
  balanceOf(account: string): number;
  /** Cents a customer owes by Accounts Receivable; negative when the books owe the customer. */
  owedBy(customer: string): number;
  /** Cents by account id, accounts without a balance left out. */
  balances(): ReadonlyMap<string, number>;
  /** Cents by customer id, customers without a balance left out. */
  receivables(): ReadonlyMap<string, number>;
  /** Every transaction with its entries. */
  transactions(): ReadonlyMap<string, readonly Entry[]>;
  /** Moves one customer's entries to another, as a merge in the books does. */
  moveCustomer(from: string, to: string): void;
}

/** An empty ledger. `isReceivable` returns true for accounts whose entries must name a customer. */
export function createLedger(isReceivable: (account: string) => boolean): Ledger {
  const posted = new Map<string, readonly Entry[]>();
  const accounts = new Map<string, number>();
  const customers = new Map<string, number>();

  const add = (map: Map<string, number>, key: string, cents: number) => {
    const sum = (map.get(key) ?? 0) + cents;
    if (sum === 0) map.delete(key);
    else map.set(key, sum);
  };
  const apply = (entries: readonly Entry[], sign: 1 | -1) => {
    for (const entry of entries) {
      add(accounts, entry.account, sign * entry.cents);
      if (isReceivable(entry.account) && entry.customer !== undefined) add(customers, entry.customer, sign * entry.cents);
    }
  };
  const post = (transaction: string, entries: readonly Entry[]) => {
    const kept = entries.filter((entry) => entry.cents !== 0);
    checkEntries(transaction, kept, isReceivable);
    apply(posted.get(transaction) ?? [], -1);
    apply(kept, 1);
    if (kept.length === 0) posted.delete(transaction);
    else posted.set(transaction, kept);
    checkBooks(accounts, customers, isReceivable);
  };

  return {
    post,
    entriesOf: (transaction) => posted.get(transaction) ?? [],
    balanceOf: (account) => accounts.get(account) ?? 0,
    owedBy: (customer) => customers.get(customer) ?? 0,
    balances: () => accounts,
    receivables: () => customers,
    transactions: () => posted,
    moveCustomer(from, to) {
      for (const [transaction, entries] of [...posted]) {
        if (!entries.some((entry) => entry.customer === from)) continue;
        post(
          transaction,
          entries.map((entry) => (entry.customer === from ? { ...entry, customer: to } : entry)),
        );
      }
    },
  };
}

function checkEntries(transaction: string, entries: readonly Entry[], isReceivable: (account: string) => boolean) {
  const sum = entries.reduce((total, entry) => total + entry.cents, 0);
  if (sum !== 0) throw new Error(`Transaction ${transaction} doesn't balance: ${amount(sum)} over.`);
  for (const entry of entries) {
    if (!Number.isSafeInteger(entry.cents)) throw new Error(`Transaction ${transaction} posts ${entry.cents} cents.`);
    if (isReceivable(entry.account) && entry.customer === undefined) {
      throw new Error(`Transaction ${transaction} posts to Accounts Receivable without a customer.`);
    }
  }
}

function checkBooks(
  accounts: ReadonlyMap<string, number>,
  customers: ReadonlyMap<string, number>,
  isReceivable: (account: string) => boolean,
) {
  let all = 0;
  let receivable = 0;
  for (const [account, cents] of accounts) {
    all += cents;
    if (isReceivable(account)) receivable += cents;
  }
  if (all !== 0) throw new Error(`The trial balance is off by ${amount(all)}.`);
  let owed = 0;
  for (const cents of customers.values()) owed += cents;
  if (owed !== receivable) throw new Error(`Accounts Receivable is ${amount(receivable)}, its customers owe ${amount(owed)}.`);
}
