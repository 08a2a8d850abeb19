import { describe, expect, it } from 'vitest';
import {
  currencyDigits,
  formatMoney,
  isDecimal,
  type Money,
  multiply,
  parseMoney,
  showMoney,
  sum,
  toDecimal,
  toMoney,
} from './money.ts';

const cents = (n: number) => n as Money;

describe('parseMoney', () => {
  it.each([
    ['129.5', 'USD', 12950],
    ['129.50', 'USD', 12950],
    ['129', 'USD', 12900],
    ['0', 'USD', 0],
    ['-0.00', 'USD', 0],
    ['-18.90', 'USD', -1890],
    ['007.10', 'USD', 710],
    ['500', 'JPY', 500],
    ['1.234', 'KWD', 1234],
    ['1.2345', 'CLF', 12345],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
  ])('reads %s %s as %i minor units', (text, currency, expected) => {
    const amount = parseMoney(text, currency);
    expect(amount).toBe(expected);
    expect(Object.is(amount, -0)).toBe(false);
  });

  it.each([
    ['1.005', 'USD', 'more digits than the currency has'],
    ['1.500', 'USD', 'more digits than the currency has, even zeros'],
    ['1.5', 'JPY', 'a fraction of a yen'],
    ['', 'USD', 'nothing'],
    ['-', 'USD', 'a sign alone'],
    ['1.', 'USD', 'a point with nothing after it'],
    ['.5', 'USD', 'a point with nothing before it'],
    ['-.5', 'USD', 'a sign and a point'],
    ['1.2.3', 'USD', 'two points'],
    ['1,000.00', 'USD', 'a thousands separator'],
    ['1e3', 'USD', 'an exponent'],
    ['+1', 'USD', 'a plus sign'],
    [' 1', 'USD', 'a space'],
    ['NaN', 'USD', 'a word'],
    ['١', 'USD', 'a digit of another script'],
    ['90071992547409.92', 'USD', 'more than a safe integer'],
    ['99999999999999999999999', 'JPY', 'far more than a safe integer'],
  ])('refuses %j in %s: %s', (text, currency) => {
    expect(parseMoney(text, currency)).toBeUndefined();
  });
});

describe('formatMoney', () => {
  it.each([
    [12950, 'USD', '129.50'],
    [5, 'USD', '0.05'],
    [-5, 'USD', '-0.05'],
    [0, 'USD', '0.00'],
    [500, 'JPY', '500'],
    [1, 'KWD', '0.001'],
    [Number.MAX_SAFE_INTEGER, 'USD', '90071992547409.91'],
  ])('writes %i in %s as %s, and reads it back the same', (amount, currency, expected) => {
    expect(formatMoney(cents(amount), currency)).toBe(expected);
    expect(parseMoney(expected, currency)).toBe(amount);
  });
});

it.each([
  [120450, 'USD', '$1,204.50'],
  [-500, 'USD', '-$5.00'],
  [0, 'USD', '$0.00'],
  [123456789, 'JPY', '¥123,456,789'],
  [Number.MAX_SAFE_INTEGER, 'USD', '$90,071,992,547,409.91'],
])('showMoney writes %i in %s as people do: %s', (amount, currency, expected) => {
  expect(showMoney(cents(amount), currency)).toBe(expected);
});

describe('multiply', () => {
  it('case 34: quantity 0.333 at 9.99 gives an amount consistent to the cent', () => {
    expect(multiply('0.333', '9.99', 'USD')).toBe(333); // 3.32667
  });

  it.each([
    ['1', '189', 'USD', 18900],
    ['0.5', '0.01', 'USD', 1], // 0.005, half goes away from zero
    ['-0.5', '0.01', 'USD', -1],
    ['0.49999', '0.01', 'USD', 0],
    ['3', '-0.00500', 'USD', -2], // −0.015
    ['1.005', '1', 'USD', 101], // as doubles this would be 1.00
    ['2.675', '1', 'USD', 268],
    ['1.5', '1', 'JPY', 2],
    ['0.0005', '1', 'KWD', 1],
    ['12345.67891', '98765.43219', 'USD', 121932631323], // 1219326313.23…, beyond what doubles multiply exactly
    ['0', '0', 'USD', 0],
    ['12', '14.0000000', 'USD', 16800],
    ['1000', '0.1234567', 'USD', 12346], // 123.4567
    ['3', '-0.0016667', 'USD', -1], // −0.0050001
    ['0.0000001', '9999999999.9999999', 'USD', 100000], // 999.99999999999999
    ['1', '9999999999.1234567', 'USD', 999999999912],
    ['-1', '0', 'USD', 0],
  ])('%s × %s in %s is %i minor units', (quantity, unitPrice, currency, expected) => {
    const product = multiply(quantity, unitPrice, currency);
    expect(product).toBe(expected);
    expect(Object.is(product, -0)).toBe(false);
  });

  it('agrees with exact integers over many random factors, small and large', () => {
    let seed = 42;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return seed % below;
    };
    for (let i = 0; i < 5_000; i++) {
      const q = random(i % 2 === 0 ? 1_000 : 4_000_000_000);
      const p = random(4_000_000_000);
      const spell = (n: number) => `${Math.floor(n / 100_000)}.${String(n % 100_000).padStart(5, '0')}`;
      const exact = (BigInt(q) * BigInt(p) * 2n + 100_000_000n) / 200_000_000n;
      expect(multiply(spell(q), spell(p), 'USD')).toBe(Number(exact));
    }
  });

  it('refuses what a safe integer cannot hold, and anything but a number', () => {
    expect(multiply('9999999999', '9999999999', 'USD')).toBeUndefined();
    expect(multiply('1', 'x', 'USD')).toBeUndefined();
    expect(multiply('1.00000001', '1', 'USD')).toBeUndefined();
    expect(multiply('1', '0.00000001', 'USD')).toBeUndefined();
    expect(multiply('9999999999', '9999999999.9999999', 'USD')).toBeUndefined();
  });
});

describe('sums', () => {
  it('case 40: the sum over 10,000 rows is exact', () => {
    const rows = Array.from({ length: 10_000 }, () => parseMoney('0.10', 'USD')!);
    expect(sum(rows)).toBe(100_000);
  });

  it('refuse to wrap', () => {
    expect(sum([cents(Number.MAX_SAFE_INTEGER), cents(1)])).toBeUndefined();
    expect(sum([cents(Number.MAX_SAFE_INTEGER), cents(1), cents(-1)])).toBeUndefined();
  });
});

it('toDecimal gives the double nearest to the decimal string', () => {
  expect(toDecimal(cents(18876), 'USD')).toBe(188.76);
  expect(toDecimal(cents(-1), 'USD')).toBe(-0.01);
});

it('toMoney accepts whole minor units only', () => {
  expect(toMoney(-0)).toBe(0);
  expect(() => toMoney(0.5)).toThrow(RangeError);
});

it('currencies have the digits of ISO 4217', () => {
  expect(['USD', 'GBP', 'JPY', 'KWD', 'CLF'].map(currencyDigits)).toEqual([2, 2, 0, 3, 4]);
});

it('isDecimal counts fraction digits', () => {
  expect(isDecimal('-0.33333', 5)).toBe(true);
  expect(isDecimal('0.333333', 5)).toBe(false);
  expect(isDecimal('1e5', 5)).toBe(false);
});
