import type { BooksSettings, Chart, SalesTax } from '@ledgerpost/core';
import { describe, expect, it } from 'vitest';
import { taxAdvice } from './tax-advice.ts';

const NONE = { documents: 0, other: 0 };
const advice = (salesTax: SalesTax, seen = NONE) =>
  taxAdvice(
    { name: 'QuickBooks Online' },
    { tax: { mode: 'stated' } } as BooksSettings,
    { preferences: { salesTax } } as Chart,
    seen,
  );

describe('the advice about sales tax', () => {
  it.each([
    ['manual', NONE, 'stated', /manual in QuickBooks Online, which keeps/],
    ['none', NONE, 'line', /Sales tax is off/],
    ['automated', NONE, 'stated', /known after the first batch/],
    ['automated', { documents: 12, other: 0 }, 'stated', /12 newest invoices with tax came back with the tax that was stated/],
    ['automated', { documents: 12, other: 3 }, 'books', /3 of the 12 newest invoices with tax came back with another tax/],
  ] as const)('%s, %o: %s', (salesTax, seen, recommended, reason) => {
    expect(advice(salesTax, seen)).toEqual({ mode: 'stated', recommended, reason: expect.stringMatching(reason) });
  });

  it('is absent where the target offers no choice', () => {
    expect(taxAdvice({ name: 'X' }, {} as BooksSettings, { preferences: { salesTax: 'manual' } } as Chart, NONE)).toBeUndefined();
  });
});
