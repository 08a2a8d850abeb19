import type { OpenTable } from '../read/open-table.ts';
import type { DateReading, Mapping, NumberReading } from './mapping.ts';
import { headerOf, type Readings } from './read-cell.ts';
import { dateReadings } from './read-date.ts';
import { numberReadings, readNumber } from './read-number.ts';
import { add as addUp, fromThousandths, isSame, thousandths } from './sums.ts';

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

interface ColumnSeen {
  readonly role: string;
  readonly field: string;
  dates: ReadonlySet<DateReading>;
  numbers: ReadonlySet<NumberReading>;
  numbersDiffer: boolean;
  example: string;
  /** In thousandths, by how the amounts are read; undefined where the file's total is of another column. */
  readonly sums: Map<NumberReading, number> | undefined;
}

type Kind = 'date' | 'money' | 'price';

/** Watches the columns that hold days and amounts, to decide how they are written. */
export function columnsSeen(mapping: Mapping, currency: string) {
  const kinds = kindsOf(mapping);
  const columns = new Map<string, ColumnSeen>();
  const watched = new Map<string, readonly { field: string; kind: Kind; column: ColumnSeen }[]>();
  for (const [role, fields] of kinds) {
    const list = [...fields].map(([field, kind]) => {
      const column: ColumnSeen = {
        role,
        field,
        dates: new Set<DateReading>(['iso', 'month-name', 'mdy', 'dmy']),
        numbers: new Set<NumberReading>(['point', 'comma']),
        numbersDiffer: false,
        example: '',
        sums: mapping.files[role]?.total === field ? new Map() : undefined,
      };
      columns.set(`${role}.${field}`, column);
      return { field, kind, column };
    });
    watched.set(role, list);
  }

  function add(role: string, fields: Readonly<Record<string, string>>): void {
    for (const { field, kind, column } of watched.get(role) ?? []) {
      const cell = fields[field];
      if (cell === undefined) continue;
      // A column that is decided stays so: what doesn't fit is unreadable by itself.
      if (kind === 'date') {
        if (column.dates.size > 1) narrowDates(column, cell);
      } else {
        if (column.numbers.size > 1) narrowNumbers(column, cell, kind === 'price' ? undefined : currency);
        if (column.sums !== undefined) addTo(column.sums, cell, column.numbers);
      }
    }
  }

  return {
    add,
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
    /** Of several files of a role, the totals that all of them state are added up. */
    totals(stated: ReadonlyMap<string, readonly { readonly file: string; readonly value: string }[]>): readonly ControlTotal[] {
      return [...stated].flatMap(([role, values]) => {
        const field = mapping.files[role]!.total!;
        const column = columns.get(`${role}.${field}`);
        const reading = numberAnswer(mapping, `${role}.${field}`, column);
        const each = values.map(({ value }) => readNumber(value, reading)).filter((one) => typeof one === 'string');
        if (column?.sums === undefined || each.length === 0) return [];
        const said = each.length === 1 ? each[0]! : addUp(each);
        const ours = fromThousandths(column.sums.get(reading) ?? 0);
        const file = [...new Set(values.map((one) => one.file))].join(' and ');
        return [{ file, column: headerOf(mapping, role, field), stated: said, ours, agrees: isSame(said, ours) }];
      });
    },
    readings(zone: string): Readings {
      const dates = byRole(kinds, (key) => dateAnswer(mapping, key, columns.get(key)) ?? [...(columns.get(key)?.dates ?? [])][0]);
      const numbers = byRole(kinds, (key) => numberAnswer(mapping, key, columns.get(key)));
      return {
        currency,
        zone,
        dateOf: (role, field) => dates.get(role)?.get(field) ?? mapping.dates?.[`${role}.${field}`] ?? 'iso',
        numberOf: (role, field) => numbers.get(role)?.get(field) ?? mapping.numbers?.[`${role}.${field}`] ?? 'point',
      };
    },
  };
}

/** Looked up once per column instead of once per cell. */
function byRole<T>(
  kinds: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
  answer: (key: string) => T,
): ReadonlyMap<string, ReadonlyMap<string, T>> {
  return new Map(
    [...kinds].map(([role, fields]) => [role, new Map([...fields.keys()].map((field) => [field, answer(`${role}.${field}`)]))]),
  );
}

function narrowDates(column: ColumnSeen, cell: string): void {
  const fits = dateReadings(cell);
  // A cell that no reading fits is unreadable by itself and decides nothing.
  if (fits.length === 0 || fits.length === 4) return;
  const left = new Set(fits.filter((reading) => column.dates.has(reading)));
  if (left.size > 0) column.dates = left;
  if (column.example === '') column.example = cell;
}

function narrowNumbers(column: ColumnSeen, cell: string, currency: string | undefined): void {
  const { fits, differ } = numberReadings(cell, currency);
  if (fits.length === 1) {
    column.numbers = new Set(fits);
  } else if (differ) {
    column.numbersDiffer = true;
    column.example = cell;
  }
}

function addTo(sums: Map<NumberReading, number>, cell: string, readings: Iterable<NumberReading>): void {
  for (const reading of readings) {
    const number = readNumber(cell, reading);
    if (typeof number !== 'string') continue;
    const amount = thousandths(number);
    if (amount !== undefined) sums.set(reading, (sums.get(reading) ?? 0) + amount);
  }
}

function numberAnswer(mapping: Mapping, key: string, column: ColumnSeen | undefined): NumberReading {
  return mapping.numbers?.[key] ?? [...(column?.numbers ?? [])][0] ?? 'point';
}

/** What the mapping says of a column that two readings fit: a person's answer, else the system's usual way. */
function dateAnswer(mapping: Mapping, key: string, column: ColumnSeen | undefined): DateReading | undefined {
  const answered = mapping.dates?.[key];
  if (answered !== undefined) return answered;
  return mapping.usualDates !== undefined && column?.dates.has(mapping.usualDates) ? mapping.usualDates : undefined;
}

/** Which columns the mapping reads as days or as amounts. */
function kindsOf(mapping: Mapping): ReadonlyMap<string, ReadonlyMap<string, Kind>> {
  const kinds = new Map<string, Map<string, Kind>>();
  const note = (role: string, field: string | undefined, kind: Kind) => {
    if (field === undefined) return;
    const fields = kinds.get(role) ?? new Map<string, Kind>();
    kinds.set(role, fields.set(field, kind));
  };
  for (const { from, members, lines, tax, allocations } of mapping.records) {
    for (const value of Object.values(members)) {
      if (!('field' in value) || 'idOf' in value) continue;
      const { as } = value;
      if (as === 'date' || as === 'money') for (const field of [value.field].flat()) note(from, field, as);
    }
    if (lines?.by === 'rows') {
      note(lines.from, lines.amount, 'money');
      // A price may have more digits than an amount of the currency.
      note(lines.from, lines.unitPrice, 'price');
    }
    if (lines?.by === 'cell') for (const field of [lines.sum, lines.discount]) note(from, field, 'money');
    if (lines?.by === 'total') for (const field of [lines.field, lines.less]) note(from, field, 'money');
    note(from, tax?.amount, 'money');
    note(from, allocations?.amount, 'money');
    note(from, allocations?.less, 'money');
  }
  for (const [role, { total }] of Object.entries(mapping.files)) note(role, total, 'money');
  return kinds;
}
