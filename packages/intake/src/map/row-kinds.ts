import type { FileMapping, RecordMapping } from './mapping.ts';
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

/** What a totals row is known by: which columns name a record, and which hold amounts of a whole table. */
export interface RowShape {
  readonly ids: readonly string[];
  /** Columns without which no row is a record: days and customers. */
  readonly needed: readonly string[];
  /** The column whose sum the file's totals row states. */
  readonly total: string | undefined;
  /** What a line says of its work. In merged cells a line has neither number nor day, and it may be called “Total cleaning”. */
  readonly work: readonly string[];
  /** The column that adds up, of whatever the rows are. */
  readonly sum: string | undefined;
}

export function shapeOf(file: FileMapping, role: string, ids: readonly string[], records: readonly RecordMapping[]): RowShape {
  const needed = new Set<string>();
  let lines: Extract<RecordMapping['lines'], { by: 'rows' }> | undefined;
  for (const { from, members, lines: rule } of records) {
    if (rule?.by === 'rows' && rule.from === role) lines = rule;
    if (from !== role) continue;
    const { date, customerId } = members;
    if (date !== undefined && 'field' in date) for (const field of [date.field].flat()) needed.add(field);
    if (customerId !== undefined && 'idOf' in customerId) needed.add(customerId.field);
  }
  const work = [lines?.name, lines?.description].filter((field) => field !== undefined);
  return { ids, needed: [...needed], total: file.total, work, sum: sumField(file, lines) };
}

/** The column of a file that a totals row would add up. */
export function sumField(
  file: FileMapping,
  lines: Extract<RecordMapping['lines'], { by: 'rows' }> | undefined,
): string | undefined {
  return file.total ?? lines?.amount;
}

/** Whether a row adds up others: a word like “Total” stands in it, and nothing names a record. */
export function isTotals(
  cells: readonly string[],
  fields: Readonly<Record<string, string>>,
  shape: RowShape,
  mayBeNamed: boolean,
): boolean {
  const named = mayBeNamed ? cells.findIndex(isNamedTotal) : -1;
  const isNamed = named !== -1;
  const { ids, total } = shape;
  if (!isNamed) {
    if (total === undefined || fields[total] === undefined || ids.length === 0) return false;
    for (const field of ids) if (fields[field] !== undefined) return false;
  }
  const at = isNamed ? named : cells.findIndex((cell) => cell.trim() !== '');
  const first = cells[at] ?? '';
  if (isNamed && !ONLY_TOTAL.test(first) && shape.work.some((field) => fields[field] === first)) return false;
  // The word may stand in the column of an id.
  for (const field of ids) if (fields[field] !== undefined && !(isNamed && fields[field] === first)) return false;
  if (cells.every((cell, index) => (index === at ? isNamed || isAmount(cell) : isAmount(cell)))) return true;
  // Beside the word there may be others, as “3 invoices”; without a day and a customer it is no record all the same.
  return isNamed && cells.some(isFilledAmount) && isNoRecord(fields, shape, first);
}

/**
 * Whether a row adds up others without a word that we know: it has a single text, no day and no customer beside it, and its amount is
 * the sum of all rows above.
 */
export function isUnnamedTotals(
  cells: readonly string[],
  fields: Readonly<Record<string, string>>,
  shape: RowShape,
  isSum: (value: string) => boolean,
): boolean {
  const value = shape.sum === undefined ? undefined : fields[shape.sum];
  // The label may stand in one of them.
  if (value === undefined) return false;
  let filled = 0;
  for (const field of shape.needed) if (fields[field] !== undefined) filled += 1;
  if (filled > 1) return false;
  const label = cells.find((cell) => !isAmount(cell));
  if (label === undefined || !isNoRecord(fields, shape, label) || shape.work.some((field) => fields[field] === label))
    return false;
  return cells.every((cell) => cell === label || isAmount(cell)) && isSum(value);
}

/** Whether nothing stands where each record has its day, its customer and its work, the label itself aside. */
function isNoRecord(fields: Readonly<Record<string, string>>, { needed, work }: RowShape, label: string): boolean {
  const isEmpty = (field: string) => fields[field] === undefined || fields[field] === label || fields[field]!.trim() === '';
  return needed.length > 0 && needed.every(isEmpty) && work.every(isEmpty);
}

function isFilledAmount(cell: string): boolean {
  return cell.trim() !== '' && isNumber(cell) && /\d/.test(cell);
}

/** Columns come in any order, so the word may stand behind the amounts. Most cells begin with no letters of such a word. */
function isNamedTotal(cell: string): boolean {
  return cell !== '' && mayBegin(cell, TOTALS_BEGIN) && TOTALS.test(cell);
}

/** Whether a word that adds up rows may stand in one of them. Few rows have one, and those are looked at more closely. */
export function mayAddUp(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && mayBegin(cell, ALL_BEGIN)) return true;
  return false;
}

/** A row that sums up the table in another way: no record, and no total to hold against ours. */
export function isSummary(cells: readonly string[]): boolean {
  const at = cells.findIndex((cell) => cell !== '' && mayBegin(cell, SUMMARY_BEGIN) && SUMMARY.test(cell));
  return at !== -1 && cells.every((cell, index) => index === at || isAmount(cell));
}

/** What a program prints below its table or at the end of a page. */
export function isFooter(cells: readonly string[], width: number, filled: number): boolean {
  if (filled > 3 || (cells.length >= width && filled !== 1)) return false;
  return FOOTER.test(cells.find((cell) => cell !== '' && cell.trim() !== '') ?? '');
}

const SUMMARY = /^\s*(?:averages?|avg\.?|mean|median|count|row count|number of \w+|minimum|maximum)\s*(?::|$)/i;
const FOOTER =
  /^\s*(?:page \d+\b|(?:report )?(?:generated|printed|exported|downloaded|prepared)\b.*\b(?:on|at|by|from|\d)|run date\b|report date\b|date range\b|as of \S+|(?:eof|end|-+ ?end ?-+)\s*$|\(?\d[\d,]* (?:rows?|records?|invoices?|payments?|items?|results?|entries|transactions?)(?: \w+)?\)?\s*$|\*+ ?end of (?:report|file)|end of (?:report|file)|©|copyright\b)/i;

function isAmount(cell: string): boolean {
  return cell.trim() === '' || isNumber(cell) || /total/i.test(cell);
}

function isNumber(cell: string): boolean {
  return readNumber(cell, 'point') !== null || readNumber(cell, 'comma') !== null;
}

/** “Total” in the languages in which such programs print, up to the end of the word. */
const WORDS = [
  '(?:report |grand |invoice |overall |sub[- ]?|sous[- ]?)?tot(?:als?|aa?l|ale[sn]?|aux|ais|alen|alt)',
  'gesamt(?:summe|betrag)?|(?:zwischen|end)?summe|insgesamt|somme|montant total|(?:importe|monto|suma|gran|valor) total',
  'suma|soma|summa|razem|łącznie|ogółem|celkem|spolu|összesen|yhteensä|i ?alt|samtals|kokku|kopā|iš viso|ukupno|skupaj',
  '(?:genel )?toplam|jumlah|kabuuan|tổng(?: cộng)?|итого|всего|разом|усього|общо|σύνολο|סה["״]כ|المجموع|الإجمالي|कुल',
  '合計|总计|總計|小計|小计|合计|합계|총계|소계|รวม(?:ทั้งสิ้น)?',
].join('|');
const TOTALS = new RegExp(`^\\s*(?:(?:${WORDS})(?![\\p{L}\\p{N}])|sum:?\\s*$)`, 'iu');
const ONLY_TOTAL = new RegExp(`^\\s*(?:${WORDS}|sum)\\s*:?\\s*$`, 'iu');

/**
 * Whether a cell may begin with one of some words, by its first three letters: tried on each cell of each row before a pattern is. Where
 * one of them is no letter of ASCII, the pattern decides.
 */
function mayBegin(cell: string, beginnings: Uint8Array): boolean {
  const one = cell.charCodeAt(0);
  if (one <= BLANK) return true;
  if (one < LETTER) return false;
  const two = cell.charCodeAt(1);
  const three = cell.charCodeAt(2);
  return one > ASCII || two > ASCII || three > ASCII || beginnings[placeOf(one, two, three)] === 1;
}

const BLANK = 32;
const LETTER = 65;
const ASCII = 127;

/** The same for capitals; some other signs share a place with a letter, and then the pattern decides. */
function placeOf(one: number, two: number, three: number): number {
  return ((one & 31) << 10) | ((two & 31) << 5) | (three & 31);
}

/** By the first three letters of each word. */
function beginningsOf(words: string): Uint8Array {
  const places = new Uint8Array(1 << 15);
  for (const word of words.split(',')) places[placeOf(word.charCodeAt(0), word.charCodeAt(1), word.charCodeAt(2))] = 1;
  return places;
}

const OF_TOTALS =
  'tot,rep,gra,inv,ove,sub,sou,ges,zwi,end,sum,ins,som,mon,imp,val,raz,cel,spo,ial,sam,kok,kop,uku,sku,gen,top,jum,kab,yht,i a';
const OF_SUMMARY = 'ave,avg,mea,med,cou,row,num,min,max';
const TOTALS_BEGIN = beginningsOf(OF_TOTALS);
const SUMMARY_BEGIN = beginningsOf(OF_SUMMARY);
const ALL_BEGIN = beginningsOf(`${OF_TOTALS},${OF_SUMMARY}`);
