import { startPostgres } from './servers/start-postgres.ts';

/** Global set-up for vitest: a Postgres for `testDatabase()`, unless the test run has started one for all. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.LEDGERPOST_TEST_DATABASE_URL) return undefined;
  const postgres = await startPostgres();
  process.env.LEDGERPOST_TEST_DATABASE_URL = postgres.url;
  return async () => {
    delete process.env.LEDGERPOST_TEST_DATABASE_URL;
    await postgres.stop();
  };
}
