import { normalHeader } from '../match/headers.ts';
import { type OpenTable, openTable } from '../read/open-table.ts';
import type { LeftOutRow } from '../read/rows.ts';
import type { SourceFile } from '../read/source-file.ts';
import { assemble, type HeldBack, type MadeRecord, type Note } from './assemble.ts';
import type { DateReading, Mapping, NumberReading } from './mapping.ts';
import { cutIntoPieces, type Unreadable } from './pieces.ts';
import { headerOf, type Readings } from './read-cell.ts';
import { dateReadings } from './read-date.ts';
import { numberReadings, readNumber } from './read-number.ts';
import type { Sorter } from './sorter.ts';
import { add, isSame } from './sums.ts';

/** What an import says, as it goes. Each is called in the order of records; nothing is kept. */
export interface ImportEvents {
  record(made: MadeRecord): void | Promise<void>;
  unreadable?(problem: Unreadable): void;
  heldBack?(held: HeldBack): void;
  note?(note: Note): void;
  leftOut?(file: string, row: LeftOutRow): void;
}

/** A column that two readings fit. A person says which, once: the mapping keeps the answer. */
export interface Question {
  /** `role.field`, the key under which the mapping keeps the answer. */
  readonly key: string;
  readonly file: string;
  readonly column: string;
  readonly example: string;
  readonly choices: readonly DateReading[] | readonly NumberReading[];
}

/** The file's own total against the sum of what was read. */
export interface ControlTotal {
  readonly file: string;
  readonly column: string;
  readonly stated: string;
  readonly ours: string;
  readonly agrees: boolean;
}

export interface ImportOutcome {
  /** If there are any, no record was made. */
  readonly questions: readonly Question[];
  readonly totals: readonly ControlTotal[];
}

export interface ImportTerms {
  readonly mapping: Mapping;
  /** By role. */
  readonly files: Readonly<Record<string, SourceFile>>;
  readonly currency: string;
  /** IANA name. */
  readonly zone: string;
  readonly sorter: Sorter;
}

/**
 * Reads files by a mapping: each row once, in a stream. How a column writes days and amounts is decided over all of its rows, so
 * records are made only when every row was seen.
 * @throws UnreadableFile; no record was made then
 */
export async function runMapping(terms: ImportTerms, events: ImportEvents): Promise<ImportOutcome> {
  const { mapping, files, sorter } = terms;
  const seen = columnsSeen(mapping, terms.currency);
  const stated = new Map<string, string>();
  const tables = new Map<string, OpenTable>();
  let last: string | undefined;

  for (const role of Object.keys(mapping.files)) {
    const file = files[role];
    if (file === undefined) continue;
    const table = await openTable(file, [new Set(mapping.files[role]!.known.map(normalHeader))]);
    tables.set(role, table);
    await cutIntoPieces(table, role, mapping, {
      piece(piece) {
        last = piece.record >= 0 ? piece.key : last;
        return sorter.add(piece);
      },
      leftOut: (name, row) => events.leftOut?.(name, row),
      unreadable: (problem) => events.unreadable?.(problem),
      data: seen.add,
      total: (of, value) => stated.set(of, value),
    });
  }

  const questions = seen.questions(tables);
  const totals = seen.totals(stated, tables);
  if (questions.length > 0) return { questions, totals };
  const readings = seen.readings(terms.zone);
  for await (const pieces of sorter.groups()) {
    const { made, unreadable, heldBack, notes } = assemble(pieces, mapping, readings, pieces[0]!.key === last);
    for (const problem of unreadable) events.unreadable?.(problem);
    for (const held of heldBack) events.heldBack?.(held);
    for (const note of notes) events.note?.(note);
    for (const one of made) await events.record(one);
  }
  return { questions, totals };
}

interface ColumnSeen {
  readonly role: string;
  readonly field: string;
  dates: ReadonlySet<DateReading>;
  numbers: ReadonlySet<NumberReading>;
  numbersDiffer: boolean;
  example: string;
  sum: string | undefined;
}

/** Watches the columns that hold days and amounts, to decide how they are written. */
function columnsSeen(mapping: Mapping, currency: string) {
  const kinds = kindsOf(mapping);
  const columns = new Map<string, ColumnSeen>();
  const watched = new Map<string, readonly { field: string; kind: 'date' | 'money'; column: ColumnSeen }[]>();
  for (const [role, fields] of kinds) {
    const list = [...fields].map(([field, kind]) => {
      const column: ColumnSeen = {
        role,
        field,
        dates: new Set<DateReading>(['iso', 'month-name', 'mdy', 'dmy']),
        numbers: new Set<NumberReading>(['point', 'comma']),
        numbersDiffer: false,
        example: '',
        sum: mapping.files[role]?.total === field ? '0' : undefined,
      };
      columns.set(`${role}.${field}`, column);
      return { field, kind, column };
    });
    watched.set(role, list);
  }

  function add_(role: string, fields: Readonly<Record<string, string>>): void {
    for (const { field, kind, column } of watched.get(role) ?? []) {
      const cell = fields[field];
      if (cell === undefined) continue;
      if (kind === 'date') {
        const fits = dateReadings(cell);
        // A cell that no reading fits is unreadable by itself and decides nothing.
        if (fits.length > 0 && fits.length < 4) {
          const left = new Set(fits.filter((reading) => column.dates.has(reading)));
          if (left.size > 0) column.dates = left;
          if (column.example === '') column.example = cell;
        }
      } else {
        const { fits, differ } = numberReadings(cell, currency);
        if (fits.length === 1) {
          const left = new Set(fits.filter((reading) => column.numbers.has(reading)));
          if (left.size > 0) column.numbers = left;
        } else if (differ) {
          column.numbersDiffer = true;
          column.example = cell;
        }
        if (column.sum !== undefined) {
          const number = readNumber(cell, 'point');
          if (typeof number === 'string' && (number.split('.')[1] ?? '').length <= 3) column.sum = add([column.sum, number]);
        }
      }
    }
  }

  return {
    add: add_,
    questions(tables: ReadonlyMap<string, OpenTable>): readonly Question[] {
      return [...columns].flatMap(([key, column]): Question[] => {
        const place = {
          key,
          file: tables.get(column.role)?.file ?? '',
          column: headerOf(mapping, column.role, column.field),
          example: column.example,
        };
        const isDate = kinds.get(column.role)?.get(column.field) === 'date';
        if (isDate && column.example !== '' && column.dates.size > 1 && dateAnswer(mapping, key, column) === undefined) {
          return [{ ...place, choices: [...column.dates] }];
        }
        if (!isDate && column.numbersDiffer && column.numbers.size > 1 && mapping.numbers?.[key] === undefined) {
          return [{ ...place, choices: [...column.numbers] }];
        }
        return [];
      });
    },
    totals(stated: ReadonlyMap<string, string>, tables: ReadonlyMap<string, OpenTable>): readonly ControlTotal[] {
      return [...stated].flatMap(([role, value]) => {
        const field = mapping.files[role]!.total!;
        const ours = columns.get(`${role}.${field}`)?.sum;
        const said = readNumber(value, 'point');
        if (ours === undefined || typeof said !== 'string') return [];
        const file = tables.get(role)?.file ?? '';
        return [{ file, column: headerOf(mapping, role, field), stated: said, ours, agrees: isSame(said, ours) }];
      });
    },
    readings(zone: string): Readings {
      return {
        currency,
        zone,
        dateOf(role, field) {
          const key = `${role}.${field}`;
          const column = columns.get(key);
          return dateAnswer(mapping, key, column) ?? [...(column?.dates ?? ['iso' as const])][0]!;
        },
        numberOf: (role, field) =>
          mapping.numbers?.[`${role}.${field}`] ?? [...(columns.get(`${role}.${field}`)?.numbers ?? ['point'])][0]!,
      };
    },
  };
}

/** What the mapping says of a column that two readings fit: a person's answer, else the system's usual way. */
function dateAnswer(mapping: Mapping, key: string, column: ColumnSeen | undefined): DateReading | undefined {
  const answered = mapping.dates?.[key];
  if (answered !== undefined) return answered;
  return mapping.usualDates !== undefined && column?.dates.has(mapping.usualDates) ? mapping.usualDates : undefined;
}

/** Which columns the mapping reads as days or as amounts. */
function kindsOf(mapping: Mapping): ReadonlyMap<string, ReadonlyMap<string, 'date' | 'money'>> {
  const kinds = new Map<string, Map<string, 'date' | 'money'>>();
  const note = (role: string, field: string | undefined, kind: 'date' | 'money') => {
    if (field === undefined) return;
    const fields = kinds.get(role) ?? new Map<string, 'date' | 'money'>();
    kinds.set(role, fields.set(field, kind));
  };
  for (const { from, members, lines, tax, allocations } of mapping.records) {
    for (const value of Object.values(members)) {
      if (!('field' in value) || 'idOf' in value) continue;
      const { as } = value;
      if (as === 'date' || as === 'money') for (const field of [value.field].flat()) note(from, field, as);
    }
    if (lines?.by === 'rows') for (const field of [lines.amount, lines.unitPrice]) note(lines.from, field, 'money');
    if (lines?.by === 'cell') for (const field of [lines.sum, lines.discount]) note(from, field, 'money');
    if (lines?.by === 'total') for (const field of [lines.field, lines.less]) note(from, field, 'money');
    note(from, tax?.amount, 'money');
    note(from, allocations?.amount, 'money');
    note(from, allocations?.less, 'money');
  }
  for (const [role, { total }] of Object.entries(mapping.files)) note(role, total, 'money');
  return kinds;
}
