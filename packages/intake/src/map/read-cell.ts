import type { DateReading, Mapping, NumberReading, ValueKind, ValueTable } from './mapping.ts';
import type { Piece, Unreadable } from './pieces.ts';
import { readDate } from './read-date.ts';
import { otherCurrency, readMoney, readNumber, unquoted } from './read-number.ts';
import { negated } from './sums.ts';

/** How this import's columns are read. */
export interface Readings {
  readonly currency: string;
  /** The company's zone, IANA name. */
  readonly zone: string;
  dateOf(role: string, field: string): DateReading;
  numberOf(role: string, field: string): NumberReading;
}

/** A cell that can't be read. It takes its record out. */
export class CellProblem extends Error {
  readonly problem: Unreadable;

  constructor(problem: Unreadable) {
    super(problem.message);
    this.name = 'CellProblem';
    this.problem = problem;
  }
}

/** The cells of one row, read strictly. */
export interface Cells {
  readonly piece: Piece;
  readonly currency: string;
  /** Undefined for an empty cell. */
  text(field: string): string | undefined;
  /** Undefined for an empty cell. @throws CellProblem for one that can't be read */
  read(
    field: string,
    as: ValueKind,
    how: { readonly negate?: boolean | undefined; readonly table?: string | undefined },
  ): string | boolean | undefined;
  /** As `read`, and an empty cell is a problem too. @throws CellProblem */
  required(field: string, as: ValueKind): string;
  /** As text that is the same for the same meaning, whatever the format: for ids made of content. */
  normal(field: string): string;
}

export function cellsOf(piece: Piece, mapping: Mapping, readings: Readings): Cells {
  return new RowCells(piece, mapping, readings);
}

/** A class, since one is made for each row. */
class RowCells implements Cells {
  readonly piece: Piece;
  readonly currency: string;
  readonly #mapping: Mapping;
  readonly #readings: Readings;

  constructor(piece: Piece, mapping: Mapping, readings: Readings) {
    this.piece = piece;
    this.currency = readings.currency;
    this.#mapping = mapping;
    this.#readings = readings;
  }

  #problem(field: string, code: string, message: string): CellProblem {
    const { file, row, role, fields } = this.piece;
    return new CellProblem({
      file,
      row,
      column: headerOf(this.#mapping, role, field),
      value: fields[field] ?? '',
      code,
      message,
    });
  }

  /** A file of text has no results of formulas; what isn't Excel's way to keep a number as text can't be known. */
  #refuseFormula(field: string): void {
    const cell = this.piece.fields[field];
    if (cell === undefined || cell.charCodeAt(0) !== EQUALS || unquoted(cell) !== cell.trim() || cell.trim().length < 2) return;
    const message = `“${cell.slice(0, 60)}” is a formula, and the file doesn't have its result. Enter the value instead.`;
    throw this.#problem(field, 'formula', message);
  }

  text(field: string): string | undefined {
    this.#refuseFormula(field);
    const said = unquoted(this.piece.fields[field] ?? '');
    return said === '' || (said.length === 1 && '-–—'.includes(said)) ? undefined : said;
  }

  read(
    field: string,
    as: ValueKind,
    how: { negate?: boolean | undefined; table?: string | undefined },
  ): string | boolean | undefined {
    const cell = this.piece.fields[field] ?? '';
    this.#refuseFormula(field);
    if (how.table !== undefined) return this.#fromTable(field, how.table);
    switch (as) {
      case 'text':
        return this.text(field);
      case 'money': {
        const amount = readMoney(cell, this.#readings.numberOf(this.piece.role, field), this.#readings.currency);
        if (amount === null) throw this.#problem(field, 'no-amount', noAmount(cell, this.#readings.currency));
        return amount === undefined || how.negate !== true ? amount : negated(amount);
      }
      case 'decimal': {
        const number = readNumber(cell, this.#readings.numberOf(this.piece.role, field));
        if (number === null) throw this.#problem(field, 'no-number', `“${cell}” isn’t a number. Write it like 2.5.`);
        return number === undefined || how.negate !== true ? number : negated(number);
      }
      case 'date': {
        const day = readDate(cell, this.#readings.dateOf(this.piece.role, field), {
          company: this.#readings.zone,
          file: this.#mapping.zone,
        });
        if (day === null)
          throw this.#problem(field, 'no-date', `“${cell}” isn’t a date in the format of this column. Write it like the others.`);
        return day;
      }
      case 'boolean': {
        const said = this.text(field)?.toLowerCase();
        if (said === undefined) return undefined;
        if (['yes', 'y', 'true', 't', '1', 'x', 'taxable'].includes(said)) return true;
        if (['no', 'n', 'false', 'f', '0', 'non-taxable', 'nontaxable'].includes(said)) return false;
        throw this.#problem(field, 'no-yes-or-no', `“${cell}” is neither yes nor no. Write Yes or No.`);
      }
      default:
        return as satisfies never;
    }
  }

  required(field: string, as: ValueKind): string {
    const value = this.read(field, as, {});
    if (value !== undefined) return String(value);
    throw this.#problem(
      field,
      'empty-cell',
      `${headerOf(this.#mapping, this.piece.role, field)} is empty. Fill it in, or leave the row out.`,
    );
  }

  #fromTable(field: string, table: string): string | undefined {
    const said = this.text(field);
    if (said === undefined) return undefined;
    const values = this.#mapping.values?.[table] ?? {};
    const exact = tableOf(values).get(said.toLowerCase());
    if (exact !== undefined) return exact;
    if (values['*'] !== undefined) return said;
    const column = headerOf(this.#mapping, this.piece.role, field);
    throw this.#problem(
      field,
      'unknown-value',
      `“${said}” in ${column} isn't in the mapping. Say what it means: add it to the mapping's values.`,
    );
  }

  normal(field: string): string {
    const said = this.text(field);
    if (said === undefined) return '';
    const number = readNumber(said, this.#readings.numberOf(this.piece.role, field));
    if (typeof number === 'string') return number;
    const day = readDate(said, this.#readings.dateOf(this.piece.role, field), {
      company: this.#readings.zone,
      file: this.#mapping.zone,
    });
    return typeof day === 'string' ? day : said.toLowerCase();
  }
}

function noAmount(cell: string, currency: string): string {
  const other = otherCurrency(cell, currency);
  return other === undefined || !/\d/.test(cell)
    ? `“${cell}” isn’t an amount in ${currency}. Write it like 1,204.50.`
    : `“${cell}” is in another currency: the company’s is ${currency}. Import it into a company of that currency.`;
}

const EQUALS = 61;

const TABLES = new WeakMap<ValueTable, ReadonlyMap<string, string>>();

/** The table by what cells say, case and blanks around it aside. */
function tableOf(values: ValueTable): ReadonlyMap<string, string> {
  let table = TABLES.get(values);
  if (table === undefined) {
    // Of two entries that differ in case alone the first counts.
    table = new Map(
      Object.entries(values)
        .reverse()
        .map(([from, to]) => [from.trim().toLowerCase(), to]),
    );
    TABLES.set(values, table);
  }
  return table;
}

/** The header by which a person knows a column. */
export function headerOf(mapping: Mapping, role: string, field: string): string {
  const header = mapping.files[role]?.columns[field];
  return header === undefined ? field : typeof header === 'string' ? header : header[0]!;
}
