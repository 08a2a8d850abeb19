import type postgres from 'postgres';
import type { Fragment, Sql } from './open-store.ts';

/** The types that columns of `rowsOf` may have. */
type ColumnType = 'text' | 'int' | 'bigint' | 'bool' | 'uuid' | 'date' | 'jsonb' | 'large-jsonb' | 'spelled-jsonb' | 'many-texts';
type ArrayType = Exclude<ColumnType, 'large-jsonb' | 'spelled-jsonb' | 'many-texts'>;

/** The members of the objects that become columns, with their types. */
export type Columns<T> = { readonly [K in keyof T]?: ColumnType };

/**
 * Objects as a row source for SQL: one row an object, one column a member, in one parameter per column whatever the
 * number of rows. Give it an alias. A member's column has its name in snake case; a missing member is null; a member of
 * type `jsonb` is written as JSON. So is one of type `large-jsonb`, which suits the whole records of an insert: it travels as
 * `jsonTexts`. `spelled-jsonb` is the same of texts that are JSON already, and `many-texts` is text that travels so, in half the
 * processor time of `text`. With these the planner expects a thousand rows however many there are, so don't join by them.
 *
 *     update batch_items i set problems = p.problems from ${rowsOf(sql, found, { seq: 'int', problems: 'jsonb' })} p …
 */
export function rowsOf<T>(sql: Sql, items: readonly T[], columns: Columns<T>): Fragment {
  const entries = (Object.entries(columns) as [keyof T & string, ColumnType][]).map(([member, type]) => {
    const name = sql(member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
    if (type === 'large-jsonb' || type === 'spelled-jsonb') {
      const values = items.map((item) => item[member]);
      const source = type === 'large-jsonb' ? jsonTexts(sql, values) : spelledJson(sql, values as readonly string[]);
      return { name, source, value: sql`given.${name}::jsonb as ${name}` };
    }
    if (type === 'many-texts') {
      const values = items.map((item) => item[member] ?? null) as (string | null)[];
      if (values.every(canBeJoined)) return { name, source: joinedTexts(sql, values), value: sql`given.${name}` };
    }
    const array = type === 'many-texts' ? 'text' : type;
    const column = items.map((item) => parameterOf(item[member], array)) as string[];
    return { name, source: sql`unnest(${column}::${sql.unsafe(ARRAYS[array])})`, value: sql`given.${name}` };
  });
  const listed = (parts: readonly Fragment[]) => parts.reduce((all, one) => sql`${all}, ${one}`);
  const sources = listed(entries.map(({ source }) => source));
  const names = listed(entries.map(({ name }) => sql`${name}`));
  return sql`(select ${listed(entries.map(({ value }) => value))} from rows from (${sources}) as given (${names}))`;
}

/**
 * Values as a set of JSON texts, one each, for `rows from (…)`: cast them to `jsonb` there. They travel as one text, so neither side
 * has to escape each of them, and Postgres takes it apart while it runs. A constant that is cast to `jsonb` is parsed for the plan,
 * and again to run it. A missing value is null.
 */
export function jsonTexts(sql: Sql, values: readonly unknown[]): Fragment {
  return spelledJson(
    sql,
    values.map((value) => (value === undefined || value === null ? '' : JSON.stringify(value))),
  );
}

/** As `jsonTexts`, of values that are JSON texts already; an empty one is null. */
export function spelledJson(sql: Sql, texts: readonly string[]): Fragment {
  // JSON has no bare control characters, so this one separates.
  return joinedTexts(sql, texts);
}

const BETWEEN = '\u0001';

/**
 * JSON texts of many rows, gathered one after the other. They are kept as the bytes that travel, outside of the heap: a thousand texts
 * would be moved there again and again, and be joined at the end.
 */
export class SpelledTexts {
  #bytes: Buffer;
  #length = 0;

  /** @param expected bytes of all texts, if that can be told: then nothing is moved. Default: a few thousand. */
  constructor(expected = 8192) {
    this.#bytes = Buffer.allocUnsafeSlow(expected);
  }

  add(text: string): void {
    // A character of a string has three bytes at most.
    const most = this.#length + 3 * text.length + 1;
    if (most > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(most, 2 * this.#bytes.length));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    if (this.#length > 0) this.#bytes[this.#length++] = BETWEEN.charCodeAt(0);
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** As `spelledJson` of the texts: a set of them, in their order. Add none after that. */
  rows(sql: Sql): Fragment {
    return asRows(sql, sql.typed(this.#bytes.subarray(0, this.#length) as never, TEXT));
  }
}

/** Its number in Postgres: bytes that are sent as a text would be a `bytea` without it. */
const TEXT = 25;

/** A text with the mark between texts would become two, and an empty one null. */
function canBeJoined(text: string | null): boolean {
  return text === null || (text !== '' && !text.includes(BETWEEN));
}

function joinedTexts(sql: Sql, texts: readonly (string | null)[]): Fragment {
  return asRows(sql, texts.join(BETWEEN));
}

function asRows(sql: Sql, joined: postgres.ParameterOrFragment<never>): Fragment {
  return sql`string_to_table(${joined}, chr(1), '')`;
}

/** Numbers travel as they are; all else as text, which Postgres casts, since the driver guesses an array's type by its first element. */
const ARRAYS: Record<ArrayType, string> = {
  text: 'text[]',
  int: 'int[]',
  bigint: 'bigint[]',
  bool: 'text[]::bool[]',
  uuid: 'text[]::uuid[]',
  date: 'text[]::date[]',
  jsonb: 'text[]::jsonb[]',
};

function parameterOf(value: unknown, type: ArrayType): unknown {
  if (value === undefined || value === null) return null;
  switch (type) {
    case 'jsonb':
      return JSON.stringify(value);
    case 'int':
    case 'bigint':
      return value;
    default:
      return String(value);
  }
}
