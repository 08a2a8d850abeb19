import postgres from 'postgres';

/** A pool of connections, which every function of this package works on. */
export interface Store {
  /** `int8` comes as a number, `date` as YYYY-MM-DD, `timestamptz` as a Date. */
  readonly sql: postgres.Sql;
  /** Waits up to five seconds for running statements, then closes every connection. */
  close(): Promise<void>;
}

/** The pool, or a transaction on one of its connections: both run SQL, and functions that accept it leave the choice to the caller. */
// biome-ignore lint/complexity/noBannedTypes: the driver's own default for 'no types of one's own'
export type Sql = postgres.ISql<{}>;

/** A piece of SQL to put into another statement. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

export interface StoreOptions {
  readonly url: string;
  /** Connections at most. */
  readonly max?: number;
  /** The name that Postgres shows for us in pg_stat_activity. */
  readonly name?: string;
}

/**
 * Opens a store; touches no network yet. A lost connection is an error of the calls that were on it; the next call
 * connects again, so a restart of Postgres needs no restart of ours.
 */
export function openStore({ url, max = 10, name = 'ledgerpost' }: StoreOptions): Store {
  const sql = connect(url, max, name);
  return { sql, close: () => sql.end({ timeout: 5 }) };
}

const JSON_TYPE = 114;
const JSONB = 3802;
const INT8 = 20;
const DAY = 1082;
const TIMESTAMPTZ = 1184;

/** One pool of connections; use `openStore`, except for a separate session. */
export function connect(url: string, max: number, name: string): postgres.Sql {
  return postgres(url, {
    max,
    onnotice: () => {},
    connect_timeout: 10,
    // Seconds until the next try: Postgres that comes back after a restart is used at once.
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 1),
    types: {
      // Every int8 here is an amount, a revision or a size, all below 2^53.
      bigint: { to: INT8, from: [INT8], parse: Number, serialize: String },
      // A day stays text: a Date would add a time and a zone.
      day: { to: DAY, from: [DAY], parse: (text: string) => text, serialize: (text: unknown) => text },
      date: {
        to: TIMESTAMPTZ,
        from: [TIMESTAMPTZ],
        parse: (text: string) => new Date(text),
        serialize: (value: unknown) => (value instanceof Date ? value.toISOString() : value),
      },
      // Text is JSON already: Drizzle writes it so, and so does SQL that casts it. No column holds a bare JSON string.
      json: {
        to: JSON_TYPE,
        from: [JSON_TYPE, JSONB],
        parse: JSON.parse,
        serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
      },
    },
    connection: {
      application_name: name,
      // Bulk statements are planned for the tables as they are now: a plan kept from when a table was empty would
      // scan all of it per row. Compiling plans costs more time than our statements need.
      plan_cache_mode: 'force_custom_plan',
      jit: false,
    },
  }) as unknown as postgres.Sql;
}
