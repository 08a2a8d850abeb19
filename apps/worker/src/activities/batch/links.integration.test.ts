import { previewBatch } from '@ledgerpost/batching';
import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import type { Document, SourceRecord } from '@ledgerpost/core';
import {
  booksOf,
  decideMatching,
  keepBookNames,
  linksOf,
  listItems,
  listUnbatched,
  type MatchingDecision,
  markBroken,
  storeConnection,
} from '@ledgerpost/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Books, harness } from '../../testing/harness.testing.ts';
import { customer, invoice, payment, refund, SETTINGS } from '../../testing/records.testing.ts';

type Harness = Awaited<ReturnType<typeof harness>>;
const books = memoryBooks();
const memory = memoryTarget(books);
let asked = 0;
/** What somebody does in the books while a batch is on its way: before it creates names, before it sends documents. */
const meanwhile: { create?: (() => void) | undefined; push?: (() => void) | undefined } = {};
if (memory.delivery.by === 'push') {
  const { find, create, push } = memory.delivery;
  Object.assign(memory.delivery, {
    create: (...order: Parameters<typeof create>) => {
      meanwhile.create?.();
      return create(...order);
    },
    push: (...order: Parameters<typeof push>) => {
      meanwhile.push?.();
      return push(...order);
    },
    find: (...order: Parameters<typeof find>) => {
      asked++;
      return find(...order);
    },
  });
}
let h: Harness;
let co: Books;

beforeAll(async () => {
  h = await harness([memory]);
});
afterAll(() => h.close());
beforeEach(() => {
  asked = 0;
  books.created.length = 0;
  books.calls.length = 0;
  books.requestKeys.length = 0;
  books.names.clear();
  books.namesakes.clear();
  books.inactive.clear();
  books.items = false;
  Object.assign(meanwhile, { create: undefined, push: undefined });
});

const scope = () => {
  const { company, companyTarget } = co.request();
  return { companyId: company.id, target: memory.id, connectionId: companyTarget.connectionId };
};

/** A company that was connected once, so that people can match. */
async function open(...records: SourceRecord[]): Promise<void> {
  co = await h.company(memory, records, SETTINGS);
  const at = new Date();
  const times = { accessExpiresAt: at, refreshExpiresAt: at, grantEndsAt: null, renewedAt: at };
  const grant = { sealed: new Uint8Array(), formerSealed: null, keyId: 'k', ...times };
  const { companyId, target, connectionId: id } = scope();
  const books = { account: companyId, environment: 'sandbox', connectedBy: 'ada', grant };
  await storeConnection(h.store.sql, { id, companyId, target, ...books });
}

async function run(settings: object = {}) {
  const { companyTarget } = co.request();
  const batch = await h.run(co, { companyTarget: { ...companyTarget, settings: { ...companyTarget.settings, ...settings } } });
  const { rows } = await listItems(h.store, { batchId: batch.id, limit: 100 });
  return Object.fromEntries(
    rows.map(({ record, state, problems }) => [record.id, [state, ...problems.map(({ code }) => code)].join(' ')]),
  );
}

async function links() {
  const all = await linksOf(h.store.sql, await booksOf(h.store.sql, scope()), 'customer');
  return Object.fromEntries(all.map(({ key, externalId }) => [key, externalId]));
}

const decide = (...decisions: MatchingDecision[]) =>
  h.store.sql.begin((sql) => decideMatching(sql, { ...scope(), kind: 'customer', actor: 'ada' }, decisions));
/** The ids of customers that documents were sent with, by number. */
const sentTo = () =>
  Object.fromEntries(
    books.calls.flatMap(({ items, references }) =>
      items.map(({ payload }) => {
        const { customer, number } = payload as unknown as Document & { number: string };
        return [number, references[`customer/${customer!.id}`]];
      }),
    ),
  );

describe('a customer with a link', () => {
  it('is not looked up again, and documents go to it whatever the books call it now', async () => {
    books.names.set('customer/Customer c-1', 'q-7');
    await open(customer('c-1'), invoice('i-1'));
    expect(await run()).toEqual({ 'i-1': 'posted' });
    expect([asked, await links()]).toEqual([1, { 'c-1': 'q-7' }]);
    books.names.clear();
    await co.put(invoice('i-2'));
    expect(await run()).toEqual({ 'i-2': 'posted' });
    expect(asked).toBe(1);
    expect(sentTo()).toMatchObject({ 'N-i-1': 'q-7', 'N-i-2': 'q-7' });
  });

  it('stays linked under a new name here, with one notice, and no second customer', async () => {
    await open(customer('c-1'), invoice('i-1'));
    await run();
    await co.put(customer('c-1', { accountingKey: 'Jane & Tom Roe' }), invoice('i-2'), invoice('i-3'));
    expect(await run()).toEqual({ 'i-2': 'posted customer-renamed', 'i-3': 'posted' });
    await co.put(invoice('i-4'));
    expect(await run()).toEqual({ 'i-4': 'posted' });
    expect(books.created).toEqual(['Customer c-1']);
  });

  it('waits for a person when its new name is another one’s in the books, and goes on once that person decided', async () => {
    await open(customer('c-1'), invoice('i-1'));
    await run();
    const [id] = Object.values(await links());
    books.names.set('customer/Tom Roe', 'q-9');
    await co.put(customer('c-1', { accountingKey: 'Tom Roe' }), invoice('i-2'));
    expect(await run()).toEqual({ 'i-2': 'blocked customer-renamed customer-to-match' });
    await keepBookNames(
      h.store.sql,
      await booksOf(h.store.sql, scope()),
      'customer',
      [
        { externalId: id!, name: 'Customer c-1', active: true },
        { externalId: 'q-9', name: 'Tom Roe', active: true },
      ],
      new Date(),
    );
    // Now the list shows it, so the preview does.
    expect((await previewBatch({ store: h.store, target: memory }, co.request())).problemCounts).toEqual({
      'customer-to-match': 1,
    });
    await decide({ key: 'c-1', externalId: 'q-9' });
    expect(await run()).toEqual({ 'i-2': 'posted' });
    expect(sentTo()).toMatchObject({ 'N-i-2': 'q-9' });
  });

  it('takes its new name along to the books where the settings say so, unless another one has it or the link is shared', async () => {
    const follow = { names: { follow: 'source', nonLatin1: 'auto', another: 'number' } };
    await open(customer('c-1'), customer('c-2'), invoice('i-1'), invoice('i-2', { customerId: 'c-2' }));
    await run(follow);
    await co.put(customer('c-1', { accountingKey: 'Jane & Tom Roe' }), invoice('i-3'));
    expect(await run(follow)).toEqual({ 'i-3': 'posted customer-renamed' });
    expect([...books.names.keys()].sort()).toEqual(['customer/Customer c-2', 'customer/Jane & Tom Roe']);
    await co.put(customer('c-1', { accountingKey: 'Parent:Jane Roe' }), invoice('i-4'));
    expect(await run(follow)).toEqual({ 'i-4': 'posted customer-renamed name-kept-in-books' });
    await decide({ key: 'c-2', same: 'c-1' });
    await co.put(customer('c-1', { accountingKey: 'Parent:Jane' }), invoice('i-5'));
    expect(await run(follow)).toEqual({ 'i-5': 'posted customer-renamed name-kept-in-books' });
    expect([...books.names.keys()].sort()).toEqual(['customer/Customer c-2', 'customer/Jane & Tom Roe']);
  });

  it('reports on each batch that it is shared since before there were links, until a person confirms it', async () => {
    await open(customer('c-1'), customer('c-2'), invoice('i-1'));
    await run();
    await decide({ key: 'c-1', undo: true });
    await h.store.sql`
      insert into links (company_id, target, environment, account, kind, key, external_id, name, shared, to_confirm, how, made_by)
      select ${co.company.id}, 'memory', 'sandbox', ${co.company.id}, 'customer', key, 'q-1', 'Customer ' || key, true, true, 'posted', 'e'
      from (values ('c-1'), ('c-2')) ours (key)`;
    await co.put(invoice('i-2'), invoice('i-3'));
    expect(await run()).toEqual({ 'i-2': 'posted link-shared', 'i-3': 'posted' });
    await decide({ key: 'c-1', externalId: 'q-1' });
    await co.put(invoice('i-4'));
    expect(await run()).toEqual({ 'i-4': 'posted' });
  });

  it('stops with link-broken where the other side can’t be used', async () => {
    await open(customer('c-1'), invoice('i-1'));
    await run();
    await markBroken(h.store.sql, await booksOf(h.store.sql, scope()), 'customer', ['c-1']);
    await co.put(invoice('i-2'));
    expect(await run()).toEqual({ 'i-2': 'rejected link-broken' });
  });

  it('stops a customer that the books keep in another currency, linked or found by name, in the preview already', async () => {
    await open(customer('c-1'), customer('c-2', { accountingKey: 'Maple Ltd' }), invoice('i-1'));
    await run();
    const there = (externalId: string, name: string, currency: string) => ({ externalId, name, currency, active: true });
    const kept = [there((await links())['c-1']!, 'Customer c-1', 'CAD'), there('q-9', 'Maple Ltd', 'EUR')];
    await keepBookNames(h.store.sql, await booksOf(h.store.sql, scope()), 'customer', kept, new Date());
    await co.put(invoice('i-2'), invoice('i-3', { customerId: 'c-2' }));
    const preview = await previewBatch({ store: h.store, target: memory }, co.request());
    expect(preview.problemCounts).toMatchObject({ 'customer-in-other-currency': 2 });
    expect(await run()).toEqual({
      'i-2': 'rejected customer-in-other-currency',
      'i-3': 'rejected customer-in-other-currency',
    });
    await keepBookNames(
      h.store.sql,
      await booksOf(h.store.sql, scope()),
      'customer',
      [{ ...kept[0]!, currency: 'USD' }],
      new Date(),
    );
    await co.put(invoice('i-4'));
    expect(await run()).toMatchObject({ 'i-4': 'posted' });
  });
});

describe('while a batch is on its way', () => {
  it('a customer that somebody creates in the books in between is the one that is linked, and none is created', async () => {
    await open(customer('c-1'), invoice('i-1'));
    meanwhile.create = () => void books.names.set('customer/Customer c-1', 'q-5');
    expect(await run()).toEqual({ 'i-1': 'posted' });
    expect([await links(), books.created, sentTo()]).toEqual([{ 'c-1': 'q-5' }, [], { 'N-i-1': 'q-5' }]);
  });

  it('a customer that somebody makes inactive in between is named, and keeps its own documents alone', async () => {
    await open(customer('c-1'), customer('c-2'), invoice('i-1'), invoice('i-2', { customerId: 'c-2' }));
    meanwhile.push = () => void books.inactive.add(books.names.get('customer/Customer c-2')!);
    expect(await run()).toEqual({ 'i-1': 'posted', 'i-2': 'refused link-broken' });
    // From now on it is known before anything is sent; once a check sees it in use again, the document goes.
    expect(await run()).toEqual({ 'i-2': 'rejected link-broken' });
    meanwhile.push = undefined;
    books.inactive.clear();
    await h.look(co);
    expect(await run()).toEqual({ 'i-2': 'posted' });
    expect(books.created).toEqual(['Customer c-1', 'Customer c-2']);
  });
});

describe('products and services', () => {
  const sold = (id: string, serviceId: string) =>
    invoice(id, { lines: [{ serviceId, quantity: '1', unitPrice: '189', amount: '189.00', taxable: true }] });
  const service = (id: string, name: string): SourceRecord => ({ type: 'service', id, name, accountingCategory: 'Services' });
  const itemLinks = async () =>
    Object.fromEntries(
      (await linksOf(h.store.sql, await booksOf(h.store.sql, scope()), 'item')).map(({ key, externalId }) => [key, externalId]),
    );

  it('keep their links under new names on either side, and take a new name along where the settings say so', async () => {
    books.items = true;
    await open(customer('c-1'), service('s-1', 'Tune-up'), sold('i-1', 's-1'));
    await run();
    const [id] = Object.values(await itemLinks());
    books.names.delete('item/Tune-up');
    books.names.set('item/Yearly tune-up', id!);
    await co.put(service('s-1', 'Tune-up 2027'), sold('i-2', 's-1'));
    expect(await run()).toEqual({ 'i-2': 'posted customer-renamed' });
    await co.put(service('s-1', 'Tune-up 2028'), sold('i-3', 's-1'));
    const follow = { names: { follow: 'source', nonLatin1: 'auto', another: 'number' } };
    expect(await run(follow)).toEqual({ 'i-3': 'posted customer-renamed' });
    expect([await itemLinks(), books.created]).toEqual([{ 'service:s-1': id }, ['Customer c-1', 'Tune-up']]);
    expect([...books.names.keys()].sort()).toEqual(['customer/Customer c-1', 'item/Tune-up 2028']);
  });

  it('wait for a person when their new name is another one’s in the books', async () => {
    books.items = true;
    books.names.set('item/Repair', 'q-8');
    await open(customer('c-1'), service('s-1', 'Tune-up'), sold('i-1', 's-1'));
    await run();
    await co.put(service('s-1', 'Repair'), sold('i-2', 's-1'));
    expect(await run()).toEqual({ 'i-2': 'blocked customer-renamed customer-to-match' });
  });
});

describe('two customers of one name', () => {
  const smiths = [
    customer('c-1', { accountingKey: 'John Smith' }),
    customer('c-2', { accountingKey: 'JOHN smith' }),
    invoice('i-1', { date: '2026-10-02' }),
    invoice('i-2', { customerId: 'c-2' }),
  ];

  it('real case 34: the first of the batch is created, and the other waits for a person', async () => {
    await open(...smiths);
    const { problemCounts } = await previewBatch({ store: h.store, target: memory }, co.request());
    expect(problemCounts).toMatchObject({ 'customer-to-match': 1 });
    expect(await run()).toMatchObject({
      'i-1': expect.stringMatching(/^posted/),
      'i-2': expect.stringMatching(/^rejected customer-to-match/),
    });
    expect(books.created).toEqual(['John Smith']);
    // In the next batch it still waits.
    expect(await run()).toEqual({ 'i-2': 'rejected customer-to-match' });
  });

  it('all wait where the books have one', async () => {
    books.names.set('customer/John Smith', 'q-1');
    await open(
      customer('c-1', { accountingKey: 'John Smith' }),
      customer('c-2', { accountingKey: 'John Smith' }),
      ...smiths.slice(2),
    );
    expect(await run()).toEqual({ 'i-1': 'blocked customer-to-match', 'i-2': 'rejected customer-to-match' });
    expect([await links(), books.created]).toEqual([{}, []]);
  });

  it('become one when a person decides so, or another one with a name of its own', async () => {
    const more = ['c-3', 'c-4'].map((id) => customer(id, { accountingKey: 'John Smith' }));
    await open(...smiths, ...more, invoice('i-3', { customerId: 'c-3' }), invoice('i-7', { customerId: 'c-4' }));
    await run();
    await decide({ key: 'c-2', same: 'c-1' }, { key: 'c-3', another: true }, { key: 'c-4', another: true });
    // Somebody created that one by hand: it is looked for before it is made.
    books.names.set('customer/John Smith (c-4)', 'q-4');
    // A name that the books refuse takes the decision from nobody.
    books.refusedNames.add('John Smith (c-3)');
    expect(await run()).toMatchObject({ 'i-3': expect.stringMatching(/^blocked.* refused-by-target/) });
    books.refusedNames.clear();
    await co.put(invoice('i-2', { customerId: 'c-2', memo: 'again' }));
    expect(await run()).toMatchObject({ 'i-2': expect.stringMatching(/^posted/), 'i-3': expect.stringMatching(/^posted/) });
    const now = await links();
    expect(now['c-2']).toBe(now['c-1']);
    expect(now['c-3']).not.toBe(now['c-1']);
    // Between linked ones nothing goes by name, so how they are spelled is no warning any more.
    await co.put(
      invoice('i-4', { date: '2026-10-02' }),
      invoice('i-5', { customerId: 'c-2' }),
      invoice('i-6', { customerId: 'c-3' }),
    );
    expect(await run()).toEqual({ 'i-4': 'posted', 'i-5': 'posted', 'i-6': 'posted' });
    expect([now['c-4'], books.created]).toEqual(['q-4', ['John Smith', 'John Smith (c-3)']]);
  });

  it('wait where the books have several of the name', async () => {
    const two = ['q-1', 'q-2'].map((externalId) => ({ externalId, name: 'Customer c-1', active: true }));
    books.namesakes.set('Customer c-1', two);
    await open(customer('c-1'), invoice('i-1'));
    expect(await run()).toEqual({ 'i-1': 'blocked customer-to-match' });
    // Exactly one that can be used, even in an odd spelling, is linked.
    books.namesakes.set('Customer c-1', [two[0]!, { ...two[1]!, active: false }]);
    await decide({ key: 'c-1', undo: true });
    await h.store.sql`update book_names set active = false where external_id = 'q-2' and company_id = ${co.company.id}`;
    expect(await run()).toEqual({ 'i-1': 'posted' });
    expect(await links()).toEqual({ 'c-1': 'q-1' });
  });
});

describe('an invoice that has another customer after its payment was posted', () => {
  const paid = (customerId: string, over: object = {}) =>
    payment('p-1', { customerId, allocations: [{ invoiceId: 'i-1', amount: '189.00' }], ...over });
  const posted = async () => {
    await open(customer('c-1'), customer('c-2'), invoice('i-1'), paid('c-1'));
    expect(await run()).toEqual({ 'i-1': 'posted', 'p-1': 'posted' });
    books.calls.length = 0;
  };

  it('stays, with both ways out, as long as the payment has its former customer', async () => {
    await posted();
    await co.put(invoice('i-1', { customerId: 'c-2' }));
    expect(await run()).toEqual({ 'i-1': 'rejected customer-changed-after-payment' });
    // A payment alone does not move either.
    await co.put(invoice('i-1'), paid('c-2'));
    const { rows } = await listUnbatched(h.store, { ...list('payments') });
    expect(rows).toMatchObject([{ readiness: 'stopped', reason: 'changed-after-batch' }]);
  });

  it('moves with its payment as one unit, also where only the invoice was chosen, and whichever came first', async () => {
    await posted();
    await co.put(paid('c-2'));
    await co.put(invoice('i-1', { customerId: 'c-2' }));
    const ids = [{ type: 'invoice' as const, id: 'i-1' }];
    const batch = await h.run(co, { selection: { invoices: { choose: 'ids', ids }, payments: { choose: 'none' } } as never });
    expect(batch.state).toBe('posted');
    const sent = books.calls.flatMap(({ items }) => items.map(({ operation, moves }) => [operation, moves]));
    expect(sent).toEqual([
      ['invoice.update', [{ externalId: expect.any(String), externalVersion: '1' }]],
      ['payment.update', undefined],
    ]);
  });

  it('stays where the payment also pays an invoice that keeps its customer', async () => {
    const both = { amount: '378.00', allocations: ['i-1', 'i-2'].map((invoiceId) => ({ invoiceId, amount: '189.00' })) };
    await open(customer('c-1'), customer('c-2'), invoice('i-1'), invoice('i-2'), paid('c-1', both));
    await run();
    await co.put(invoice('i-1', { customerId: 'c-2' }), paid('c-2', both));
    expect(await run()).toEqual({ 'i-1': 'rejected customer-changed-after-payment' });
  });

  it('stays where a refund of the payment is posted', async () => {
    await posted();
    await co.put(refund('r-1', 'p-1', '20.00'));
    await run();
    await co.put(invoice('i-1', { customerId: 'c-2' }), paid('c-2'));
    expect(await run()).toEqual({
      'i-1': 'rejected customer-changed-after-payment',
      'p-1': 'rejected customer-changed-after-payment',
    });
  });

  it('makes no update where both customers are linked to one', async () => {
    await posted();
    await decide({ key: 'c-2', same: 'c-1' }).catch(() => co.put(invoice('i-9', { customerId: 'c-2', status: 'draft' })));
    await decide({ key: 'c-2', same: 'c-1' });
    await co.put(invoice('i-1', { customerId: 'c-2' }), paid('c-2'));
    expect((await listUnbatched(h.store, list('payments'))).rows).toEqual([]);
    expect((await listUnbatched(h.store, list('invoices'))).rows.map(({ ref }) => ref.id)).not.toContain('i-1');
  });
});

/** With the payloads as text. */
const inClear = (histories: unknown) =>
  JSON.stringify(histories, (_, value) => {
    const bytes = value?.type === 'Buffer' ? value.data : value;
    return bytes !== value || value instanceof Uint8Array ? Buffer.from(bytes).toString() : value;
  });

const list = (name: 'invoices' | 'payments') => ({
  ...{ companyId: co.company.id, target: memory.id, list: name, filter: {}, sort: 'date' as const, limit: 10 },
});

describe('a creation whose answer is lost', () => {
  it('is finished under its own name and key, also when the customer has a new name by then', async () => {
    await open(customer('c-1'), invoice('i-1'));
    books.nameFaults.push('none', 'lost-reply', 'access-lost');
    const { batch, handle } = await h.start(co);
    await expect
      .poll(async () => (await h.store.sql`select from link_intents where company_id = ${co.company.id}`).length, {
        timeout: 20_000,
      })
      .toBe(1);
    await expect
      .poll(async () => (await h.store.sql`select from batches where company_id = ${co.company.id} and state = 'held'`).length, {
        timeout: 20_000,
      })
      .toBe(1);
    await h.store.sql`update batches set cancel_requested_by = 'ada' where company_id = ${co.company.id}`;
    const [before] = await h.store.sql`select request_key from link_intents where company_id = ${co.company.id}`;
    await handle.signal('nudge');
    await handle.result();
    // Temporal counts customers, and names none: a history can't be corrected or deleted.
    const history = inClear(await h.historiesOf(handle));
    expect([history.includes(batch.id), history.includes('Customer c-1')]).toEqual([true, false]);
    await co.put(customer('c-1', { accountingKey: 'New name' }));
    expect(await run()).toEqual({ 'i-1': 'posted' });
    expect(before!.request_key).toHaveLength(36);
    expect(books.created).toEqual(['Customer c-1']);
    expect(await h.store.sql`select from link_intents where company_id = ${co.company.id}`).toEqual([]);
  });
});
