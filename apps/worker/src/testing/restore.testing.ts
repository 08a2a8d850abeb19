import { randomBytes } from 'node:crypto';
import type { Store } from '@ledgerpost/store';
import postgres from 'postgres';

/** A copy of a database as it was at one moment. */
export interface Backup {
  /** Puts the copy in the database's place, while clients are connected: they lose their connections, as in a real restore. */
  restore(): Promise<void>;
}

/**
 * Copies a database while clients are connected: they lose their connections for a moment.
 * @param store reconnected before anybody uses it again
 */
export async function backUp(databaseUrl: string, store: Store): Promise<Backup> {
  const url = new URL(databaseUrl);
  const name = url.pathname.slice(1);
  const copy = `${name}_${randomBytes(3).toString('hex')}`;
  url.pathname = '/postgres';

  async function withoutClients(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
    const sql = postgres(url.href, { max: 1, onnotice: () => {} });
    try {
      await sql`alter database ${sql(name)} allow_connections false`;
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
      await work(sql);
    } finally {
      await sql`alter database ${sql(name)} allow_connections true`;
      await sql.end();
    }
    // Each pooled connection notices once that it is closed.
    while (
      (await Promise.allSettled(Array.from({ length: 20 }, () => store.sql`select 1`))).some(
        ({ status }) => status === 'rejected',
      )
    );
  }

  await withoutClients((sql) => sql`create database ${sql(copy)} template ${sql(name)}`);
  return {
    restore: () =>
      withoutClients(async (sql) => {
        await sql`drop database ${sql(name)} with (force)`;
        await sql`alter database ${sql(copy)} rename to ${sql(name)}`;
      }),
  };
}
