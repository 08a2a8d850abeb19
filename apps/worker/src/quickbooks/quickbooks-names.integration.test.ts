import { prepareReferences } from '@ledgerpost/batching';
import { connectionContext } from '@ledgerpost/connections';
import type { AnyTarget, SourceRecord } from '@ledgerpost/core';
import { acceptSameNames, booksOf, decideMatching, linksOf, orderCancel, orderResume, workBatch } from '@ledgerpost/store';
import { NUDGE } from '@ledgerpost/workflows/names';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customer, invoice, payment } from '../testing/records.testing.ts';
import { held, type QboBooks, quickbooks, quickbooksHarness } from './quickbooks.testing.ts';

/* Names and prices that QuickBooks compares or keeps in another way than the field-service system. */

let h: Awaited<ReturnType<typeof quickbooksHarness>>;
beforeAll(async () => {
  h = await quickbooksHarness();
});
afterAll(() => h.close());

const service = (id: string, name: string): SourceRecord => ({
  type: 'service',
  id,
  name,
  accountingCategory: 'Services',
  taxable: false,
});
const line = (serviceId: string, quantity = '1', unitPrice = '1.00', amount = '1.00') => ({
  serviceId,
  quantity,
  unitPrice,
  amount,
  taxable: false,
});
const itemsCalled = (co: QboBooks, name: RegExp) =>
  held(co, 'Item')
    .map(({ Name }) => Name as string)
    .filter((one) => name.test(one));

describe.concurrent('names and prices', { timeout: 300_000 }, () => {
  it('found-07: two spellings of one service are posted, undone and posted again', async () => {
    const others = Array.from({ length: 120 }, (_, at) => `s-${at}`);
    const co = await h.connected([
      customer('c-1'),
      service('first', 'Dazed And Confused'),
      service('last', 'Dazed and Confused'),
      ...others.map((id) => service(id, `Filler service ${id}`)),
      invoice('i-1', { lines: ['first', ...others].map((id) => line(id)), total: '121.00' }),
      invoice('i-2', { lines: [line('last')], total: '1.00' }),
    ]);
    const first = await h.run(co);
    expect(await h.states(first)).toEqual({ 'invoice/i-1': 'posted', 'invoice/i-2': 'posted' });
    expect((await h.undo(co, first.id)).state).toBe('undone');
    expect(await h.states(await h.run(co))).toEqual({ 'invoice/i-1': 'posted', 'invoice/i-2': 'posted' });
    expect(itemsCalled(co, /^dazed/i)).toHaveLength(1);
  });

  it('found-10: a typographic quote in a name blocks neither the invoice nor its payment', async () => {
    const co = await h.connected([
      customer('c-1', { accountingKey: 'O’Brien' }),
      service('s-1', 'Memo Book, 5 3/8” x 11”'),
      invoice('i-1', { lines: [line('s-1', '1', '5.00', '5.00')], total: '5.00' }),
      payment('p-1', { amount: '5.00', allocations: [{ invoiceId: 'i-1', amount: '5.00' }] }),
    ]);
    const batch = await h.run(co);
    expect(await h.states(batch)).toEqual({ 'invoice/i-1': 'posted', 'payment/p-1': 'posted' });
    expect(itemsCalled(co, /^Memo/)).toEqual(['Memo Book, 5 3/8" x 11"']);
    expect(held(co, 'Customer').map(({ DisplayName }) => DisplayName)).toContain("O'Brien");
    expect(await h.verify(co, batch.id)).toMatchObject({ state: 'done', counts: { same: 2, changed: 0, gone: 0 } });
  });

  it('25-payment-reference-signs: a payment is posted whatever signs its reference has', async () => {
    const part = (id: string, reference: string, amount: string) =>
      payment(id, { reference, amount, allocations: [{ invoiceId: 'i-1', amount }] });
    const co = await h.connected([
      customer('c-1'),
      invoice('i-1', { lines: [{ name: 'Visit', quantity: '1', unitPrice: '90', amount: '90.00' }], total: '90.00' }),
      part('p-1', 'Zelle – Tom', '50.00'),
      part('p-2', '#4471 ✓', '40.00'),
    ]);
    const batch = await h.run(co);
    expect(await h.states(batch)).toEqual({ 'invoice/i-1': 'posted', 'payment/p-1': 'posted', 'payment/p-2': 'posted' });
    expect(
      held(co, 'Payment')
        .map((one) => one.PaymentRefNum)
        .sort(),
    ).toEqual(['#4471 ?', 'Zelle - Tom']);
    expect(held(co, 'Invoice')[0]!.Balance).toBe(0);
    expect(await h.verify(co, batch.id)).toMatchObject({ state: 'done', counts: { same: 3, changed: 0, gone: 0 } });
  });

  it('found-01: quantity and price are in QuickBooks, no matter how the numbers are spelled', async () => {
    const co = await h.connected([
      customer('c-1'),
      service('s-1', 'Cheese'),
      invoice('i-1', {
        lines: [
          line('s-1', '12', '14', '168.00'),
          line('s-1', '12', '14.00000', '168.00'),
          line('s-1', '1000', '0.125', '125.00'),
          line('s-1', '3.5', '18.375', '64.31'),
        ],
        total: '525.31',
      }),
    ]);
    expect(await h.states(await h.run(co))).toEqual({ 'invoice/i-1': 'posted' });
    const lines = (held(co, 'Invoice')[0]!.Line as { SalesItemLineDetail?: { Qty?: number; UnitPrice?: number } }[]).flatMap(
      ({ SalesItemLineDetail: detail }) => (detail === undefined ? [] : [[detail.Qty, detail.UnitPrice]]),
    );
    expect(lines).toEqual([
      [12, 14],
      [12, 14],
      [1000, 0.125],
      [3.5, 18.375],
    ]);
  });
});

/* Workers and a person who decide at once who is who. Nobody waits: the other acts inside a request of the first. */

/** What happens around the requests of one worker: while it asks who has the names, and before and after it creates them. */
type Hooks = Partial<Record<'afterFind' | 'beforeCreate' | 'afterCreate', () => Promise<unknown>>>;

function hooked({ afterFind, beforeCreate, afterCreate }: Hooks): AnyTarget {
  if (quickbooks.delivery.by !== 'push') throw new Error('QuickBooks takes pushes.');
  const { delivery } = quickbooks;
  const once = new Set<string>();
  const act = async (name: string, hook: (() => Promise<unknown>) | undefined, kind: string | undefined) => {
    if (hook === undefined || kind !== 'customer' || once.has(name)) return;
    once.add(name);
    await hook();
  };
  return {
    ...quickbooks,
    delivery: {
      ...delivery,
      async find(...order: Parameters<typeof delivery.find>) {
        const found = await delivery.find(...order);
        await act('afterFind', afterFind, order[1][0]?.kind);
        return found;
      },
      async create(...order: Parameters<typeof delivery.create>) {
        await act('beforeCreate', beforeCreate, order[1][0]?.kind);
        const created = await delivery.create(...order);
        await act('afterCreate', afterCreate, order[1][0]?.kind);
        return created;
      },
    },
  };
}

const smith = (id: string) => customer(id, { accountingKey: 'John Smith' });
const bill = (at: number, customerId: string) => invoice(`i-${at}`, { customerId, number: `${9_000 + at}` });

/** A batch that is on hold before its names are settled. */
async function onHold(...records: SourceRecord[]) {
  const co = await h.connected(records, { settings: { taxCodes: { 'San Mateo': 'California' } } });
  co.befall({ trouble: { kind: 'revokedGrant' }, aim: { operation: 'query' } });
  const { batch, handle } = await h.start(co);
  await h.until(co, batch.id, 'held');
  await co.connect();
  /** A worker that settles the names of the batch, as many as one likes. */
  const worker = async (hooks: Hooks = {}) => {
    const work = await workBatch(h.store.sql, batch.id);
    const target = hooked(hooks);
    const { connectionId, settings } = work;
    const context = connectionContext(h.connectionDeps, target, { connectionId, settings, signal: new AbortController().signal });
    return prepareReferences(h.store, target, context, work, async () => false);
  };
  const order = async (give: typeof orderResume | typeof orderCancel) => {
    await give(h.store.sql, { companyId: co.company.id, batchId: batch.id, actor: 'ada' });
    await handle.signal(NUDGE);
    await handle.result();
  };
  return { co, batch, worker, resume: () => order(orderResume), cancel: () => order(orderCancel) };
}

const scope = (co: QboBooks) => {
  const { company, companyTarget } = co.request();
  return { companyId: company.id, target: 'qbo', connectionId: companyTarget.connectionId };
};
async function links(co: QboBooks): Promise<Readonly<Record<string, string>>> {
  const all = await linksOf(h.store.sql, await booksOf(h.store.sql, scope(co)), 'customer');
  return Object.fromEntries(all.map(({ key, externalId }) => [key, externalId]));
}
const named = (co: QboBooks, name: string) => held(co, 'Customer').filter(({ DisplayName }) => DisplayName === name);
const matching = (co: QboBooks) => ({ ...scope(co), kind: 'customer' as const, actor: 'ada' });

describe.concurrent('who is who, decided by several at once', { timeout: 300_000 }, () => {
  it('two workers of one batch create a customer once, in either order', async () => {
    const { co, worker, resume } = await onHold(smith('c-1'), bill(1, 'c-1'));
    await worker({ afterFind: () => worker(), beforeCreate: () => worker() });
    expect(named(co, 'John Smith')).toHaveLength(1);
    expect(await links(co)).toEqual({ 'c-1': named(co, 'John Smith')[0]!.Id });
    await resume();
    expect(held(co, 'Invoice').map(({ CustomerRef }) => CustomerRef.name)).toEqual(['John Smith']);
  });

  it('a worker of a batch that was canceled takes nothing that the next batch created for another customer', async () => {
    const { co, worker, cancel } = await onHold(smith('c-1'), bill(1, 'c-1'));
    const late = await worker({
      async afterFind() {
        await cancel();
        await co.put(smith('c-2'), bill(2, 'c-2'));
        const ids = [{ type: 'invoice' as const, id: 'i-2' }];
        await h.run(co, { selection: { invoices: { choose: 'ids', ids }, payments: { choose: 'none' } } });
      },
    });
    const [one, ...others] = named(co, 'John Smith');
    expect([others, await links(co), late.missing]).toEqual([[], { 'c-2': one!.Id }, 1]);
  });

  it('what a person matched to another customer meanwhile is not taken by a worker', async () => {
    const { co, worker } = await onHold(smith('c-1'), bill(1, 'c-1'));
    const id = String(co.books.act({ act: 'create', entity: 'Customer', record: { DisplayName: 'John Smith' } }).Id);
    await co.refresh();
    const late = await worker({
      async afterFind() {
        await co.put(smith('c-2'), bill(2, 'c-2'));
        await h.store.sql.begin((sql) => decideMatching(sql, matching(co), [{ key: 'c-2', externalId: id }]));
      },
    });
    expect([await links(co), late.missing]).toEqual([{ 'c-2': id }, 1]);
  });

  it('a worker that dies between creating and linking is followed by one that links the same customer', async () => {
    const { co, worker, cancel } = await onHold(smith('c-1'), bill(1, 'c-1'));
    const killed = worker({
      async afterCreate() {
        throw new Error('killed');
      },
    });
    await expect(killed).rejects.toThrow('killed');
    expect([named(co, 'John Smith').length, await links(co)]).toEqual([1, {}]);
    // Meanwhile it got another name here: what was begun is finished under its own, also in the next batch.
    await cancel();
    await co.put(customer('c-1', { accountingKey: 'J. Smith' }), bill(2, 'c-1'));
    await h.run(co);
    expect([held(co, 'Customer').length, await links(co)]).toEqual([1, { 'c-1': named(co, 'John Smith')[0]!.Id }]);
    expect(held(co, 'Invoice').map(({ CustomerRef }) => CustomerRef.name)).toEqual(['John Smith', 'John Smith']);
  });

  it('many workers and a person, all at once, never put two of ours on one customer, and double none', async () => {
    const names = ['Ann Lee', 'Bo Diaz', 'Cy Young', 'Di Ross'];
    const pairs = names.flatMap((accountingKey, at) => [
      customer(`c-${at}`, { accountingKey }),
      customer(`d-${at}`, { accountingKey: accountingKey.toUpperCase() }),
    ]);
    const bills = pairs.map(({ id }, at) => bill(at, id));
    const { co, worker } = await onHold(...pairs, customer('e-1', { accountingKey: 'Ed Low' }), ...bills, bill(99, 'e-1'));
    for (const DisplayName of names.slice(0, 2)) co.books.act({ act: 'create', entity: 'Customer', record: { DisplayName } });
    await co.refresh();
    const accept = () => h.store.sql.begin((sql) => acceptSameNames(sql, matching(co)));
    const say = () =>
      h.store.sql.begin((sql) => decideMatching(sql, matching(co), [{ key: 'd-3', another: true }])).catch(() => {});
    await Promise.all([
      worker(),
      accept(),
      worker(),
      say(),
      worker({ afterFind: accept, beforeCreate: say }),
      accept(),
      worker(),
    ]);
    const now = Object.values(await links(co));
    expect(new Set(now).size).toBe(now.length);
    const there = held(co, 'Customer').map(({ DisplayName }) => String(DisplayName).toLowerCase());
    expect(new Set(there).size).toBe(there.length);
    expect(there.filter((name) => name.startsWith('ed low'))).toEqual(['ed low']);
  });
});
