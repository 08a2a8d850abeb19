import { type ProblemCodeEntry, row } from './problem-code.ts';

/** What is wrong with a document because of what the target can do. */
export const TARGET_CODES = {
  'not-taken': row(
    'problem',
    'bookkeeper',
    'The accounting system does not take this kind of document from Ledgerpost.',
    'Enter it there, then mark it as already in the books.',
  ),
} as const satisfies Readonly<Record<string, ProblemCodeEntry>>;
