import type { Limits } from '../api/limits.ts';
import { write } from '../api/write.ts';
import type { Clock } from '../clock.ts';
import { kindNamed } from '../entities/kinds.ts';
import { type Switches, switchesFor } from '../switches.ts';
import { type Books, createBooks, type Preferences, recordsOf } from './books.ts';
import { type AccountSeed, standardChart } from './chart.ts';
import { makeTaxCodes, makeTaxRates, usualTaxCodes } from './tax-lists.ts';

/** Options of a new company. Every option has a default. */
export interface CompanyOptions {
  realmId?: string;
  companyName?: string;
  country?: string;
  /** As in CompanyInfo: `QuickBooks Online Plus`. */
  edition?: string;
  /** The person who works in the books. */
  person?: string;
  preferences?: Partial<Preferences>;
  chart?: readonly AccountSeed[];
  classes?: readonly string[];
  departments?: readonly string[];
  paymentMethods?: readonly string[];
  /** Choices for this company alone, whatever the simulator's are. */
  switches?: Partial<Switches>;
  /** For this company alone; the simulator's when left out. */
  limits?: Limits | 'off';
  /** Tax codes with a rate, besides TAX and NON. */
  taxCodes?: readonly { readonly name: string; readonly percent: number }[];
}

const KNOWN = [
  'realmId',
  'companyName',
  'country',
  'edition',
  'person',
  'preferences',
  'chart',
  'classes',
  'departments',
  'paymentMethods',
  'switches',
  'limits',
  'taxCodes',
] as const satisfies readonly (keyof CompanyOptions)[];

/** A misspelled option would silently make other books than the caller wants. */
function refuseUnknown(options: object, known: readonly string[], of: string): void {
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`${of} can’t have ${unknown.join(', ')}. Known are: ${known.join(', ')}.`);
}

/** Preferences that a company may have, by name. */
const preferenceNames = () => [...Object.keys(usualPreferences), 'bookCloseDate', 'taxStates'];

/** Throws for a preference that does not exist. */
export function checkPreferences(preferences: object): void {
  refuseUnknown(preferences, preferenceNames(), 'A company’s preferences');
}

const usualPreferences: Preferences = {
  classTracking: 'per-line',
  trackDepartments: true,
  useAccountNumbers: false,
  customTxnNumbers: true,
  warnDuplicateNumbers: true,
  autoApplyCredit: true,
  usingSalesTax: true,
  partnerTax: false,
  partnerTaxPercent: 8,
  taxPlaces: [],
  partnerTaxDrift: 0,
  multicurrency: false,
  customFields: [],
  termDays: 30,
};

/** A company with its chart, terms, payment methods, tax codes and a "Services" item, and no transactions. Throws for an unknown option. */
export function createCompany(realmId: string, options: CompanyOptions, clock: Clock, switches: () => Switches): Books {
  refuseUnknown(options, KNOWN, 'A company');
  checkPreferences(options.preferences ?? {});
  const books = createBooks({
    realmId,
    companyName: options.companyName ?? `Simulated Company ${realmId}`,
    country: options.country ?? 'US',
    edition: options.edition ?? 'QuickBooks Online Plus',
    person: options.person ?? 'Pat Bookkeeper',
    clock,
    preferences: { ...usualPreferences, ...options.preferences },
    ownSwitches: options.switches,
    switches: switchesFor(options.switches, switches),
    limits: options.limits,
  });
  const make = (kind: string, record: Record<string, unknown>) => {
    const known = kindNamed(kind);
    if (known === undefined) throw new Error(`${kind} is not a kind of record.`);
    return write(books, known, 'create', record);
  };
  for (const account of options.chart ?? standardChart) make('Account', { ...account });
  for (const name of options.classes ?? []) makeTree(books, make, 'Class', name);
  for (const name of options.departments ?? []) makeTree(books, make, 'Department', name);
  for (const name of options.paymentMethods ?? ['Cash', 'Check', 'Credit Card', 'ACH']) {
    make('PaymentMethod', { Name: name, Type: name === 'Credit Card' ? 'CREDIT_CARD' : 'NON_CREDIT_CARD' });
  }
  for (const [name, days] of [
    ['Due on receipt', 0],
    ['Net 15', 15],
    ['Net 30', 30],
  ] as const)
    make('Term', { Name: name, DueDays: days });
  makeTaxCodes(books, options.taxCodes ?? usualTaxCodes);
  makeAgencies(books);
  const income = recordsOf(books, 'Account').find((account) => account.AccountType === 'Income');
  if (income !== undefined) make('Item', { Name: 'Services', Type: 'Service', IncomeAccountRef: { value: income.Id } });
  return books;
}

/** The agencies of the preferences, with their rates and payable accounts. */
export function makeAgencies(books: Books): void {
  makeTaxRates(books, (account) => write(books, kindNamed('Account')!, 'create', { ...account }));
}

function makeTree(
  books: Books,
  make: (kind: string, record: Record<string, unknown>) => unknown,
  kind: string,
  path: string,
): void {
  const parts = path.split(':');
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const full = parts.slice(0, depth).join(':');
    if (recordsOf(books, kind).some((one) => one.FullyQualifiedName === full)) continue;
    const parent = recordsOf(books, kind).find((one) => one.FullyQualifiedName === parts.slice(0, depth - 1).join(':'));
    make(kind, { Name: parts[depth - 1], ...(parent === undefined ? {} : { ParentRef: { value: parent.Id } }) });
  }
}
