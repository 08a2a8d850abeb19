import { BATCH_MOVES, BATCH_STATES } from '@ledgerpost/core';
import { testDatabase } from '@ledgerpost/devstack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { openStore, type Store } from './open-store.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let store: Store;

beforeAll(async () => {
  database = await testDatabase({ tables: false });
  store = openStore({ url: database.url, max: 4 });
  await migrate(store);
});

afterAll(async () => {
  await store.close();
  await database.drop();
});

describe('migrations', () => {
  it('may run in many processes at once', async () => {
    await Promise.all([migrate(store), migrate(store), migrate(store), migrate(store), migrate(store)]);
    const [{ tables }] = await store.sql<[{ tables: number }]>`
      select count(*)::int as tables from information_schema.tables where table_schema = 'public'`;
    expect(tables).toBeGreaterThan(10);
  });

  it('hold the same moves of a batch as core, both ways', async () => {
    const rows = await store.sql<{ from: string; to: string }[]>`select from_state as from, to_state as to from batch_moves`;
    const inDatabase = rows.map(({ from, to }) => `${from} → ${to}`).sort();
    const inCode = BATCH_STATES.flatMap((from) => BATCH_MOVES[from].map((to) => `${from} → ${to}`)).sort();
    expect(inDatabase).toEqual(inCode);
  });
});
