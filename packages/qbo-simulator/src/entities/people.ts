import { type Books, recordOf } from '../books/books.ts';
import type { BookRecord, Sent } from '../books/records.ts';
import { faults } from '../faults.ts';
import { amount } from '../money.ts';
import { storedAddress } from './address.ts';
import { checkName, follow, parentRef, withoutUndefined } from './checks.ts';
import { currencyRef, customerCurrency, homeCurrency } from './currency.ts';
import type { Kind } from './kind.ts';

const lengths = {
  DisplayName: 500,
  Title: 16,
  GivenName: 100,
  MiddleName: 100,
  FamilyName: 100,
  Suffix: 16,
  CompanyName: 100,
  PrintOnCheckName: 110,
  Notes: 1024,
  'PrimaryEmailAddr.Address': 100,
  'PrimaryPhone.FreeFormNumber': 30,
  'Mobile.FreeFormNumber': 30,
  'Fax.FreeFormNumber': 30,
  'BillAddr.Line1': 500,
  'BillAddr.Line2': 500,
  'ShipAddr.Line1': 500,
};

const queryable = [
  'Id',
  'DisplayName',
  'FullyQualifiedName',
  'GivenName',
  'MiddleName',
  'FamilyName',
  'CompanyName',
  'PrintOnCheckName',
  'PrimaryEmailAddr',
  'Active',
  'Balance',
  'ParentRef',
  'Job',
  'MetaData.CreateTime',
  'MetaData.LastUpdatedTime',
];

/** Customers and their jobs. */
export const customer: Kind = {
  name: 'Customer',
  sort: 'list',
  sequence: 'names',
  queryable,
  lengths,
  settle(books, sent, before) {
    const named = settlePerson(sent);
    const parent = follow(books, 'Customer', sent.ParentRef, before?.ParentRef);
    const level = parent === undefined ? 0 : Number(parent.Level ?? 0) + 1;
    if (level > 4) throw faults.business('A customer can have no more than four levels of jobs.');
    if (sent.Active === false && before?.Active !== false && books.ledger.owedBy(before?.Id ?? '') !== 0) {
      if (books.switches().deactivateWithBalance === 'refuse') {
        throw faults.business("You can't make this customer inactive: it has a balance.");
      }
    }
    return withoutUndefined({
      ...named,
      Taxable: isTaxable(books, sent, parent),
      ParentRef: parentRef(parent),
      Level: parent === undefined ? undefined : level,
      Job: parent !== undefined && (sent.Job === true || sent.Job === undefined),
      BillWithParent: sent.BillWithParent ?? false,
      CurrencyRef: customerCurrency(books, sent, before),
      PreferredDeliveryMethod: sent.PreferredDeliveryMethod ?? 'Print',
      FullyQualifiedName:
        parent === undefined ? named.DisplayName : `${parent.FullyQualifiedName ?? parent.DisplayName}:${named.DisplayName}`,
      BillAddr: address(sent.BillAddr, before?.BillAddr),
      ShipAddr: address(sent.ShipAddr, before?.ShipAddr),
      DefaultTaxCodeRef: sent.DefaultTaxCodeRef ?? (books.preferences.usingSalesTax ? { value: '2' } : undefined),
    }) as Sent;
  },
  view(books, record) {
    const own = books.ledger.owedBy(record.Id);
    let withJobs = own;
    for (const [id, owed] of books.ledger.receivables()) if (isJobOf(books, id, record.Id)) withJobs += owed;
    return { ...record, Balance: amount(own), BalanceWithJobs: amount(withJobs) };
  },
};

/** Vendors, as far as they own names. */
export const vendor: Kind = {
  name: 'Vendor',
  sort: 'list',
  sequence: 'names',
  queryable,
  lengths,
  settle: (books, sent, before) =>
    withoutUndefined({
      ...settlePerson(sent),
      BillAddr: address(sent.BillAddr, before?.BillAddr),
      Vendor1099: sent.Vendor1099 ?? false,
      CurrencyRef: currencyRef(homeCurrency(books)),
    }) as Sent,
  view: (_, record) => ({ ...record, Balance: 0 }),
};

/** Employees, as far as they own names. */
export const employee: Kind = {
  name: 'Employee',
  sort: 'list',
  sequence: 'names',
  queryable,
  lengths,
  settle: (_, sent) => withoutUndefined(settlePerson(sent)) as Sent,
  view: (_, record) => record,
};

function settlePerson(sent: Sent): Sent & { DisplayName: string } {
  const parts = ['Title', 'GivenName', 'MiddleName', 'FamilyName', 'Suffix'].map((part) => sent[part] as string | undefined);
  for (const part of parts) if (part !== undefined && part !== '') checkName(part);
  const composed = parts.filter((part) => part !== undefined && part !== '').join(' ');
  const name = (sent.DisplayName ?? composed).trim();
  if (name === '' && sent.DisplayName === undefined) throw faults.missing('DisplayName');
  checkName(name);
  const email = (sent.PrimaryEmailAddr as { Address?: string } | undefined)?.Address;
  if (email !== undefined && email !== '' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
    throw faults.business('Invalid email address format.');
  }
  return {
    ...sent,
    DisplayName: name,
    PrintOnCheckName: (sent.PrintOnCheckName as string | undefined) ?? name,
    Active: sent.Active ?? true,
  };
}

/** Automated sales tax wants the reason of an exemption. What it does without one is decided by the switch. */
function isTaxable(books: Books, sent: Sent, parent: BookRecord | undefined): unknown {
  const stated = sent.Taxable ?? (sent.ParentRef === undefined ? true : parent?.Taxable);
  const groundless = stated === false && books.preferences.partnerTax && sent.TaxExemptionReasonId === undefined;
  return groundless && sent.Taxable === false && books.switches().exemptWithoutReason === 'taxable' ? true : stated;
}

function address(sent: unknown, before: unknown): unknown {
  if (sent === undefined) return undefined;
  return { Id: (before as { Id?: string } | undefined)?.Id ?? '1', ...storedAddress(sent as object) };
}

function isJobOf(books: Books, id: string, ancestor: string): boolean {
  const parent = recordOf(books, 'Customer', id)?.ParentRef?.value;
  return parent !== undefined && (parent === ancestor || isJobOf(books, parent, ancestor));
}
