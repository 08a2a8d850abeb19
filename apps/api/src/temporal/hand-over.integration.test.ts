import { testTemporal } from '@ledgerpost/devstack/testing';
import { createSweep, handOver } from '@ledgerpost/dispatch';
import { moveBatch, reportPresent, reportStopped } from '@ledgerpost/store';
import { ENGINE_QUEUE, runWorkflowId, undoWorkflowId } from '@ledgerpost/workflows/names';
import { Client, Connection } from '@temporalio/client';
import Fastify from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMPANY, customer, invoice, openTestApi, type TestApi } from '../testing/open-api.testing.ts';

let connection: Connection;
let temporal: Client;
let api: TestApi;
let withTemporal: TestApi;
const log = Fastify({ logger: false }).log;
let company: string;
let n = 0;

beforeAll(async () => {
  const { address, namespace } = await testTemporal();
  connection = await Connection.connect({ address });
  temporal = new Client({ connection, namespace });
  api = await openTestApi();
  withTemporal = await openTestApi({ temporal });
});
beforeEach(() => {
  company = `company-${++n}`;
});
afterAll(async () => {
  await api.close();
  await withTemporal.close();
  await connection.close();
});

async function start(on: TestApi): Promise<{ id: string; waiting?: string }> {
  await on.ask(on.admin, 'PUT', `/v1/companies/${company}`, COMPANY);
  await on.ask(on.admin, 'PUT', `/v1/companies/${company}/targets/saasant`, {});
  await on.stream(on.admin, company, [customer(), invoice('i-1')]);
  return (await on.ask(on.admin, 'POST', `/v1/companies/${company}/targets/saasant/batches`, {})).body.batch;
}

const workflow = (batchId: string) =>
  temporal.workflow.getHandle(runWorkflowId({ companyId: company, target: 'saasant', batchId }));

async function eventTypes(batchId: string): Promise<string[]> {
  const { events } = await workflow(batchId).fetchHistory();
  return (events ?? []).map((event) => Object.keys(event).find((key) => key.endsWith('EventAttributes')) ?? '');
}

const worker = (targets: string[], engine: boolean) => ({ id: `w-${++n}`, targets, engine, build: null, host: 'here' });

describe('a batch without a worker', () => {
  it('names the worker it waits for, until one is up', async () => {
    const { id } = await start(withTemporal);
    const waiting = async () =>
      (await withTemporal.ask(withTemporal.admin, 'GET', `/v1/companies/${company}/batches/${id}`)).body.waiting;
    expect(await waiting()).toBe('No worker that runs batches is up. The batch continues as soon as one is.');
    const engine = worker(['other'], true);
    await reportPresent(withTemporal.store.sql, engine);
    expect(await waiting()).toBe('No worker that serves SaasAnt Excel files is up. The batch continues as soon as one is.');
    const target = worker(['saasant'], false);
    await reportPresent(withTemporal.store.sql, target);
    expect(await waiting()).toBeUndefined();
    const listed = await withTemporal.ask(withTemporal.admin, 'GET', `/v1/companies/${company}/batches`);
    expect(listed.body.rows).toMatchObject([{ id }]);
    expect(listed.body.rows[0]).not.toHaveProperty('waiting');
    // One that was killed said nothing; it is not believed for long.
    await withTemporal.store.sql`update workers set seen_at = now() - interval '36 seconds' where id = ${target.id}`;
    expect(await waiting()).toContain('serves SaasAnt');
    await reportStopped(withTemporal.store.sql, engine.id);
    expect(await waiting()).toContain('runs batches');
  });

  it('needs no worker while it waits for a person', async () => {
    const { id } = await start(withTemporal);
    const { sql } = withTemporal.store;
    for (const to of ['validating', 'exporting', 'awaiting-approval'] as const)
      await sql.begin((tx) => moveBatch(tx, { batchId: id, to }));
    const { body } = await withTemporal.ask(withTemporal.admin, 'GET', `/v1/companies/${company}/batches/${id}`);
    expect(body).toMatchObject({ state: 'awaiting-approval' });
    expect(body).not.toHaveProperty('waiting');
  });
});

describe('handing over', () => {
  it('starts the batch’s workflow at once while Temporal is there', async () => {
    const batch = await start(withTemporal);
    expect(batch.waiting).not.toContain('Temporal');
    const { status, taskQueue, type } = await workflow(batch.id).describe();
    expect([status.name, taskQueue, type]).toEqual(['RUNNING', ENGINE_QUEUE, 'runBatch']);
  });

  it('starts a batch once, however many APIs sweep at the same time', async () => {
    const batch = await start(api);
    expect(batch.waiting).toContain('Temporal');
    const sweeps = [1, 2, 3].map(() => createSweep({ store: api.store, temporal }, log));
    await Promise.all(sweeps.map((sweep) => sweep.once()));
    const first = (await workflow(batch.id).describe()).runId;
    expect((await api.ask(api.admin, 'GET', `/v1/companies/${company}/batches/${batch.id}`)).body.waiting).not.toContain(
      'Temporal',
    );
    // As if the process had died before it could write down that Temporal took it.
    await api.store.sql`update batches set handed_over_at = null where id = ${batch.id}`;
    await sweeps[0]!.once();
    expect((await workflow(batch.id).describe()).runId).toBe(first);
    const [row] = await api.store.sql`select handed_over_at from batches where id = ${batch.id}`;
    expect(row?.handed_over_at).toBeInstanceOf(Date);
  });

  it('gives an undo a workflow of its own', async () => {
    const batch = await start(api);
    await api.store.sql`alter table batches disable trigger user`;
    await api.store.sql`update batches set state = 'undoing', undo_count = 2 where id = ${batch.id}`;
    await api.store.sql`alter table batches enable trigger user`;
    await handOver({ store: api.store, temporal }, batch.id);
    const id = undoWorkflowId({ companyId: company, target: 'saasant', batchId: batch.id, undo: 2 });
    expect((await temporal.workflow.getHandle(id).describe()).type).toBe('undoBatch');
  });
});

describe('telling a running batch', () => {
  it('signals a cancel at once while Temporal is there', async () => {
    const batch = await start(withTemporal);
    const told = await withTemporal.ask(withTemporal.admin, 'POST', `/v1/companies/${company}/batches/${batch.id}/cancel`);
    expect(told.body.note).toBeUndefined();
    expect(await eventTypes(batch.id)).toContain('workflowExecutionSignaledEventAttributes');
  });

  it('signals a cancel that was written while Temporal was down as soon as it is swept', async () => {
    const batch = await start(api);
    const sweep = createSweep({ store: api.store, temporal }, log);
    await sweep.once();
    const told = await api.ask(api.admin, 'POST', `/v1/companies/${company}/batches/${batch.id}/cancel`);
    expect(told.body.note).toContain('Temporal');
    expect(await eventTypes(batch.id)).not.toContain('workflowExecutionSignaledEventAttributes');
    await sweep.once();
    expect(await eventTypes(batch.id)).toContain('workflowExecutionSignaledEventAttributes');
  });

  it('answers within seconds, and loses nothing, while Temporal can’t be reached', async () => {
    const nowhere = Connection.lazy({ address: '127.0.0.1:1' });
    const alone = await openTestApi({ temporal: new Client({ connection: nowhere }) });
    const before = Date.now();
    const batch = await start(alone);
    expect(batch.waiting).toContain('Temporal');
    expect(Date.now() - before).toBeLessThan(8_000);
    expect((await alone.app.inject({ url: '/health/ready' })).json()).toMatchObject({ ready: true, temporal: { up: false } });
    await handOver({ store: alone.store, temporal }, batch.id);
    expect((await workflow(batch.id).describe()).status.name).toBe('RUNNING');
    await alone.close();
    await nowhere.close();
  });
});
