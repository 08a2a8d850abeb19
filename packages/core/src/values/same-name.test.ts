import { expect, it } from 'vitest';
import { foldedName } from './same-name.ts';

it.each([
  ['STAPLES', 'Staples'],
  ['Bob’s  Diner ', "Bob's Diner"],
  ['A : B', 'a:b'],
  ['A: :B:', 'a:b'],
  [':A', 'a'],
  ['Spring – tune-up', 'spring - tune-up'],
  ['24" pipe', '24” pipe'],
])('%j and %j are one name to accounting systems', (a, b) => {
  expect(foldedName(a)).toBe(foldedName(b));
});

it.each([
  ['Staples', 'Staple'],
  ['Zoë', 'Zoe'],
  ['A:B', 'A B'],
])('%j and %j are two names', (a, b) => {
  expect(foldedName(a)).not.toBe(foldedName(b));
});
