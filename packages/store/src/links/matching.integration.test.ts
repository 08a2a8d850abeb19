import type { Candidate, SourceRecord } from '@ledgerpost/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { editSettings } from '../companies/company-targets.ts';
import { storeConnection } from '../connections/connections.ts';
import { selectionDigest } from '../standing/selection.ts';
import { ACTOR, invoice, openTestStore, TARGET, type TestStore } from '../test-store.ts';
import {
  acceptSameNames,
  type BOOK_NAME_SORTS,
  bookNames,
  booksOf,
  decideMatching,
  intend,
  linksOf,
  linksTo,
  MATCHING_SORTS,
  type MatchingDecision,
  type MatchingSort,
  makeLinks,
  matchingCounts,
  matchingPage,
  matchingRow,
  mergesOf,
  saveBookNames,
  sealBookNames,
} from './index.ts';

let test: TestStore;
let scope: { companyId: string; target: string; connectionId: string };
const AT = new Date('2026-11-20T10:00:00Z');

beforeAll(async () => {
  test = await openTestStore({ delivery: 'push' });
  const [row] = await test.sql<{ id: string }[]>`select connection_id as id from company_targets`;
  scope = { companyId: 'acme', target: TARGET, connectionId: row!.id };
  const grant = {
    ...{ sealed: new Uint8Array(), formerSealed: null, keyId: 'k' },
    ...{ accessExpiresAt: AT, refreshExpiresAt: AT, grantEndsAt: null, renewedAt: AT },
  };
  const books = { account: 'realm-1', environment: 'sandbox', connectedBy: ACTOR, grant };
  await storeConnection(test.sql, { id: scope.connectionId, companyId: 'acme', target: TARGET, ...books });
});
afterAll(() => test.close());
beforeEach(
  () =>
    test.sql`truncate records, allocations, open_records, links, link_intents, book_names, book_lists, name_merges, batches cascade`,
);

const customer = (id: string, accountingKey: string, more: object = {}): SourceRecord => ({
  type: 'customer',
  id,
  accountingKey,
  ...more,
});
const there = (externalId: string, name: string, more: Partial<Candidate> = {}): Candidate => ({
  externalId,
  name,
  active: true,
  ...more,
});
const customers = () => ({ ...scope, kind: 'customer' as const });
const read = (...names: Candidate[]) => saveBookNames(test.sql, scope, 'customer', names, AT);
const decide = (...decisions: MatchingDecision[]) =>
  test.sql.begin((sql) => decideMatching(sql, { ...customers(), actor: 'Ann' }, decisions));
const states = async () => {
  const { rows } = await matchingPage(test.sql, { ...customers(), limit: 50 });
  return Object.fromEntries(rows.map((row) => [row.key, row.state]));
};
const links = async () =>
  Object.fromEntries(
    (await linksOf(test.sql, await booksOf(test.sql, scope), 'customer')).map((link) => [link.key, link.externalId]),
  );

/** A customer with one invoice. */
async function ours(id: string, accountingKey: string, more: object = {}): Promise<void> {
  await test.put(customer(id, accountingKey, more), invoice(`i-${id}`, { customerId: id }));
}

describe('matching', () => {
  it('sorts ours by what the books have of that name, with what else may be meant', async () => {
    await ours('c-1', 'Amy’s Bird Sanctuary');
    await ours('c-2', 'Jane Roe');
    await ours('c-3', 'Pat Lee', { phone: '(650) 555-3311' });
    await ours('c-4', 'Nobody Knows');
    await ours('c-5', 'John Smith');
    await ours('c-6', 'JOHN  SMITH');
    await test.put(customer('c-7', 'Without documents'));
    await read(
      there('1', "amy's bird sanctuary"),
      there('2', 'Roe, Jane'),
      there('3', 'Patricia Lee-Ng', { phone: '650 555 3311' }),
      there('4', 'John Smith'),
      there('9', 'Somebody Else'),
    );
    expect(await states()).toEqual({
      'c-1': 'same-name',
      'c-2': 'similar',
      'c-3': 'similar',
      'c-4': 'only-here',
      'c-5': 'to-match',
      'c-6': 'to-match',
    });
    expect(await matchingCounts(test.sql, customers())).toEqual({
      ...{ linked: 0, 'same-name': 1, similar: 2, 'only-here': 1, 'to-match': 2, broken: 0, 'only-there': 5 },
      listedAt: null,
    });
    const row = await matchingRow(test.sql, { ...customers(), key: 'c-3' });
    expect(row).toMatchObject({
      documents: 1,
      link: null,
      wanted: null,
      suggestions: [{ externalId: '3', name: 'Patricia Lee-Ng', reason: 'phone' }],
    });
  });

  it('accepts all that are exact at once, and no others', async () => {
    await ours('c-1', 'Ann');
    await ours('c-2', 'Bob');
    await ours('c-3', 'bob');
    await read(there('1', 'Ann'), there('2', 'Bob'));
    expect(await test.sql.begin((sql) => acceptSameNames(sql, { ...customers(), actor: 'Ann' }))).toEqual({ linked: 1 });
    expect(await links()).toEqual({ 'c-1': '1' });
    const [line] = await test.sql`select actor, details from journal where act = 'matching.accepted'`;
    expect(line).toEqual({ actor: 'Ann', details: { kind: 'customer', count: 1 } });
  });

  it('a page ends where the next one begins, and finds names of either side', async () => {
    for (const name of ['Cy', 'Al', 'Bo']) await ours(`c-${name}`, name);
    const first = await matchingPage(test.sql, { ...customers(), limit: 2 });
    const second = await matchingPage(test.sql, { ...customers(), limit: 2, after: first.next });
    expect([first, second].map(({ rows }) => rows.map(({ name }) => name))).toEqual([['Al', 'Bo'], ['Cy']]);
    expect((await matchingPage(test.sql, { ...customers(), q: 'b', limit: 2 })).rows.map(({ key }) => key)).toEqual(['c-Bo']);
  });

  it('is sorted by each column that people see, both ways, page by page', async () => {
    for (const [key, name] of [
      ['c-1', 'Cy'],
      ['c-2', 'Al'],
      ['c-3', 'Bo'],
    ] as const)
      await ours(key, name);
    await test.put(invoice('more', { customerId: 'c-1' }));
    await read(there('10', 'Zed'), there('9', 'Al', { email: 'z@x.example' }), there('8', 'Mo', { email: 'a@x.example' }));
    await decide({ key: 'c-3', externalId: '10' });
    const through = async (read: (after: string | undefined) => Promise<{ rows: { name: string }[]; next?: string }>) => {
      const names: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await read(after);
        names.push(...page.rows.map(({ name }) => name));
        if (page.next === undefined) return names.join(' ');
        after = page.next;
      }
    };
    const mine = (sort: MatchingSort) => through((after) => matchingPage(test.sql, { ...customers(), sort, after, limit: 1 }));
    expect(await Promise.all((['name', 'documents', 'state', 'there'] as const).map(mine))).toEqual(
      ['Al Bo Cy', 'Al Bo Cy', 'Bo Cy Al', 'Cy Al Bo'].map((names, at) =>
        at === 1 ? expect.stringMatching(/Cy$/) : at === 3 ? expect.stringMatching(/Bo$/) : names,
      ),
    );
    for (const sort of MATCHING_SORTS.filter((one) => !one.startsWith('-')))
      expect(await mine(`-${sort}` as MatchingSort), sort).toBe((await mine(sort)).split(' ').toReversed().join(' '));
    const theirs = (sort: (typeof BOOK_NAME_SORTS)[number]) =>
      through((after) => bookNames(test.sql, { ...customers(), sort, after, limit: 1 }));
    expect([await theirs('name'), await theirs('id'), await theirs('-id'), await theirs('contact')]).toEqual([
      'Al Mo Zed',
      'Mo Al Zed',
      'Zed Al Mo',
      'Zed Mo Al',
    ]);
    const first = await matchingPage(test.sql, { ...customers(), sort: 'documents', limit: 1 });
    await expect(matchingPage(test.sql, { ...customers(), after: first.next, limit: 1 })).rejects.toMatchObject({
      code: 'bad-cursor',
    });
  });

  it('lists the names that only the books have', async () => {
    await ours('c-1', 'Ann');
    await read(there('1', 'Ann'), there('2', 'Bob'), there('3', 'Cy', { active: false }));
    await decide({ key: 'c-1', externalId: '1' });
    const { rows } = await bookNames(test.sql, { ...customers(), unlinked: true, limit: 10 });
    expect(rows).toMatchObject([{ externalId: '2', name: 'Bob', linked: 0 }]);
    expect((await bookNames(test.sql, { ...customers(), q: 'AN', limit: 10 })).rows).toMatchObject([
      { externalId: '1', linked: 1 },
    ]);
  });
});

describe('a person', () => {
  it('links, chooses the same, another or a new one, and takes it back', async () => {
    await ours('c-1', 'John Smith');
    await ours('c-2', 'John Smith');
    await ours('c-3', 'John Smith');
    await read(there('1', 'John Smith'));
    expect(await decide({ key: 'c-1', externalId: '1' })).toEqual({ changed: ['c-1'] });
    expect(await decide({ key: 'c-1', externalId: '1' })).toEqual({ changed: [] });
    await decide({ key: 'c-2', same: 'c-1' }, { key: 'c-3', another: true });
    expect(await links()).toEqual({ 'c-1': '1', 'c-2': '1' });
    expect((await matchingRow(test.sql, { ...customers(), key: 'c-1' }))!.link!.shared).toEqual(['c-2']);
    expect(await matchingRow(test.sql, { ...customers(), key: 'c-3' })).toMatchObject({ state: 'only-here', wanted: 'another' });
    await decide({ key: 'c-2', undo: true }, { key: 'c-3', undo: true });
    expect(await states()).toEqual({ 'c-1': 'linked', 'c-2': 'to-match', 'c-3': 'to-match' });
    const lines = await test.sql`select details from journal where act = 'matching.changed' order by id desc limit 3`;
    expect(lines[2]!.details).toEqual({ kind: 'customer', count: 1, key: 'c-1', externalId: '1', name: 'John Smith' });
    expect(lines[1]!.details).toEqual({ kind: 'customer', count: 2 });
  });

  it('is refused an unknown key, an unknown or inactive id, and a bundle', async () => {
    await ours('c-1', 'Ann');
    await read(there('2', 'Bob', { active: false }));
    await saveBookNames(test.sql, scope, 'item', [there('5', 'Set', { type: 'Group' })], AT);
    const refused = expect.objectContaining({ code: 'bad-request' });
    await expect(decide({ key: 'nobody', create: true })).rejects.toEqual(refused);
    await expect(decide({ key: 'c-1', externalId: '7' })).rejects.toEqual(refused);
    await expect(decide({ key: 'c-1', externalId: '2' })).rejects.toEqual(refused);
    const item = { ...scope, kind: 'item' as const, actor: 'Ann' };
    const { key } = (await matchingPage(test.sql, { ...item, limit: 1 })).rows[0]!;
    await expect(test.sql.begin((sql) => decideMatching(sql, item, [{ key, externalId: '5' }]))).rejects.toEqual(refused);
  });

  it('can’t match what an open batch creates right now', async () => {
    await ours('c-1', 'Ann');
    await read(there('1', 'Ann'));
    const batchId = await openBatch();
    const books = await booksOf(test.sql, scope);
    const intent = { key: 'c-1', wish: 'create', name: 'Ann', folded: 'ann', requestKey: 'r-1' } as const;
    await intend(test.sql, books, 'customer', batchId, [intent], 'engine');
    await expect(decide({ key: 'c-1', externalId: '1' })).rejects.toMatchObject({ code: 'open-batch-creates' });
    await test.sql`update batches set state = 'canceled'`;
    await decide({ key: 'c-1', externalId: '1' });
    expect(await links()).toEqual({ 'c-1': '1' });
  });

  it('puts previews of the customer’s open documents out of date, and no others', async () => {
    await ours('c-1', 'Ann');
    await ours('c-2', 'Bob');
    await read(there('1', 'Ann'));
    const of = (id: string) => {
      const ids = [{ type: 'invoice' as const, id }];
      return selectionDigest(test.sql, 'acme', TARGET, {
        invoices: { choose: 'ids', ids },
        payments: { choose: 'none' },
      } as never);
    };
    const before = [await of('i-c-1'), await of('i-c-2')];
    await decide({ key: 'c-1', externalId: '1' });
    const after = [await of('i-c-1'), await of('i-c-2')];
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });
});

describe('links', () => {
  it('never make one of two, and keep what is there', async () => {
    const books = await booksOf(test.sql, scope);
    const by = { actor: 'engine', batchId: null };
    const one = { key: 'c-1', externalId: '1', name: 'Ann', shared: false, how: 'created' } as const;
    expect(await makeLinks(test.sql, books, 'customer', [one], by)).toEqual(new Set(['c-1']));
    expect(await makeLinks(test.sql, books, 'customer', [{ ...one, key: 'c-2' }], by)).toEqual(new Set());
    expect(await makeLinks(test.sql, books, 'customer', [{ ...one, externalId: '2' }], by)).toEqual(new Set());
    expect(await links()).toEqual({ 'c-1': '1' });
  });

  it('items share one unasked', async () => {
    const books = await booksOf(test.sql, scope);
    const item = { externalId: '1', name: 'Work', shared: true, how: 'same-name' } as const;
    const made = await makeLinks(
      test.sql,
      books,
      'item',
      [
        { ...item, key: 'service:1' },
        { ...item, key: 'service:2' },
      ],
      {
        actor: 'engine',
        batchId: null,
      },
    );
    expect(made).toEqual(new Set(['service:1', 'service:2']));
    expect(await linksTo(test.sql, books, 'item', ['1'])).toHaveLength(2);
  });

  it('an intent is stored once, with the first key of its creation, and one of a name', async () => {
    const batchId = await openBatch();
    const books = await booksOf(test.sql, scope);
    const intent = { key: 'c-1', wish: 'create', name: 'Ann', folded: 'ann', requestKey: 'r-1' } as const;
    await intend(test.sql, books, 'customer', batchId, [intent], 'engine');
    const again = await intend(
      test.sql,
      books,
      'customer',
      batchId,
      [{ ...intent, name: 'Anna', folded: 'anna', requestKey: 'r-2' }],
      'e',
    );
    expect(again.get('c-1')).toEqual({ name: 'Ann', requestKey: 'r-1' });
    expect((await intend(test.sql, books, 'customer', batchId, [{ ...intent, key: 'c-2' }], 'engine')).size).toBe(0);
  });

  it('break when the other side is inactive, deleted or merged, and are whole again when it is active', async () => {
    await ours('c-1', 'Ann');
    await ours('c-2', 'Bob');
    await ours('c-3', 'Cy');
    await read(there('1', 'Ann'), there('2', 'Bob'), there('3', 'Cy'), there('4', 'Cyrus'));
    await decide({ key: 'c-1', externalId: '1' }, { key: 'c-2', externalId: '2' }, { key: 'c-3', externalId: '3' });
    const later = new Date(Date.now() + 60_000);
    const list = [
      there('1', 'Ann', { active: false }),
      there('3', 'Cy', { active: false, mergedInto: '4' }),
      there('4', 'Cyrus'),
    ];
    await saveBookNames(test.sql, scope, 'customer', list, later);
    await sealBookNames(test.sql, scope, ['customer'], later);
    expect(await states()).toEqual({ 'c-1': 'broken', 'c-2': 'broken', 'c-3': 'broken' });
    expect((await matchingRow(test.sql, { ...customers(), key: 'c-3' }))!.survivor).toEqual({ externalId: '4', name: 'Cyrus' });
    const books = await booksOf(test.sql, scope);
    expect(await mergesOf(test.sql, books, 'customer')).toEqual(new Map());
    await decide({ key: 'c-3', externalId: '4' });
    expect(await mergesOf(test.sql, books, 'customer')).toEqual(new Map([['3', '4']]));
    await saveBookNames(test.sql, scope, 'customer', [there('1', 'Ann')], new Date(later.getTime() + 1));
    await sealBookNames(test.sql, scope, ['customer'], later);
    expect(await states()).toEqual({ 'c-1': 'linked', 'c-2': 'broken', 'c-3': 'linked' });
    expect((await matchingCounts(test.sql, customers())).listedAt).toEqual(later);
  });

  it('a customer renamed here stays linked, unless another one in the books is called so', async () => {
    await ours('c-1', 'Jane Roe');
    await read(there('1', 'Jane Roe'), there('2', 'Tom Roe'));
    await decide({ key: 'c-1', externalId: '1' });
    await test.put(customer('c-1', 'Jane & Tom Roe'));
    expect(await states()).toEqual({ 'c-1': 'linked' });
    await test.put(customer('c-1', 'Tom Roe'));
    expect(await states()).toEqual({ 'c-1': 'to-match' });
    await decide({ key: 'c-1', externalId: '1' });
    expect(await states()).toEqual({ 'c-1': 'linked' });
  });

  it('belong to the books of the connection', async () => {
    await ours('c-1', 'Ann');
    await read(there('1', 'Ann'));
    await decide({ key: 'c-1', externalId: '1' });
    await test.sql`update connections set account = 'realm-2'`;
    expect(await states()).toEqual({ 'c-1': 'only-here' });
    await test.sql`update connections set account = 'realm-1'`;
    expect(await states()).toEqual({ 'c-1': 'linked' });
  });
});

it('an item has a key by service, category or account, and its name by the settings', async () => {
  await editSettings(
    test.store,
    { companyId: 'acme', target: TARGET, edit: (settings) => ({ ...settings, accounts: { income: 'Sales' } }) },
    ACTOR,
  );
  const line = { quantity: '1', unitPrice: '50', amount: '50.00' };
  await test.put(
    { type: 'service', id: 's-1', name: 'Tune-up', accountingCategory: 'HVAC' },
    invoice('i-1', {
      lines: [
        { ...line, serviceId: 's-1', name: 'x' },
        { ...line, serviceId: 's-1', accountingCategory: 'Other' },
        { ...line, name: 'Free text' },
        { ...line, name: 'Promo', accountingCategory: 'Coupons' },
      ] as never,
    }),
  );
  const { rows } = await matchingPage(test.sql, { ...scope, kind: 'item', limit: 10 });
  expect(rows.map(({ key, name, documents }) => [key, name, documents])).toEqual([
    ['category:Coupons', 'Coupons', 1],
    ['account:Sales', 'Sales', 1],
    ['service:s-1', 'Tune-up', 1],
    ['service:s-1/category:Other', 'Tune-up (Other)', 1],
  ]);
});

async function openBatch(): Promise<string> {
  const id = '01890000-0000-7000-8000-000000000001';
  await test.sql`
    insert into batches (id, company_id, target, name, state, selection, settings, settings_version, connection_id, progress, started_by)
    values (${id}, 'acme', ${TARGET}, 'B', 'selecting', '{}', '{}', 1, ${scope.connectionId}, '{}', 'a')`;
  return id;
}
