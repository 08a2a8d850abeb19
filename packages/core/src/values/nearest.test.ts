import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const NAMES = ['Sales', 'Sales:Services', 'Sales of Product Income', 'Café supplies', 'Accounts Receivable (A/R)', 'Checking'];

it.each([
  ['sales', ['Sales']],
  ['Slaes', ['Sales']],
  ['Services', ['Sales:Services']],
  ['Cafe supplies', ['Café supplies']],
  ['Accounts Receivable', ['Accounts Receivable (A/R)']],
  ['Depreciation of vehicles', []],
])('%s may have meant %j', (wanted, expected) => {
  expect(nearest(wanted, NAMES)).toEqual(expected);
});

it('gives the nearest first, and no more than asked for', () => {
  expect(nearest('Class 1', ['Class 22', 'Class 2', 'class 1', 'Class 3'], 2)).toEqual(['class 1', 'Class 2']);
});
