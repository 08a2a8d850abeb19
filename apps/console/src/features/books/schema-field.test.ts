import { describe, expect, it } from 'vitest';
import { choiceWords, repeatsHeading } from './schema-field.tsx';

describe('a form made from a schema', () => {
  it.each([
    ['skip', 'Skip'],
    ['credit-memo', 'Credit memo'],
    ['one_per_line', 'One per line'],
    ['MM/DD/YYYY', 'MM/DD/YYYY'],
    ['Net 30', 'Net 30'],
  ])('shows the choice %s as %s', (choice, words) => {
    expect(choiceWords(choice)).toBe(words);
  });

  it('does not repeat a heading as its own help', () => {
    expect(repeatsHeading('Policy', 'Policy.')).toBe(true);
    expect(repeatsHeading('Accounts', 'Default accounts by role.')).toBe(false);
  });
});
