import { testDatabase, testTemporal } from '@ledgerpost/devstack/testing';
import { openStore, requestDriftCheck, type Store } from '@ledgerpost/store';
import { lookScheduleId, lookWorkflowId } from '@ledgerpost/workflows/names';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { handOverDriftCheck } from './hand-over-drift-check.ts';
import { keepDriftSchedules } from './keep-drift-schedules.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let store: Store;
let connection: Connection;
let temporal: Client;
let books: { companyId: string; target: string; connectionId: string };
let n = 0;

beforeAll(async () => {
  const [made, { address, namespace }] = await Promise.all([testDatabase(), testTemporal()]);
  database = made;
  store = openStore({ url: database.url, max: 2 });
  connection = await Connection.connect({ address });
  temporal = new Client({ connection, namespace });
});
afterAll(async () => {
  await connection.close();
  await store.close();
  await database.drop();
});
beforeEach(async () => {
  await store.sql`delete from connections`;
  const companyId = `looked-${Date.now()}-${++n}`;
  const [{ id }] = await store.sql<[{ id: string }]>`
    insert into connections (id, company_id, target, state, account, environment, connected_by)
    values (gen_random_uuid(), ${companyId}, 'qbo', 'connected', '46', 'simulator', 'a test') returning id`;
  books = { companyId, target: 'qbo', connectionId: id };
});

const schedule = () => temporal.schedule.getHandle(lookScheduleId(books));
const keep = (everyMinutes: number, kept = new Map<string, boolean>()) =>
  keepDriftSchedules({ store, temporal }, { targets: ['qbo'], everyMinutes: () => everyMinutes }, kept);
const state = (now: string) => store.sql`update connections set state = ${now} where id = ${books.connectionId}`;

describe('the schedule of looks', () => {
  it('is there for connected books, one look at a time', async () => {
    await keep(60);
    const { action, policies, spec } = await schedule().describe();
    expect(action).toMatchObject({
      workflowType: 'lookForDrift',
      args: [{ companyId: books.companyId, target: 'qbo', by: 'schedule' }],
    });
    expect(policies.overlap).toBe('SKIP');
    expect(spec.intervals).toMatchObject([{ every: 3_600_000 }]);
    await keep(30);
    expect((await schedule().describe()).spec.intervals).toMatchObject([{ every: 1_800_000 }]);
  });

  it.each(['lost', 'disconnected'])('is taken away where access is %s, by any process, and comes back', async (now) => {
    const kept = new Map<string, boolean>();
    await keep(60, kept);
    await state(now);
    await keep(60);
    await expect(schedule().describe()).rejects.toThrow();
    await keep(60, kept);
    await state('connected');
    await keep(60, kept);
    expect((await schedule().describe()).action).toMatchObject({ workflowType: 'lookForDrift' });
  });

  it('is taken away where the installation looks at nothing by itself', async () => {
    await keep(60);
    await keep(0);
    await expect(schedule().describe()).rejects.toThrow();
  });
});

describe('a look that somebody wishes for', () => {
  const wish = (by: 'webhook' | 'request') => store.sql.begin((sql) => requestDriftCheck(sql, { ...books, by }));
  const workflow = () => temporal.workflow.getHandle(lookWorkflowId(books));

  it('is one, however many webhooks come; what a person asks for does not wait for more of them', async () => {
    await wish('webhook');
    await handOverDriftCheck({ store, temporal }, books.connectionId);
    const first = (await workflow().describe()).runId;
    await wish('webhook');
    await handOverDriftCheck({ store, temporal }, books.connectionId);
    expect((await workflow().describe()).runId).toBe(first);
    const events = async () => ((await workflow().fetchHistory()).events ?? []).map(({ eventType }) => eventType);
    const before = (await events()).length;
    await wish('request');
    await handOverDriftCheck({ store, temporal }, books.connectionId);
    expect((await workflow().describe()).runId).toBe(first);
    // The signal, and the task that it makes at once: nobody serves it here.
    expect((await events()).length).toBe(before + 2);
    await workflow().terminate();
  });
});
