/** A row with more letters than this is no row: usually a quote that is never closed. */
export const MOST_LETTERS = 1_000_000;

/** What a splitter made of the text so far. */
export interface Split {
  readonly rows: readonly string[][];
  /**
   * Set once the text is not regular CSV from there on, and at its end. csv-parse reads the rest, which begins at a row's start.
   */
  readonly left?: { readonly text: string; readonly lineBreak: LineBreak | undefined };
}

export type LineBreak = '\n' | '\r\n';

export interface RowSplitter {
  push(text: string): Split;
  /** The text after the last line break. */
  end(): NonNullable<Split['left']>;
}

/**
 * Splits regular CSV, several times faster than a parser that checks each byte: all lines end alike, and a quoted cell is quoted from
 * end to end. It gives exactly the rows that csv-parse gives, and leaves the rest of a file that isn't regular to csv-parse.
 */
export function rowSplitter(delimiter: string): RowSplitter {
  const first = delimiter.charCodeAt(0);
  let rest = '';
  let lineBreak: LineBreak | undefined;

  /** Whether a line that ends at that \n ends as all others do. The first one decides. */
  function endsAlike(text: string, start: number, at: number): boolean {
    const own: LineBreak = at > start && text.charCodeAt(at - 1) === CR ? '\r\n' : '\n';
    if (lineBreak === undefined) {
      const stray = text.indexOf('\r', start);
      // A lone \r before the first \n might be a line break of its own.
      if (stray !== -1 && stray < at - (own.length - 1)) return false;
      lineBreak = own;
    }
    return lineBreak === own;
  }

  /** One row with quotes in it: its cells and where the next begins. */
  function quotedRow(text: string, start: number): { cells: string[]; next: number } | 'incomplete' | 'irregular' {
    const cells: string[] = [];
    let at = start;
    let newline = -1;
    for (;;) {
      if (text.charCodeAt(at) === QUOTE) {
        let close = text.indexOf('"', at + 1);
        let doubled = false;
        while (close !== -1 && text.charCodeAt(close + 1) === QUOTE) {
          doubled = true;
          close = text.indexOf('"', close + 2);
        }
        // What follows the quote decides whether it closes the cell.
        if (close === -1 || close + 2 >= text.length) return 'incomplete';
        const cell = text.slice(at + 1, close);
        cells.push(doubled ? cell.replaceAll('""', '"') : cell);
        const after = text.charCodeAt(close + 1);
        if (after === first && (delimiter.length === 1 || text.startsWith(delimiter, close + 1))) {
          at = close + 1 + delimiter.length;
          continue;
        }
        const end = after === CR ? close + 2 : close + 1;
        if (text.charCodeAt(end) !== LF || !endsAlike(text, close + 1, end)) return 'irregular';
        return { cells, next: end + 1 };
      }
      // Only a quoted cell may go beyond the end of its line.
      if (newline < at) newline = text.indexOf('\n', at);
      if (newline === -1) return 'incomplete';
      const comma = text.indexOf(delimiter, at);
      if (comma !== -1 && comma < newline) {
        const cell = text.slice(at, comma);
        if (lineBreak === undefined && cell.includes('\r')) return 'irregular';
        cells.push(cell);
        at = comma + delimiter.length;
        continue;
      }
      if (!endsAlike(text, at, newline)) return 'irregular';
      cells.push(text.slice(at, newline - (lineBreak === '\r\n' ? 1 : 0)));
      return { cells, next: newline + 1 };
    }
  }

  return {
    push(piece) {
      const text = rest === '' ? piece : rest + piece;
      const rows: string[][] = [];
      let start = 0;
      let quote = text.indexOf('"');
      for (;;) {
        const newline = text.indexOf('\n', start);
        if (newline === -1) break;
        if (quote !== -1 && quote < start) quote = text.indexOf('"', start);
        if (quote === -1 || quote > newline) {
          if (!endsAlike(text, start, newline)) return { rows, left: { text: text.slice(start), lineBreak } };
          rows.push(text.slice(start, newline - (lineBreak === '\r\n' ? 1 : 0)).split(delimiter));
          start = newline + 1;
          continue;
        }
        const row = quotedRow(text, start);
        if (row === 'incomplete') break;
        if (row === 'irregular') return { rows, left: { text: text.slice(start), lineBreak } };
        rows.push(row.cells);
        start = row.next;
      }
      rest = text.slice(start);
      return rest.length > MOST_LETTERS ? { rows, left: { text: rest, lineBreak } } : { rows };
    },
    end: () => ({ text: rest, lineBreak }),
  };
}

const CR = 13;
const LF = 10;
const QUOTE = 34;
