import type { Problem } from '../codes/problems.ts';
import type { BuildContext } from '../documents/build-context.ts';
import type { Document } from '../documents/documents.ts';
import type { References } from '../documents/parts.ts';
import type { BatchedRecord } from '../records/records.ts';

/** What a rule looks at: a record, the document that was built from it, and what both refer to. */
export interface Subject<R extends BatchedRecord = BatchedRecord, D extends Document = Document> {
  readonly record: R;
  readonly document: D;
  readonly references: References;
  readonly context: BuildContext;
}

/** One rule: what it has to say about the subject, if anything. Pure; never throws, whatever the data. */
export type Rule<S> = (subject: S) => Problem | readonly Problem[] | undefined;

/** What all the rules have to say, in their order. */
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
