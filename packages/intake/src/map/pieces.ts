import type { RecordType } from '@ledgerpost/core';
import { columnsOf, normalHeader } from '../match/headers.ts';
import type { OpenTable } from '../read/open-table.ts';
import { type LeftOutRow, type Row, textOfRow } from '../read/rows.ts';
import { UnreadableFile } from '../read/source-file.ts';
import { fieldsOf, idFields } from './fields-of.ts';
import { keySet } from './key-set.ts';
import type { Condition, FileMapping, Mapping, RecordMapping } from './mapping.ts';
import { otherCurrency, readNumber } from './read-number.ts';
import {
  brokenRow,
  filledCells,
  isFooter,
  isSection,
  isSummary,
  isTotals,
  isUnnamedTotals,
  mayAddUp,
  shapeOf,
} from './row-kinds.ts';

/** What one row contributes to one record. Pieces of the same key become one record, whatever order they come in. */
export interface Piece {
  /** Type and id, or what stands for the id: `payment/88000001`. Documents whose lines are rows share `document/`. */
  readonly key: string;
  /** Which of the mapping's kinds of record; -1 for a row that joins a record of another file, -2 for one that can't be read. */
  readonly record: number;
  readonly role: string;
  readonly file: string;
  readonly row: number;
  /** By our names of the columns, as they came. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A row that can't be read, and what to do. It takes its whole record out. */
export interface Unreadable {
  readonly file: string;
  readonly row: number;
  /** As the file calls it; absent where the whole row is meant. */
  readonly column?: string;
  readonly value?: string;
  readonly code: string;
  readonly message: string;
  /** All rows of the record that it takes out, where they are known and more than this one: an error file needs them all. */
  readonly rows?: readonly RowPlace[];
}

export interface RowPlace {
  readonly file: string;
  readonly row: number;
}

/** Cells that a person corrected without touching the file: by row, and there by the column's name in normal form. */
export type Corrections = ReadonlyMap<number, Readonly<Record<string, string>>>;

/** The record of a piece whose row can't be read: it takes out the other rows of its record. */
export const BROKEN = -2;

/** Ends our error files. A record above it is complete, although no row of another record follows. */
export const END_OF_ERRORS = 'End of the rows to correct';

export interface RowEvents {
  /** Awaited, so that a sorter that is slower than the file holds the file back. */
  piece(piece: Piece): void | Promise<void>;
  leftOut(file: string, row: LeftOutRow): void;
  unreadable(problem: Unreadable): void;
  /** Each row that holds data, before it is cut into pieces: readings of dates and amounts are decided from these. */
  data?(role: string, fields: Readonly<Record<string, string>>): void;
  /** Whether that is the sum of all rows above in the file, in the column whose sum a totals row states. */
  isSum?(role: string, value: string): boolean;
  /** What the file's own totals row states for the column that the mapping names. */
  total?(role: string, value: string): void;
  /** The row states that no rows are missing before it. */
  complete?(): void;
}

/** Reads one file's rows and cuts them into pieces. Nothing is kept: memory does not grow with the file. */
export async function cutIntoPieces(
  table: OpenTable,
  role: string,
  mapping: Mapping,
  events: RowEvents,
  currency: string,
  corrections?: Corrections,
): Promise<void> {
  const file = mapping.files[role]!;
  const columns = columnsFor(table, file);
  const rules = mapping.records.map((record, index) => ({ record, index, keyOf: keyReader(record), repeats: repeatsOf(record) }));
  const begins = rules.filter(({ record }) => record.from === role);
  const joins = rules.filter(({ record }) => record.lines?.by === 'rows' && record.lines.from === role && record.from !== role);
  const ids = [...begins, ...joins].flatMap(({ record }) => (record.id.by === 'content' ? [] : idFields(record)));
  // Spreadsheets write empty columns behind the last one, in some rows and not in others.
  const width = table.headers.findLastIndex((header) => header.trim() !== '') + 1;
  const usesLast = columns.some(({ at }) => at === width - 1);
  const currencyAt = table.headers.findIndex((header) => CURRENCY_COLUMNS.has(normalHeader(header)));
  const headerText = table.headers.map(normalHeader).join('|');
  const firstHeader = table.headers[0]!.trim();
  const isLikeFirst = (cell: string) => (firstHeader === '' ? cell === '' : cell.endsWith(firstHeader));
  const leaveOut = file.leaveOut ?? [];
  const ofSeveralRows = [...begins, ...joins].filter(
    ({ record }) => record.lines?.by === 'rows' || record.allocations !== undefined,
  );
  const shape = shapeOf(
    file,
    role,
    ids,
    [...begins, ...joins].map(({ record }) => record),
  );
  const isSum = (value: string) => events.isSum?.(role, value) === true;
  const correctedAt = corrections === undefined ? undefined : columnsOf(table.headers).at;
  // A row that can't be read may belong to the record above it or below it, whatever its own cells say.
  let keysAbove: readonly string[] = [];
  let brokenAbove: number | undefined;
  let isDataAbove = false;

  for await (const rows of table.rows()) {
    for (const row of rows) {
      const added = take(row);
      // Most sorters answer at once, and a turn of the event loop per row would cost more than reading it.
      if (added !== undefined) await added;
    }
  }

  function breakRecords(row: number, keys: readonly string[]): void | Promise<void> {
    const added = keys.map((key) => events.piece({ key, record: BROKEN, role, file: table.file, row, fields: {} }));
    return added.some((one) => one !== undefined) ? Promise.all(added).then(() => {}) : undefined;
  }

  /** Lists a row that can't be read, and takes out the records that it may belong to. */
  function breakOff(
    row: number,
    fields: Readonly<Record<string, string>>,
    why: Omit<Unreadable, 'file' | 'row'>,
  ): void | Promise<void> {
    events.unreadable({ file: table.file, row, ...why });
    if (ofSeveralRows.length === 0) return;
    brokenAbove = row;
    return breakRecords(row, [...new Set([...keysAbove, ...ofSeveralRows.flatMap(({ keyOf }) => keyOf(fields) ?? [])])]);
  }

  function leave(row: number, cells: readonly string[], why: LeftOutRow['why']): void {
    events.leftOut(table.file, { row, why, text: textOfRow(cells) });
  }

  function emit(
    rule: (typeof rules)[number],
    index: number,
    key: string | undefined,
    row: number,
    fields: Readonly<Record<string, string>>,
  ): void | Promise<void> {
    if (key === undefined) {
      // An invoice without a department is an invoice; the row just names no department.
      if (DOCUMENTS.has(rule.record.type)) events.unreadable({ file: table.file, row, ...noId(rule.record) });
      return;
    }
    if (index >= 0 && rule.repeats(key, fields)) return;
    return events.piece({ key, record: index, role, file: table.file, row, fields });
  }

  function take({ row, cells: came, endsOpen }: Row): void | Promise<void> {
    if (row === table.headerRow) return;
    const cells = correctedAt === undefined ? came : corrected(came, correctedAt, corrections!.get(row));
    const filled = filledCells(cells);
    const wasData = isDataAbove;
    isDataAbove = false;
    if (filled === 0) return row > table.headerRow ? leave(row, cells, 'blank') : undefined;
    if (row < table.headerRow) return leave(row, cells, 'preamble');
    // The start of a page may stand before its first letter.
    if (isLikeFirst(cells[0]!) && cells.map(normalHeader).join('|') === headerText) return leave(row, cells, 'header-again');
    const fields: Record<string, string> = {};
    for (const { name, at, empty } of columns) {
      const cell = cells[at];
      if (cell !== undefined && cell !== '' && (empty === undefined || !empty.includes(cell.trim()))) fields[name] = cell;
    }
    // Right below a record, a single cell may be the rest of it; further down it is what the program printed below its table.
    if (filled === 1 && isSection(cells, wasData ? 2 : 0)) {
      if (cells.some((cell) => cell.trim() === END_OF_ERRORS)) events.complete?.();
      return leave(row, cells, 'section');
    }
    if (isFooter(cells, width, filled)) return leave(row, cells, 'section');
    const addsUp = mayAddUp(cells);
    if (addsUp && isSummary(cells)) return leave(row, cells, 'totals');
    if (isTotals(cells, fields, shape, addsUp) || isUnnamedTotals(cells, fields, shape, isSum)) {
      leave(row, cells, 'totals');
      if (file.total !== undefined && fields[file.total] !== undefined) events.total?.(role, fields[file.total]!);
      return;
    }
    isDataAbove = true;
    const broken =
      brokenRow(cells, width, endsOpen === true && usesLast) ??
      (ofSeveralRows.length > 0 ? withoutId(fields, [...begins, ...joins]) : undefined);
    if (broken !== undefined) return breakOff(row, fields, broken);
    events.data?.(role, fields);
    if (leaveOut.some((condition) => holds(condition, fields))) return leave(row, cells, 'condition');
    const other = currencyAt === -1 ? '' : (cells[currencyAt] ?? '').trim();
    if (other !== '' && !isCurrency(other, currency)) {
      const message = `The row is in ${other}, and the company’s currency is ${currency}. Import it into a company of that currency.`;
      return breakOff(row, fields, { code: 'other-currency', column: table.headers[currencyAt]!, value: other, message });
    }

    let used = false;
    let waiting: Promise<unknown> | undefined;
    if (ofSeveralRows.length > 0) {
      keysAbove =
        ofSeveralRows.length === 1
          ? keyList(ofSeveralRows[0]!.keyOf(fields))
          : ofSeveralRows.flatMap(({ keyOf }) => keyOf(fields) ?? []);
      if (brokenAbove !== undefined) waiting = breakRecords(brokenAbove, [...new Set(keysAbove)]) ?? undefined;
      brokenAbove = undefined;
    }
    for (const rule of begins) {
      const { when } = rule.record;
      if (when !== undefined && !when.every((condition) => holds(condition, fields))) continue;
      used = true;
      waiting = both(waiting, emit(rule, rule.index, rule.keyOf(fields), row, fields));
    }
    if (joins.length > 0) {
      // An invoice and a credit memo may both take lines from this file; the row says only which document it belongs to.
      const joined = new Set<string | undefined>();
      for (const rule of joins) {
        used = true;
        const key = rule.keyOf(fields);
        if (!joined.has(key)) waiting = both(waiting, emit(rule, -1, key, row, fields));
        joined.add(key);
      }
    }
    if (!used) leave(row, cells, 'condition');
    return waiting as Promise<void> | undefined;
  }
}

/** Most pieces are added at once, so that there is nothing to wait for. */
function both(one: Promise<unknown> | undefined, other: void | Promise<void>): Promise<unknown> | undefined {
  return other === undefined ? one : one === undefined ? other : Promise.all([one, other]);
}

function keyList(key: string | undefined): readonly string[] {
  return key === undefined ? [] : [key];
}

function corrected(
  cells: readonly string[],
  at: ReadonlyMap<string, number>,
  said: Readonly<Record<string, string>> | undefined,
): readonly string[] {
  if (said === undefined) return cells;
  const changed = [...cells];
  for (const [column, value] of Object.entries(said)) {
    const index = at.get(column);
    if (index === undefined) continue;
    while (changed.length < index) changed.push('');
    changed[index] = value;
  }
  return changed;
}

/** By these a file names the currency of a row. */
const CURRENCY_COLUMNS: ReadonlySet<string> = new Set(['currency', 'currencycode', 'invoicecurrency', 'paymentcurrency']);

/** `usd`, `US Dollar (USD)` and `$` all name dollars. */
function isCurrency(text: string, currency: string): boolean {
  if (
    text
      .toUpperCase()
      .split(/[^A-Z]+/)
      .includes(currency)
  )
    return true;
  return /^[$€£¥]$/.test(text) && otherCurrency(text, currency) === undefined;
}

function noId({ type, id }: RecordMapping): Pick<Unreadable, 'code' | 'message'> {
  const fields = id.by === 'content' ? id.fields : [id.field];
  return {
    code: 'no-id',
    message: `The row has no ${fields.join(' or ')}, so nobody can tell which ${type} it is. Fill it in.`,
  };
}

/** A row of lines whose document nobody knows may be a line of the document above it, as where cells are merged. */
function withoutId(
  fields: Readonly<Record<string, string>>,
  rules: readonly { readonly record: RecordMapping; keyOf(fields: Readonly<Record<string, string>>): string | undefined }[],
): Pick<Unreadable, 'code' | 'message'> | undefined {
  for (const { record, keyOf } of rules) {
    if (record.lines?.by !== 'rows' || (record.when !== undefined && !record.when.every((one) => holds(one, fields)))) continue;
    if (keyOf(fields) === undefined) return noId(record);
  }
  return undefined;
}

const DOCUMENTS: ReadonlySet<RecordType> = new Set<RecordType>(['invoice', 'creditMemo', 'payment', 'refund']);

interface Column {
  readonly name: string;
  readonly at: number;
  /** What stands in it for nothing. */
  readonly empty: readonly string[] | undefined;
}

/** Our column names and where they stand. @throws UnreadableFile if the header has one of them twice */
function columnsFor(table: OpenTable, file: FileMapping): Column[] {
  const { at, twice } = columnsOf(table.headers);
  const found: Column[] = [];
  for (const [name, headers] of Object.entries(file.columns)) {
    for (const header of typeof headers === 'string' ? [headers] : headers) {
      const normal = normalHeader(header);
      const index = at.get(normal);
      if (index === undefined) continue;
      if (twice.has(normal)) {
        throw new UnreadableFile(
          table.file,
          'column-twice',
          `${table.file} has the column “${header}” twice. Remove one of them, so that it is clear which one counts.`,
        );
      }
      found.push({ name, at: index, empty: file.empty?.[name] });
      break;
    }
  }
  return found;
}

/** Reads a record's key in a row; undefined where the row has no id. Rows of a joined file have the id in a column of the same name. */
function keyReader(record: RecordMapping): (fields: Readonly<Record<string, string>>) => string | undefined {
  const { by } = record.id;
  const group = record.lines?.by === 'rows' ? 'document' : record.type;
  if (by !== 'content') {
    const { field } = record.id;
    return (fields) => {
      const said = fields[field]?.trim() ?? '';
      return said === '' ? undefined : `${group}/${by === 'name' ? sameName(said) : said}`;
    };
  }
  const all = record.id.fields;
  return (fields) => {
    const parts = all.map((field) => fields[field]?.trim() ?? '');
    return parts.every((part) => part === '') ? undefined : `${group}/${parts.join('\u001F')}`;
  };
}

/** Whether an earlier row has said the same of the same thing. Every invoice of a customer repeats the customer. */
function repeatsOf(record: RecordMapping): (key: string, fields: Readonly<Record<string, string>>) => boolean {
  if (record.lines !== undefined || record.allocations !== undefined || record.id.by === 'content') return () => false;
  const known = keySet();
  const said = fieldsOf(record);
  // Where the content has the column of the id, the key says nothing more.
  const isSaid = said.includes(record.id.field);
  return (key, fields) => !known.addPrint(fingerprint(isSaid ? '' : key, said, fields));
}

const END = 0x1_0000;

/** 52 bits of what the row says of that key (cyrb53), from 1 up, so that no text is kept. */
function fingerprint(key: string, names: readonly string[], fields: Readonly<Record<string, string>>): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let n = -1; n < names.length; n += 1) {
    const text = n === -1 ? key : (fields[names[n]!] ?? '');
    const { length } = text;
    for (let at = 0; at < length; at += 1) {
      const code = text.charCodeAt(at);
      a = Math.imul(a ^ code, 2_654_435_761);
      b = Math.imul(b ^ code, 1_597_334_677);
    }
    // The end of a text counts as a letter that no text has.
    a = Math.imul(a ^ END, 2_654_435_761);
    b = Math.imul(b ^ END, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 1_048_576 * (b >>> 0) + (a >>> 12) + 1;
}

/** Names that differ in blanks alone are one. */
export function sameName(name: string): string {
  if (/^[!-~]+(?: [!-~]+)*$/.test(name)) return name;
  return name.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

export function holds(condition: Condition, fields: Readonly<Record<string, string>>): boolean {
  const said = (fields[condition.field] ?? '').trim().toLowerCase();
  const isOneOf = (values: readonly string[]) => values.some((value) => value.trim().toLowerCase() === said);
  if (condition.is !== undefined && !isOneOf(condition.is)) return false;
  if (condition.isNot !== undefined && isOneOf(condition.isNot)) return false;
  if (condition.begins !== undefined) {
    const { with: starts, not = false } = condition.begins;
    if (starts.some((start) => said.startsWith(start.toLowerCase())) === not) return false;
  }
  if (condition.sign !== undefined) {
    // The sign is the same in both readings.
    const number = readNumber(said.toUpperCase(), 'point') ?? readNumber(said.toUpperCase(), 'comma');
    const negative = typeof number === 'string' && number.startsWith('-');
    if (negative !== (condition.sign === 'negative')) return false;
  }
  return true;
}
