import { describe, expect, it } from 'vitest';
import { PROFILES, type Profile } from './profiles.ts';

const online: Profile = PROFILES['quickbooks-online-us'];

describe('the QuickBooks Online (US) profile', () => {
  it.each([
    ['invoices', 50],
    ['payments', 12],
    ['journals', 12],
    ['creditMemos', 36],
  ] as const)('%s have %i columns', (sheet, count) => expect(online.columns[sheet]).toHaveLength(count));

  it.each([
    ['invoices', 'AM', 'Product/Service Taxable'],
    ['creditMemos', 'X', 'Product/Service Taxable'],
    ['creditMemos', 'AC', 'Apply Tax After Discount'],
    ['creditMemos', 'AI', 'Print Status'],
    ['creditMemos', 'AJ', 'Email Status'],
  ] as const)('%s have in column %s the header "%s"', (sheet, letters, header) => {
    const index = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    expect(online.columns[sheet][index]?.header).toBe(header);
  });

  it('a template spelling differs from the header by stray spaces alone', () => {
    const spelled = Object.values(online.columns)
      .flat()
      .filter((column) => column.template !== undefined);
    expect(spelled.map((column) => column.template)).toEqual([
      'Customer ',
      'Discount Account ',
      'Customer ',
      ' Account ',
      ' Amount',
      ' Description',
      'Class ',
      'Product/Service Class ',
    ]);
    for (const column of spelled) expect(column.template?.trim()).toBe(column.header);
  });
});

it('the Desktop profile has the same columns and numbers of 11 characters', () => {
  const desktop: Profile = PROFILES['quickbooks-desktop'];
  expect(desktop.columns).toEqual(online.columns);
  expect(desktop.limits).toMatchObject({ number: 11, refNo: 20 });
});
