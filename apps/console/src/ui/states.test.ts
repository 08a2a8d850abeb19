import { expect, it } from 'vitest';
import { itemStateWords } from './states.ts';

it.each([
  ['posted', 'To be resent'],
  ['posted-in-part', 'To be resent'],
  ['undone', 'Undone'],
  ['undone-in-part', 'Undone'],
  ['undoing', 'Undone'],
] as const)('a document that is undone in a batch that is %s reads "%s"', (of, words) => {
  expect(itemStateWords('undone', 'push', false, of)).toBe(words);
});
