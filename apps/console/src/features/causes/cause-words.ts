import { PROBLEM_CODES, type ProblemCode } from '@ledgerpost/core';
import type { Cause, DocumentProblem } from '../../api/queries.ts';
import { counted, DOCUMENT_KINDS, listed, recordName } from '../../ui/words.ts';

/** "195 invoices and 3 payments". */
export function documentsOf({ operations, documents }: Pick<Cause, 'operations' | 'documents'>): string {
  const parts = DOCUMENT_KINDS.flatMap(([prefix, one]) => {
    const own = Object.entries(operations).filter(([operation]) => operation.startsWith(prefix));
    const count = own.reduce((all, [, some]) => all + some, 0);
    return count === 0 ? [] : [counted(count, one)];
  });
  return parts.length === 0 ? counted(documents, 'document') : listed(parts);
}

const WHO = {
  source: 'Someone fixes this in the field-service system.',
  admin: 'An admin fixes this.',
  bookkeeper: 'A bookkeeper fixes this in the books.',
  engineer: 'Report this to an engineer.',
} as const;

const known = (code: string) => (Object.hasOwn(PROBLEM_CODES, code) ? PROBLEM_CODES[code as ProblemCode] : undefined);

/** What a problem code means, in a sentence. */
export function meaningOf(code: string): string {
  return known(code)?.meaning ?? code;
}

/** What a person does about it, and who that is; undefined for a code that this console doesn't know. */
export function cureWords(code: string): string | undefined {
  const entry = known(code);
  return entry && `${entry.cure} ${WHO[entry.who]}`;
}

/** Problems as rows of a spreadsheet, one a problem, with a head. */
export function problemRows(
  problems: readonly (DocumentProblem & { readonly number: string })[],
): readonly (readonly string[])[] {
  return [
    ['Record', 'ID', 'Number', 'Severity', 'Code', 'Problem', 'Who fixes it'],
    ...problems.map(({ record, number, severity, code, message }) => [
      recordName(record.type),
      record.id,
      number,
      severity,
      code,
      message,
      known(code)?.who ?? '',
    ]),
  ];
}
