import type { FileMapping } from './mapping.ts';
import { readNumber } from './read-number.ts';

/** What is wrong with a row as a whole; undefined for a row that has one cell per column. */
export function brokenRow(
  cells: readonly string[],
  width: number,
  maybeCut: boolean,
): { readonly code: string; readonly message: string } | undefined {
  if (cells.length > width && filledCells(cells.slice(width)) > 0) {
    const message = `The row has ${cells.length} cells and the header ${width}. Put values that hold a comma into quotes.`;
    return { code: 'ragged-row', message };
  }
  if (cells.length < width) {
    const message = `The row ends after ${cells.length} of ${width} cells. Export the file again, or complete the row.`;
    return { code: 'ragged-row', message };
  }
  if (maybeCut) {
    const message =
      'The file ends in the middle of this row: no line break follows. Export the file again, or end it with a line break.';
    return { code: 'maybe-cut', message };
  }
  return undefined;
}

/** How many cells hold more than blanks. */
export function filledCells(cells: readonly string[]): number {
  let filled = 0;
  for (const cell of cells) {
    // A letter above the blank is none; the rest is rare enough for trim.
    if (cell !== '' && (isPrinted(cell.charCodeAt(0)) || cell.trim() !== '')) filled += 1;
  }
  return filled;
}

function isPrinted(code: number): boolean {
  return code > 32 && code < 127;
}

/** A label above a group of rows, or a line below the table: the only filled cell, and no amount. */
export function isSection(cells: readonly string[], moreThan: number): boolean {
  return cells.length > moreThan && !/^[\s$(\d.,)-]+$/.test(cells.join(''));
}

/** Whether a row adds up others: its filled cells are amounts and words like “Total”, and nothing else names a record. */
export function isTotals(
  cells: readonly string[],
  fields: Readonly<Record<string, string>>,
  file: FileMapping,
  ids: readonly string[],
): boolean {
  const named = cells.findIndex(isNamedTotal);
  const isNamed = named !== -1;
  const at = isNamed ? named : cells.findIndex((cell) => cell.trim() !== '');
  const first = cells[at] ?? '';
  if (!isNamed && (file.total === undefined || fields[file.total] === undefined || ids.length === 0)) return false;
  // The word may stand in the column of an id.
  for (const field of ids) if (fields[field] !== undefined && !(isNamed && fields[field] === first)) return false;
  return cells.every((cell, index) => (index === at ? isNamed || isAmount(cell) : isAmount(cell)));
}

/** Columns come in any order, so the word may stand behind the amounts. Most cells begin with no letter of such a word. */
function isNamedTotal(cell: string): boolean {
  return MAY_BEGIN.includes(cell.charAt(0)) && cell !== '' && TOTALS.test(cell);
}

const MAY_BEGIN = ' TtSsRrGgIiOo';

/** A row that sums up the table in another way: no record, and no total to hold against ours. */
export function isSummary(cells: readonly string[]): boolean {
  const at = cells.findIndex((cell) => cell !== '' && SUMMARY_BEGINS.includes(cell.charAt(0)) && SUMMARY.test(cell));
  return at !== -1 && cells.every((cell, index) => index === at || isAmount(cell));
}

/** What a program prints below its table or at the end of a page. */
export function isFooter(cells: readonly string[], width: number): boolean {
  const first = cells.find((cell) => cell !== '' && cell.trim() !== '') ?? '';
  return FOOTER.test(first) && filledCells(cells) <= 3 && (cells.length < width || filledCells(cells) === 1);
}

const SUMMARY_BEGINS = ' AaMmCcRrNn';
const SUMMARY = /^\s*(?:averages?|avg\.?|mean|median|count|row count|number of \w+|minimum|maximum)\s*(?::|$)/i;
const FOOTER =
  /^\s*(?:page \d+\b|(?:report )?(?:generated|printed|exported|downloaded|prepared)\b.*\b(?:on|at|by|from|\d)|run date\b|report date\b|date range\b|as of \S+|\*+ ?end of (?:report|file)|end of (?:report|file)|©|copyright\b)/i;

function isAmount(cell: string): boolean {
  return cell.trim() === '' || isNumber(cell) || /total/i.test(cell);
}

function isNumber(cell: string): boolean {
  return readNumber(cell, 'point') !== null || readNumber(cell, 'comma') !== null;
}

const TOTALS = /^\s*(?:(?:report |grand |invoice |overall |sub[- ]?)?totals?\b|sum:?\s*$|summe:?\s*$|gesamt)/i;
