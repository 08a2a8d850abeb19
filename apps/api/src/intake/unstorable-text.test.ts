import { expect, it } from 'vitest';
import { findUnstorableText } from './unstorable-text.ts';

it.each([
  [{ a: 'fine', b: ['ü', '😀', 1, null, true] }, undefined],
  [{ a: 'a\0b' }, 'a'],
  [{ lines: [{ name: 'x' }, { name: '\ud83d' }] }, 'lines[1].name'],
  [{ a: { 'b\0': 1 } }, 'a'],
  ['\udc00', ''],
])('of %j the first text that no database can hold is at %j', (value, path) => {
  expect(findUnstorableText(value)).toBe(path);
});
