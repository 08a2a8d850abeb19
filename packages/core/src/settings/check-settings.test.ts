import { describe, expect, it } from 'vitest';
import { booksSettings, chartSchema } from '../records/schemas.ts';
import { fitsRole } from './account-roles.ts';
import { wrongNames } from './check-settings.ts';
import type { BooksSettings } from './settings.ts';

const chart = chartSchema.parse({
  accounts: [
    { name: 'Sales of Product Income', type: 'Income' },
    { name: 'Discounts given', type: 'Income' },
    { name: 'Old Sales', type: 'Income', active: false },
    { name: 'Checking', type: 'Bank' },
    { name: 'Visa', type: 'CreditCard' },
    { name: 'Undeposited Funds', type: 'Other Current Asset' },
    { name: 'Accounts Receivable (A/R)', type: 'Accounts Receivable' },
  ],
  classes: [{ name: 'HVAC' }],
  paymentMethods: [{ name: 'Check' }],
  terms: [{ name: 'Net 30' }],
  taxCodes: [{ name: 'California' }],
});
const settings = (given: object) => booksSettings.parse(given) as BooksSettings;
const wrong = (given: object, former?: object) =>
  wrongNames(settings(given), chart, former === undefined ? undefined : settings(former)).map(({ path }) => path.join('.'));

describe('names in the settings', () => {
  it('that the chart has are accepted, with spaces around them too', () => {
    const given = {
      accounts: { income: ' Sales of Product Income', discount: 'Discounts given ', depositTo: 'Undeposited Funds' },
      categories: { Repairs: '\u00a0Sales of Product Income\n' },
      paymentAccounts: { Cash: 'Checking' },
      taxCodes: { 'CA 8%': 'California' },
      paymentMethods: { check: 'Check ' },
      terms: { n30: 'Net 30' },
      classes: { mode: 'line', default: 'HVAC ' },
    };
    expect(wrong(given)).toEqual([]);
    expect(settings(given).accounts.discount).toBe('Discounts given');
    expect(settings(given).categories.Repairs).toBe('Sales of Product Income');
  });

  it.each([
    [{ accounts: { income: 'Sales of Product Incom' } }, 'accounts.income'],
    [{ accounts: { discount: 'Old Sales' } }, 'accounts.discount'],
    [{ accounts: { income: 'Checking' } }, 'accounts.income'],
    [{ accounts: { discount: 'Checking' } }, 'accounts.discount'],
    [{ accounts: { income: 'Visa' } }, 'accounts.income'],
    [{ accounts: { depositTo: 'Discounts given' } }, 'accounts.depositTo'],
    [{ accounts: { receivable: 'Checking' } }, 'accounts.receivable'],
    [{ categories: { 'A.B': 'Nowhere' } }, 'categories.A.B'],
    [{ categories: { A: 'Accounts Receivable (A/R)' } }, 'categories.A'],
    [{ paymentAccounts: { Cash: 'Discounts given' } }, 'paymentAccounts.Cash'],
    [{ taxCodes: { t: 'Calfornia' } }, 'taxCodes.t'],
    [{ paymentMethods: { c: 'Cheque' } }, 'paymentMethods.c'],
    [{ terms: { t: 'Net 31' } }, 'terms.t'],
    [{ classes: { mode: 'line', default: 'Hvac' } }, 'classes.default'],
  ])('that it does not have, or can’t have there, are wrong: %j', (given, path) => {
    expect(wrong(given)).toEqual([path]);
  });

  it('of locations are checked where the books keep locations', () => {
    const departments = { HVAC: 'Nort' };
    const north = { ...chart, departments: [{ name: 'North', active: true }] };
    const given = { ...settings({}), departments };
    expect(wrongNames(given, north)).toMatchObject([{ path: ['departments', 'HVAC'], nearest: ['North'] }]);
    expect([wrongNames(given, chart), wrongNames(given, north, given)]).toEqual([[], []]);
  });

  it('that are wrong come with the reason and the nearest names that fit', () => {
    expect(wrongNames(settings({ accounts: { income: 'Sales of Product Incom' } }), chart)).toEqual([
      {
        path: ['accounts', 'income'],
        message: 'The chart of accounts has no account “Sales of Product Incom”. Did you mean “Sales of Product Income”?',
        nearest: ['Sales of Product Income'],
      },
    ]);
    expect(wrongNames(settings({ accounts: { income: 'Checking' } }), chart)[0]!.message).toMatch(
      /^The account “Checking” is of type Bank, which can’t be used for income\./,
    );
  });

  it('of sales tax are checked too: a code of the books, and a liability account', () => {
    const taxed = (tax: BooksSettings['tax']) => wrongNames({ ...settings({}), tax }, chart).map(({ path }) => path.join('.'));
    expect(taxed({ mode: 'stated', code: 'California' })).toEqual([]);
    expect(taxed({ mode: 'stated', code: 'Nevada' })).toEqual(['tax.code']);
    expect(taxed({ mode: 'line', account: 'Sales of Product Income' })).toEqual(['tax.account']);
  });

  it('that were wrong before don’t stop the admin from saving something else', () => {
    const former = { accounts: { income: 'Renamed since' }, categories: { A: 'Gone' } };
    expect(wrong({ ...former, terms: { n: 'Net 30' } }, former)).toEqual([]);
    expect(wrong({ ...former, categories: { A: 'Gone', B: 'Gone' } }, former)).toEqual(['categories.B']);
  });

  it('can’t be checked without a chart, or where the chart has no list', () => {
    const given = { accounts: { income: 'Nowhere' }, terms: { a: 'Nowhere' } };
    expect(wrongNames(settings(given), undefined)).toEqual([]);
    expect(wrongNames(settings(given), chartSchema.parse({}))).toEqual([]);
  });
});

it.each([
  ['income', 'Income', true],
  ['income', 'Other Income', true],
  ['income', 'Other Current Liability', true],
  ['income', 'Bank', false],
  ['income', 'CreditCard', false],
  ['discount', 'Expense', true],
  ['discount', 'Bank', false],
] as const)('%s and an account of type %s: %s', (role, type, fits) => {
  expect(fitsRole(role, type)).toBe(fits);
});
