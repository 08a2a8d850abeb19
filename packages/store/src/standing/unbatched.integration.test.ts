import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeCursor } from '../database/keyset.ts';
import { creditMemo, invoice, openTestStore, payment, refund, TARGET, type TestStore } from '../test-store.ts';
import { listUnbatched, UNBATCHED_SORTS, type UnbatchedSort, unbatchedTotals } from './unbatched.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.sql`truncate records, allocations, open_records, postings`;
});

const invoices = { companyId: 'acme', target: TARGET, list: 'invoices', filter: {} } as const;

async function pageThrough(sort: UnbatchedSort, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await listUnbatched(test.store, { ...invoices, sort, after, limit });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    ids.push(...page.rows.map((row) => row.ref.id));
    if (page.next === undefined) return ids;
    after = page.next;
  }
}

describe('listUnbatched', () => {
  it('shows what each record will be sent as, or why it can’t be sent', async () => {
    await test.put(
      { type: 'customer', id: 'c-1', accountingKey: 'Amy’s', name: 'Amy' },
      { type: 'department', id: 'd-1', name: 'HVAC' },
      invoice('i-1', { departmentId: 'd-1' }),
      invoice('i-2', { status: 'draft', customerId: 'c-9' }),
      creditMemo('m-1', { customerId: undefined }),
    );
    const page = await listUnbatched(test.store, { ...invoices, sort: 'date', limit: 10 });
    expect(page.next).toBeUndefined();
    expect(page.rows.map(({ revision, verdict, ...row }) => row)).toEqual([
      {
        ref: { type: 'invoice', id: 'i-1' },
        operation: 'invoice.insert',
        readiness: 'ready',
        reason: null,
        date: '2026-10-03',
        number: 'N-i-1',
        amount: 10000,
        customer: { id: 'c-1', name: 'Amy’s' },
        department: { id: 'd-1', name: 'HVAC' },
      },
      {
        ref: { type: 'invoice', id: 'i-2' },
        operation: null,
        readiness: 'stopped',
        reason: 'not-finalized',
        date: '2026-10-03',
        number: 'N-i-2',
        amount: 10000,
        customer: { id: 'c-9', name: null },
        department: null,
      },
      expect.objectContaining({ ref: { type: 'creditMemo', id: 'm-1' }, customer: null }),
    ]);
  });

  it('keeps payments and refunds in the other list', async () => {
    await test.put(invoice('i-1'), payment('p-1'), refund('r-1', 'nowhere', '1.00'));
    const page = await listUnbatched(test.store, { ...invoices, list: 'payments', sort: '-date', limit: 10 });
    expect(page.rows.map((row) => row.ref.type)).toEqual(['refund', 'payment']);
  });

  it.each(UNBATCHED_SORTS)('pages by %s, each record once, ties included', async (sort) => {
    const numbers = ['7', '', '10', 'a', 'Z', '7', 'ä'];
    await test.put(
      ...numbers.map((number, n) =>
        invoice(`i-${n}`, { number, date: `2026-10-0${(n % 3) + 1}`, total: `${(n % 2) * 5 - 2}.00`, lines: [] }),
      ),
    );
    const all = await pageThrough(sort, 100);
    expect(new Set(all).size).toBe(numbers.length);
    for (const limit of [1, 2, 3]) expect(await pageThrough(sort, limit)).toEqual(all);
    const other = sort.startsWith('-') ? sort.slice(1) : `-${sort}`;
    expect(await pageThrough(other as UnbatchedSort, 2)).toEqual(all.toReversed());
  });

  it('sorts customers and departments by the names that people see', async () => {
    await test.put(
      { type: 'customer', id: 'c-1', accountingKey: 'Zoe' },
      { type: 'customer', id: 'c-2', name: 'Amy', accountingKey: 'Bird, Amy' },
      { type: 'department', id: 'd-1', name: 'Plumbing' },
      { type: 'department', id: 'd-2', name: 'HVAC' },
      invoice('i-1', { customerId: 'c-1', departmentId: 'd-2' }),
      invoice('i-2', { customerId: 'c-2', departmentId: 'd-1' }),
    );
    expect(await pageThrough('customer', 1)).toEqual(['i-2', 'i-1']);
    expect(await pageThrough('department', 1)).toEqual(['i-1', 'i-2']);
    expect(await pageThrough('-customer', 1)).toEqual(['i-1', 'i-2']);
  });

  it.each([
    ['garbage', 'garbage'],
    ['another sort', encodeCursor('unbatched/invoices/number', ['7', 'invoice', 'i-1'])],
    ['another list', encodeCursor('unbatched/payments/date', ['2026-10-01', 'payment', 'p-1'])],
    ['no date', encodeCursor('unbatched/invoices/date', ['yesterday', 'invoice', 'i-1'])],
    ['a day that never was', encodeCursor('unbatched/invoices/date', ['2026-02-31', 'invoice', 'i-1'])],
    ['a missing part', encodeCursor('unbatched/invoices/date', ['2026-10-01', 'invoice'])],
  ])('refuses a cursor that it did not give: %s', async (_what, after) => {
    await expect(listUnbatched(test.store, { ...invoices, sort: 'date', after, limit: 10 })).rejects.toMatchObject({
      code: 'bad-cursor',
    });
  });
});

describe('unbatchedTotals', () => {
  it('adds up what the filter shows', async () => {
    await test.put(invoice('i-1'), invoice('i-2'), invoice('i-3', { status: 'draft' }), invoice('i-4', { date: '2027-01-01' }));
    expect(await unbatchedTotals(test.store, { ...invoices, filter: { to: '2026-12-31' } })).toEqual([
      { operation: 'invoice.insert', readiness: 'ready', documents: 2, amount: 20000 },
      { operation: null, readiness: 'stopped', documents: 1, amount: 10000 },
    ]);
  });
});
