import { z } from 'zod';

/* What is wrong with a request, in sentences that state what to do; the member is named beside them. Schemas with sentences of their own keep them. */
z.config({ customError: (issue) => inWords(issue) });

/** The sentence for what a schema found; undefined where the library's own words are good enough. */
export function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'It is missing. Send it.' : `It must be ${WANTED[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `It must be ${String(issue.values[0])}.`
        : `It must be one of: ${issue.values.map(String).join(', ')}.`;
    case 'unrecognized_keys':
      return `${issue.keys.join(', ')}: unknown here. Leave it out, or correct the spelling.`;
    case 'invalid_format':
      return FORMATS[issue.format];
    case 'too_small':
      return `It must be ${sizeOf(issue.origin, issue.minimum, 'least')}.`;
    case 'too_big':
      return `It must be ${sizeOf(issue.origin, issue.maximum, 'most')}.`;
    default:
      return undefined;
  }
}

const WANTED: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  number: 'a number',
  int: 'a whole number',
};

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'It must be a UUID.',
  date: 'It is not a day of the calendar. Send YYYY-MM-DD.',
  datetime: 'It is not an instant. Send one like 2026-11-24T18:00:00Z.',
  url: 'It is not a URL.',
};

function sizeOf(origin: string, bound: number | bigint, which: 'least' | 'most'): string {
  const many = `at ${which} ${bound}`;
  if (origin === 'string') return `text of ${many} ${bound === 1 ? 'character' : 'characters'}`;
  if (origin === 'array') return `a list of ${many}`;
  return many;
}
