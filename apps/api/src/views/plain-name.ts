import { z } from 'zod';

/** No control characters, line or paragraph separators, and no marks that change the direction of what follows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
const PLAIN = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*$/;
const SENTENCE = 'A name can’t be . or .., and can’t contain control characters or direction marks. Remove them.';

/** Whether a text can be a name: names are shown in lists, and become names of files. */
export function isPlainName(text: string): boolean {
  return PLAIN.test(text) && text !== '.' && text !== '..';
}

/** A name that people give, without blanks around it. */
export function plainName(most: number) {
  return z.string().trim().min(1).max(most).regex(PLAIN, SENTENCE).refine(isPlainName, SENTENCE);
}

/** A text of a body as people or programs have it. Postgres stores no NUL, and the schema names that, so that nobody has to try. */
export function storableText(least: number, most: number) {
  return (
    z
      .string()
      .min(least)
      .max(most)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is refused here
      .regex(/^[^\u0000]*$/, 'A text can’t contain NUL. Remove it.')
  );
}
