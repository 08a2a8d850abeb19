import { ERROR_CODES, type ErrorCodeEntry, PROBLEM_CODES, type ProblemCodeEntry } from '@ledgerpost/core';

/** docs/errors.md, made of the tables that the code uses. */
export function errorsDoc(): string {
  const errors = Object.entries(ERROR_CODES as Record<string, ErrorCodeEntry>).map(
    ([code, { status, who, meaning, cure }]) => `| \`${code}\` | ${status ?? '–'} | ${who} | ${meaning} | ${cure} |`,
  );
  const problems = Object.entries(PROBLEM_CODES as Record<string, ProblemCodeEntry>).map(
    ([code, { severity, who, meaning, cure }]) => `| \`${code}\` | ${severity} | ${who} | ${meaning} | ${cure} |`,
  );
  return [
    '# Errors and problems',
    '',
    '<!-- Made from packages/core/src/codes/error-codes.ts and problem-codes.ts by `npm run errors-doc --workspace apps/api`. Edit those. -->',
    '',
    'Codes are stable: a program may act on them. Sentences are for people and may change.',
    '',
    '## Errors',
    '',
    'A request, a call to a target or a workflow that failed. The API answers them as `application/problem+json` with `code`, `detail` and `instance` (the request id).',
    '',
    '| code | status | who acts | what it means | what to do |',
    '|---|---|---|---|---|',
    ...errors,
    '',
    '## Problems of documents',
    '',
    'A finding about one document. A `problem` stops the document. A `warning` goes with it, and a person should check it. A `notice` is worth knowing.',
    '',
    '| code | severity | who fixes it | what it means | what to do |',
    '|---|---|---|---|---|',
    ...problems,
    '',
  ].join('\n');
}
