import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storeChart, storeConnection } from '../connections/connections.ts';
import { encodeCursor } from '../database/keyset.ts';
import { namesFound } from '../records/names-found.ts';
import { creditMemo, invoice, openTestStore, payment, refund, TARGET, type TestStore } from '../test-store.ts';
import { checkBegins, checkEnded, checkedUpTo, claimCheck } from './checks.ts';
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
    expect(page.rows.map(({ revision, verdict, checking, ...row }) => row)).toEqual([
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

it('names found in records have the departments of invoices, each with an example', async () => {
  await test.put({ type: 'department', id: 'd-1', name: 'HVAC' }, invoice('i-1', { departmentId: 'd-1' }), invoice('i-2'));
  const found = await namesFound(test.sql, 'acme', TARGET, 100);
  expect(found.filter(({ kind }) => kind === 'departments')).toEqual([
    { kind: 'departments', name: 'HVAC', records: 1, example: 'N-i-1' },
  ]);
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
    const counted = async (settingsVersion: number) =>
      (await unbatchedTotals(test.store, { ...invoices, settingsVersion })).map(({ documents, attention }) => [
        documents,
        attention,
      ]);
    expect([await counted(3), await counted(4)]).toEqual([[[2, 1]], [[2, 0]]]);
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

describe('a check of everything', () => {
  const by = { companyId: 'acme', target: TARGET, settingsVersion: 1 };
  const check = async () => checkEnded(test.sql, by, await checkBegins(test.sql, by), 1);
  const checking = async (list: 'invoices' | 'payments' = 'invoices') => {
    const checked = await checkedUpTo(test.sql, by);
    const { rows } = await listUnbatched(test.store, { ...invoices, list, checkedUpTo: checked, sort: 'number', limit: 9 });
    return rows.flatMap((row) => (row.checking ? [row.ref.id] : []));
  };
  beforeEach(async () => {
    await test.sql`truncate open_checks, check_causes`;
    await test.put({ type: 'customer', id: 'c-1', name: 'Amy' }, { type: 'customer', id: 'c-2', name: 'Bob' });
    await test.put(
      invoice('i-1', { customerId: 'c-1' }),
      invoice('i-2', { customerId: 'c-2' }),
      payment('p-1', { 'i-2': '1.00' }, { customerId: 'c-2' }),
    );
  });

  it('counts for a record until it, its customer or an invoice that it pays changes', async () => {
    await test.put(invoice('i-3', { status: 'draft' }));
    expect([await checking(), await checking('payments')]).toEqual([['i-1', 'i-2'], ['p-1']]);
    await check();
    expect([await checking(), await checking('payments')]).toEqual([[], []]);
    await test.put(invoice('i-2', { customerId: 'c-2', memo: 'edited' }));
    expect([await checking(), await checking('payments')]).toEqual([['i-2'], ['p-1']]);
    await check();
    await test.put({ type: 'customer', id: 'c-1', name: 'Amy Lee' });
    expect([await checking(), await checking('payments')]).toEqual([['i-1'], []]);
    await check();
    expect(await checking()).toEqual([]);
  });

  it.each([
    ['a service', () => test.put({ type: 'service', id: 's-1', name: 'Tune-up' })],
    ['the settings', () => test.sql`update company_targets set settings_version = settings_version + 1`],
    [
      'a link',
      () => test.sql`insert into links (company_id, target, environment, account, kind, key, external_id, name, how, made_by)
      values ('acme', ${TARGET}, '', '', 'customer', 'c-1', '7', 'Amy', 'person', 'tess')`,
    ],
    ['a link that is cut', () => test.sql`delete from links`],
    [
      'a name of the books',
      () => test.sql`insert into book_names (company_id, target, environment, account, kind, external_id, name, folded, active, read_at)
      values ('acme', ${TARGET}, '', '', 'customer', '7', 'Amy', 'amy', true, now())`,
    ],
    ['another name for it there', () => test.sql`update book_names set name = 'Amy Lee'`],
  ])('counts for nothing any more after a change of %s, and is due again', async (what, change) => {
    const claim = () => claimCheck(test.sql, { targets: [TARGET] });
    const ready = () => test.sql`update open_checks set due_at = now()`;
    await check();
    await ready();
    expect([await claim(), await checking()]).toEqual([undefined, []]);
    await change();
    const version = what === 'the settings' ? 2 : 1;
    expect(await checkedUpTo(test.sql, { ...by, settingsVersion: version })).toBeNull();
    expect(await claim()).toEqual({ companyId: 'acme', target: TARGET });
    // Nobody else gets it meanwhile.
    expect(await claim()).toBeUndefined();
    const now = { ...by, settingsVersion: version };
    await checkEnded(test.sql, now, await checkBegins(test.sql, now), 1);
    await ready();
    expect([await claim(), await checkedUpTo(test.sql, now)]).toEqual([undefined, expect.any(Number)]);
    await test.sql`update company_targets set settings_version = 1`;
  });

  it('is nothing new where a name of the books was only read again', async () => {
    await check();
    await test.sql`update book_names set read_at = now()`;
    expect(await checking()).toEqual([]);
  });

  it('leaves the company alone for nine times as long as it took, and gives short ones a turn of their own', async () => {
    await checkEnded(test.sql, by, await checkBegins(test.sql, by), 20_000);
    const [row] = await test.sql`select extract(epoch from due_at - checked_at)::int as pause from open_checks`;
    expect(row).toEqual({ pause: 180 });
    await test.put(invoice('i-4'));
    await test.sql`update open_checks set due_at = now()`;
    expect(await claimCheck(test.sql, { targets: [TARGET], mostMs: 2_000 })).toBeUndefined();
    expect(await claimCheck(test.sql, { targets: ['another'] })).toBeUndefined();
    expect(await claimCheck(test.sql, { targets: [TARGET] })).toBeDefined();
  });
});

describe('unbatchedTotals', () => {
  it('adds up what the filter shows', async () => {
    await test.put(invoice('i-1'), invoice('i-2'), invoice('i-3', { status: 'draft' }), invoice('i-4', { date: '2027-01-01' }));
    expect(await unbatchedTotals(test.store, { ...invoices, filter: { to: '2026-12-31' } })).toEqual([
      { operation: 'invoice.insert', readiness: 'ready', documents: 2, amount: 20000, attention: 0 },
      { operation: null, readiness: 'stopped', documents: 1, amount: 10000, attention: 0 },
    ]);
  });
});
