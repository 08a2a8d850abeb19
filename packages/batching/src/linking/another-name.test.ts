import type { BooksSettings } from '@ledgerpost/core';
import { expect, it } from 'vitest';
import { anotherName } from './another-name.ts';

const settings = (another: 'number' | 'address' | 'phone') =>
  ({ names: { follow: 'books', nonLatin1: 'auto', another } }) as BooksSettings;
const need = (name: string, details: object = {}) => ({
  kind: 'customer' as const,
  key: 'c-17',
  name,
  details: details as never,
});
const FULL = { billingAddress: { line1: '12 Elm  St: rear' }, phone: '(650) 555-3311' };

it.each([
  ['number', FULL, 'John Smith (c-17)'],
  ['address', FULL, 'John Smith (12 Elm St rear)'],
  ['phone', FULL, 'John Smith ((650) 555-3311)'],
  ['address', {}, 'John Smith (c-17)'],
  ['phone', { phone: ' ' }, 'John Smith (c-17)'],
] as const)('a second customer of one name is told apart by %s, else by number', (rule, details, expected) => {
  expect(anotherName(need('John Smith', details), settings(rule))).toBe(expected);
});

it('the name stays below its parent, and within what the books keep', () => {
  expect(anotherName(need('Roe:John'), settings('number'))).toBe('Roe:John (c-17)');
  const long = anotherName(need('x'.repeat(200)), settings('number'));
  expect([long.length, long.endsWith(' (c-17)')]).toEqual([100, true]);
});
