import { normalHeader } from '../match/headers.ts';
import { isBlank, type Row } from './rows.ts';

/** How far down a header may stand. Below that a file is no export that we know. */
export const ROWS_TO_SEARCH = 200;

/**
 * Finds the header among a file's first rows. A row that holds all headers of a known export wins. Else it is the first row
 * with as many cells as most rows below it, each of them text, and none of them twice.
 * @param known sets of headers, in normal form
 */
export function findHeader(rows: readonly Row[], known: readonly ReadonlySet<string>[]): Row | undefined {
  let best: { row: Row; matched: number } | undefined;
  for (const row of rows) {
    const names = new Set(row.cells.map(normalHeader));
    const matched = known
      .filter((set) => [...set].every((name) => names.has(name)))
      .reduce((most, set) => Math.max(most, set.size), 0);
    if (matched > (best?.matched ?? 0)) best = { row, matched };
  }
  if (best !== undefined) return best.row;
  const width = usualWidth(rows);
  return rows.find(
    ({ cells }) => filled(cells) >= Math.max(2, width * 0.6) && cells.length >= width && cells.every(looksLikeHeader),
  );
}

/** The number of filled cells that most rows with more than one have. */
function usualWidth(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) {
    if (isBlank(cells) || filled(cells) < 2) continue;
    counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  }
  let width = 2;
  let most = 0;
  for (const [cells, rowsOfIt] of counts) {
    if (rowsOfIt > most || (rowsOfIt === most && cells > width)) [width, most] = [cells, rowsOfIt];
  }
  return width;
}

function filled(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== '').length;
}

/** Headers are words: no numbers, amounts or dates. */
function looksLikeHeader(cell: string): boolean {
  const text = cell.trim();
  return text === '' || (/\p{L}/u.test(text) && !/^[\s$€£(-]*\d[\d.,)\s]*$/.test(text) && !/^\d{4}-\d\d-\d\d/.test(text));
}

/** The delimiter by which the sample's rows have the same, largest number of cells. */
export function chooseDelimiter(sample: ReadonlyMap<string, readonly Row[]>): string {
  let chosen = ',';
  let best = 0;
  for (const [delimiter, rows] of sample) {
    const width = usualWidth(rows);
    const even = rows.filter(({ cells }) => cells.length === width && width > 1).length;
    const score = even * (width - 1);
    if (score > best) [chosen, best] = [delimiter, score];
  }
  return chosen;
}
