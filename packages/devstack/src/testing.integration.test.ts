import { Client, Connection } from '@temporalio/client';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { testDatabase, testTemporal } from './testing.ts';

describe('the servers for tests', () => {
  it('every test database is empty, separate, and removed by drop', async () => {
    const [one, other] = await Promise.all([testDatabase({ tables: false }), testDatabase({ tables: false })]);
    const sql = postgres(one.url, { max: 1, onnotice: () => {} });
    await sql`create table only_here (id int)`;
    const there = postgres(other.url, { max: 1, onnotice: () => {} });
    expect(await there`select to_regclass('only_here') as found`).toEqual([{ found: null }]);
    await there.end();
    await sql.end();
    await Promise.all([one.drop(), other.drop()]);
    const dropped = postgres(one.url, { max: 1, onnotice: () => {} });
    await expect(dropped`select 1`).rejects.toMatchObject({ code: '3D000' });
    await dropped.end();
  });

  it('a test database has the tables of the store, even if several are requested at once', async () => {
    const databases = await Promise.all([testDatabase(), testDatabase(), testDatabase()]);
    for (const database of databases) {
      const sql = postgres(database.url, { max: 1, onnotice: () => {} });
      expect(await sql`select count(*)::int as companies from companies`).toEqual([{ companies: 0 }]);
      await sql.end();
      await database.drop();
    }
  });

  it('workflows of one test namespace are not visible in another', async () => {
    const [one, other] = await Promise.all([testTemporal(), testTemporal()]);
    const connection = await Connection.connect({ address: one.address });
    const client = new Client({ connection, namespace: one.namespace });
    await client.workflow.start('anything', {
      workflowId: 'w-1',
      taskQueue: 'nobody',
      args: [],
      searchAttributes: { LedgerpostCompany: ['c-1'] },
    });
    await expect(new Client({ connection, namespace: other.namespace }).workflow.getHandle('w-1').describe()).rejects.toThrow();
    await client.workflow.getHandle('w-1').terminate();
    await connection.close();
  });
});
