import { expect, it } from 'vitest';
import { isPlainName } from './plain-name.ts';

it.each(['Bird & Sons', 'Amy’s “Shop”', '…', '.a', 'Nguyễn', '鳥', 'نجار'])('%j can be a name', (name) => {
  expect(isPlainName(name)).toBe(true);
});

it.each(['.', '..', 'a\nb', 'a\u0000', 'a\u0085b', 'a\u202egpj.exe', 'a\u2066b', 'a\u200fb', 'a\u061cb', 'a\u2028b'])(
  '%j can’t be a name',
  (name) => {
    expect(isPlainName(name)).toBe(false);
  },
);
