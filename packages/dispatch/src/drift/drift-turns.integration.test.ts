import { testDatabase, testTemporal } from '@ledgerpost/devstack/testing';
import { openStore, requestDriftCheck, requestedDriftChecks, type Store } from '@ledgerpost/store';
import { lookWorkflowId } from '@ledgerpost/workflows/names';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSweep } from '../batches/sweep-batches.ts';
import { createDriftTurns } from './drift-turns.ts';
import { handOverDriftCheck } from './hand-over-drift-check.ts';

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
  await store.sql`delete from drift_looks`;
  const companyId = `looked-${Date.now()}-${++n}`;
  const [{ id }] = await store.sql<[{ id: string }]>`
    insert into connections (id, company_id, target, state, account, environment, connected_by)
    values (gen_random_uuid(), ${companyId}, 'qbo', 'connected', '46', 'simulator', 'a test') returning id`;
  books = { companyId, target: 'qbo', connectionId: id };
});

/** A process that sweeps; what it warns of. */
function sweeper(everyMinutes = 60) {
  const warned: object[] = [];
  const log = { warn: (facts: object) => void warned.push(facts) };
  return { warned, turns: createDriftTurns({ store, temporal }, { targets: ['qbo'], everyMinutes: () => everyMinutes }, log) };
}
const requested = () => requestedDriftChecks(store.sql, 60, 10);
/** As if everything here had happened so many minutes earlier. */
async function minutesPass(minutes: number): Promise<void> {
  await store.sql`update connections set connected_at = connected_at - make_interval(mins => ${minutes})`;
  await store.sql`update drift_looks set began_at = began_at - make_interval(mins => ${minutes})`;
}
const begin = () => store.sql`update drift_looks set began_at = now(), wanted_at = null, wanted_by = null, handed_over_at = null`;

describe('regular checks', () => {
  it('are requested once in each interval, by whatever process, and not as long as a newer check is there', async () => {
    const [one, other] = [sweeper().turns, sweeper().turns];
    await one.once();
    expect(await requested()).toEqual([]);
    await minutesPass(61);
    await Promise.all([one.once(), other.once()]);
    expect(await requested()).toEqual([{ ...books, by: 'schedule' }]);
    await begin();
    await one.once();
    await other.once();
    expect(await requested()).toEqual([]);
    await minutesPass(61);
    await other.once();
    expect(await requested()).toEqual([{ ...books, by: 'schedule' }]);
  });

  it('come at a time of each connection’s own', async () => {
    await store.sql`
      insert into connections (id, company_id, target, state, account, environment, connected_by, connected_at)
      select gen_random_uuid(), 'own-' || n, 'qbo', 'connected', 'own-' || n, 'simulator', 'a test', now() - interval '30 minutes'
      from generate_series(1, 200) n`;
    await sweeper().turns.once();
    const { length } = await requestedDriftChecks(store.sql, 60, 1_000);
    // Half of them, give or take four standard deviations.
    expect(length).toBeGreaterThan(70);
    expect(length).toBeLessThan(130);
  });

  it('are handed to Temporal by a sweep, and again if none has begun for long', async () => {
    await minutesPass(61);
    const drift = { targets: ['qbo'], everyMinutes: () => 60 };
    await createSweep({ store, temporal, drift }, { info: () => {}, warn: () => {} }).once();
    const { type, status } = await temporal.workflow.getHandle(lookWorkflowId(books)).describe();
    expect([type, status.name]).toEqual(['lookForDrift', 'RUNNING']);
    const since = (seconds: number) =>
      store.sql`update drift_looks set handed_over_at = now() - make_interval(secs => ${seconds})`;
    await since(600);
    expect(await requested()).toEqual([]);
    await since(1_000);
    expect(await requested()).toHaveLength(1);
    await temporal.workflow.getHandle(lookWorkflowId(books)).terminate();
  });

  it.each(['lost', 'disconnected'])('are left out where access is %s, until somebody connects again', async (now) => {
    await minutesPass(61);
    await store.sql`update connections set state = ${now}`;
    await sweeper().turns.once();
    expect(await requested()).toEqual([]);
    await store.sql`update connections set state = 'connected'`;
    await sweeper().turns.once();
    expect(await requested()).toHaveLength(1);
  });

  it('are left out where the installation is set to check nothing regularly', async () => {
    await minutesPass(61);
    await sweeper(0).turns.once();
    expect(await requested()).toEqual([]);
  });

  it('take the place of the schedules of former releases; one that a person paused stays, and is obeyed', async () => {
    const schedule = temporal.schedule.getHandle(`look-for-drift:${books.companyId}:qbo`);
    const make = (paused: boolean) =>
      temporal.schedule.create({
        scheduleId: schedule.scheduleId,
        spec: { intervals: [{ every: '1h' }] },
        action: { type: 'startWorkflow', workflowType: 'lookForDrift', taskQueue: 'engine', workflowId: schedule.scheduleId },
        state: { paused, note: paused ? 'The bookkeeper asked for it.' : '' },
      });
    const listed = (paused: boolean) =>
      expect
        .poll(async () => {
          const found = [];
          for await (const { state } of temporal.schedule.list()) found.push(state.paused);
          return found;
        })
        .toEqual([paused]);
    await minutesPass(61);

    await make(true);
    await listed(true);
    const { turns, warned } = sweeper();
    await turns.once();
    await turns.once();
    expect(warned).toEqual([{ companyId: books.companyId, target: 'qbo' }]);
    expect((await schedule.describe()).state.paused).toBe(true);
    expect(await requested()).toEqual([]);

    await schedule.delete();
    await make(false);
    await listed(false);
    await sweeper().turns.once();
    await expect(schedule.describe()).rejects.toThrow();
    expect(await requested()).toHaveLength(1);
  });
});

describe('a requested check', () => {
  const request = (by: 'webhook' | 'request') => store.sql.begin((sql) => requestDriftCheck(sql, { ...books, by }));
  const workflow = () => temporal.workflow.getHandle(lookWorkflowId(books));

  it('runs once for several webhooks, and a person’s request does not wait for more webhooks', async () => {
    await request('webhook');
    await handOverDriftCheck({ store, temporal }, books.connectionId);
    const first = (await workflow().describe()).runId;
    await request('webhook');
    await handOverDriftCheck({ store, temporal }, books.connectionId);
    expect((await workflow().describe()).runId).toBe(first);
    const events = async () => ((await workflow().fetchHistory()).events ?? []).map(({ eventType }) => eventType);
    const before = (await events()).length;
    await request('request');
    await handOverDriftCheck({ store, temporal }, books.connectionId);
    expect((await workflow().describe()).runId).toBe(first);
    // The signal, and the task that it makes at once: nobody serves it here.
    expect((await events()).length).toBe(before + 2);
    await workflow().terminate();
  });
});
