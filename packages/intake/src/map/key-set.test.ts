import { expect, it } from 'vitest';
import { keySet } from './key-set.ts';

it('a set of keys has what was added, and nothing else, however much it is', () => {
  const set = keySet();
  let wrong = 0;
  for (let n = 0; n < 20_000; n += 1) set.add(`invoice/file:invoice:${n}`);
  for (let n = 0; n < 20_000; n += 1) {
    if (!set.has(`invoice/file:invoice:${n}`) || set.has(`payment/file:invoice:${n}`)) wrong += 1;
  }
  expect(wrong).toBe(0);
});
