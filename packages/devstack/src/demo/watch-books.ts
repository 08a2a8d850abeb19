import type { ItemAnswer, LedgerAnswer } from './answers.ts';
import { isAutomatic, leftInBooks, strayInBooks } from './compare-books.ts';
import { changeBetween, changeByBatch, disagreements, type Ledger, type OwnAccounts } from './ledger.ts';
import { count, money, table } from './show.ts';
import type { BooksNow, SimulatedBooks } from './simulated-books.ts';

/** Reads the books around each batch, shows what changed, and returns what differs from the expected state. */
export interface BooksWatch {
  afterBatch(ledger: LedgerAnswer, items: readonly ItemAnswer[]): Promise<string[]>;
  /** After the undo of everything. */
  afterUndo(): Promise<string[]>;
}

export async function watchBooks(books: SimulatedBooks, currency: string, accounts: OwnAccounts): Promise<BooksWatch> {
  const first = await books.read();
  let last = first;
  const sent: ItemAnswer[] = [];
  console.log(`  the books before the first batch: ${summary(first, accounts, currency)}`);

  return {
    async afterBatch({ entries }, items) {
      const now = await books.read();
      const expected = changeByBatch(entries, accounts);
      console.log(`\n  The trial balance in the simulator (credits are negative):\n`);
      console.log(trialBalance(last.ledger, now.ledger, expected, currency));
      console.log(`\n  ${summary(now, accounts, currency)}`);
      sent.push(...items);
      const change = changeBetween(last.ledger, now.ledger);
      const surprises = [...disagreements(change, expected, 'the batch reports'), ...strayInBooks(first, now, sent)];
      if (surprises.length === 0) {
        console.log(
          '  The change by account is what the batch reports, to the cent; every record is in the books once, with its amount.',
        );
      }
      const automatic = now.documents.filter(isAutomatic).length - last.documents.filter(isAutomatic).length;
      if (automatic > 0) console.log(`  (The books applied ${automatic} credit memos automatically: “automatic credit” is on.)`);
      last = now;
      return surprises;
    },
    async afterUndo() {
      const now = await books.read();
      console.log(`\n  The trial balance after the undo:\n`);
      console.log(trialBalance(first.ledger, now.ledger, new Map(), currency));
      console.log(`\n  ${summary(now, accounts, currency)}`);
      const surprises = leftInBooks(first, now);
      if (surprises.length === 0) {
        const [customers, items] = [now.customers - first.customers, now.items - first.items];
        console.log(
          `  The books are as they were before the first batch, except for ${count(customers)} customers and ${count(items)} services, which stay.`,
        );
      }
      return surprises;
    },
  };
}

function summary({ ledger, receivables, documents }: BooksNow, { receivable, deposit }: OwnAccounts, currency: string): string {
  const holds = (account: string) => `${account} ${money(ledger.get(account) ?? 0, currency)}`;
  return `${holds(receivable)}, of ${count(receivables.size)} customers; ${holds(deposit)}; ${count(documents.length)} transactions`;
}

/** Each account's balance before and now, its change, and the expected change. */
function trialBalance(before: Ledger, after: Ledger, expected: Ledger, currency: string): string {
  const accounts = [...new Set([...before.keys(), ...after.keys(), ...expected.keys()])];
  const cell = (cents: number) => (cents === 0 ? '-' : money(cents, currency));
  const rows = accounts.map((account) => {
    const [was, is] = [before.get(account) ?? 0, after.get(account) ?? 0];
    return [account, cell(was), cell(is), cell(is - was), cell(expected.get(account) ?? 0)];
  });
  const sum = (ledger: Ledger) => [...ledger.values()].reduce((total, cents) => total + cents, 0);
  const sums = ['sum', cell(sum(before)), cell(sum(after)), cell(sum(after) - sum(before)), cell(sum(expected))];
  return table([['account', 'before', 'after', 'change', 'expected'], ...rows, sums], [1, 2, 3, 4]);
}
