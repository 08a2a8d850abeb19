import type { ReferenceNeed } from '@ledgerpost/core';
import type { Switches } from '@ledgerpost/qbo-simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { customer, type Desk, openDesk, payment, requestsOf } from '../desk.testing.ts';
import { quickbooksOnline } from '../quickbooks-online.ts';

const { delivery } = quickbooksOnline;
if (delivery.by !== 'push') throw new Error('QuickBooks is a push target.');
const { create, needs } = delivery;

let desk: Desk;
afterEach(() => desk.simulator.stop());

/** Customers that the engine is to create, with the keys that it keeps for all attempts. */
function wanted(...names: string[]): ReferenceNeed[] {
  return names.map((name) => {
    const [need] = needs(payment('P', 1, {}, { customer: customer(name) }), undefined, desk.settings());
    return { ...need!, requestKey: `rk-${name}` };
  });
}
const held = () => desk.company.records('Customer').map(({ DisplayName }) => DisplayName);

/** What QuickBooks may do with a request id that it knows. */
const KNOWN: readonly Partial<Switches>[] = [
  { requestIdBatch: 'fault' },
  { requestIdNameLists: 'honour' },
  { requestIdNameLists: 'honour', requestIdFaults: 'execute' },
  {},
];

describe.each(KNOWN)('names that are created again under their request id, where QuickBooks behaves as %j', (switches) => {
  it('are created once the subscription is renewed that was the reason of an earlier refusal', async () => {
    desk = await openDesk({ switches });
    desk.company.setLapsed(true);
    const order = wanted('Amy', 'Bob');
    await expect(create(desk.open(), order)).rejects.toMatchObject({ kind: 'config', code: 'target-not-ready' });
    desk.company.setLapsed(false);
    expect(await create(desk.open(), order)).toMatchObject([{ status: 'created' }, { status: 'created' }]);
    expect(held()).toEqual(['Amy', 'Bob']);
  });

  it('are created though QuickBooks failed on one of them before', async () => {
    desk = await openDesk({ switches });
    desk.simulator.control.addFault({
      trouble: { kind: 'batchItemFault', item: 0 },
      aim: { operation: 'batch' },
      times: 2,
    });
    const order = wanted('Amy', 'Bob');
    await expect(create(desk.open(), order)).rejects.toMatchObject({ kind: 'transient', code: 'target-unreachable' });
    expect(await create(desk.open(), order)).toMatchObject([{ status: 'created' }, { status: 'found' }]);
    expect(held()).toEqual(['Bob', 'Amy']);
  });

  it('are found after a failure that came after the commit', async () => {
    desk = await openDesk({ switches });
    desk.simulator.control.addFault({ trouble: { kind: 'systemFault', after: true }, aim: { operation: 'batch' } });
    expect((await create(desk.open(), wanted('Amy', 'Bob'))).map(({ status }) => status)).toEqual(['found', 'found']);
    expect(held()).toEqual(['Amy', 'Bob']);
  });

  it('are asked for once as long as nothing fails', async () => {
    desk = await openDesk({ switches });
    await create(desk.open(), wanted('Amy', 'Bob'));
    expect(requestsOf(desk, 'batch')).toBe(1);
  });
});

it('a throttle is waited for, and names are not asked for once more before', async () => {
  desk = await openDesk();
  desk.simulator.control.addFault({ trouble: { kind: 'throttle', status: 429, form: 'json' }, aim: { operation: 'batch' } });
  await expect(create(desk.open(), wanted('Amy'))).rejects.toMatchObject({ code: 'target-throttled' });
  expect(requestsOf(desk, 'batch')).toBe(1);
});
