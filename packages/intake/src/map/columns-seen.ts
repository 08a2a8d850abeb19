import type { OpenTable } from '../read/open-table.ts';
import type { DateReading, Mapping, NumberReading } from './mapping.ts';
import { headerOf, type Readings } from './read-cell.ts';
import { numberReadings, readNumber } from './read-number.ts';
import { type DatesSeen, datesSeen, type NumbersSeen, numbersSeen } from './readings-seen.ts';
import { sumField } from './row-kinds.ts';
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
  readonly dates: DatesSeen;
  readonly numbers: NumbersSeen;
  /** In thousandths, by how the amounts are read; undefined where the file's total is of another column. */
  readonly sums: Map<NumberReading, number> | undefined;
}

/** `price`: numbers that aren't amounts of the currency, as prices, quantities and rates. */
type Kind = 'date' | 'money' | 'price';

/** How each column is read, by `role.field`. */
export interface Settled {
  readonly dates: Readonly<Record<string, DateReading>>;
  readonly numbers: Readonly<Record<string, NumberReading>>;
}

/** Whatever the order of the columns: Postgres keeps none. */
export function isSameSettled(one: Settled, other: Settled): boolean {
  const said = ({ dates, numbers }: Settled) => JSON.stringify([dates, numbers].map((of) => Object.entries(of).sort()));
  return said(one) === said(other);
}

export type ColumnsSeen = ReturnType<typeof columnsSeen>;

/** Watches the columns that hold days and amounts, to decide how they are written. */
export function columnsSeen(mapping: Mapping, currency: string) {
  const kinds = kindsOf(mapping);
  const columns = new Map<string, ColumnSeen>();
  const sumOf = new Map(
    Object.entries(mapping.files).map(([role, file]) => {
      const lines = mapping.records.map((record) => record.lines).find((one) => one?.by === 'rows' && one.from === role);
      return [role, sumField(file, lines?.by === 'rows' ? lines : undefined)];
    }),
  );
  const tips = new Map(
    mapping.records.flatMap(({ from, lines }) =>
      lines?.by === 'cell' && lines.tip !== undefined ? [[from, lines.tip] as const] : [],
    ),
  );
  const watched = new Map<string, readonly { field: string; kind: Kind; column: ColumnSeen }[]>();
  for (const [role, fields] of kinds) {
    const list = [...fields].map(([field, kind]) => {
      const column: ColumnSeen = {
        role,
        field,
        dates: datesSeen(),
        numbers: numbersSeen(kind === 'price' ? undefined : currency),
        sums: sumOf.get(role) === field || tips.get(role) === field ? new Map() : undefined,
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
      if (kind === 'date') {
        column.dates.add(cell);
      } else {
        const fits = column.numbers.add(cell);
        if (column.sums !== undefined) addTo(column.sums, cell, fits);
      }
    }
  }

  /** A person's answer, else what the column's rows decide; undefined where two readings fit. */
  function numberAnswer(key: string, { role, field, numbers }: ColumnSeen): NumberReading | undefined {
    const answered = mapping.numbers?.[key];
    if (answered !== undefined) return answered;
    const { readings } = numbers.decided();
    if (readings.length < 2) return readings[0] ?? 'point';
    // Quantities, prices and rates may have three digits behind the point; a program writes them as it writes its amounts.
    if (kinds.get(role)?.get(field) !== 'price') return undefined;
    const shown = new Set((watched.get(role) ?? []).map(({ column }) => column.numbers.shown()));
    shown.delete(undefined);
    return shown.size === 1 ? [...shown][0] : undefined;
  }

  function isAsked(key: string, column: ColumnSeen): boolean {
    if (kinds.get(column.role)?.get(column.field) === 'date')
      return column.dates.decided().readings.length >= 2 && dateAnswer(mapping, key, column) === undefined;
    return numberAnswer(key, column) === undefined;
  }

  /** By the rows that were seen so far. */
  function settled(): Settled {
    const dates: Record<string, DateReading> = {};
    const numbers: Record<string, NumberReading> = {};
    for (const [key, column] of columns) {
      dates[key] = dateAnswer(mapping, key, column) ?? column.dates.decided().readings[0] ?? 'iso';
      numbers[key] = numberAnswer(key, column) ?? 'point';
    }
    return { dates, numbers };
  }

  /** By each reading: what the rows of that role come to so far. */
  function sumsOf(role: string): ReadonlyMap<NumberReading, number> {
    return new Map(columns.get(`${role}.${sumOf.get(role)}`)?.sums);
  }

  return {
    add,
    settled,
    sumsOf,
    /** The tips that no record has, by role; those that are lines are none. */
    tipsLeftOut(): readonly { readonly role: string; readonly column: string; readonly amount: string }[] {
      if (mapping.constants?.tipLine !== undefined) return [];
      return [...tips].flatMap(([role, field]) => {
        const key = `${role}.${field}`;
        const column = columns.get(key)!;
        const sum = column.sums!.get(numberAnswer(key, column) ?? 'point') ?? 0;
        return sum === 0 ? [] : [{ role, column: headerOf(mapping, role, field), amount: fromThousandths(sum) }];
      });
    },
    /** Whether a value is what that role's rows came to since, in a reading that fits it. */
    isSumSince(role: string, since: ReadonlyMap<NumberReading, number>, value: string): boolean {
      const now = sumsOf(role);
      return numberReadings(value, currency).fits.some((reading) => {
        const number = readNumber(value, reading);
        if (typeof number !== 'string' || !now.has(reading)) return false;
        return thousandths(number) === now.get(reading)! - (since.get(reading) ?? 0);
      });
    },
    /** Whether two readings fit a column, and nobody said which. */
    isOpen: () => [...columns].some(([key, column]) => isAsked(key, column)),
    questions(tables: ReadonlyMap<string, OpenTable>): readonly Question[] {
      return [...columns].flatMap(([key, column]): Question[] => {
        const place = {
          key,
          file: tables.get(column.role)?.file ?? '',
          column: headerOf(mapping, column.role, column.field),
        };
        if (!isAsked(key, column)) return [];
        const isDate = kinds.get(column.role)?.get(column.field) === 'date';
        const { readings, example } = isDate ? column.dates.decided() : column.numbers.decided();
        return [{ ...place, example, choices: readings as Question['choices'] }];
      });
    },
    /** Of several files of a role, the totals that all of them state are added up. */
    totals(stated: ReadonlyMap<string, readonly { readonly file: string; readonly value: string }[]>): readonly ControlTotal[] {
      return [...stated].flatMap(([role, values]) => {
        const field = mapping.files[role]!.total!;
        const column = columns.get(`${role}.${field}`);
        const key = `${role}.${field}`;
        const reading = (column === undefined ? mapping.numbers?.[key] : numberAnswer(key, column)) ?? 'point';
        const each = new Map<string, string[]>();
        for (const { file, value } of values) {
          const number = readNumber(value, reading);
          if (typeof number === 'string') each.set(file, [...(each.get(file) ?? []), number]);
        }
        if (column?.sums === undefined || each.size === 0) return [];
        const said = addUp([...each.values()].map(wholeOf));
        const ours = fromThousandths(column.sums.get(reading) ?? 0);
        const file = [...new Set(values.map((one) => one.file))].join(' and ');
        return [{ file, column: headerOf(mapping, role, field), stated: said, ours, agrees: isSame(said, ours) }];
      });
    },
    readings(zone: string, known: Settled = settled()): Readings {
      const dates = byRole(kinds, (key) => known.dates[key]);
      const numbers = byRole(kinds, (key) => known.numbers[key]);
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

/** By each reading that fits, since only the last row shows which one counts. */
function addTo(sums: Map<NumberReading, number>, cell: string, readings: readonly NumberReading[]): void {
  for (const reading of readings) {
    const number = readNumber(cell, reading);
    if (typeof number !== 'string') continue;
    const amount = thousandths(number);
    if (amount !== undefined) sums.set(reading, (sums.get(reading) ?? 0) + amount);
  }
}

/** What a file's totals rows state together. Where the last one repeats the one above, or adds up all of them, it is the total. */
function wholeOf(totals: readonly string[]): string {
  const [last, ...others] = totals.toReversed();
  return others.length === 0 || isSame(last!, others[0]!) || isSame(last!, addUp(others)) ? last! : addUp(totals);
}

/** What the mapping says of a column that two readings fit: a person's answer, else the system's usual way. */
function dateAnswer(mapping: Mapping, key: string, column: ColumnSeen | undefined): DateReading | undefined {
  const answered = mapping.dates?.[key];
  if (answered !== undefined || mapping.usualDates === undefined || column === undefined) return answered;
  const { readings, isTorn } = column.dates.decided();
  return !isTorn && readings.includes(mapping.usualDates) ? mapping.usualDates : undefined;
}

/** Which columns the mapping reads as days or as amounts. */
function kindsOf(mapping: Mapping): ReadonlyMap<string, ReadonlyMap<string, Kind>> {
  const kinds = new Map<string, Map<string, Kind>>();
  const note = (role: string, field: string | undefined, kind: Kind) => {
    if (field === undefined) return;
    const fields = kinds.get(role) ?? new Map<string, Kind>();
    if (kind === 'price' && fields.get(field) === 'money') return;
    kinds.set(role, fields.set(field, kind));
  };
  for (const { from, members, lines, tax, allocations } of mapping.records) {
    for (const value of Object.values(members)) {
      if (!('field' in value) || 'idOf' in value) continue;
      const { as } = value;
      if (as === 'text' || as === 'boolean') continue;
      for (const field of [value.field].flat()) note(from, field, as === 'decimal' ? 'price' : as);
    }
    if (lines?.by === 'rows') {
      note(lines.from, lines.amount, 'money');
      // A price may have more digits than an amount of the currency.
      for (const field of [lines.unitPrice, lines.quantity]) note(lines.from, field, 'price');
    }
    if (lines?.by === 'cell') for (const field of [lines.sum, lines.discount, lines.tip]) note(from, field, 'money');
    if (lines?.by === 'total') for (const field of [lines.field, lines.less]) note(from, field, 'money');
    note(from, tax?.amount, 'money');
    note(from, tax?.rate, 'price');
    note(from, allocations?.amount, 'money');
    note(from, allocations?.less, 'money');
  }
  for (const [role, { total }] of Object.entries(mapping.files)) note(role, total, 'money');
  return kinds;
}
