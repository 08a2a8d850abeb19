import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storeChart, storeConnection } from '../connections/connections.ts';
import { encodeCursor } from '../database/keyset.ts';
import { creditMemo, invoice, openTestStore, payment, refund, TARGET, type TestStore } from '../test-store.ts';
import { listUnbatched, UNBATCHED_SORTS, type UnbatchedSort, unbatchedTotals } from './unbatched.ts';
import { dropOldVerdicts, storeVerdicts } from './verdicts.ts';

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

describe('a stored verdict', () => {
  it('counts for the record and the settings that were checked, until the chart of the books is read again', async () => {
    await test.put(invoice('i-1'), invoice('i-2'));
    const by = { companyId: 'acme', target: TARGET, settingsVersion: 3 };
    const list = (more: object = { settingsVersion: 3 }) =>
      listUnbatched(test.store, { ...invoices, sort: 'number', limit: 9, ...more });
    const [row] = (await list()).rows;
    const problem = { code: 'unknown-account', severity: 'problem', message: 'No account.' } as never;
    const stopped = [{ type: 'invoice' as const, id: row!.ref.id, revision: row!.revision, problem }];
    const keep = () => storeVerdicts(test.sql, by, { stopped, cleared: [] });
    const found = async (more?: object) => (await list(more)).rows.flatMap(({ verdict }) => verdict?.code ?? []);
    await keep();
    expect([await found(), await found({ settingsVersion: 4 }), await found({})]).toEqual([['unknown-account'], [], []]);
    expect((await list({ settingsVersion: 3, attention: true })).rows).toHaveLength(1);
    await storeVerdicts(test.sql, by, { stopped: [], cleared: stopped });
    expect(await found()).toEqual([]);

    // Another chart, another verdict.
    await keep();
    const id = '00000000-0000-7000-8000-000000000001';
    const at = new Date('2026-11-20T10:00:00Z');
    const times = { accessExpiresAt: at, refreshExpiresAt: at, grantEndsAt: null, renewedAt: at };
    const grant = { sealed: new Uint8Array(), formerSealed: null, keyId: 'k', ...times };
    const connected = { account: 'realm-1', environment: 'sandbox', connectedBy: 'test', grant };
    await storeConnection(test.sql, { id, companyId: 'acme', target: TARGET, ...connected });
    await storeChart(test.sql, id, { identity: {}, chart: {}, accountIds: {} } as never);
    expect(await found()).toEqual([]);

    // What is not open any more is forgotten.
    await keep();
    await test.sql`delete from open_records where id = ${row!.ref.id}`;
    expect([await dropOldVerdicts(test.sql, 'acme', TARGET), await dropOldVerdicts(test.sql, 'acme', TARGET)]).toEqual([1, 0]);
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
