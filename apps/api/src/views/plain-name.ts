import { z } from 'zod';

/** Control characters, line and paragraph separators, and marks that change the direction of what follows. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Whether a text can be a name: names are shown in lists, and become names of files. */
export function isPlainName(text: string): boolean {
  return !UNSEEN.test(text) && text !== '.' && text !== '..';
}

/** A name that people give, without blanks around it. */
export function plainName(most: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine(isPlainName, 'A name can’t be . or .., and can’t contain control characters or direction marks. Remove them.');
}
