/** One row of the table that code, docs/errors.md and the API's schema share. */
export interface ErrorCodeEntry {
  /** HTTP status of the API's answer; null where the code is never an API answer by itself. */
  readonly status: number | null;
  /** Who acts on it. */
  readonly who: 'caller' | 'admin' | 'operator' | 'engineer' | 'time';
  /** What it means, in one sentence. */
  readonly meaning: string;
  /** What to do. */
  readonly cure: string;
}

export function row(status: number | null, who: ErrorCodeEntry['who'], meaning: string, cure: string): ErrorCodeEntry {
  return { status, who, meaning, cure };
}
