import type { Limits } from '../api/limits.ts';
import { type Clock, metaTime } from '../clock.ts';
import type { BookChange } from '../control/webhooks.ts';
import { cents } from '../money.ts';
import type { Switches } from '../switches.ts';
import { createLedger, type Ledger } from './ledger.ts';
import type { BookRecord } from './records.ts';

/** What a merchant has set for a company. */
export interface Preferences {
  /** `YYYY-MM-DD`: nothing dated on or before it may change. */
  bookCloseDate?: string | undefined;
  classTracking: 'off' | 'per-transaction' | 'per-line';
  trackDepartments: boolean;
  useAccountNumbers: boolean;
  customTxnNumbers: boolean;
  /** The screen's switch "Warn about duplicate transaction numbers", which the API doesn't return. */
  warnDuplicateNumbers: boolean;
  autoApplyCredit: boolean;
  usingSalesTax: boolean;
  /** Automated sales tax. */
  partnerTax: boolean;
  /** What automated sales tax calculates for every address, in percent. */
  partnerTaxPercent: number;
  /** Agencies and their rates, by place. Empty: `partnerTaxPercent` everywhere. */
  taxPlaces: readonly TaxPlace[];
  /** The states in which the company collects tax, by their letters. Absent: all. */
  taxStates?: readonly string[] | undefined;
  /** Cents that automated sales tax adds to every tax total, even to an override. */
  partnerTaxDrift: number;
  /** Whether customers may have other currencies than the books. */
  multicurrency: boolean;
  customFields: readonly string[];
  termDays: number;
}

/** Whose tax is due at a place. */
export interface TaxPlace {
  /** Two letters. */
  readonly state: string;
  /** Beginnings of postal codes. Absent: the rest of the state. */
  readonly postalCodes?: readonly string[];
  readonly agencies: readonly { readonly name: string; readonly percent: number }[];
}

/** What is kept of a deleted record, for change data capture. */
export interface Deletion {
  kind: string;
  id: string;
  at: number;
}

/** An answer kept for replay. */
export interface Kept {
  at: number;
  body: string;
  answer: { status: number; body: unknown };
}

/** One company's books: records, ledger, and the indices that keep rules cheap. */
export interface Books {
  readonly realmId: string;
  readonly companyName: string;
  readonly country: string;
  readonly edition: string;
  /** The person who works in the books, named in stale-object faults. */
  readonly person: string;
  readonly clock: Clock;
  readonly createdAt: number;
  readonly preferences: Preferences;
  readonly ledger: Ledger;
  /** Read at each use: switches may be set while running. */
  switches: () => Switches;
  /** Choices of this company alone, which `switches` has in it. */
  readonly ownSwitches?: Partial<Switches> | undefined;
  /** Absent: the simulator's. */
  readonly limits?: Limits | 'off' | undefined;
  lapsed: boolean;
  records: Map<string, Map<string, BookRecord>>;
  deletions: Deletion[];
  /** Cents applied to a transaction, by payment. */
  applied: Map<string, Map<string, number>>;
  /** The deposit that a payment belongs to. */
  depositedIn: Map<string, string>;
  /** Name keys in use, by namespace and folded name. */
  names: Map<string, { kind: string; id: string }>;
  numbers: Map<string, { kind: string; id: string }[]>;
  kept: Map<string, Kept>;
  nextNumber: Map<string, number>;
  nextId: Map<string, number>;
  nextLine: Map<string, number>;
  changedAt: Map<string, number>;
  /** Called for every record that changes. */
  changed?: (kind: string, id: string, what: BookChange['what']) => void;
}

/** New, empty books. */
export function createBooks(
  facts: Pick<
    Books,
    'realmId' | 'companyName' | 'country' | 'edition' | 'person' | 'clock' | 'preferences' | 'switches' | 'ownSwitches' | 'limits'
  >,
): Books {
  const records: Books['records'] = new Map();
  return {
    ...facts,
    createdAt: facts.clock.now(),
    lapsed: false,
    records,
    ledger: ledgerOver(records),
    deletions: [],
    applied: new Map(),
    depositedIn: new Map(),
    names: new Map(),
    numbers: new Map(),
    kept: new Map(),
    nextNumber: new Map(),
    nextId: new Map(),
    nextLine: new Map(),
    changedAt: new Map(),
  };
}

/** An empty ledger over the accounts in these records. */
export function ledgerOver(records: Books['records']): Ledger {
  return createLedger((account) => records.get('Account')?.get(account)?.AccountType === 'Accounts Receivable');
}

/** A record by kind and id, or undefined. */
export function recordOf(books: Books, kind: string, id: string | undefined): BookRecord | undefined {
  return id === undefined ? undefined : books.records.get(kind)?.get(id);
}

/** All records of a kind in the order they were made. */
export function recordsOf(books: Books, kind: string): BookRecord[] {
  return [...(books.records.get(kind)?.values() ?? [])];
}

/** The next id of a sequence. */
export function takeId(books: Books, sequence: string): string {
  const id = (books.nextId.get(sequence) ?? 0) + 1;
  books.nextId.set(sequence, id);
  return String(id);
}

/** Puts a record into the books as it is, with its time of change. */
export function putRecord(books: Books, kind: string, record: BookRecord): void {
  const ofKind = books.records.get(kind) ?? new Map<string, BookRecord>();
  books.records.set(kind, ofKind);
  books.changed?.(kind, record.Id, ofKind.has(record.Id) ? 'Update' : 'Create');
  ofKind.set(record.Id, record);
  books.changedAt.set(`${kind}:${record.Id}`, books.clock.now());
}

/** A record whose links changed: a new time of change, and a new SyncToken if the switch decides so. */
export function touchRecord(books: Books, kind: string, id: string): void {
  const record = recordOf(books, kind, id);
  if (record === undefined) return;
  const bumped = books.switches().linkingBumpsSyncToken === 'yes';
  putRecord(books, kind, {
    ...record,
    SyncToken: bumped ? String(Number(record.SyncToken) + 1) : record.SyncToken,
    MetaData: { ...record.MetaData, LastUpdatedTime: metaTime(books.clock.now()) },
  });
}

/** The account of a sub-type, or of a type where none has it. */
export function accountOf(books: Books, subType: string): string | undefined {
  return recordsOf(books, 'Account').find((account) => account.AccountSubType === subType && account.Active !== false)?.Id;
}

/** Cents applied to a transaction so far, leaving out one payment. */
export function appliedTo(books: Books, transaction: string, exceptPayment?: string): number {
  let sum = 0;
  for (const [payment, applied] of books.applied.get(transaction) ?? []) if (payment !== exceptPayment) sum += applied;
  return sum;
}

/** The side and open cents of a transaction that a payment can settle, or undefined for one that it can't. */
export function openItem(
  books: Books,
  id: string,
  exceptPayment?: string,
): { kind: string; side: 'owed' | 'credit'; open: number; customer: string } | undefined {
  for (const [kind, side] of [
    ['Invoice', 'owed'],
    ['CreditMemo', 'credit'],
  ] as const) {
    const record = recordOf(books, kind, id);
    if (record !== undefined) {
      const open = cents(record.TotalAmt) - appliedTo(books, id, exceptPayment);
      return { kind, side, open, customer: record.CustomerRef?.value ?? '' };
    }
  }
  if (recordOf(books, 'JournalEntry', id) === undefined) return undefined;
  const receivable = books.ledger.entriesOf(id).filter((entry) => entry.customer !== undefined);
  const sum = receivable.reduce((total, entry) => total + entry.cents, 0);
  if (sum === 0) return undefined;
  const open = Math.abs(sum) - appliedTo(books, id, exceptPayment);
  return { kind: 'JournalEntry', side: sum > 0 ? 'owed' : 'credit', open, customer: receivable[0]?.customer ?? '' };
}
