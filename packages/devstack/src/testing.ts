import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Connection } from '@temporalio/client';
import postgres from 'postgres';
import { projectRoot } from './project.ts';
import { SEARCH_ATTRIBUTES } from './servers/start-temporal.ts';

export { type RunningPostgres, startPostgres } from './servers/start-postgres.ts';
export { type RunningTemporal, startTemporal } from './servers/start-temporal.ts';

export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  /** Removes it, even while clients are connected. */
  drop(): Promise<void>;
}

/**
 * A separate database for one test or file, with the store's tables (`tables: false`: empty). It is copied from a
 * template that is migrated once, so it takes about ten milliseconds.
 *
 * @throws Error if no Postgres was started: the package's vitest.config.ts lacks the global set-up vitest-setup.ts.
 */
export async function testDatabase({ tables = true }: { tables?: boolean } = {}): Promise<TestDatabase> {
  const server = process.env.LEDGERPOST_TEST_DATABASE_URL;
  if (!server)
    throw new Error('No Postgres for tests. Name packages/devstack/src/vitest-setup.ts in globalSetup of vitest.config.ts.');
  const name = `ledgerpost_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(server, async (sql) => {
    // By its files: block by block through the log takes Postgres three times as long, or more.
    if (tables) await sql`create database ${sql(name)} template ${sql(await template(sql, server))} strategy file_copy`;
    else await sql`create database ${sql(name)}`;
  });
  return {
    url: urlOf(server, name),
    name,
    drop: () => asAdmin(server, async (sql) => void (await sql`drop database if exists ${sql(name)} with (force)`)),
  };
}

export interface TestTemporal {
  /** host:port */
  readonly address: string;
  /** Separate, so that files that run at the same time don't receive each other's tasks. */
  readonly namespace: string;
}

/**
 * A separate namespace in the tests' Temporal server, with the engine's search attributes.
 *
 * @throws Error if no Temporal was started: the package's vitest.config.ts lacks the global set-up vitest-temporal.ts.
 */
export async function testTemporal(): Promise<TestTemporal> {
  const address = process.env.LEDGERPOST_TEST_TEMPORAL_ADDRESS;
  if (!address)
    throw new Error('No Temporal for tests. Name packages/devstack/src/vitest-temporal.ts in globalSetup of vitest.config.ts.');
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const connection = await Connection.connect({ address });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    const keyword = 2;
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, keyword])),
    });
  } finally {
    await connection.close();
  }
  return { address, namespace };
}

/** By server. Neither the migrations nor the template change while a process runs tests. */
const templates = new Map<string, Promise<string>>();

/** The name of the migrated database that others are copied from. */
function template(sql: postgres.Sql, server: string): Promise<string> {
  const known = templates.get(server) ?? makeTemplate(sql, server);
  templates.set(server, known);
  known.catch(() => templates.delete(server));
  return known;
}

/** The first caller creates it, for these migrations. */
async function makeTemplate(sql: postgres.Sql, server: string): Promise<string> {
  const name = `ledgerpost_template_${await migrationsDigest()}`;
  const isReady = async () => (await sql`select 1 from pg_database where datname = ${name} and datistemplate`).length > 0;
  if (await isReady()) return name;
  await sql`select pg_advisory_lock(hashtext(${name}))`;
  try {
    if (await isReady()) return name;
    // An incomplete template of an interrupted run.
    await sql`drop database if exists ${sql(name)} with (force)`;
    await sql`create database ${sql(name)}`;
    await migrateTemplate(urlOf(server, name));
    await sql`alter database ${sql(name)} is_template true`;
    return name;
  } finally {
    await sql`select pg_advisory_unlock(hashtext(${name}))`;
  }
}

/**
 * The store is loaded by its path: its own tests use databases from here, and a dependency of this package on the store
 * would be a circle that Turborepo refuses.
 */
async function migrateTemplate(url: string): Promise<void> {
  const place = pathToFileURL(join(projectRoot, 'packages/store/src/index.ts')).href;
  const { openStore, migrate } = (await import(/* @vite-ignore */ place)) as StoreModule;
  const store = openStore({ url, max: 2 });
  try {
    await migrate(store);
  } finally {
    await store.close();
  }
}

interface StoreModule {
  openStore(options: { url: string; max: number }): { close(): Promise<void> };
  migrate(store: unknown): Promise<void>;
}

async function migrationsDigest(): Promise<string> {
  const folder = join(projectRoot, 'packages/store/migrations');
  const hash = createHash('sha256');
  for (const file of (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.sql')).sort()) {
    hash.update(file).update(await readFile(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

async function asAdmin<T>(server: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(server, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
