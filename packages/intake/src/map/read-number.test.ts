import { describe, expect, it } from 'vitest';
import { numberReadings, readMoney, readNumber } from './read-number.ts';

describe('an amount as exports write it', () => {
  it.each([
    ['1,204.50', '1204.5'],
    ['$1,885.00', '1885'],
    ['-$1,274.99', '-1274.99'],
    ['$-5.00', '-5'],
    ['($82.00)', '-82'],
    ['$(82.00)', '-82'],
    ['5.00-', '-5'],
    ['="363"', '363'],
    [' 12 ', '12'],
    ['1 204.50', '1204.5'],
    ['USD 12.00', '12'],
    ['0.00', '0'],
    ['-0.00', '0'],
    ['.5', '0.5'],
    ['007', '7'],
  ])('%s is %s', (cell, expected) => expect(readNumber(cell, 'point')).toBe(expected));

  it.each([[''], ['-'], ['  '], ['—']])('“%s” is an empty cell', (cell) => expect(readNumber(cell, 'point')).toBeUndefined());

  it.each([['12,34'], ['1,2345.00'], ['12.3.4'], ['twelve'], ['(-5)'], ['--5'], ['1e3'], ['12 dollars'], ['$']])(
    '%s is no number',
    (cell) => expect(readNumber(cell, 'point')).toBeNull(),
  );

  it('an amount has no more digits than its currency, zeros aside', () => {
    expect(readMoney('166.000', 'point', 'USD')).toBe('166');
    expect(readMoney('166.005', 'point', 'USD')).toBeNull();
    expect(readMoney('166.5', 'point', 'JPY')).toBeNull();
  });

  it.each([
    ['$5.00', 'USD', '5'],
    ['$5.00', 'CAD', '5'],
    ['US$5.00', 'USD', '5'],
    ['CAD 5.00', 'CAD', '5'],
    ['€5.00', 'EUR', '5'],
    ['€5.00', 'USD', null],
    ['5.00 EUR', 'USD', null],
    ['US$5.00', 'CAD', null],
    ['$5.00', 'GBP', null],
  ])('%s in books of %s is %s: another currency is never read as one’s own', (cell, currency, expected) =>
    expect(readMoney(cell, 'point', currency)).toBe(expected),
  );

  it('a decimal comma is a reading of its own, and a cell that both fit shows whether they differ', () => {
    expect(readNumber('1.234,56', 'comma')).toBe('1234.56');
    expect(numberReadings('399,00', 'USD').fits).toEqual(['comma']);
    expect(numberReadings('1,234.50', 'USD').fits).toEqual(['point']);
    expect(numberReadings('1,234', 'USD')).toEqual({ fits: ['point'], differ: false });
    expect(numberReadings('12', 'USD')).toEqual({ fits: ['point', 'comma'], differ: false });
    expect(numberReadings('1.234', 'USD')).toEqual({ fits: ['point', 'comma'], differ: true });
  });
});
