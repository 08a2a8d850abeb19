import type { Service } from '@ledgerpost/devstack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildGates, type Gate, STEPS, shutGate } from './gates.ts';
import { newCompany, outcomeOf, type System, startSystem, untilState } from './system.ts';

const INVOICES = 2_500;
/** One chunk: its short steps run beside its workflow. */
const FEW = 150;
const ENDS = ['posted', 'posted-in-part', 'nothing-posted', 'failed', 'canceled', 'stopped'];

let system: System;
let worker: Service;
let undisturbed: Awaited<ReturnType<typeof outcomeOf>>;

beforeAll(async () => {
  // A killed worker is noticed sooner than usual: what follows is the same.
  system = await startSystem({}, { env: { LEDGERPOST_HEARTBEAT_SECONDS: '5' } });
  await system.startApi();
  worker = await system.startWorker();
  await buildGates(system.sql);
  undisturbed = await runBatch('undisturbed');
});
afterAll(() => system?.stop());

async function startBatch(company: string, headers = {}): Promise<string> {
  const { status, body } = await system.call<{ id?: string; batch?: { id: string } }>(
    'POST',
    `/v1/companies/${company}/targets/saasant/batches`,
    {},
    headers,
  );
  expect([200, 201, 202], JSON.stringify(body)).toContain(status);
  return (body.batch?.id ?? body.id)!;
}

async function runBatch(company: string, invoices = INVOICES) {
  await newCompany(system, company, invoices);
  const id = await startBatch(company);
  await untilState(system, company, id, ENDS);
  return outcomeOf(system, company, id);
}

it('undisturbed, the batch posts the correct records and makes seven files', () => {
  expect(undisturbed.state).toBe('posted-in-part');
  expect(undisturbed.files).toHaveLength(7);
});

describe('a worker killed halfway through every step at once', () => {
  const batches = new Map<Gate, string>();

  beforeAll(async () => {
    const gates = [];
    for (const step of STEPS) {
      await newCompany(system, step, INVOICES);
      if (step === 'undo') {
        const id = await startBatch(step);
        await untilState(system, step, id, ENDS);
      }
      const gate = await shutGate(system.sql, step, step);
      gates.push(gate);
      if (step === 'undo') {
        const { body } = await system.call<{ rows: { id: string }[] }>('GET', `/v1/companies/${step}/batches`);
        batches.set(step, body.rows[0]!.id);
        const undo = await system.call('POST', `/v1/companies/${step}/batches/${body.rows[0]!.id}/undo`);
        expect(undo.status, JSON.stringify(undo.body)).toBeLessThan(300);
      } else batches.set(step, await startBatch(step));
    }
    for (const gate of gates) await gate.reached();
    process.kill(worker.pid, 'SIGKILL');
    await worker.ended;
    for (const gate of gates) await gate.open();
    worker = await system.startWorker();
  });

  it.each(STEPS.filter((step) => step !== 'undo'))(
    'in %s: the batch ends as if nothing had happened, with the same bytes',
    async (step) => {
      await untilState(system, step, batches.get(step)!, ENDS);
      expect(await outcomeOf(system, step, batches.get(step)!)).toEqual(undisturbed);
    },
  );

  it('in undo: everything is undone, and a new batch makes the same bytes', async () => {
    await untilState(system, 'undo', batches.get('undo')!, ['undone', 'undone-in-part']);
    const again = await startBatch('undo');
    await untilState(system, 'undo', again, ENDS);
    expect(await outcomeOf(system, 'undo', again)).toEqual(undisturbed);
  });
});

describe('a worker killed halfway through the short steps of batches of one chunk', () => {
  it('the batches end as if nothing had happened, with the same bytes', async () => {
    const small = await runBatch('small', FEW);
    const steps = ['claim', 'freeze', 'export', 'files', 'push', 'record'] as const;
    const gates = [];
    const batches = new Map<Gate, string>();
    for (const step of steps) {
      await newCompany(system, `small-${step}`, FEW);
      gates.push(await shutGate(system.sql, `small-${step}`, step));
      batches.set(step, await startBatch(`small-${step}`));
    }
    for (const gate of gates) await gate.reached();
    process.kill(worker.pid, 'SIGKILL');
    await worker.ended;
    for (const gate of gates) await gate.open();
    worker = await system.startWorker();
    for (const step of steps) {
      await untilState(system, `small-${step}`, batches.get(step)!, ENDS);
      expect(await outcomeOf(system, `small-${step}`, batches.get(step)!)).toEqual(small);
    }
  });
});

describe('Postgres cut off for a few seconds in the middle of export', () => {
  it('the batch ends as if nothing had happened, with the same bytes', async () => {
    await newCompany(system, 'power', INVOICES);
    const gate = await shutGate(system.sql, 'power', 'export');
    const id = await startBatch('power');
    await gate.reached();
    await system.killPostgres();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await system.startPostgres();
    // The gate's lock ended with the server; its row is left.
    await system.sql`delete from gates`;
    await untilState(system, 'power', id, ENDS);
    expect(await outcomeOf(system, 'power', id)).toEqual(undisturbed);
  });
});

describe('an API killed after it accepted a batch', () => {
  it('the next one finds the batch unchanged, and the same key starts no second batch', async () => {
    await newCompany(system, 'door', INVOICES);
    const { body } = await system.call<{ rows: unknown[] }>('GET', '/v1/companies/door/batches');
    expect(body.rows).toEqual([]);
    await system.killApi();
    await system.startApi();
    const gate = await shutGate(system.sql, 'door', 'freeze');
    const id = await startBatch('door', { 'idempotency-key': 'door-1' });
    await gate.reached();
    await system.killApi();
    await gate.open();
    await system.startApi();
    expect(await startBatch('door', { 'idempotency-key': 'door-1' })).toBe(id);
    await untilState(system, 'door', id, ENDS);
    expect(await outcomeOf(system, 'door', id)).toEqual(undisturbed);
  });
});

describe('two APIs and two workers', () => {
  it('a batch that is started at one API is followed at the other, to the same bytes', async () => {
    await system.startWorker();
    const other = await system.startSecondApi();
    await newCompany(system, 'pair', INVOICES);
    const id = await startBatch('pair');
    const events = await fetch(`${other}/v1/companies/pair/batches/${id}/events`, {
      headers: { authorization: system.authorization },
    });
    const stream = await events.text();
    expect(stream).toContain('"state":"posted-in-part"');
    expect(await outcomeOf(system, 'pair', id)).toEqual(undisturbed);
  });
});

describe('Temporal unavailable', () => {
  it('a batch can be started and read; it runs when Temporal is back, and only once', async () => {
    await newCompany(system, 'away', INVOICES);
    await system.stopTemporal();
    const id = await startBatch('away', { 'idempotency-key': 'away-1' });
    expect(await startBatch('away', { 'idempotency-key': 'away-1' })).toBe(id);
    const { status, body } = await system.call<{ state: string }>('GET', `/v1/companies/away/batches/${id}`);
    expect([status, body.state]).toEqual([200, 'selecting']);
    await system.startTemporal();
    await untilState(system, 'away', id, ENDS);
    expect(await outcomeOf(system, 'away', id)).toEqual(undisturbed);
  });
});
