/*
 * Prepares the database and Temporal for this release, then exits: the step before API and worker are replaced.
 * Environment: DATABASE_URL of a role that may change tables; TEMPORAL_ADDRESS and the rest of Temporal's own. Many may run
 * at once, and any number of times.
 */
import { migrate, openStore } from '@ledgerpost/store';
import { SEARCH_ATTRIBUTES } from '@ledgerpost/workflows/names';
import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { prepareTemporal } from './temporal/prepare-temporal.ts';

try {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('Set DATABASE_URL to the address of Postgres: postgres://user:password@host:port/database');
  const store = openStore({ url, max: 1, name: 'ledgerpost-prepare' });
  await migrate(store);
  await store.close();
  console.log('The database has the newest schema.');

  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const connection = await Connection.connect(connectionOptions);
  const added = await prepareTemporal(connection, namespace, Object.values(SEARCH_ATTRIBUTES));
  await connection.close();
  console.log(added.length === 0 ? 'Temporal has our search attributes.' : `Added to Temporal: ${added.join(', ')}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
