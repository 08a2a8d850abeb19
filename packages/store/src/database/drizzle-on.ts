import { type Column, DrizzleQueryError, eq, sql as expression, isNull, type SQL } from 'drizzle-orm';
import { PgDatabase, PgDialect, type PgPreparedQuery, type PreparedQueryConfig } from 'drizzle-orm/pg-core';
import { type PostgresJsQueryResultHKT, PostgresJsSession } from 'drizzle-orm/postgres-js';
import type { Sql } from './open-store.ts';

/**
 * Drizzle on a pool or on a transaction: it builds the statement and reads the rows by the schema, and the given handle
 * runs it, in its transaction and its turn. See docs/decisions/0018-where-drizzle-ends.md for what goes through it.
 */
export function drizzleOn(sql: Sql): PgDatabase<PostgresJsQueryResultHKT> {
  const known = databases.get(sql);
  if (known !== undefined) return known;
  const database = new PgDatabase<PostgresJsQueryResultHKT>(DIALECT, new Session(sql as never, DIALECT, undefined), undefined);
  databases.set(sql, database);
  return database;
}

/** What Drizzle can prepare: a query, or a write with its values. */
interface Preparable<T> {
  prepare(name: string): { execute(values: Record<string, unknown>): Promise<T> };
}

/** The handle on which a built statement begins at this moment. */
let beginning: Sql | undefined;

/** Stands for any handle: a built statement goes to the one that it is run on. */
const ANY_HANDLE = {
  unsafe(...args: Parameters<Sql['unsafe']>) {
    if (beginning === undefined) throw new Error('Drizzle no longer begins a prepared statement at once.');
    return beginning.unsafe(...args);
  },
} as Sql;

/**
 * A statement that Drizzle builds once for good, for each run with other values (`sql.placeholder`): to build it takes the process
 * longer than everything else about it. For statements that every step or every request has.
 */
export function built<T>(
  build: (database: ReturnType<typeof drizzleOn>) => Preparable<T>,
): (sql: Sql, values: Record<string, unknown>) => Promise<T> {
  let known: ReturnType<Preparable<T>['prepare']> | undefined;
  return (sql, values) => {
    known ??= build(drizzleOn(ANY_HANDLE)).prepare('built');
    beginning = sql;
    try {
      return known.execute(values);
    } finally {
      beginning = undefined;
    }
  };
}

/** The database's clock, when the transaction began. */
export const NOW = expression`now()`;

/** Whether a column is what it is compared with, where null is a value like any other. No index serves `is not distinct from`. */
export function isSame(column: Column, value: unknown): SQL {
  return value === null ? isNull(column) : eq(column, value);
}

/**
 * Whether a column is one of these values, in one parameter. For lists whose length varies: with Drizzle's `inArray`, each
 * length would be another statement to prepare.
 */
export function isAnyOf(column: Column, values: readonly unknown[]): SQL {
  return expression`${column} = any(${expression.param([...values])})`;
}

const DIALECT = new PgDialect();
const databases = new WeakMap<Sql, PgDatabase<PostgresJsQueryResultHKT>>();

type PrepareQuery = PostgresJsSession<never, Record<string, never>, Record<string, never>>['prepareQuery'];

/** As SQL of our own: statements stay prepared on their connection, and an error is the database's own. */
class Session extends PostgresJsSession<never, Record<string, never>, Record<string, never>> {
  override prepareQuery<T extends PreparedQueryConfig>(
    ...[query, fields, , ...rest]: Parameters<PrepareQuery>
  ): PgPreparedQuery<T> {
    // Any name makes Drizzle ask the driver for a prepared statement; the driver chooses its own.
    const prepared = super.prepareQuery<T>(query, fields, 'prepared', ...rest);
    const execute = prepared.execute.bind(prepared);
    // Drizzle's error has all parameters in its message, secrets too, and hides the code that classifies the failure.
    prepared.execute = (values) =>
      execute(values).catch((error: unknown) => {
        throw error instanceof DrizzleQueryError ? error.cause : error;
      });
    return prepared;
  }
}
