import { type Books, recordOf, recordsOf } from '../books/books.ts';
import { classificationOf } from '../books/chart.ts';
import type { BookRecord, Ref, Sent } from '../books/records.ts';
import { faults } from '../faults.ts';
import { amount } from '../money.ts';
import { checkName, foldName, follow, parentRef, refTo, required, withoutUndefined } from './checks.ts';
import { currencyRef, homeCurrency } from './currency.ts';
import type { Kind } from './kind.ts';

const times = ['MetaData.CreateTime', 'MetaData.LastUpdatedTime'];

/** What Intuit's screens and help accept behind a service item: liabilities too, for deposits, memberships and tips. */
const ITEM_ACCOUNTS: ReadonlySet<string> = new Set(['Income', 'Other Income', 'Other Current Liability', 'Long Term Liability']);

/** Products and services. */
export const item: Kind = {
  name: 'Item',
  sort: 'list',
  sequence: 'Item',
  queryable: ['Id', 'Name', 'FullyQualifiedName', 'Sku', 'Description', 'Active', 'UnitPrice', 'Type', 'ParentRef', ...times],
  lengths: { Name: 100, Sku: 100, Description: 4000 },
  settle(books, sent, before) {
    const named = settleTree(books, 'Item', 'SubItem', sent, before);
    const type = (sent.Type as string | undefined) ?? 'Service';
    const income = follow(
      books,
      'Account',
      sent.IncomeAccountRef as Ref | undefined,
      before?.IncomeAccountRef as Ref | undefined,
    );
    const expense = follow(
      books,
      'Account',
      sent.ExpenseAccountRef as Ref | undefined,
      before?.ExpenseAccountRef as Ref | undefined,
    );
    if (type !== 'Category' && type !== 'Group' && income === undefined) throw faults.missing('IncomeAccountRef');
    if (income !== undefined && !ITEM_ACCOUNTS.has(String(income.AccountType))) {
      throw faults.business('You need to select a different type of account for this transaction.');
    }
    return withoutUndefined({
      ...named,
      Taxable: sent.Taxable ?? false,
      UnitPrice: sent.UnitPrice ?? 0,
      Type: type,
      IncomeAccountRef: refTo(income),
      ExpenseAccountRef: refTo(expense),
      PurchaseCost: sent.PurchaseCost ?? 0,
      TrackQtyOnHand: sent.TrackQtyOnHand ?? false,
    }) as Sent;
  },
  view: (_, record) => record,
};

/** The chart of accounts. Accounts can't be deleted. */
export const account: Kind = {
  name: 'Account',
  sort: 'list',
  sequence: 'Account',
  queryable: [
    'Id',
    'Name',
    'FullyQualifiedName',
    'Active',
    'Classification',
    'AccountType',
    'AccountSubType',
    'AcctNum',
    'CurrentBalance',
    ...times,
  ],
  lengths: { Name: 100, AcctNum: 20, Description: 100 },
  settle(books, sent, before) {
    const name = required('Name', sent.Name);
    if (/["]/.test(name)) throw faults.badName();
    if (sent.AccountType === undefined && sent.AccountSubType === undefined) throw faults.missing('AccountType');
    const type = (sent.AccountType as string | undefined) ?? typeOf(books, sent.AccountSubType as string);
    const classification = classificationOf(type);
    if (classification === undefined) throw faults.badEnumeration(type);
    const number = sent.AcctNum as string | undefined;
    const same = recordsOf(books, 'Account').find((one) => one.AcctNum === number && one.Id !== before?.Id);
    if (number !== undefined && number !== '' && same !== undefined)
      throw faults.business('Another account is already using this number.');
    const named = settleTree(books, 'Account', 'SubAccount', sent, before);
    const parent = recordOf(books, 'Account', sent.ParentRef?.value);
    if (parent !== undefined && parent.AccountType !== type) {
      throw faults.business('A subaccount must be of the same type as its parent account.');
    }
    return withoutUndefined({
      ...named,
      SubAccount: parent !== undefined,
      Classification: classification,
      AccountType: type,
      AccountSubType: sent.AccountSubType ?? type.replace(/[^A-Za-z]/g, ''),
      CurrencyRef: currencyRef(homeCurrency(books)),
    }) as Sent;
  },
  view(books, record) {
    const classification = record.Classification;
    // Income and expense accounts are recorded with a balance of 0.
    const profitAndLoss = classification === 'Revenue' || classification === 'Expense';
    const balance = profitAndLoss ? 0 : books.ledger.balanceOf(record.Id) * (classification === 'Asset' ? 1 : -1);
    return { ...record, CurrentBalance: amount(balance), CurrentBalanceWithSubAccounts: amount(balance) };
  },
};

/** Classes. */
export const klass: Kind = treeList('Class', 'SubClass');

/** Departments, which the screen calls locations. */
export const department: Kind = treeList('Department', 'SubDepartment');

/** Payment methods. */
export const paymentMethod: Kind = {
  ...flatList('PaymentMethod', ['Type']),
  lengths: { Name: 31 },
  settle(books, sent, before) {
    return { ...settleFlat(books, 'PaymentMethod', sent, before), Type: sent.Type ?? 'NON_CREDIT_CARD' } as Sent;
  },
};

/** Payment terms. */
export const term: Kind = {
  ...flatList('Term', ['Type']),
  settle(books, sent, before) {
    return {
      ...settleFlat(books, 'Term', sent, before),
      Type: sent.Type ?? 'STANDARD',
      DueDays: sent.DueDays ?? 0,
    } as Sent;
  },
};

/** Sales tax codes: only read by the API. */
export const taxCode: Kind = {
  ...flatList('TaxCode', ['Taxable', 'TaxGroup']),
  sort: 'fixed',
  view(_, record) {
    const { percent: _percent, ...shown } = record;
    return shown as BookRecord;
  },
};

/** Rates and agencies of automated sales tax: only read by the API. */
export const taxRate: Kind = { ...flatList('TaxRate', []), sort: 'fixed' };
export const taxAgency: Kind = { ...flatList('TaxAgency', []), queryable: ['Id', 'DisplayName', ...times], sort: 'fixed' };

function treeList(name: string, flag: string): Kind {
  return {
    name,
    sort: 'list',
    sequence: name,
    queryable: ['Id', 'Name', 'FullyQualifiedName', 'Active', 'ParentRef', ...times],
    lengths: { Name: 100 },
    settle: (books, sent, before) =>
      ({ ...settleTree(books, name, flag, sent, before), [flag]: sent.ParentRef !== undefined }) as Sent,
    view: (_, record) => record,
  };
}

function flatList(name: string, more: readonly string[]): Kind {
  return {
    name,
    sort: 'list',
    sequence: name,
    queryable: ['Id', 'Name', 'Active', ...more, ...times],
    lengths: { Name: 100 },
    settle: (books, sent, before) => settleFlat(books, name, sent, before),
    view: (_, record) => record,
  };
}

function settleFlat(books: Books, kind: string, sent: Sent, before: BookRecord | undefined): Sent {
  const name = required('Name', sent.Name).trim();
  const clash = recordsOf(books, kind).find(
    (one) => one.Id !== before?.Id && foldName(books, one.Name ?? '') === foldName(books, name),
  );
  if (clash !== undefined) throw faults.duplicateName();
  return { ...sent, Name: name, Active: sent.Active ?? true };
}

function settleTree(books: Books, kind: string, flag: string, sent: Sent, before: BookRecord | undefined): Sent {
  const name = required('Name', sent.Name).trim();
  checkName(name);
  const parent = follow(books, kind, sent.ParentRef, before?.ParentRef);
  const full = parent === undefined ? name : `${parent.FullyQualifiedName}:${name}`;
  if (full.split(':').length > 5) throw faults.business('A list can have no more than five levels.');
  return withoutUndefined({
    ...sent,
    Name: name,
    [flag]: parent === undefined ? undefined : true,
    ParentRef: parentRef(parent),
    FullyQualifiedName: full,
    Active: sent.Active ?? true,
  }) as Sent;
}

function typeOf(books: Books, subType: string): string {
  const known = recordsOf(books, 'Account').find((one) => one.AccountSubType === subType);
  if (known === undefined) throw faults.missing('AccountType');
  return String(known.AccountType);
}
