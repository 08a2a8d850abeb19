import { testDatabase } from '@ledgerpost/devstack/testing';
import postgres from 'postgres';
import { openStore, type Store } from './open-store.ts';

/** Rows that a statement may read per document: the report reads 48, with its lines on both sides. A chunk read once for each of its items is 400. */
const ROWS_A_DOCUMENT = 100;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Plan[];
  readonly [member: string]: unknown;
}

/** The rows that a plan reads, compares and throws away, in all of its loops. */
function rowsRead(plan: Plan): number {
  const removed = ['Filter', 'Join Filter', 'Index Recheck'].map((by) => Number(plan[`Rows Removed by ${by}`] ?? 0));
  const own = /Scan|Materialize/.test(plan['Node Type']) ? plan['Actual Rows'] : 0;
  const below = (plan.Plans ?? []).reduce((sum, part) => sum + rowsRead(part), 0);
  return (own + removed.reduce((sum, one) => sum + one, 0)) * plan['Actual Loops'] + below;
}

/** The most rows that a plan reads of a table from its first page to its last. */
function scanned(plan: Plan): number {
  const own = plan['Node Type'] === 'Seq Scan' ? plan['Actual Rows'] + Number(plan['Rows Removed by Filter'] ?? 0) : 0;
  return Math.max(own, ...(plan.Plans ?? []).map(scanned));
}

interface Watched {
  readonly store: Store;
  /** The most rows that each statement read. */
  readonly read: Map<string, number>;
  /** The rows that each statement read of a whole table, run by run. */
  readonly scans: Map<string, readonly number[]>;
}

/** An empty database whose every statement is noted with the rows that it read, and whose statistics do not come by themselves. */
export async function watchedDatabase(): Promise<Watched & { drop(): Promise<void> }> {
  const database = await testDatabase();
  const { store, read, scans } = await watchedStore(database.url);
  await stopAutovacuum(store);
  return {
    store,
    read,
    scans,
    async drop() {
      await store.close();
      await database.drop();
    },
  };
}

async function watchedStore(url: string): Promise<Watched> {
  const read = new Map<string, number>();
  const scans = new Map<string, readonly number[]>();
  const plain = openStore({ url });
  const settings = {
    ...{ log_min_duration: '0', log_analyze: 'on', log_timing: 'off', log_format: 'json', log_level: 'notice' },
    // Parameters are whole chunks of documents, which nobody reads here.
    log_parameter_max_length: '0',
  };
  await plain.sql.unsafe(
    [
      `alter database ${plain.sql.options.database} set session_preload_libraries = 'auto_explain'`,
      ...Object.entries(settings).map(
        ([key, to]) => `alter database ${plain.sql.options.database} set auto_explain.${key} = '${to}'`,
      ),
      `alter database ${plain.sql.options.database} set client_min_messages = 'notice'`,
    ].join('; '),
  );
  const onnotice = ({ message = '' }: postgres.Notice) => {
    const [, plan] = message.split(/ plan:\n/, 2);
    if (plan === undefined) return;
    const { 'Query Text': text, Plan } = JSON.parse(message.slice(message.indexOf('{'))) as { 'Query Text': string; Plan: Plan };
    const statement = text.replace(/\s+/g, ' ').trim();
    read.set(statement, Math.max(read.get(statement) ?? 0, rowsRead(Plan)));
    scans.set(statement, [...(scans.get(statement) ?? []), scanned(Plan)]);
  };
  const sql = postgres(url, { ...plain.sql.options, onnotice } as never) as unknown as Store['sql'];
  await plain.close();
  return { store: { sql, close: () => sql.end({ timeout: 5 }) }, read, scans };
}

/** Statistics that come by themselves would come at some moment of a test, or not. */
async function stopAutovacuum({ sql }: Store): Promise<void> {
  const tables = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`;
  for (const { name } of tables) await sql`alter table ${sql(name)} set (autovacuum_enabled = false)`;
}

/** The statements that read more rows than so many documents account for, a line each. */
export function heavy(read: ReadonlyMap<string, number>, documents: number): readonly string[] {
  return [...read]
    .filter(([, rows]) => rows > ROWS_A_DOCUMENT * documents)
    .map(([statement, rows]) => `${Math.round(rows / documents)} rows a document: ${statement.slice(0, 300)}`);
}

/** The statements that write a chunk and read a whole table of so many rows for it, for so many chunks or more: their time grows by the square. */
export function readWhole(scans: ReadonlyMap<string, readonly number[]>, documents: number, chunks: number): readonly string[] {
  return [...scans]
    .filter(
      ([statement, runs]) =>
        /^(with|insert|update|delete) /.test(statement) && runs.filter((rows) => rows >= documents).length >= chunks,
    )
    .map(([statement]) => statement.slice(0, 300));
}

export function chunksOf<T>(items: readonly T[], size = 1_000): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
