import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from '../schema/index.ts';

/** What every function of this package works on: a pool of connections, by hand-written SQL or by Drizzle. */
export interface Store {
  /** `int8` comes as a number, `date` as YYYY-MM-DD, `timestamptz` as a Date. */
  readonly sql: postgres.Sql;
  readonly db: PostgresJsDatabase<typeof schema>;
  /** Waits up to five seconds for what is running, then closes every connection. */
  close(): Promise<void>;
}

/** The pool, or a transaction on one of its connections: both run SQL, and functions that take it leave the choice to the caller. */
// biome-ignore lint/complexity/noBannedTypes: the driver's own default for 'no types of one's own'
export type Sql = postgres.ISql<{}>;

export interface StoreOptions {
  readonly url: string;
  /** Connections at most. */
  readonly max?: number;
  /** How Postgres names us in pg_stat_activity. */
  readonly name?: string;
}

/**
 * Opens a store; touches no network yet. A lost connection is an error of the calls that were on it; the next call
 * connects again, so a restart of Postgres needs no restart of ours.
 */
export function openStore({ url, max = 10, name = 'ledgerpost' }: StoreOptions): Store {
  const sql = connect(url, max, name);
  const db = drizzle(sql, { schema });
  speakValues(sql);
  return { sql, db, close: () => sql.end({ timeout: 5 }) };
}

const INT8 = 20;
const JSON_TYPES = ['114', '3802'];
const TIMESTAMPTZ = '1184';

/** One pool of connections; `openStore` is what to use, except for a session of one's own. */
export function connect(url: string, max: number, name: string): postgres.Sql {
  return postgres(url, {
    max,
    onnotice: () => {},
    connect_timeout: 10,
    // Seconds until the next try: Postgres that comes back after a restart is used at once.
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 1),
    // Every int8 here is an amount, a revision or a size, all below 2^53.
    types: { bigint: { to: INT8, from: [INT8], parse: Number, serialize: String } },
    connection: {
      application_name: name,
      // Bulk statements are planned for the tables as they are now: a plan kept from when a table was empty would
      // scan all of it per row. Compiling plans costs more than our statements take.
      plan_cache_mode: 'force_custom_plan',
      jit: false,
    },
  }) as unknown as postgres.Sql;
}

/** Drizzle takes date and JSON conversion out of the driver. Hand-written SQL wants it, and Drizzle bears it. */
function speakValues(sql: postgres.Sql): void {
  const { parsers, serializers } = sql.options as unknown as {
    parsers: Record<string, (text: string) => unknown>;
    serializers: Record<string, (value: unknown) => unknown>;
  };
  parsers[TIMESTAMPTZ] = (text) => new Date(text);
  serializers[TIMESTAMPTZ] = (value) => (value instanceof Date ? value.toISOString() : value);
  // Text is JSON already (Drizzle's, or a caller's that casts it); a JSON string by itself is stored nowhere.
  for (const type of JSON_TYPES) serializers[type] = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
}
