/** One row of a table as it came. */
export interface Row {
  /** As a spreadsheet counts it, from 1, header and preamble included. */
  readonly row: number;
  readonly cells: readonly string[];
  /** Set on the last row of a CSV file that does not end with a line break: its last cell may be cut. */
  readonly endsOpen?: true;
}

/** A row that makes no record, and why. Each is listed for the person who imports. */
export interface LeftOutRow {
  readonly row: number;
  readonly why: 'preamble' | 'blank' | 'section' | 'totals' | 'header-again' | 'condition';
  /** What the row says, cells joined, cut to 200 characters. */
  readonly text: string;
}

/** Where a file's table begins, and what its columns are called. */
export interface Table {
  readonly file: string;
  /** The sheet's name; absent for CSV. */
  readonly sheet?: string;
  readonly delimiter?: string;
  /** The row of the header, from 1. */
  readonly headerRow: number;
  /** As the file writes them. */
  readonly headers: readonly string[];
}

export function textOfRow(cells: readonly string[]): string {
  return cells
    .filter((cell) => cell.trim() !== '')
    .join(' | ')
    .slice(0, 200);
}

export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}
