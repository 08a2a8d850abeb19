import { describe, expect, it } from 'vitest';
import { amount, cents, extendedCents, percentOf } from './money.ts';

describe('money', () => {
  it.each([
    [1.005, 101],
    [-1.005, -101],
    [0.1 + 0.2, 30],
    [1e-7, 0],
    [123456789.01, 12345678901],
    [undefined, 0],
  ])('%s is so many cents', (decimal, whole) => {
    expect(cents(decimal)).toBe(whole);
  });

  it('goes to cents and back unchanged', () => {
    for (let whole = -1000; whole <= 1000; whole += 1) expect(cents(amount(whole))).toBe(whole);
  });

  it.each([
    [0.333, 9.99, 333],
    [3, 0.335, 101],
    [1.1, 1.1, 121],
  ])('%s at %s is so many cents', (quantity, price, whole) => {
    expect(extendedCents(quantity, price)).toBe(whole);
  });

  it('case 32: 9.975 % of 4495.16 is 448.39', () => {
    expect(percentOf(449516, 9.975)).toBe(44839);
  });
});
