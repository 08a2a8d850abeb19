import { parseMoney } from '@ledgerpost/core';
import { quickBooksOffer, VENDOR } from '../sample/books.ts';
import type { SampleCompany } from '../sample/sample-company.ts';
import { type QboSimulatorClient, qboSimulatorClient } from '../servers/qbo-simulator-client.ts';
import type { Ledger } from './ledger.ts';

/** A transaction in the books. */
export interface BookedDocument {
  readonly id: string;
  readonly kind: string;
  /** Cents; undefined for journals, which have no total of their own. */
  readonly total: number | undefined;
  /** On a document that Ledgerpost created: `Ledgerpost invoice i-1`. */
  readonly marker: string | undefined;
}

/** What the demo reads in the books, without Ledgerpost. */
export interface BooksNow {
  readonly ledger: Ledger;
  /** Cents owed by customer; negative for a credit. */
  readonly receivables: Ledger;
  readonly documents: readonly BookedDocument[];
  readonly customers: number;
  readonly items: number;
}

export interface SimulatedBooks {
  readonly realm: string;
  read(): Promise<BooksNow>;
}

/** Creates books for the sample company in the simulator, with earlier transactions. */
export async function makeSimulatedBooks(simulatorUrl: string, sample: SampleCompany): Promise<SimulatedBooks> {
  const simulator = qboSimulatorClient(simulatorUrl);
  const { subAccounts, ...offer } = quickBooksOffer;
  const realm = await simulator.createCompany({ companyName: sample.company.name, ...offer });
  await addHistory(simulator, realm, subAccounts, sample.today);
  return { realm, read: () => readBooks(simulator, realm) };
}

/** What the books held before Ledgerpost: balances, an invoice that a person entered, a vendor. */
async function addHistory(
  simulator: QboSimulatorClient,
  realm: string,
  subAccounts: readonly string[],
  today: string,
): Promise<void> {
  const create = (entity: string, record: unknown) =>
    simulator.control<{ Id: string }>('POST', `/companies/${realm}/person`, { act: 'create', entity, record });
  const accounts = await simulator.records<{ Id: string; Name: string }>(realm, 'Account');
  const ref = (name: string) => ({ value: accounts.find((account) => account.Name === name)!.Id });
  for (const name of subAccounts) {
    await create('Account', {
      Name: name,
      SubAccount: true,
      ParentRef: ref('Services'),
      AccountType: 'Income',
      AccountSubType: 'ServiceFeeIncome',
    });
  }
  const entry = (PostingType: string, account: string) => ({
    Amount: 25_000,
    DetailType: 'JournalEntryLineDetail',
    JournalEntryLineDetail: { PostingType, AccountRef: ref(account) },
  });
  await create('JournalEntry', {
    TxnDate: today,
    PrivateNote: 'Opening balance',
    Line: [entry('Debit', 'Checking'), entry('Credit', 'Opening Balance Equity')],
  });
  await create('Vendor', { DisplayName: VENDOR });
  const walkIn = await create('Customer', { DisplayName: 'Walk-in customer' });
  const [item] = await simulator.records<{ Id: string }>(realm, 'Item');
  await create('Invoice', {
    CustomerRef: { value: walkIn.Id },
    TxnDate: today,
    DocNumber: 'BY-HAND-1',
    Line: [{ Amount: 250, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: item!.Id } } }],
  });
}

interface Held {
  readonly Id: string;
  readonly TotalAmt?: number;
  readonly PrivateNote?: string;
}

async function readBooks(simulator: QboSimulatorClient, realm: string): Promise<BooksNow> {
  const { rows } = await simulator.trialBalance(realm);
  const documents: BookedDocument[] = [];
  for (const kind of ['Invoice', 'Payment', 'CreditMemo', 'JournalEntry', 'RefundReceipt', 'Deposit']) {
    for (const { Id, TotalAmt, PrivateNote } of await simulator.records<Held>(realm, kind)) {
      const total = kind === 'JournalEntry' || TotalAmt === undefined ? undefined : cents(TotalAmt);
      documents.push({ id: Id, kind, total, marker: /^Ledgerpost \w+ .+$/m.exec(PrivateNote ?? '')?.[0] });
    }
  }
  const owed = await simulator.receivables(realm);
  return {
    ledger: new Map(rows.map(({ account, debit, credit }) => [account, cents(debit) - cents(credit)])),
    receivables: new Map(owed.map((one) => [one.customer, cents(one.owed)])),
    documents,
    customers: (await simulator.records(realm, 'Customer')).length,
    items: (await simulator.records(realm, 'Item')).length,
  };
}

function cents(amount: number): number {
  return parseMoney(String(amount), 'USD')!;
}
