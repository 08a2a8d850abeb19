import type { RecordRef } from '../values/ids.ts';
import type { ProblemCodeEntry, Severity } from './problem-code.ts';
import { PROBLEM_CODES, type ProblemCode } from './problem-codes.ts';

/** One finding about a document. A `problem` keeps it from being sent until someone has corrected the record. */
export interface Problem {
  /** A code of docs/errors.md. */
  readonly code: ProblemCode;
  /** Always the code's own, or the one that the table has for files. */
  readonly severity: Severity;
  /** The record with the problem. It may not be the document's own record, but its customer, for example. */
  readonly record: RecordRef;
  /** The member of the record: `lines[2].amount`. */
  readonly field?: string;
  /** The whole text: the document, what is wrong with it, and the next step. */
  readonly message: string;
}

/** A problem of the code's own severity. `message` is the whole text, with the cure. */
export function problem(code: ProblemCode, record: RecordRef, message: string, field?: string): Problem {
  const base = { code, severity: PROBLEM_CODES[code].severity, record: { type: record.type, id: record.id }, message };
  return field === undefined ? base : { ...base, field };
}

/** A problem of a document for a file target, where the table may have another severity. */
export function problemInFiles(code: ProblemCode, record: RecordRef, message: string, field?: string): Problem {
  return { ...problem(code, record, message, field), severity: severityInFiles(code) };
}

function severityInFiles(code: ProblemCode): Severity {
  const entry: ProblemCodeEntry = PROBLEM_CODES[code];
  return entry.inFiles ?? entry.severity;
}

/** Whether any of these stops its document. */
export function stops(problems: readonly Problem[]): boolean {
  return problems.some((p) => p.severity === 'problem');
}
