import { columnsOf, normalHeader } from '../match/headers.ts';
import type { OpenTable } from '../read/open-table.ts';
import { isBlank, type LeftOutRow, textOfRow } from '../read/rows.ts';
import { UnreadableFile } from '../read/source-file.ts';
import type { Condition, FileMapping, Mapping, RecordMapping } from './mapping.ts';
import { readNumber } from './read-number.ts';

/** What one row contributes to one record. Pieces of the same key become one record, whatever order they come in. */
export interface Piece {
  /** Type and id, or what stands for the id: `payment/88000001`. Documents whose lines are rows share `document/`. */
  readonly key: string;
  /** Which of the mapping's kinds of record; -1 for a row that joins a record of another file. */
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
}

export interface RowEvents {
  /** Awaited, so that a sorter that is slower than the file holds the file back. */
  piece(piece: Piece): void | Promise<void>;
  leftOut(file: string, row: LeftOutRow): void;
  unreadable(problem: Unreadable): void;
  /** Each row that holds data, before it is cut into pieces: readings of dates and amounts are decided from these. */
  data?(role: string, fields: Readonly<Record<string, string>>): void;
  /** What the file's own totals row states for the column that the mapping names. */
  total?(role: string, value: string): void;
}

/** Reads one file's rows and cuts them into pieces. Nothing is kept: memory does not grow with the file. */
export async function cutIntoPieces(table: OpenTable, role: string, mapping: Mapping, events: RowEvents): Promise<void> {
  const file = mapping.files[role]!;
  const columns = columnsFor(table, file);
  const begins = mapping.records.map((record, index) => ({ record, index })).filter(({ record }) => record.from === role);
  const joins = mapping.records
    .map((record, index) => ({ record, index }))
    .filter(({ record }) => record.lines?.by === 'rows' && record.lines.from === role && record.from !== role);
  const usesLast = columns.some(([, at]) => at === table.headers.length - 1);
  const headerText = table.headers.map(normalHeader).join('|');

  for await (const { row, cells, endsOpen } of table.rows()) {
    const leave = (why: LeftOutRow['why']) => events.leftOut(table.file, { row, why, text: textOfRow(cells) });
    if (row === table.headerRow) continue;
    if (isBlank(cells)) {
      if (row > table.headerRow) leave('blank');
      continue;
    }
    if (row < table.headerRow) {
      leave('preamble');
      continue;
    }
    if (cells[0] === table.headers[0] && cells.map(normalHeader).join('|') === headerText) {
      leave('header-again');
      continue;
    }
    const fields: Record<string, string> = {};
    for (const [name, at] of columns) {
      const cell = cells[at];
      if (cell !== undefined && cell !== '') fields[name] = cell;
    }
    if (isSection(cells)) {
      leave('section');
      continue;
    }
    if (isTotals(cells, fields, file, begins, joins)) {
      leave('totals');
      if (file.total !== undefined && fields[file.total] !== undefined) events.total?.(role, fields[file.total]!);
      continue;
    }
    if (cells.length > table.headers.length && !isBlank(cells.slice(table.headers.length))) {
      events.unreadable({
        file: table.file,
        row,
        code: 'ragged-row',
        message: `The row has ${cells.length} cells and the header ${table.headers.length}. Put values that hold a comma into quotes.`,
      });
      continue;
    }
    if (cells.length < table.headers.length) {
      events.unreadable({
        file: table.file,
        row,
        code: 'ragged-row',
        message: `The row ends after ${cells.length} of ${table.headers.length} cells. Export the file again, or complete the row.`,
      });
      continue;
    }
    if (endsOpen && usesLast) {
      events.unreadable({
        file: table.file,
        row,
        code: 'maybe-cut',
        message:
          'The file ends in the middle of this row: no line break follows. Export the file again, or end it with a line break.',
      });
      continue;
    }
    events.data?.(role, fields);
    if ((file.leaveOut ?? []).some((condition) => holds(condition, fields))) {
      leave('condition');
      continue;
    }
    let used = false;
    for (const { record, index } of begins) {
      if (!(record.when ?? []).every((condition) => holds(condition, fields))) continue;
      used = true;
      await emit(record, index);
    }
    // An invoice and a credit memo may both take lines from this file; the row says only which document it belongs to.
    const joined = new Set<string | undefined>();
    for (const { record } of joins) {
      used = true;
      const key = keyOf(record, fields);
      if (!joined.has(key)) await emit(record, -1);
      joined.add(key);
    }
    if (!used) leave('condition');

    async function emit(record: RecordMapping, index: number): Promise<void> {
      const key = keyOf(record, fields);
      if (key === undefined) {
        events.unreadable({
          file: table.file,
          row,
          code: 'no-id',
          message: `The row has no ${idFields(record).join(' or ')}, so nobody can tell which ${record.type} it is. Fill it in.`,
        });
        return;
      }
      const added = events.piece({ key, record: index, role, file: table.file, row, fields });
      if (added !== undefined) await added;
    }
  }
}

/** Our column names and where they stand. @throws UnreadableFile if the header has one of them twice */
function columnsFor(table: OpenTable, file: FileMapping): [string, number][] {
  const { at, twice } = columnsOf(table.headers);
  const found: [string, number][] = [];
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
      found.push([name, index]);
      break;
    }
  }
  return found;
}

/** The record's key in this row; undefined where the row has no id. Rows of a joined file have the id in a column of the same name. */
function keyOf(record: RecordMapping, fields: Readonly<Record<string, string>>): string | undefined {
  const parts = idFields(record).map((field) => fields[field]?.trim() ?? '');
  if (record.id.by === 'content' ? parts.every((part) => part === '') : parts.some((part) => part === '')) return undefined;
  const group = record.lines?.by === 'rows' ? 'document' : record.type;
  return `${group}/${parts.map((part) => (record.id.by === 'name' ? sameName(part) : part)).join('\u001F')}`;
}

export function idFields(record: RecordMapping): readonly string[] {
  return record.id.by === 'content' ? record.id.fields : [record.id.field];
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
  if (condition.sign !== undefined) {
    const number = readNumber(said, 'point');
    const negative = typeof number === 'string' && number.startsWith('-');
    if (negative !== (condition.sign === 'negative')) return false;
  }
  return true;
}

/** A label above a group of rows: one cell, and not even the first column's neighbour is filled. */
function isSection(cells: readonly string[]): boolean {
  return cells.length > 2 && cells.filter((cell) => cell.trim() !== '').length === 1 && !/^[\s$(\d.,)-]+$/.test(cells.join(''));
}

/** A row without any id, whose filled cells are amounts or the word total. */
function isTotals(
  cells: readonly string[],
  fields: Readonly<Record<string, string>>,
  file: FileMapping,
  begins: readonly { readonly record: RecordMapping }[],
  joins: readonly { readonly record: RecordMapping }[],
): boolean {
  const said = cells.filter((cell) => cell.trim() !== '');
  const first = cells.find((cell) => cell.trim() !== '')?.trim() ?? '';
  if (/^(report |grand |sub)?totals?:?$/i.test(first)) return true;
  if (file.total === undefined || fields[file.total] === undefined) return false;
  const ids = [...begins, ...joins].flatMap(({ record }) => (record.id.by === 'content' ? [] : idFields(record)));
  if (ids.length === 0 || ids.some((field) => fields[field] !== undefined)) return false;
  return said.every((cell) => readNumber(cell, 'point') !== null || /total/i.test(cell));
}
