import type { RecordRef } from '../values/ids.ts';
import { PROBLEM_CODES, type ProblemCode, type Severity } from './problem-codes.ts';

/** One thing to say about a document. A `problem` keeps it from being sent until somebody has mended the record. */
export interface Problem {
  /** A code of docs/errors.md. */
  readonly code: ProblemCode;
  /** The code's own, always. */
  readonly severity: Severity;
  /** The record it is about, which may be another than the document's own (its customer, say). */
  readonly record: RecordRef;
  /** The member of the record: `lines[2].amount`. */
  readonly field?: string;
  /** The whole sentence: what is wrong, with the values, and who does what next. */
  readonly message: string;
}

/** A problem of the code's own severity. `message` is the whole sentence, cure included. */
export function problem(code: ProblemCode, record: RecordRef, message: string, field?: string): Problem {
  const base = { code, severity: PROBLEM_CODES[code].severity, record: { type: record.type, id: record.id }, message };
  return field === undefined ? base : { ...base, field };
}

/** Whether any of these stops its document. */
export function stops(problems: readonly Problem[]): boolean {
  return problems.some((p) => p.severity === 'problem');
}
