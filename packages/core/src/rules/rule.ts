import type { Problem } from '../codes/problems.ts';
import type { BuildContext } from '../documents/build-context.ts';
import type { Document } from '../documents/documents.ts';
import type { References } from '../documents/parts.ts';
import type { BatchedRecord } from '../records/records.ts';

/** What a rule checks: a record, the document built from it, and what both refer to. */
export interface Subject<R extends BatchedRecord = BatchedRecord, D extends Document = Document> {
  readonly record: R;
  readonly document: D;
  readonly references: References;
  readonly context: BuildContext;
}

/** One rule: the problems that it finds in the subject, if any. Pure; never throws, whatever the data. */
export type Rule<S> = (subject: S) => Problem | readonly Problem[] | undefined;

/** The problems that all the rules find, in the order of the rules. */
export function check<S>(subject: S, rules: readonly Rule<S>[]): Problem[] {
  const problems: Problem[] = [];
  for (const rule of rules) {
    const found = rule(subject);
    if (found === undefined) continue;
    if (isList(found)) problems.push(...found);
    else problems.push(found);
  }
  return problems;
}

function isList(found: Problem | readonly Problem[]): found is readonly Problem[] {
  return Array.isArray(found);
}
