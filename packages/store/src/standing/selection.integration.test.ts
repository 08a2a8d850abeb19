import { randomUUID } from 'node:crypto';
import type { BatchedRef, Operation, Selection } from '@ledgerpost/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { creditMemo, invoice, openTestStore, payment, refund, TARGET, type TestStore } from '../test-store.ts';
import {
  changedSince,
  paymentsWithoutInvoices,
  selectionCounts,
  selectionDigest,
  selectionSql,
  selectsAny,
} from './selection.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.sql`truncate records, allocations, open_records, postings, batch_items`;
});

const i = (n: number): BatchedRef => ({ type: 'invoice', id: `i-${n}` });
const p = (n: number): BatchedRef => ({ type: 'payment', id: `p-${n}` });

async function selected(selection: Selection): Promise<string[]> {
  const rows = await test.sql<{ type: string; id: string }[]>`${selectionSql(test.sql, 'acme', TARGET, selection)}`;
  return rows.map(({ type, id }) => `${type}/${id}`).sort();
}
const digest = (selection: Selection = {}) => selectionDigest(test.sql, 'acme', TARGET, selection);
const changed = (before: string, selection: Selection = {}) => changedSince(test.sql, 'acme', TARGET, selection, before);

describe('a selection', () => {
  it('case 1: without a choice is everything that can be sent', async () => {
    await test.put(
      invoice('i-1'),
      invoice('i-2', { status: 'draft' }),
      payment('p-1', { 'i-1': '100.00' }),
      creditMemo('m-1'),
      refund('r-1', 'nowhere', '1.00'),
    );
    expect(await selected({})).toEqual(['creditMemo/m-1', 'invoice/i-1', 'payment/p-1']);
  });

  it('with a choice in one list has no record of the other', async () => {
    await test.put(invoice('i-1'), payment('p-1'));
    expect(await selected({ payments: { choose: 'all' } })).toEqual(['payment/p-1']);
    expect(await selected({ invoices: { choose: 'all' } })).toEqual(['invoice/i-1']);
  });

  it('case 2: by date holds both boundary days', async () => {
    for (const day of ['2026-09-30', '2026-10-01', '2026-10-31', '2026-11-01']) await test.put(invoice(day, { date: day }));
    const filter = { from: '2026-10-01', to: '2026-10-31' };
    expect(await selected({ invoices: { choose: 'filter', filter } })).toEqual(['invoice/2026-10-01', 'invoice/2026-10-31']);
  });

  it('case 2: by department holds only that department', async () => {
    await test.put(
      { type: 'job', id: 'j-1', departmentId: 'd-1' },
      invoice('i-1', { departmentId: 'd-1' }),
      invoice('i-2', { departmentId: 'd-2' }),
      invoice('i-3'),
      payment('p-1', {}, { jobId: 'j-1' }),
      payment('p-2'),
    );
    const choose = { choose: 'filter', filter: { departmentId: 'd-1' } } as const;
    expect(await selected({ invoices: choose, payments: choose })).toEqual(['invoice/i-1', 'payment/p-1']);
  });

  it.each([
    ['N-I-1', ['invoice/i-1']],
    ['amy', ['invoice/i-1', 'invoice/i-2', 'payment/p-1']],
    ['AVIARY', ['invoice/i-1', 'invoice/i-2', 'payment/p-1']],
    ['4471', ['payment/p-1']],
    ['50%', ['invoice/i-3']],
    ['5_%', []],
    ['\\', []],
  ])('by the search %s finds numbers, references and customer names, whatever the case', async (search, found) => {
    await test.put(
      { type: 'customer', id: 'c-1', accountingKey: "Amy's Aviary", name: 'Amelia' },
      invoice('i-1'),
      invoice('i-2'),
      invoice('i-3', { number: '50% off', customerId: 'c-2' }),
      payment('p-1', {}, { reference: '4471' }),
    );
    const choose = { choose: 'filter', filter: { search } } as const;
    expect(await selected({ invoices: choose, payments: choose })).toEqual(found);
  });

  it('leaves out what is excluded, and holds only what is named', async () => {
    await test.put(invoice('i-1'), invoice('i-2'), invoice('i-3'), payment('p-1'));
    expect(await selected({ invoices: { choose: 'all', except: [i(2)] } })).toEqual(['invoice/i-1', 'invoice/i-3']);
    expect(await selected({ invoices: { choose: 'filter', filter: {}, except: [i(1)] } })).toEqual([
      'invoice/i-2',
      'invoice/i-3',
    ]);
    expect(await selected({ invoices: { choose: 'ids', ids: [i(3), i(9), p(1)] } })).toEqual(['invoice/i-3']);
    expect(await selected({ invoices: { choose: 'ids', ids: [] } })).toEqual([]);
  });

  it('never holds what another batch has', async () => {
    await test.put(invoice('i-1'), invoice('i-2'));
    await test.sql`update open_records set claimed_by = '01890000-0000-7000-8000-000000000001' where id = 'i-1'`;
    expect(await selected({})).toEqual(['invoice/i-2']);
  });

  it('case 55: holds a re-allocation that waits only together with its invoice', async () => {
    await test.put(payment('p-1'), payment('p-2'), invoice('i-1'), invoice('i-2', { date: '2026-12-01' }));
    await test.post({ type: 'payment', id: 'p-1' }, 'payment.insert', { applied: [] });
    await test.post({ type: 'payment', id: 'p-2' }, 'payment.insert', { applied: [] });
    await test.put(payment('p-1', { 'i-1': '100.00' }), payment('p-2', { 'i-2': '100.00' }));
    expect(await selected({})).toEqual(['invoice/i-1', 'invoice/i-2', 'payment/p-1', 'payment/p-2']);
    expect(await selected({ payments: { choose: 'all' } })).toEqual([]);
    const october = { choose: 'filter', filter: { to: '2026-10-31' } } as const;
    expect(await selected({ invoices: october, payments: { choose: 'all' } })).toEqual(['invoice/i-1', 'payment/p-1']);
    expect(await selected({ invoices: { choose: 'ids', ids: [i(2)] }, payments: { choose: 'ids', ids: [p(1), p(2)] } })).toEqual([
      'invoice/i-2',
      'payment/p-2',
    ]);
  });
});

describe('selectionCounts', () => {
  it('counts all that is named, and marks what no batch can have', async () => {
    await test.put(invoice('i-1'), invoice('i-2', { total: '50.00' }), invoice('i-3', { status: 'draft' }), payment('p-1'));
    expect(await selectionCounts(test.sql, 'acme', TARGET, {})).toEqual([
      {
        list: 'invoices',
        operation: 'invoice.insert',
        readiness: 'ready',
        reason: null,
        selected: true,
        documents: 2,
        amount: 15000,
      },
      {
        list: 'invoices',
        operation: null,
        readiness: 'stopped',
        reason: 'not-finalized',
        selected: false,
        documents: 1,
        amount: 10000,
      },
      {
        list: 'payments',
        operation: 'payment.insert',
        readiness: 'ready',
        reason: null,
        selected: true,
        documents: 1,
        amount: 10000,
      },
    ]);
  });
});

describe('selectsAny', () => {
  it('states whether a batch would have a record of such an operation: none that is stopped, not chosen, or claimed by another batch', async () => {
    await test.put(invoice('i-1'), invoice('i-2', { status: 'draft' }), payment('p-1'));
    const any = (selection: Selection, ...operations: Operation[]) => selectsAny(test.sql, 'acme', TARGET, selection, operations);
    expect(await any({}, 'invoice.insert', 'payment.insert')).toBe(true);
    expect(await any({}, 'creditMemo.insert')).toBe(false);
    expect(await any({ payments: { choose: 'all' } }, 'invoice.insert')).toBe(false);
    expect(await any({ payments: { choose: 'all' } }, 'payment.insert')).toBe(true);
    const stopped = { choose: 'ids', ids: [{ type: 'invoice', id: 'i-2' }] } as const;
    expect(await any({ invoices: stopped, payments: { choose: 'none' } }, 'invoice.insert')).toBe(false);
    await test.sql`update open_records set claimed_by = ${randomUUID()} where id = 'i-1'`;
    expect(await any({}, 'invoice.insert')).toBe(false);
  });
});

describe('paymentsWithoutInvoices', () => {
  const pairs = async (selection: Selection) => {
    const found = await paymentsWithoutInvoices(test.sql, 'acme', TARGET, selection);
    return { count: found.count, pairs: found.pairs.map(({ payment, invoice }) => `${payment.id} ${invoice.id}`) };
  };

  it('case 3: lists chosen payments with their invoices that could be sent and are not chosen', async () => {
    await test.put(
      invoice('i-1'),
      invoice('i-2'),
      invoice('i-3'),
      invoice('i-4', { status: 'draft' }),
      payment('p-1', { 'i-1': '50.00', 'i-2': '50.00' }),
      payment('p-2', { 'i-3': '10.00' }),
      payment('p-3', { 'i-4': '10.00' }),
    );
    await test.post(i(3), 'invoice.insert');
    expect(await pairs({ payments: { choose: 'all' } })).toEqual({ count: 2, pairs: ['p-1 i-1', 'p-1 i-2'] });
    expect(await pairs({ payments: { choose: 'all' }, invoices: { choose: 'ids', ids: [i(1)] } })).toEqual({
      count: 1,
      pairs: ['p-1 i-2'],
    });
    expect(await pairs({})).toEqual({ count: 0, pairs: [] });
  });

  it('counts all pairs though it names only some', async () => {
    await test.put(invoice('i-1'), invoice('i-2'), payment('p-1', { 'i-1': '50.00', 'i-2': '50.00' }));
    const found = await paymentsWithoutInvoices(test.sql, 'acme', TARGET, { payments: { choose: 'all' } }, 1);
    expect([found.count, found.pairs.length]).toEqual([2, 1]);
  });
});

describe('the digest of a selection', () => {
  it('stays while nothing changes', async () => {
    await test.put(invoice('i-1'), payment('p-1'));
    const before = await digest();
    await test.put(invoice('i-1'), payment('p-1'));
    expect(await digest()).toBe(before);
    expect(await changed(before)).toEqual({ changed: false, refs: [] });
  });

  it('case 9: a record edited between preview and start is found and named', async () => {
    await test.put(invoice('i-1'), invoice('i-2'), payment('p-1'));
    const before = await digest();
    await test.put(invoice('i-2', { total: '120.00' }));
    expect(await changed(before)).toEqual({ changed: true, refs: [i(2)] });
  });

  it.each([
    ['came', {}, [invoice('i-9')], [i(9)]],
    ['left', {}, [invoice('i-1', { status: 'draft' })], [i(1)]],
    [
      'left by its date',
      { invoices: { choose: 'filter', filter: { to: '2026-10-31' } } },
      [invoice('i-1', { date: '2026-11-01' })],
      [i(1)],
    ],
    ['was named and left', { invoices: { choose: 'ids', ids: [i(1), i(2)] } }, [invoice('i-1', { status: 'void' })], [i(1)]],
    ['has a refund now', {}, [refund('r-1', 'p-1', '5.00')], [p(1), { type: 'refund', id: 'r-1' }]],
  ] as const)('names a record that %s', async (_what, selection, records, refs) => {
    await test.put(invoice('i-1'), invoice('i-2'), payment('p-1'));
    const before = await digest(selection as Selection);
    await test.put(...records);
    expect(await changed(before, selection as Selection)).toEqual({ changed: true, refs });
  });

  it('names a record that was posted since, if it was chosen by id', async () => {
    await test.put(invoice('i-1'), invoice('i-2'));
    const selection: Selection = { invoices: { choose: 'ids', ids: [i(1), i(2)] } };
    const before = await digest(selection);
    await test.post(i(1), 'invoice.insert');
    expect(await changed(before, selection)).toEqual({ changed: true, refs: [i(1)] });
  });

  it('ignores a change outside the selection', async () => {
    await test.put(invoice('i-1'), invoice('i-2'), { type: 'customer', id: 'c-9', name: 'Nobody’s' });
    const selection: Selection = { invoices: { choose: 'ids', ids: [i(1)] } };
    const before = await digest(selection);
    await test.put(invoice('i-2', { total: '5.00' }), invoice('i-3'), { type: 'customer', id: 'c-9', name: 'Still nobody’s' });
    expect(await changed(before, selection)).toEqual({ changed: false, refs: [] });
  });

  it.each([
    [{ type: 'customer', id: 'c-1', accountingKey: 'New name' }],
    [{ type: 'department', id: 'd-1', name: 'New name' }],
    [{ type: 'job', id: 'j-1', number: 'J-2' }],
    [{ type: 'service', id: 's-1', name: 'New name' }],
  ] as const)('case 9: finds a change of what the records refer to: %o', async (reference) => {
    const lines = [{ serviceId: 's-1', quantity: '1', unitPrice: '100', amount: '100.00' }];
    await test.put(invoice('i-1', { departmentId: 'd-1', jobId: 'j-1', lines }));
    const before = await digest();
    await test.put(reference);
    expect(await changed(before)).toEqual({ changed: true, refs: [{ type: reference.type, id: reference.id }] });
  });

  it('refuses a digest that no preview returned', async () => {
    await expect(changed('v1.1.1')).rejects.toMatchObject({ code: 'records-changed' });
  });
});
