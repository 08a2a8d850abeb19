/**
 * How serious a finding about a document is.
 * - `problem`: the document can't be sent until someone fixes it
 * - `warning`: it can be sent, and someone should check it
 * - `notice`: it can be sent; worth knowing
 */
export type Severity = 'problem' | 'warning' | 'notice';

/** One row of the table that code, docs/errors.md and the API's schema share. */
export interface ProblemCodeEntry {
  /** Whether it stops its document. */
  readonly severity: Severity;
  /** Its severity where a person loads files and sees the document before the books do. Absent: the same. */
  readonly inFiles?: Severity;
  /** Who fixes it. */
  readonly who: 'source' | 'admin' | 'bookkeeper' | 'engineer';
  /** What it means, in one sentence. */
  readonly meaning: string;
  /** What that person does. */
  readonly cure: string;
}

/** One row, for the tables. */
export function row(severity: Severity, who: ProblemCodeEntry['who'], meaning: string, cure: string): ProblemCodeEntry {
  return { severity, who, meaning, cure };
}

/** The same row, with another severity in files, which a person reads before the books have them. */
export function lighterInFiles(inFiles: Severity, entry: ProblemCodeEntry): ProblemCodeEntry {
  return { ...entry, inFiles };
}
