import { describe, expect, it } from 'vitest';
import type { DepartmentRecord, ServiceRecord, SourceLine } from '../records/records.ts';
import { booksSettings } from '../records/schemas.ts';
import { contextOf } from '../test-context.ts';
import { descriptionOf, resolveLine } from './resolve-line.ts';

const { shortHash } = contextOf();
const line = (change: Partial<SourceLine> = {}): SourceLine => ({ quantity: '1', unitPrice: '1', amount: '1', ...change });
const service = (change: Partial<ServiceRecord> = {}): ServiceRecord => ({
  type: 'service',
  id: 's-1',
  name: 'Tune-up',
  ...change,
});
const department: DepartmentRecord = {
  type: 'department',
  id: 'd',
  name: 'HVAC',
  accountingCategory: 'HVAC sales',
  accountingClass: 'HVAC',
};

interface Given {
  readonly line?: Partial<SourceLine>;
  readonly below?: boolean;
  readonly service?: Partial<ServiceRecord>;
  readonly department?: DepartmentRecord;
  readonly settings?: object;
}

function resolve({ line: change = {}, below = false, service: own, department: of, settings = {} }: Given) {
  const found = own && service(own);
  const given = line({ ...(found ? { serviceId: 's-1' } : {}), ...change });
  return resolveLine(given, below, found, of, booksSettings.parse(settings), shortHash);
}

describe('an item and its account', () => {
  const accounts = { income: 'Sales', discount: 'Discounts given' };
  it.each<[string, Given, string, string | undefined]>([
    ['a service in its own category keeps its name', { service: { accountingCategory: 'Services' } }, 'Tune-up', 'Services'],
    [
      'a category is mapped by the settings',
      { service: { accountingCategory: 'Services' }, settings: { categories: { Services: 'Income:Service' } } },
      'Tune-up',
      'Income:Service',
    ],
    [
      'a line’s other category makes it another item',
      { service: { accountingCategory: 'Services' }, line: { accountingCategory: 'Warranty' } },
      'Tune-up (Warranty)',
      'Warranty',
    ],
    [
      'a line that repeats the service’s category does not',
      { service: { accountingCategory: 'Services' }, line: { accountingCategory: 'Services' } },
      'Tune-up',
      'Services',
    ],
    [
      'a service without a category takes the department’s, as an item of its own',
      { service: {}, department },
      'Tune-up (HVAC sales)',
      'HVAC sales',
    ],
    ['without any category it goes to the income account', { service: {}, settings: { accounts } }, 'Tune-up', 'Sales'],
    ['and to none where there is none', { service: {} }, 'Tune-up', undefined],
    [
      'case 37: a promotion line has its own category',
      { line: { name: 'Promo', accountingCategory: 'Coupons' }, below: true },
      'Coupons',
      'Coupons',
    ],
    [
      'a line below zero without a category is a discount',
      { line: { name: 'Promo' }, below: true, department, settings: { accounts } },
      'Discounts given',
      'Discounts given',
    ],
    [
      'case 38: without a discount account it is income',
      { line: { name: 'Rounding' }, below: true, settings: { accounts: { income: 'Sales' } } },
      'Sales',
      'Sales',
    ],
    [
      'a service sold below zero is another item than above it',
      { service: {}, below: true, settings: { accounts } },
      'Tune-up (Discounts given)',
      'Discounts given',
    ],
    [
      'a line without a service takes the department’s category',
      { line: { name: 'Wire' }, department },
      'HVAC sales',
      'HVAC sales',
    ],
    ['then the income account', { line: { name: 'Wire' }, settings: { accounts } }, 'Sales', 'Sales'],
    ['then its own name', { line: { name: 'Wire' } }, 'Wire', undefined],
    ['then just Sales', {}, 'Sales', undefined],
    [
      'a service that was never sent goes by the line’s name',
      { line: { serviceId: 's-9', name: 'Tune-up' } },
      'Tune-up',
      undefined,
    ],
    ['a service without a name goes by its id', { service: { name: ' ' } }, 's-1', undefined],
    [
      'a category called like a member of Object is a category',
      { line: { accountingCategory: 'constructor' } },
      'constructor',
      'constructor',
    ],
    [
      'an account path is an item without its colon',
      { line: { accountingCategory: 'Income:Sales' } },
      'Income - Sales',
      'Income:Sales',
    ],
    [
      'stray spaces and line breaks are no part of a name',
      { service: { name: ' Spring\n  tune-up ' } },
      'Spring tune-up',
      undefined,
    ],
  ])('%s', (_, given, name, account) => {
    const { item } = resolve(given);
    expect(item.name).toBe(name);
    expect(item.account).toBe(account);
  });

  it('two services never become one item because the books can’t keep their names', () => {
    const colon = resolve({ service: { name: 'Repair: pump' } });
    const dash = resolve({ service: { name: 'Repair - pump' } });
    const space = resolve({ service: { name: 'Repair : pump' } });
    expect(new Set([colon.item.name, dash.item.name, space.item.name]).size).toBe(3);
    expect(colon.item.name).toMatch(/^Repair - pump [0-9A-Z]{6}$/);
    expect(colon.renamedFrom).toBe('Repair: pump');
    expect(dash.renamedFrom).toBeUndefined();

    const long = 'x'.repeat(120);
    const [a, b] = [resolve({ service: { name: `${long}a` } }), resolve({ service: { name: `${long}b` } })];
    expect(a.item.name).toHaveLength(100);
    expect(a.item.name).not.toBe(b.item.name);
  });
});

it('a name that only lost stray spaces is not reported as renamed', () => {
  expect(resolve({ service: { name: ' Spring\n  tune-up ' } }).renamedFrom).toBeUndefined();
});

describe('a class', () => {
  const settings = { classes: { mode: 'line', default: 'Company' } };
  it.each<[string, Given, string | undefined]>([
    [
      'is the line’s',
      { line: { accountingClass: 'Line' }, service: { accountingClass: 'Service' }, department, settings },
      'Line',
    ],
    ['else the service’s', { service: { accountingClass: 'Service' }, department, settings }, 'Service'],
    ['else the department’s', { service: {}, department, settings }, 'HVAC'],
    ['else the company’s', { service: {}, settings }, 'Company'],
    ['else none', { service: {} }, undefined],
    ['case 69: of a parent keeps its path', { line: { accountingClass: 'West:HVAC' } }, 'West:HVAC'],
    ['of blanks is none', { line: { accountingClass: '  ' }, settings }, 'Company'],
  ])('case 70: %s', (_, given, expected) => {
    expect(resolve(given).class).toBe(expected);
  });
});

it.each<[Partial<SourceLine>, Partial<ServiceRecord> | undefined, string | undefined]>([
  [{ name: 'Promo SPRING10' }, undefined, 'Promo SPRING10'],
  [{ name: 'Promo', description: 'ten percent off' }, undefined, 'Promo: ten percent off'],
  [{ name: 'Promo', description: 'Promo' }, undefined, 'Promo'],
  [{ description: 'only this' }, undefined, 'only this'],
  [{ name: 'Tune-up', description: 'incl. filter' }, {}, 'incl. filter'],
  [{ name: 'Tune-up' }, { description: 'of the service' }, 'of the service'],
  [{ name: 'Other name' }, {}, 'Other name'],
  [{}, undefined, undefined],
])('the description of %o with service %o is %s', (change, own, expected) => {
  const found = own && service(own);
  const given = line({ ...(found ? { serviceId: 's-1' } : {}), ...change });
  expect(descriptionOf(given, { name: found ? 'Tune-up' : 'Coupons' }, found)).toBe(expected);
});
