import type { Fragment, Sql } from './open-store.ts';

/** The types that columns of `rowsOf` may have. */
type ColumnType = 'text' | 'int' | 'bigint' | 'bool' | 'uuid' | 'date' | 'jsonb';

/** The members of the objects that become columns, with their types. */
export type Columns<T> = { readonly [K in keyof T]?: ColumnType };

/**
 * Objects as a row source for SQL: one row an object, one column a member, in one parameter per column whatever the
 * number of rows. Give it an alias. A member's column has its name in snake case; a missing member is null; a member of
 * type `jsonb` is written as JSON.
 *
 *     update batch_items i set problems = p.problems from ${rowsOf(sql, found, { seq: 'int', problems: 'jsonb' })} p …
 */
export function rowsOf<T>(sql: Sql, items: readonly T[], columns: Columns<T>): Fragment {
  const entries = Object.entries(columns) as [keyof T & string, ColumnType][];
  const values = entries
    .map(([member, type]) => {
      const column = items.map((item) => parameterOf(item[member], type)) as string[];
      return sql`${column}::${sql.unsafe(ARRAYS[type])}`;
    })
    .reduce((all, one) => sql`${all}, ${one}`);
  const names = entries.map(([member]) => member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  return sql`(select * from unnest(${values}) as given (${sql(names)}))`;
}

/**
 * Values as a set of JSON texts, one each, for `rows from (…)`: cast them to `jsonb` there. They travel as one text, so neither side
 * has to escape each of them, and Postgres takes it apart while it runs. A constant that is cast to `jsonb` is parsed for the plan,
 * and again to run it.
 */
export function jsonTexts(sql: Sql, values: readonly unknown[]): Fragment {
  // JSON has no bare control characters, so this one separates.
  return sql`string_to_table(${values.map((value) => JSON.stringify(value)).join('\u0001')}, chr(1))`;
}

/** Numbers travel as they are; all else as text, which Postgres casts, since the driver guesses an array's type by its first element. */
const ARRAYS: Record<ColumnType, string> = {
  text: 'text[]',
  int: 'int[]',
  bigint: 'bigint[]',
  bool: 'text[]::bool[]',
  uuid: 'text[]::uuid[]',
  date: 'text[]::date[]',
  jsonb: 'text[]::jsonb[]',
};

function parameterOf(value: unknown, type: ColumnType): unknown {
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
