import type { BooksSettings, Chart } from '@ledgerpost/core';
import { booksSettings } from '@ledgerpost/core/schemas';
import { describe, expect, it } from 'vitest';
import { CHART } from '../testing/fake-target.testing.ts';
import { accountStatuses, categoryDrift } from './account-status.ts';
import { classStatuses } from './class-status.ts';

const settings = (accounts: object, categories: object = {}) => booksSettings.parse({ accounts, categories }) as BooksSettings;
const of = (accounts: object, chart: Chart | undefined = CHART, ids = {}) =>
  Object.fromEntries(accountStatuses(settings(accounts), chart, ids).map((one) => [one.role, one]));

describe('default accounts', () => {
  it.each([
    ['ok', { refund: 'Checking' }, 'refund'],
    ['unset', {}, 'refund'],
    ['inactive', { depositTo: 'Old Bank' }, 'depositTo'],
    ['missing', { income: 'Servces' }, 'income'],
    ['wrong-type', { refund: 'Services' }, 'refund'],
  ])('are %s', (status, accounts, role) => {
    expect(of(accounts)[role]?.status).toBe(status);
  });

  it('that were renamed in the books show their new name', () => {
    expect(of({ income: 'Service income' }, CHART, { 'Service income': '1' }).income).toMatchObject({
      status: 'renamed',
      nearest: ['Services'],
    });
  });

  it('that are missing show the nearest names that fit', () => {
    expect(of({ income: 'Servces' }).income?.nearest).toEqual(['Services']);
  });

  it('show the tax account, which is the target’s own', () => {
    expect(of({}).tax).toMatchObject({ name: 'Sales Tax Payable', status: 'ok' });
  });

  it('can’t be checked without a chart', () => {
    const [income] = accountStatuses(settings({ income: 'Services' }), undefined, {});
    expect(income?.status).toBe('unchecked');
  });

  it('of categories are listed when they are missing, inactive or renamed', () => {
    const mapped = settings({}, { A: 'Gone', B: 'Old Bank', C: 'Was', D: 'Services' });
    expect(categoryDrift(mapped, CHART, { Was: '2' })).toEqual([
      'The category “A” is mapped to the account “Gone”, which does not exist in the books.',
      'The category “B” is mapped to the account “Old Bank”, which is inactive.',
      'The category “C” is mapped to the account “Was”, which was renamed to “Checking”.',
    ]);
  });
});

describe('classes in use', () => {
  it('are verified, inactive, missing or ambiguous', () => {
    const names = ['HVAC', 'Roofing', 'Solar', 'hvac', 'Drains'];
    expect(classStatuses(names, CHART).map(({ name, status }) => [name, status])).toEqual([
      ['HVAC', 'verified'],
      ['Roofing', 'inactive'],
      ['Solar', 'missing'],
      ['hvac', 'ambiguous'],
      ['Drains', 'ambiguous'],
    ]);
  });

  it('show what may be meant', () => {
    expect(classStatuses(['Drains'], CHART)[0]?.nearest).toEqual(['Plumbing:Drains']);
  });
});
