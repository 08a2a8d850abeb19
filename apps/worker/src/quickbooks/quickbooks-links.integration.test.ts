import { previewBatch } from '@ledgerpost/batching';
import type { SourceRecord } from '@ledgerpost/core';
import {
  decideMatching,
  getItem,
  listJournal,
  listUnbatched,
  type MatchingDecision,
  matchingRow,
  orderCancel,
  orderResume,
  reportItems,
} from '@ledgerpost/store';
import { NUDGE } from '@ledgerpost/workflows/names';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asBeforeLinks, makeLinksOfPostings } from '../testing/before-links.testing.ts';
import { customer, invoice, payment } from '../testing/records.testing.ts';
import { held, type QboBooks, quickbooksHarness } from './quickbooks.testing.ts';

/* Who is who: each input that failed, from its records to what QuickBooks holds. */

let h: Awaited<ReturnType<typeof quickbooksHarness>>;
beforeAll(async () => {
  h = await quickbooksHarness();
});
afterAll(() => h.close());

const TAX = { settings: { taxCodes: { 'San Mateo': 'California' } } };
const one = (amount: string) => ({ lines: [{ quantity: '1', unitPrice: amount, amount, taxable: false }], total: amount });
const bill = (id: string, number: string, customerId: string, amount: string, more: object = {}) =>
  invoice(id, { number, customerId, date: '2026-11-20', ...one(amount), ...more });
const paid = (id: string, customerId: string, amount: string, invoiceId: string | undefined, more: object = {}) =>
  payment(id, {
    customerId,
    amount,
    date: '2026-11-20',
    ...(invoiceId === undefined ? {} : { allocations: [{ invoiceId, amount }] }),
    ...more,
  });
const names = (co: QboBooks, entity = 'Customer') =>
  held(co, entity)
    .filter(({ Active }) => Active !== false)
    .map((one) => one.FullyQualifiedName ?? one.DisplayName);
const numbered = (co: QboBooks, number: string) =>
  [...held(co, 'Invoice'), ...held(co, 'Payment')].find((each) => (each.DocNumber ?? each.PaymentRefNum) === number)!;
const codes = async (batch: { id: string }) => (await h.items(batch)).flatMap(({ problems }) => problems.map(({ code }) => code));
const stopped = async (co: QboBooks) => {
  const at = { companyId: co.company.id, target: 'qbo', list: 'invoices', filter: {}, sort: 'date', limit: 100 } as const;
  return (await listUnbatched(h.store, at)).rows.flatMap(({ reason }) => reason ?? []);
};
const renameThere = (co: QboBooks, entity: string, from: string, name: string) => {
  const found = held(co, entity).find((each) => (each.DisplayName ?? each.Name) === from)!;
  co.books.act({ act: 'rename', entity, id: found.Id, name });
};
const owed = (co: QboBooks) => Object.fromEntries(co.books.receivables().map((each) => [each.customer, each.owed]));

describe.concurrent('who is who in QuickBooks', { timeout: 300_000 }, () => {
  it('34-two-people-one-name: two people of one name never share a ledger unasked', async () => {
    const co = await h.connected(
      [
        customer('c-1', { accountingKey: 'John Smith', email: 'js1@example.com' }),
        customer('c-2', { accountingKey: 'John Smith', email: 'other@example.com' }),
        paid('p-1', 'c-2', '300.00', undefined, { reference: 'dep1' }),
      ],
      { ...TAX, books: { preferences: { autoApplyCredit: true } } },
    );
    await h.run(co);
    await co.put(bill('i-1', '8401', 'c-1', '500.00'));
    const batch = await h.run(co);
    expect([...(await codes(batch)), ...(await stopped(co))]).toContain('customer-to-match');
    expect(held(co, 'Invoice')).toEqual([]);
    expect(owed(co)).toEqual({ 'John Smith': -300 });
  });

  it('35-bill-to-changed-after-payment is a problem before anything is written', async () => {
    const co = await h.connected(tenant(), TAX);
    await h.run(co);
    await co.put(bill('i-1', '8501', 'c-2', '100.00'));
    const batch = await h.run(co).catch(() => undefined);
    expect([...(batch === undefined ? [] : await codes(batch)), ...(await stopped(co))]).toContain(
      'customer-changed-after-payment',
    );
    expect(numbered(co, '8501')).toMatchObject({ CustomerRef: { name: 'Tenant Ann' }, Balance: 0 });
    expect(owed(co)).toEqual({});
  });

  it('35-bill-to-changed-after-payment: with its payments it moves as one, and back by undo', async () => {
    const co = await h.connected(tenant(), TAX);
    await h.run(co);
    await co.put(bill('i-1', '8501', 'c-2', '100.00'), paid('p-1', 'c-2', '100.00', 'i-1', { reference: 'a1' }));
    const batch = await h.run(co);
    expect(new Set(Object.values(await h.states(batch)))).toEqual(new Set(['posted']));
    expect(numbered(co, '8501')).toMatchObject({ CustomerRef: { name: 'Owner Bob' }, Balance: 0 });
    expect(numbered(co, 'a1')).toMatchObject({ CustomerRef: { name: 'Owner Bob' }, UnappliedAmt: 0 });
    expect(await h.verify(co, batch.id)).toMatchObject({ counts: { same: 2, changed: 0, gone: 0 } });
    expect((await h.undo(co, batch.id)).state).toBe('undone');
    expect(numbered(co, '8501')).toMatchObject({ CustomerRef: { name: 'Tenant Ann' }, Balance: 0 });
    expect(numbered(co, 'a1').CustomerRef.name).toBe('Tenant Ann');
    expect(owed(co)).toEqual({});
  });

  it('two invoices with one changed bill-to move with the payment of both', async () => {
    const both = [
      { invoiceId: 'i-1', amount: '100.00' },
      { invoiceId: 'i-2', amount: '50.00' },
    ];
    const of = (customerId: string) => [
      bill('i-1', '8511', customerId, '100.00'),
      bill('i-2', '8512', customerId, '50.00'),
      paid('p-1', customerId, '150.00', undefined, { allocations: both, reference: 'b1' }),
    ];
    const co = await h.connected([...people(), ...of('c-1')], TAX);
    await h.run(co);
    await co.put(...of('c-2'));
    const batch = await h.run(co);
    expect(new Set(Object.values(await h.states(batch)))).toEqual(new Set(['posted']));
    expect(['8511', '8512'].map((number) => numbered(co, number))).toMatchObject([
      { CustomerRef: { name: 'Owner Bob' }, Balance: 0 },
      { CustomerRef: { name: 'Owner Bob' }, Balance: 0 },
    ]);
    expect(owed(co)).toEqual({});
  });

  it('36-customer-renamed A: renamed here after the payment, the update keeps customer and payment', async () => {
    const co = await h.connected([jane(), bill('i-1', '8601', 'c-1', '100.00'), paid('p-1', 'c-1', '100.00', 'i-1')], TAX);
    await h.run(co);
    await co.put(jane('Jane & Tom Roe'), bill('i-1', '8601', 'c-1', '100.00', { memo: 'Thank you' }));
    const batch = await h.run(co);
    expect(await h.states(batch)).toEqual({ 'invoice/i-1': 'posted' });
    expect(names(co)).toEqual(['Jane Roe']);
    expect(numbered(co, '8601')).toMatchObject({ Balance: 0, CustomerMemo: { value: 'Thank you' } });
    expect(owed(co)).toEqual({});
  });

  it('36-customer-renamed B: renamed here before the payment came, and there afterwards', async () => {
    const co = await h.connected([jane(), bill('i-1', '8601', 'c-1', '100.00')], TAX);
    await h.run(co);
    await co.put(jane('Jane & Tom Roe'), paid('p-1', 'c-1', '100.00', 'i-1'));
    const batch = await h.run(co);
    expect(await h.states(batch)).toEqual({ 'payment/p-1': 'posted' });
    expect(names(co)).toEqual(['Jane Roe']);
    expect(numbered(co, '8601').Balance).toBe(0);
    renameThere(co, 'Customer', 'Jane Roe', 'Jane & Tom Roe');
    expect(await h.verify(co, batch.id)).toMatchObject({ counts: { same: 1, changed: 0, gone: 0 } });
  });

  it('36-customer-renamed C: renamed in QuickBooks, the payment goes to the same customer', async () => {
    const co = await h.connected([jane(), bill('i-1', '8601', 'c-1', '100.00')], TAX);
    await h.run(co);
    renameThere(co, 'Customer', 'Jane Roe', 'Jane & Tom Roe');
    await co.put(paid('p-1', 'c-1', '100.00', 'i-1'));
    expect(await h.states(await h.run(co))).toEqual({ 'payment/p-1': 'posted' });
    expect(names(co)).toEqual(['Jane & Tom Roe']);
    expect(numbered(co, '8601').Balance).toBe(0);
  });

  it('36-customer-renamed D: customer and product renamed in QuickBooks, then the product here', async () => {
    const serviced = (id: string, number: string) =>
      bill(id, number, 'c-1', '100.00', {
        lines: [{ serviceId: 's-1', quantity: '1', unitPrice: '100', amount: '100.00', taxable: false }],
      });
    const service = (name: string): SourceRecord => ({ type: 'service', id: 's-1', name, accountingCategory: 'Services' });
    const co = await h.connected([jane(), service('Tune-up'), serviced('i-1', '8601')], TAX);
    const first = await h.run(co);
    renameThere(co, 'Customer', 'Jane Roe', 'Roe, Jane');
    renameThere(co, 'Item', 'Tune-up', 'Yearly tune-up');
    await co.put(serviced('i-2', '8602'));
    expect(await h.states(await h.run(co))).toEqual({ 'invoice/i-2': 'posted' });
    await co.put(service('Tune-up 2027'), serviced('i-3', '8603'));
    const last = await h.run(co);
    expect((await h.states(last))['invoice/i-3']).toBe('posted');
    expect(names(co)).toEqual(['Roe, Jane']);
    expect(names(co, 'Item').sort()).toEqual(['Services', 'Yearly tune-up']);
    for (const batch of [first, last]) expect(await h.verify(co, batch.id)).toMatchObject({ counts: { changed: 0, gone: 0 } });
  });

  it('an item’s own account is shown in the preview and is the one of the frozen line, or stops the document where the mapping decides', async () => {
    const records = [
      jane(),
      drain(),
      bill('i-1', '8601', 'c-1', '100.00', { lines: [drained] }),
      bill('i-2', '8602', 'c-1', '100.00', { lines: [drained] }),
    ];
    const own = 'Sales of Product Income';
    const preview = async (co: QboBooks) => previewBatch({ store: h.store, target: h.quickbooks }, co.request());
    const accounts = async (batch: { id: string }) =>
      h.store.sql`select document #>> '{lines,0,item,account}' as account from batch_documents where batch_id = ${batch.id}`;
    for (const account of ['books', 'mapping']) {
      const co = await h.connected(records, { settings: { ...TAX.settings, items: { account } } });
      const IncomeAccountRef = { value: held(co, 'Account').find(({ Name }) => Name === own)!.Id };
      co.books.act({ act: 'create', entity: 'Item', record: { Name: 'Drain', Type: 'Service', IncomeAccountRef } });
      await co.refresh();
      const told = await preview(co);
      if (account === 'mapping') {
        expect(told.problemCounts).toMatchObject({ 'item-on-two-accounts': 2 });
        expect(await codes(await h.run(co))).toEqual(['item-on-two-accounts', 'item-on-two-accounts']);
        continue;
      }
      expect(told.problemCounts).toEqual({ 'item-on-own-account': 1 });
      expect(told.problems[0]!.message).toContain('“Drain” is on account “Sales of Product Income” in the books');
      expect(told.totals.accounts).toEqual({ [own]: expect.anything() });
      const batch = await h.run(co);
      expect(await h.states(batch)).toEqual({ 'invoice/i-1': 'posted', 'invoice/i-2': 'posted' });
      expect(await accounts(batch)).toEqual([{ account: own }, { account: own }]);
      expect(await h.verify(co, batch.id)).toMatchObject({ counts: { same: 2, changed: 0, gone: 0 } });
    }
  });

  it('an item whose account nobody had read stops its document once; bundles and categories are refused by name', async () => {
    const others = [
      ['Spring package', 'Group', 'is a bundle in QuickBooks'],
      ['Repairs', 'Category', 'is a category in QuickBooks'],
    ] as const;
    const co = await h.connected(
      [
        ...[jane(), drain(), bill('i-1', '8601', 'c-1', '100.00', { lines: [drained] })],
        ...others.flatMap(([name]) => [
          { type: 'service', id: name, name, accountingCategory: 'Services' } as const,
          bill(name, name.slice(0, 4), 'c-1', '100.00', { lines: [{ ...drained, serviceId: name }] }),
        ]),
      ],
      TAX,
    );
    for (const [Name, Type] of others) co.books.act({ act: 'create', entity: 'Item', record: { Name, Type } });
    const IncomeAccountRef = { value: held(co, 'Account').find(({ Name }) => Name === 'Sales of Product Income')!.Id };
    co.books.act({ act: 'create', entity: 'Item', record: { Name: 'Drain', Type: 'Service', IncomeAccountRef } });
    const stopped = await h.items(await h.run(co));
    const of = (id: string) => stopped.find(({ record }) => record.id === id)!.problems;
    expect(of('i-1')).toMatchObject([{ code: 'item-on-two-accounts' }]);
    for (const [name, , why] of others)
      expect(of(name)).toMatchObject([{ code: 'refused-by-target', message: expect.stringContaining(`“${name}” ${why}`) }]);
    const again = await h.run(co);
    expect(await h.states(again)).toMatchObject({ 'invoice/i-1': 'posted' });
    expect((await h.items(again)).find(({ record }) => record.id === 'i-1')!.problems).toMatchObject([
      { code: 'item-on-own-account' },
    ]);
  });

  it('09-html-entity-in-key: no second customer is made beside the one without HTML’s entities, and it is a warning', async () => {
    const co = await h.connected(
      [customer('c-1', { accountingKey: 'Warrior&#39;s Gym &amp; Spa' }), bill('i-1', '5901', 'c-1', '40.00')],
      TAX,
    );
    co.books.act({ act: 'create', entity: 'Customer', record: { DisplayName: "Warrior's Gym & Spa" } });
    const batch = await h.run(co);
    expect(await h.states(batch)).toEqual({ 'invoice/i-1': 'posted' });
    expect(await codes(batch)).toContain('odd-accounting-key');
    expect(names(co)).toEqual(["Warrior's Gym & Spa"]);
  });

  it('10-two-emails-known-customer: known customers need no address', async () => {
    const co = await h.connected(
      [
        customer('c-1', { accountingKey: 'Dana Cole', email: 'dana@example.com, office@example.com' }),
        customer('c-2', { accountingKey: 'Vivian Hale', email: 'vhale.example.com' }),
        bill('i-1', '6001', 'c-1', '75.00'),
        bill('i-2', '6002', 'c-2', '76.00'),
        paid('p-2', 'c-2', '76.00', 'i-2'),
      ],
      TAX,
    );
    for (const DisplayName of ['Dana Cole', 'Vivian Hale'])
      co.books.act({ act: 'create', entity: 'Customer', record: { DisplayName } });
    expect(new Set(Object.values(await h.states(await h.run(co))))).toEqual(new Set(['posted']));
    expect(names(co).sort()).toEqual(['Dana Cole', 'Vivian Hale']);
    expect(numbered(co, '6002').Balance).toBe(0);
  });

  it('23-vietnamese-name: a US company can bill Nguyễn Thị Hoa, twice, and makes one customer', async () => {
    const people = { 'c-1': 'Nguyễn Thị Hoa', 'c-2': 'Rémi Bélanger', 'c-3': 'Łukasz Nowak' };
    const bills = (at: string) => Object.keys(people).map((id) => bill(`i-${at}-${id}`, `73${at}${id.slice(2)}`, id, '90.00'));
    const co = await h.connected(
      [...Object.entries(people).map(([id, accountingKey]) => customer(id, { accountingKey })), ...bills('1')],
      TAX,
    );
    expect(new Set(Object.values(await h.states(await h.run(co))))).toEqual(new Set(['posted']));
    await co.put(...bills('2'));
    expect(new Set(Object.values(await h.states(await h.run(co))))).toEqual(new Set(['posted']));
    expect(names(co).sort()).toEqual(['Lukasz Nowak', 'Nguyen Thi Hoa', 'Rémi Bélanger']);
  });

  it('a batch with all links known asks for no name: its queries are the invoice numbers that it sends, and the invoices that it applies to', async () => {
    const co = await h.connected([jane(), bill('i-1', '8701', 'c-1', '100.00')], TAX);
    await h.run(co);
    await co.put(bill('i-2', '8702', 'c-1', '50.00'), paid('p-2', 'c-1', '50.00', 'i-2'), paid('p-1', 'c-1', '100.00', 'i-1'));
    const own = () => h.simulator.control.requests().filter(({ realmId }) => realmId === co.realm);
    const before = own().length;
    await h.run(co);
    const asked = own().slice(before);
    const queries = asked
      .filter(({ operation }) => operation === 'query')
      .map(({ body }) => / from (\w+) where (\w+) /i.exec(body)?.slice(1));
    expect(new Set(queries.map((query) => query?.join(' by ')))).toEqual(new Set(['Invoice by DocNumber', 'Invoice by Id']));
    expect(asked.filter(({ operation }) => operation !== 'query').map(({ operation }) => operation)).toEqual(['batch', 'batch']);
  });

  it('a document and the report show its customer by today’s name, with the id that it is linked to and the name there', async () => {
    const co = await h.connected([jane(), bill('i-1', '8711', 'c-1', '100.00')], TAX);
    const batch = await h.run(co);
    const externalId = String(numbered(co, '8711').CustomerRef.value);
    await co.put(customer('c-1', { accountingKey: 'Jane Miller' }));
    renameThere(co, 'Customer', 'Jane Roe', 'J. Roe');
    await co.refresh();
    const shown = await getItem(h.store.sql, batch.id, 1);
    expect(shown?.customer).toEqual({ id: 'c-1', name: 'Jane Miller', externalId, nameInBooks: 'J. Roe' });
    const [row] = await reportItems(h.store.sql, { batchId: batch.id, run: undefined, afterSeq: 0, limit: 10 });
    expect(row).toMatchObject({ customer: 'Jane Miller', customerExternalId: externalId });
  });

  it('a customer that is made inactive stops its documents alone, with its name, and goes on when it is active again', async () => {
    const co = await h.connected([jane(), customer('c-2', { accountingKey: 'Amy' }), bill('i-1', '8601', 'c-1', '100.00')], {
      ...TAX,
      books: { switches: { deactivateWithBalance: 'allow' } },
    });
    await h.run(co);
    const { Id: id } = held(co, 'Customer').find(({ DisplayName }) => DisplayName === 'Jane Roe')!;
    co.books.act({ act: 'deactivate', entity: 'Customer', id });
    await co.put(bill('i-2', '8602', 'c-1', '50.00'), bill('i-3', '8603', 'c-2', '50.00'));
    const batch = await h.run(co);
    expect((await h.states(batch))['invoice/i-3']).toBe('posted');
    expect(await codes(batch)).toContain('link-broken');
    expect(names(co)).toEqual(['Amy']);
    expect(await row(co, 'c-1')).toMatchObject({ state: 'broken', link: { active: false } });
    co.books.act({ act: 'reactivate', entity: 'Customer', id });
    // The next check of the books sees it.
    await h.look(co);
    expect(await row(co, 'c-1')).toMatchObject({ state: 'linked', link: { active: true } });
    await h.run(co);
    expect(numbered(co, '8602').CustomerRef.name).toBe('Jane Roe');
  });

  it('a customer that was deleted there is created again once a person decides so', async () => {
    const co = await h.connected([jane(), bill('i-1', '8601', 'c-1', '100.00')], {
      ...TAX,
      books: { switches: { deactivateWithBalance: 'allow' } },
    });
    await h.run(co);
    co.books.act({ act: 'delete', entity: 'Customer', id: held(co, 'Customer')[0]!.Id });
    await co.refresh();
    await co.put(bill('i-2', '8602', 'c-1', '50.00'));
    expect(await codes(await h.run(co))).toEqual(['link-broken']);
    await decide(co, 'customer', { key: 'c-1', create: true });
    expect(await h.states(await h.run(co))).toEqual({ 'invoice/i-2': 'posted' });
    expect(names(co)).toEqual(['Jane Roe']);
    expect(numbered(co, '8602').CustomerRef.name).toBe('Jane Roe');
  });

  it('a customer that is matched again keeps what is posted where it is, and its payment too; new documents go to the other', async () => {
    const co = await h.connected([jane(), bill('i-1', '8701', 'c-1', '100.00')], TAX);
    await h.run(co);
    const other = String(co.books.act({ act: 'create', entity: 'Customer', record: { DisplayName: 'Roe family' } }).Id);
    await co.refresh();
    await decide(co, 'customer', { key: 'c-1', externalId: other });
    const thanks = bill('i-1', '8701', 'c-1', '100.00', { memo: 'Thank you' });
    await co.put(thanks, bill('i-2', '8702', 'c-1', '50.00'), paid('p-1', 'c-1', '100.00', 'i-1', { reference: 'r1' }));
    expect(new Set(Object.values(await h.states(await h.run(co))))).toEqual(new Set(['posted']));
    const at = (number: string) => numbered(co, number).CustomerRef.name;
    expect([at('8701'), at('r1'), at('8702')]).toEqual(['Jane Roe', 'Jane Roe', 'Roe family']);
    expect(numbered(co, '8701')).toMatchObject({ Balance: 0, CustomerMemo: { value: 'Thank you' } });
  });

  it('a payment from before its customer was matched again stays where it is, unapplied, when its invoice goes to the other', async () => {
    const co = await h.connected(
      [jane(), bill('i-1', '8711', 'c-1', '100.00'), paid('p-1', 'c-1', '100.00', 'i-1', { reference: 'r11' })],
      TAX,
    );
    const selection = { invoices: { choose: 'none' }, payments: { choose: 'all' } } as const;
    await h.run(co, { selection, acknowledge: ['payments-without-invoices'] });
    const other = String(co.books.act({ act: 'create', entity: 'Customer', record: { DisplayName: 'Roe family' } }).Id);
    await co.refresh();
    await decide(co, 'customer', { key: 'c-1', externalId: other });
    const batch = await h.run(co);
    const at = (number: string) => numbered(co, number).CustomerRef.name;
    expect([at('r11'), at('8711')]).toEqual(['Jane Roe', 'Roe family']);
    expect(numbered(co, '8711').Balance).toBe(100);
    expect(await codes(batch)).toContain('customer-differs');
  });

  it('customers that were merged there are no drift, and a payment waits for a person once', async () => {
    const co = await h.connected([jane(), bill('i-1', '8601', 'c-1', '100.00')], TAX);
    const batch = await h.run(co);
    const into = String(co.books.act({ act: 'create', entity: 'Customer', record: { DisplayName: 'Roe family' } }).Id);
    const from = held(co, 'Customer').find(({ DisplayName }) => DisplayName === 'Jane Roe')!.Id;
    co.books.act({ act: 'merge', from, into });
    expect(await h.verify(co, batch.id)).toMatchObject({ counts: { same: 1, changed: 0, gone: 0 } });
    await co.put(paid('p-1', 'c-1', '100.00', 'i-1'));
    expect(await codes(await h.run(co))).toEqual(['link-broken']);
    expect(names(co)).toEqual(['Roe family']);
    expect(held(co, 'Payment')).toEqual([]);
    // One proposal for the customer, which a person accepts once. Then both ids are one.
    expect(await row(co, 'c-1')).toMatchObject({
      ...{ state: 'broken', survivor: { externalId: into, name: 'Roe family' } },
      suggestions: [{ externalId: into, name: 'Roe family', reason: 'merged' }],
    });
    expect(await h.verify(co, batch.id)).toMatchObject({ counts: { same: 1 } });
    const { rows } = await listJournal(h.store, { companyId: co.company.id, limit: 50 });
    expect(rows.filter(({ act }) => act === 'matching.merge-found').map(({ details }) => details)).toEqual([
      { kind: 'customer', from, to: into, name: 'Roe family', former: 'Jane Roe' },
    ]);
    await decide(co, 'customer', { key: 'c-1', externalId: into });
    expect(await row(co, 'c-1')).toMatchObject({ state: 'linked', link: { externalId: into } });
    expect(await h.states(await h.run(co))).toEqual({ 'payment/p-1': 'posted' });
    expect(numbered(co, '8601').Balance).toBe(0);
    expect(await h.verify(co, batch.id)).toMatchObject({ counts: { same: 1, changed: 0, gone: 0 } });
  });

  it('the survivor of a merge that a person chose before any document showed it counts as the same one', async () => {
    const co = await h.connected([jane(), bill('i-1', '8601', 'c-1', '100.00')], TAX);
    const batch = await h.run(co);
    const into = String(co.books.act({ act: 'create', entity: 'Customer', record: { DisplayName: 'Roe family' } }).Id);
    co.books.act({ act: 'merge', from: held(co, 'Customer')[0]!.Id, into });
    await co.refresh();
    expect(await row(co, 'c-1')).toMatchObject({ state: 'broken' });
    await decide(co, 'customer', { key: 'c-1', externalId: into });
    expect(await h.look(co)).toMatchObject({ end: 'done', found: 0 });
    await co.put(paid('p-1', 'c-1', '100.00', 'i-1'));
    expect(await h.states(await h.run(co))).toEqual({ 'payment/p-1': 'posted' });
    expect(numbered(co, '8601').Balance).toBe(0);
    expect(await h.verify(co, batch.id)).toMatchObject({ counts: { same: 1, changed: 0, gone: 0 } });
  });

  it('what is merged or renamed there is found by the next check: items too, and in no document’s stead', async () => {
    const co = await h.connected([jane(), drain(), bill('i-1', '8601', 'c-1', '100.00', { lines: [drained] })], TAX);
    await h.run(co);
    const from = held(co, 'Item').find(({ Name }) => Name === 'Drain')!.Id;
    const services = held(co, 'Item').find(({ Name }) => Name === 'Services')!.Id;
    renameThere(co, 'Customer', 'Jane Roe', 'Roe, Jane');
    co.books.act({ act: 'merge', entity: 'Item', from, into: services });
    expect(await h.look(co)).toMatchObject({ end: 'done', found: 0 });
    expect(await row(co, 'c-1')).toMatchObject({ state: 'linked', link: { name: 'Jane Roe', nameNow: 'Roe, Jane' } });
    expect(await row(co, 'service:s-1', 'item')).toMatchObject({
      ...{ state: 'broken', survivor: { externalId: services, name: 'Services' } },
    });
    await co.put(bill('i-2', '8602', 'c-1', '100.00', { lines: [drained] }));
    expect(await codes(await h.run(co))).toEqual(['link-broken']);
    await decide(co, 'item', { key: 'service:s-1', externalId: services });
    expect(await h.states(await h.run(co))).toEqual({ 'invoice/i-2': 'posted' });
  });
});

describe('an installation of the release before links', { timeout: 300_000 }, () => {
  const serviced = (id: string, number: string, customerId: string) =>
    bill(id, number, customerId, '100.00', {
      lines: [{ serviceId: 's-1', quantity: '1', unitPrice: '100', amount: '100.00', taxable: false }],
    });
  const smith = (id: string) => customer(id, { accountingKey: 'John Smith' });
  const service: SourceRecord = { type: 'service', id: 's-1', name: 'Tune-up', accountingCategory: 'Services' };
  const decide = (co: QboBooks, ...decisions: Parameters<typeof decideMatching>[2]) => {
    const { company, companyTarget } = co.request();
    const at = { companyId: company.id, target: 'qbo', connectionId: companyTarget.connectionId };
    return h.store.sql.begin((sql) => decideMatching(sql, { ...at, kind: 'customer', actor: 'ada' }, decisions));
  };
  const idOf = (co: QboBooks, name: string) => held(co, 'Customer').find(({ DisplayName }) => DisplayName === name)!.Id as string;
  /** Two records on one customer, and a customer that a new name doubled: so that release left them. */
  async function posted() {
    const co = await h.connected([jane(), smith('c-2'), service, serviced('i-1', '1', 'c-1'), serviced('i-2', '2', 'c-2')], TAX);
    const first = await h.run(co);
    await co.put(paid('p-1', 'c-1', '40.00', 'i-1', { reference: 'm1' }), smith('c-3'), serviced('i-3', '3', 'c-3'));
    await decide(co, { key: 'c-3', same: 'c-2' });
    const second = await h.run(co);
    await co.put(jane('Jane & Tom Roe'), serviced('i-4', '4', 'c-1'));
    await decide(co, { key: 'c-1', create: true });
    const third = await h.run(co);
    expect(names(co).sort()).toEqual(['Jane & Tom Roe', 'Jane Roe', 'John Smith']);
    return { co, batches: [first, second, third] };
  }

  it('goes on with links of what is posted: a batch on hold, a call in doubt, two of ours on one, one doubled by a new name', async () => {
    const [waiting, doubted] = await Promise.all([posted(), posted()]);
    // On hold with its payloads stored; and on hold, then canceled, with a call that reached the books and whose answer was lost.
    await waiting.co.put(serviced('i-5', '5', 'c-1'), serviced('i-6', '6', 'c-3'));
    waiting.co.befall({ trouble: { kind: 'revokedGrant' }, aim: { operation: 'batch' } });
    const onHold = await h.start(waiting.co);
    await h.until(waiting.co, onHold.batch.id, 'held');
    await doubted.co.put(serviced('i-5', '5', 'c-1'), paid('p-5', 'c-1', '10.00', 'i-4', { reference: 'm5' }));
    doubted.co.befall({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' } });
    doubted.co.befall({ trouble: { kind: 'revokedGrant' }, aim: { operation: 'query' }, skip: 2 });
    const inDoubt = await h.start(doubted.co);
    await h.until(doubted.co, inDoubt.batch.id, 'held');
    await orderCancel(h.store.sql, { companyId: doubted.co.company.id, batchId: inDoubt.batch.id, actor: 'ada' });
    await inDoubt.handle.signal(NUDGE);
    await inDoubt.handle.result();
    expect(Object.values(await h.states(inDoubt.batch))).toContain('sending');

    await asBeforeLinks(
      h.store.sql,
      [waiting, doubted].map(({ co }) => co.company.id),
    );
    await makeLinksOfPostings(h.store.sql);

    for (const { co } of [waiting, doubted]) {
      const made = await h.store.sql`
        select key, external_id, shared, to_confirm from links where company_id = ${co.company.id} and kind = 'customer' order by key`;
      expect(made).toEqual([
        { key: 'c-1', external_id: idOf(co, 'Jane & Tom Roe'), shared: false, to_confirm: false },
        { key: 'c-2', external_id: idOf(co, 'John Smith'), shared: true, to_confirm: true },
        { key: 'c-3', external_id: idOf(co, 'John Smith'), shared: true, to_confirm: true },
      ]);
      await co.connect();
    }
    await orderResume(h.store.sql, { companyId: waiting.co.company.id, batchId: onHold.batch.id, actor: 'ada' });
    await onHold.handle.signal(NUDGE);
    await onHold.handle.result();
    expect(new Set(Object.values(await h.states(onHold.batch)))).toEqual(new Set(['posted']));

    for (const { co, batches } of [waiting, doubted]) {
      const fresh = ['c-1', 'c-2', 'c-3'].map((id, at) => serviced(`i-${at + 7}`, `${at + 7}`, id));
      await co.put(...fresh, paid('p-2', 'c-1', '60.00', 'i-1', { reference: 'm2' }));
      const next = await h.run(co);
      const items = await h.items(next);
      expect(items.map(({ state }) => state)).toEqual(items.map(() => 'posted'));
      expect(items.map(({ operation }) => operation).filter((one) => one.endsWith('.update'))).toEqual([]);
      // Two of ours on one; and a payment of the invoice from before the new name. Both are notices.
      expect([...new Set(await codes(next))].sort()).toEqual(['link-shared', 'reference-changed']);
      expect(names(co).sort()).toEqual(['Jane & Tom Roe', 'Jane Roe', 'John Smith']);
      expect(names(co, 'Item').sort()).toEqual(['Services', 'Tune-up']);
      expect(held(co, 'Invoice').map(({ DocNumber }) => DocNumber)).toHaveLength(
        new Set(held(co, 'Invoice').map(({ DocNumber }) => DocNumber)).size,
      );
      // The invoice of before its customer was doubled keeps its place, and its payment goes there.
      expect(numbered(co, '1')).toMatchObject({ CustomerRef: { name: 'Jane Roe' }, Balance: 0 });
      expect(numbered(co, '7').CustomerRef.name).toBe('Jane & Tom Roe');
      expect(await h.look(co)).toMatchObject({ found: 0 });
      for (const batch of [...batches, next])
        expect(await h.verify(co, batch.id)).toMatchObject({ counts: { changed: 0, gone: 0 } });
      expect(await stopped(co)).toEqual([]);
    }
  });
});

const scope = (co: QboBooks, kind: 'customer' | 'item') => {
  const { connectionId } = co.request().companyTarget;
  return { companyId: co.company.id, target: 'qbo', connectionId, kind };
};
const row = (co: QboBooks, key: string, kind: 'customer' | 'item' = 'customer') =>
  matchingRow(h.store.sql, { ...scope(co, kind), key });
const decide = (co: QboBooks, kind: 'customer' | 'item', decision: MatchingDecision) =>
  h.store.sql.begin((sql) => decideMatching(sql, { ...scope(co, kind), actor: 'ada' }, [decision]));

function jane(accountingKey = 'Jane Roe'): SourceRecord {
  return customer('c-1', { accountingKey });
}

const drained = { serviceId: 's-1', quantity: '1', unitPrice: '100', amount: '100.00', taxable: false };

function drain(name = 'Drain'): SourceRecord {
  return { type: 'service', id: 's-1', name, accountingCategory: 'Services' };
}

function people(): readonly SourceRecord[] {
  return [customer('c-1', { accountingKey: 'Tenant Ann' }), customer('c-2', { accountingKey: 'Owner Bob' })];
}

function tenant(): readonly SourceRecord[] {
  return [...people(), bill('i-1', '8501', 'c-1', '100.00'), paid('p-1', 'c-1', '100.00', 'i-1', { reference: 'a1' })];
}
