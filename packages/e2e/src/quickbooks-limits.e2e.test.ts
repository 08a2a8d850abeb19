import { qboSimulatorClient } from '@ledgerpost/devstack';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Arrival, arrivalsOf, companyWithRecords, postBatch, throttled, withLimits } from './quickbooks-books.ts';
import { AS_SHIPPED, type System, startSystem } from './system.ts';

/** More calls than a minute allows; and so few that they are sent one after the other. */
const MANY = { invoices: 1_260, payments: 0, customers: 60 };
const FEW = { invoices: 150, payments: 0, customers: 60 };

let system: System;
const arrivals: Record<string, readonly Arrival[]> = {};

beforeAll(async () => {
  system = await startSystem(AS_SHIPPED, { shared: true, simulator: {} });
  await system.startApi();
  await system.startWorker();
  await system.startWorker();
  const realms = {
    first: await companyWithRecords(system, 'first', MANY, 1),
    second: await companyWithRecords(system, 'second', MANY, 1),
    throttled: await companyWithRecords(system, 'throttled', FEW, 1),
  };
  await withLimits(system, 50);
  const aim = { realmId: realms.throttled, operation: 'batch' };
  await qboSimulatorClient(system.simulator!.url).control('POST', '/faults', {
    trouble: { kind: 'throttle' },
    aim,
    skip: 2,
    times: 1,
  });
  await Promise.all(Object.keys(realms).map((id) => postBatch(system, id)));
  for (const [id, realm] of Object.entries(realms)) arrivals[id] = await arrivalsOf(system, realm);
}, 240_000);
afterAll(() => system?.stop());

const batches = (id: string) => arrivals[id]!.filter(({ operation }) => operation === 'batch');

it('two workers on three companies never exceed a limit, even when the minute is full', () => {
  expect(Object.values(arrivals).flat().filter(throttled)).toEqual([]);
  expect([batches('first').length, batches('second').length]).toEqual([42, 42]);
});

it('case 20: a throttle answer pauses that connection alone', () => {
  const at = arrivals.throttled!.findIndex(({ trouble }) => trouble === 'throttle');
  const [answer, next] = [arrivals.throttled![at]!, arrivals.throttled![at + 1]!];
  for (const id of ['first', 'second']) {
    const meanwhile = batches(id).filter((one) => one.at > answer.at && one.at < next.at);
    expect(meanwhile.length).toBeGreaterThan(20);
  }
});

it('the throttled documents are in the books, once', async () => {
  const [{ realmId }] = arrivals.throttled as readonly [Arrival];
  const invoices = await qboSimulatorClient(system.simulator!.url).records<{ DocNumber: string }>(realmId, 'Invoice');
  expect(new Set(invoices.map(({ DocNumber }) => DocNumber)).size).toBe(FEW.invoices);
  expect(invoices).toHaveLength(FEW.invoices);
});
