import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import type { Store } from './open-store.ts';

/** Brings the database to the newest schema. Several processes may start at once: one works, the others wait and find nothing to do. */
export async function migrate(store: Store): Promise<void> {
  const session = ownSession(store);
  try {
    await session`select pg_advisory_lock(${LOCK})`;
    await runMigrations(drizzle(session), { migrationsFolder: MIGRATIONS });
  } finally {
    await session.end({ timeout: 5 });
  }
}

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
/** Any constant that nobody else locks. */
const LOCK = 0x1ed6e4;

/** The lock belongs to a session, and Drizzle begins its transaction on any connection of its pool, so the pool has one. */
function ownSession({ sql }: Store): postgres.Sql {
  const { parsers, serializers } = sql.options;
  const options = { ...sql.options, max: 1, parsers: { ...parsers }, serializers: { ...serializers } };
  return postgres(options as unknown as postgres.Options<Record<string, never>>) as unknown as postgres.Sql;
}
