import type { ReferenceNeed } from '@ledgerpost/core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  customer,
  type Desk,
  invoice,
  journal,
  line,
  messageOf,
  openDesk,
  Poster,
  payment,
  requestsOf,
} from '../desk.testing.ts';
import { quickbooksOnline } from '../quickbooks-online.ts';

const { delivery } = quickbooksOnline;
if (delivery.by !== 'push') throw new Error('QuickBooks is a push target.');

let desk: Desk;
let poster: Poster;
const desks: Desk[] = [];
beforeEach(async () => {
  desk = await openDesk();
  desks.push(desk);
  poster = new Poster(desk);
});
afterAll(async () => {
  await Promise.all(desks.map(({ simulator }) => simulator.stop()));
});

const act = (one: Parameters<Desk['company']['act']>[0]) => desk.company.act(one);
const make = (entity: string, record: Record<string, unknown>) => String(act({ act: 'create', entity, record }).Id);
const names = (kind: string) => desk.company.records(kind).map((one) => one.FullyQualifiedName ?? one.DisplayName);
const idOf = (kind: string, name: string) =>
  String(desk.company.records(kind).find((one) => (one.DisplayName ?? one.Name) === name)!.Id);
const accountId = (name: string) => idOf('Account', name);
const roe = customer('Jane Roe', { id: 'c-1' });
const renamed = customer('Jane & Tom Roe', { id: 'c-1' });
const service = (number: string, name: string, more: Parameters<typeof invoice>[1] = {}) =>
  invoice(number, { customer: roe, lines: [line(10000, { item: { name, key: 'service:s-1', account: 'Services' } })], ...more });

describe('real case 36: a customer that got another name', () => {
  it('A: here, after its invoice was paid: the update keeps the customer and the payment', async () => {
    await poster.post(invoice('8601', { customer: roe }));
    await poster.post(payment('a1', 10000, { 8601: 10000 }, { customer: roe }));
    await poster.post(invoice('8601', { operation: 'invoice.update', customer: renamed, message: 'Thank you' }));
    expect(names('Customer')).toEqual(['Jane Roe']);
    expect(poster.held('i-8601')).toMatchObject({ Balance: 0, CustomerMemo: { value: 'Thank you' } });
  });

  it('B: here, before its payment came: the payment goes to the customer, and no second one is made', async () => {
    await poster.post(invoice('8601', { customer: roe }));
    await poster.post(payment('a1', 10000, { 8601: 10000 }, { customer: renamed }));
    expect(names('Customer')).toEqual(['Jane Roe']);
    expect(poster.held('i-8601').Balance).toBe(0);
    act({ act: 'rename', entity: 'Customer', id: idOf('Customer', 'Jane Roe'), name: 'Jane & Tom Roe' });
    expect((await poster.read('i-8601', 'p-a1')).map(({ status }) => status)).toEqual(['same', 'same']);
  });

  it('C: in QuickBooks: the payment goes to the customer, and no second one is made', async () => {
    await poster.post(invoice('8601', { customer: roe }));
    act({ act: 'rename', entity: 'Customer', id: idOf('Customer', 'Jane Roe'), name: 'Jane & Tom Roe' });
    await poster.post(payment('a1', 10000, { 8601: 10000 }, { customer: roe }));
    expect(names('Customer')).toEqual(['Jane & Tom Roe']);
    expect(poster.held('i-8601').Balance).toBe(0);
  });

  it('D: customer and product in QuickBooks, or the product here: the next invoice goes to both', async () => {
    await poster.post(service('1', 'Tune-up'));
    act({ act: 'rename', entity: 'Customer', id: idOf('Customer', 'Jane Roe'), name: 'Roe, Jane' });
    act({ act: 'rename', entity: 'Item', id: idOf('Item', 'Tune-up'), name: 'Yearly tune-up' });
    await poster.post(service('2', 'Tune-up'));
    await poster.post(service('3', 'Tune-up 2027'));
    expect(names('Customer')).toEqual(['Roe, Jane']);
    expect(names('Item')).toEqual(['Services', 'Yearly tune-up']);
    expect((await poster.read('i-1', 'i-2', 'i-3')).map(({ status }) => status)).toEqual(['same', 'same', 'same']);
  });

  it('a rename here does not change the payload, so no key of a write either', async () => {
    const [one, other] = [roe, renamed].map((who) =>
      quickbooksOnline.export(invoice('1', { customer: who }), undefined, poster.settings),
    );
    expect(one).toEqual(other);
  });

  it('an update is undone to the customer that it was posted with, whatever both are called now', async () => {
    await poster.post(invoice('8601', { customer: roe }));
    await poster.post(invoice('8601', { operation: 'invoice.update', customer: renamed, lines: [line(5000)] }));
    act({ act: 'rename', entity: 'Customer', id: idOf('Customer', 'Jane Roe'), name: 'Roe family' });
    desk.simulator.control.forgetRequests();
    expect((await poster.takeBack('i-8601'))[0]).toMatchObject({ status: 'undone' });
    expect(poster.held('i-8601')).toMatchObject({ TotalAmt: 100, CustomerRef: { name: 'Roe family' } });
    expect(nameLookUps()).toEqual([]);
  });
});

describe('a customer that was matched to another one since', () => {
  it('keeps what is posted where it is, and gets later documents there', async () => {
    await poster.post(invoice('1', { customer: roe }));
    poster.links.set('customer/c-1', make('Customer', { DisplayName: 'Roe family' }));
    await poster.post(invoice('1', { operation: 'invoice.update', customer: roe, lines: [line(5000)] }));
    await poster.post(invoice('2', { customer: roe }));
    expect(poster.held('i-1')).toMatchObject({ TotalAmt: 50, CustomerRef: { name: 'Jane Roe' } });
    expect(poster.held('i-2').CustomerRef?.name).toBe('Roe family');
  });
});

describe('with all links known', () => {
  const nothingElse = () =>
    desk.simulator.control.requests().map(({ operation, body }) => (operation === 'query' ? body : operation));

  it('a call makes no name look-up', async () => {
    await poster.post(service('1', 'Tune-up'));
    desk.simulator.control.forgetRequests();
    await poster.post(service('2', 'Tune-up'), service('3', 'Tune-up'));
    await poster.post(payment('p', 20000, { 2: 10000, 3: 10000 }, { customer: roe }));
    expect(nameLookUps()).toEqual([]);
    // A look for the numbers and one write; the payment's invoices and one write.
    expect(nothingElse()).toHaveLength(4);
  });
});

function nameLookUps() {
  return desk.simulator.control
    .requests()
    .filter(({ operation, body }) => operation === 'query' && /from (Customer|Item|Vendor|Employee)\b/.test(body));
}

describe('customers and items that were merged in QuickBooks', () => {
  let from: string;
  let into: string;
  beforeEach(async () => {
    await poster.post(service('1', 'Tune-up'));
    from = String(poster.held('i-1').CustomerRef!.value);
    into = make('Customer', { DisplayName: 'Roe family' });
    act({ act: 'merge', from, into });
  });

  it('are no change of their documents; the merge is reported once a document shows it', async () => {
    expect((await poster.read('i-1'))[0]).toMatchObject({
      status: 'same',
      merged: [{ kind: 'customer', from, to: into, name: 'Roe family' }],
    });
    poster.sameIds = { customer: { [from]: into } };
    expect((await poster.read('i-1'))[0]).toEqual(expect.not.objectContaining({ merged: expect.anything() }));
    expect((await poster.read('i-1'))[0]).toMatchObject({ status: 'same' });
  });

  it('are no change of a journal entry either', async () => {
    const ann = customer('Ann');
    const refund = { ...journal('R-1', 2000), customer: ann };
    const lines = refund.lines.map((one) => (one.customer === undefined ? one : { ...one, customer: ann }));
    await poster.post({ ...refund, lines });
    const held = idOf('Customer', 'Ann');
    const family = make('Customer', { DisplayName: 'Roes' });
    act({ act: 'merge', from: held, into: family });
    expect((await poster.read('r-R-1'))[0]).toMatchObject({ status: 'same', merged: [{ from: held, to: family }] });
    poster.sameIds = { customer: { [held]: family } };
    expect((await poster.read('r-R-1'))[0]).toMatchObject({ status: 'same' });
  });

  it('are a change where the posted customer is still there', async () => {
    const other = make('Customer', { DisplayName: 'Somebody' });
    act({ act: 'edit', entity: 'Invoice', id: poster.held('i-1').Id, changes: { CustomerRef: { value: other } } });
    make('Customer', { DisplayName: 'Third' });
    const third = new Poster(desk);
    await third.post(invoice('9', { customer: customer('Third') }));
    act({ act: 'edit', entity: 'Invoice', id: third.held('i-9').Id, changes: { CustomerRef: { value: other } } });
    expect((await third.read('i-9'))[0]).toMatchObject({ status: 'changed' });
  });

  it('once accepted, are one customer for payments, updates and undos', async () => {
    poster.sameIds = { customer: { [from]: into } };
    expect((await poster.post(payment('a1', 10000, { 1: 10000 }, { customer: roe })))[0]).toMatchObject({ status: 'created' });
    expect(poster.held('p-a1').CustomerRef?.value).toBe(into);
    expect((await poster.post(service('1', 'Tune-up', { operation: 'invoice.update', message: 'Thank you' })))[0]).toMatchObject({
      status: 'created',
    });
    expect(poster.held('i-1')).toMatchObject({ CustomerRef: { value: into }, Balance: 0 });
    expect((await poster.takeBack('i-1'))[0]).toMatchObject({ status: 'undone' });
    expect((await poster.takeBack('p-a1'))[0]).toMatchObject({ status: 'undone' });
  });

  it('are one item, also where lines of both are in one invoice', async () => {
    const two = ['service:s-1', 'service:s-2', 'service:s-1'].map((key, at) =>
      line(1000 + at, { item: { name: key === 'service:s-1' ? 'Tune-up' : 'Check', key, account: 'Services' } }),
    );
    await poster.post(invoice('5', { customer: customer('Amy'), lines: two }));
    const [gone, stays] = [idOf('Item', 'Check'), idOf('Item', 'Tune-up')];
    act({ act: 'merge', entity: 'Item', from: gone, into: stays });
    expect((await poster.read('i-5'))[0]).toMatchObject({ status: 'same', merged: [{ kind: 'item', from: gone, to: stays }] });
    poster.sameIds = { item: { [gone]: stays } };
    expect((await poster.read('i-5'))[0]).toMatchObject({ status: 'same' });
    const update = invoice('5', { operation: 'invoice.update', customer: customer('Amy'), lines: two.slice(0, 2) });
    expect((await poster.post(update))[0]).toMatchObject({ status: 'created' });
  });

  it('one merged twice is the last one', async () => {
    const last = make('Customer', { DisplayName: 'Roes' });
    act({ act: 'merge', from: into, into: last });
    poster.sameIds = { customer: { [from]: into, [into]: last } };
    expect((await poster.post(payment('a1', 10000, { 1: 10000 }, { customer: roe })))[0]).toMatchObject({ status: 'created' });
    expect(poster.held('p-a1').CustomerRef?.value).toBe(last);
  });

  it('while nobody accepted it, a document for the merged one is refused by name', async () => {
    const [outcome] = await poster.post(service('2', 'Tune-up'));
    expect(outcome).toMatchObject({ status: 'refused', problem: { code: 'link-broken' } });
    expect(messageOf(outcome)).toContain('is no longer in QuickBooks');
  });
});

describe('a link to what is inactive', () => {
  it('stops the documents that use it, by name, and no others', async () => {
    await poster.post(service('1', 'Tune-up'), invoice('2', { customer: customer('Amy') }));
    const call = await poster.call([service('3', 'Tune-up'), invoice('4', { customer: customer('Amy') })]);
    desk.simulator.control.setSwitches({ deactivateWithBalance: 'allow' });
    act({ act: 'deactivate', entity: 'Customer', id: idOf('Customer', 'Jane Roe') });
    const outcomes = await poster.send(call, [service('3', 'Tune-up'), invoice('4', { customer: customer('Amy') })]);
    expect(outcomes).toMatchObject([{ status: 'refused', problem: { code: 'link-broken' } }, { status: 'created' }]);
    expect(messageOf(outcomes[0])).toContain('“Jane Roe”');
    act({ act: 'reactivate', entity: 'Customer', id: idOf('Customer', 'Jane Roe') });
    expect((await poster.post(service('3', 'Tune-up')))[0]).toMatchObject({ status: 'created' });
  });
});

describe('names of the books', () => {
  it('are listed page by page, with what makes them different', async () => {
    for (let at = 0; at < 1_001; at++) make('Customer', { DisplayName: `Customer ${at}` });
    const parent = idOf('Customer', 'Customer 7');
    make('Customer', {
      DisplayName: 'Pool',
      ParentRef: { value: parent },
      PrimaryEmailAddr: { Address: 'a@b.example' },
      PrimaryPhone: { FreeFormNumber: '555-0100' },
      BillAddr: { Line1: '9 Oak Ave', PostalCode: '94000' },
    });
    act({ act: 'deactivate', entity: 'Customer', id: idOf('Customer', 'Customer 8') });
    const pages = await all(delivery.list!(desk.open(), ['customer', 'item']));
    expect(pages.map(({ kind, names }) => [kind, names.length])).toEqual([
      ['customer', 1000],
      ['customer', 2],
      ['item', 1],
    ]);
    const [customers, items] = [pages.slice(0, 2).flatMap((page) => page.names), pages[2]!.names];
    expect(customers.at(-1)).toEqual({
      externalId: idOf('Customer', 'Pool'),
      name: 'Customer 7:Pool',
      parent: 'Customer 7',
      active: true,
      currency: 'USD',
      email: 'a@b.example',
      phone: '555-0100',
      address: '9 Oak Ave 94000',
    });
    expect(customers.find(({ name }) => name === 'Customer 8')?.active).toBe(false);
    expect(items[0]).toMatchObject({ name: 'Services', type: 'Service', account: 'Services' });
  });

  it('are listed since an instant', async () => {
    const clocked = await openDesk({ startsAt: '2026-10-03T10:00:00Z' });
    desks.push(clocked);
    clocked.company.act({ act: 'create', entity: 'Customer', record: { DisplayName: 'Old' } });
    clocked.simulator.control.clock.advance(60_000);
    clocked.company.act({ act: 'create', entity: 'Customer', record: { DisplayName: 'New' } });
    const since = Date.parse('2026-10-03T10:00:30Z');
    const pages = await all(delivery.list!(clocked.open(), ['customer'], since));
    expect(pages.flatMap((page) => page.names.map(({ name }) => name))).toEqual(['New']);
  });

  it('are read by id, what is no longer there left out', async () => {
    const ids = ['A', 'B', 'C'].map((DisplayName) => make('Customer', { DisplayName }));
    act({ act: 'rename', entity: 'Customer', id: ids[0]!, name: 'Ann' });
    act({ act: 'merge', from: ids[1]!, into: ids[0]! });
    act({ act: 'deactivate', entity: 'Customer', id: ids[2]! });
    const found = await delivery.fetchNames!(desk.open(), 'customer', ids);
    expect(found.map(({ name, active }) => [name, active])).toEqual([
      ['Ann', true],
      ['C', false],
    ]);
  });
});

describe('renaming in QuickBooks', () => {
  const rename = (kind: 'customer' | 'item', externalId: string, name: string) =>
    delivery.rename!(desk.open(), [{ kind, externalId, name }]);

  it('changes the name alone, and is harmless if repeated', async () => {
    const externalId = make('Customer', {
      DisplayName: 'Jane Roe',
      CompanyName: 'Roe Inc',
      PrimaryEmailAddr: { Address: 'j@roe.example' },
    });
    for (let time = 0; time < 2; time++) {
      expect(await rename('customer', externalId, 'Jane & Tom Roe')).toEqual([
        { status: 'renamed', externalId, name: 'Jane & Tom Roe' },
      ]);
    }
    expect(desk.company.records('Customer')).toMatchObject([
      { DisplayName: 'Jane & Tom Roe', CompanyName: 'Roe Inc', PrimaryEmailAddr: { Address: 'j@roe.example' }, SyncToken: '1' },
    ]);
  });

  it('answers that a name is taken', async () => {
    make('Customer', { DisplayName: 'Jane & Tom Roe' });
    const externalId = make('Customer', { DisplayName: 'Jane Roe' });
    expect(await rename('customer', externalId, 'jane & tom roe')).toMatchObject([{ status: 'taken' }]);
    expect(names('Customer')).toEqual(['Jane & Tom Roe', 'Jane Roe']);
  });

  it('keeps the parent, and moves nothing below another one', async () => {
    const parent = make('Customer', { DisplayName: 'Amy' });
    const externalId = make('Customer', { DisplayName: 'Pool', ParentRef: { value: parent } });
    expect(await rename('customer', externalId, 'Amy:Big pool')).toMatchObject([{ name: 'Amy:Big pool' }]);
    expect(await rename('customer', externalId, 'Bill:Pool')).toMatchObject([{ status: 'refused' }]);
    expect(await rename('customer', '999', 'Bill')).toMatchObject([{ status: 'refused' }]);
    expect(names('Customer')).toEqual(['Amy', 'Amy:Big pool']);
  });

  it('works for products', async () => {
    const externalId = make('Item', { Name: 'Drain', Type: 'Service', IncomeAccountRef: { value: accountId('Services') } });
    expect(await rename('item', externalId, 'Drain cleaning')).toMatchObject([{ status: 'renamed' }]);
    expect(names('Item')).toContain('Drain cleaning');
  });
});

describe('creating', () => {
  const need = (name: string, key: string): ReferenceNeed => ({
    kind: 'customer',
    key,
    name,
    requestKey: `rk-${key}`,
    details: { record: { type: 'customer', id: key }, taxExempt: false },
  });

  it.each(['ignore', 'honour'] as const)(
    'makes one customer although the answer was lost, where request ids for names are: %s',
    async (requestIdNameLists) => {
      desk.simulator.control.setSwitches({ requestIdNameLists });
      desk.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' } });
      const create = () => delivery.create(desk.open(), [need('Amy', 'c-1'), need('Bill', 'c-2')]);
      await expect(create()).rejects.toThrow();
      expect((await create()).map(({ status }) => status)).toEqual(['found', 'found']);
      expect(names('Customer')).toEqual(['Amy', 'Bill']);
    },
  );

  it('carries a request id of its own', async () => {
    await delivery.create(desk.open(), [need('Amy', 'c-1')]);
    expect(desk.simulator.control.requests().find(({ operation }) => operation === 'batch')?.query).toMatch(
      /requestid=[\w-]{36}/,
    );
  });

  it('real case 34: two of ours with one name never become one there: the second waits for a person', async () => {
    const outcomes = await delivery.create(desk.open(), [need('John Smith', 'c-1'), need('john  smith', 'c-2')]);
    expect(outcomes).toMatchObject([{ status: 'created' }, { status: 'refused', problem: { code: 'customer-to-match' } }]);
    expect(names('Customer')).toEqual(['John Smith']);
  });

  it('real case 34: two of ours with links of their own stay two, in one call', async () => {
    const [first, second] = [customer('John Smith', { id: 'c-1' }), customer('John Smith', { id: 'c-2' })];
    poster.links.set('customer/c-1', make('Customer', { DisplayName: 'John Smith' }));
    poster.links.set('customer/c-2', make('Customer', { DisplayName: 'John Smith (2)' }));
    await poster.post(invoice('8401', { customer: first }), payment('dep1', 30000, {}, { customer: second }));
    expect(desk.company.receivables()).toMatchObject([
      { customer: 'John Smith', owed: 100 },
      { customer: 'John Smith (2)', owed: -300 },
    ]);
  });
});

describe('products and services', () => {
  const item = (name: string, more: Record<string, string | boolean> = {}): ReferenceNeed => ({
    kind: 'item',
    key: `name:${name}`,
    name,
    details: { record: { type: 'invoice', id: 'i-1' }, account: 'Services', accountId: accountId('Services'), ...more },
  });
  const find = (need: ReferenceNeed) => delivery.find(desk.open(), [need]).then(([outcome]) => outcome);

  it.each([
    ['Category', 'is a category in QuickBooks'],
    ['Group', 'is a bundle in QuickBooks'],
  ])('a %s is refused by name', async (Type, why) => {
    make('Item', { Name: 'Spring package', Type });
    expect(await find(item('Spring package'))).toMatchObject({ status: 'refused', problem: { code: 'refused-by-target' } });
    expect(JSON.stringify(await find(item('Spring package')))).toContain(why);
  });

  it('a product inside a category of the same name is found', async () => {
    const parent = make('Item', { Name: 'Drain', Type: 'Category' });
    const IncomeAccountRef = { value: accountId('Services') };
    const externalId = make('Item', {
      Name: 'Drain',
      Type: 'Service',
      SubItem: true,
      ParentRef: { value: parent },
      IncomeAccountRef,
    });
    expect(await find(item('Drain'))).toMatchObject({ status: 'found', externalId });
  });

  it('of one name are one item under several keys', async () => {
    const outcomes = await delivery.create(desk.open(), [item('Drain'), { ...item('Drain'), key: 'service:s-9' }]);
    expect(outcomes.map(({ status }) => status)).toEqual(['created', 'found']);
    expect(new Set(outcomes.map((one) => 'externalId' in one && one.externalId)).size).toBe(1);
  });

  it('on another account stop the document under `mapping`, and show a list that is too old under `books`', async () => {
    make('Item', { Name: 'Drain', Type: 'Service', IncomeAccountRef: { value: accountId('Sales of Product Income') } });
    const [stopped, old] = [await find(item('Drain')), await find(item('Drain', { byBooks: true }))];
    expect(stopped).toMatchObject({ status: 'refused', problem: { code: 'item-on-two-accounts' } });
    expect(JSON.stringify(stopped)).toContain('Change the account in QuickBooks or in the settings.');
    expect(JSON.stringify(old)).toContain('Batch it again.');
    // The engine learns the account from the refusal, so the next batch has it.
    expect(old).toMatchObject({ status: 'refused', there: { account: 'Sales of Product Income' } });
    const own = item('Drain', {
      byBooks: true,
      account: 'Sales of Product Income',
      accountId: accountId('Sales of Product Income'),
    });
    expect(await find(own)).toMatchObject({ status: 'found', there: { account: 'Sales of Product Income' } });
  });

  it('of tax go to the account that the settings name, also where the books decide about others', () => {
    const own = { ...invoice('1'), tax: { name: 'Tax', amount: 100, item: { name: 'Sales tax', account: 'Tax' } } } as never;
    const needs = delivery.needs(own, undefined, { items: { account: 'books' } } as never).filter(({ kind }) => kind === 'item');
    expect(needs.map(({ name, details }) => [name, (details as { byBooks?: true }).byBooks])).toEqual([
      [expect.any(String), true],
      ['Sales tax', undefined],
    ]);
  });

  it('with letters that have one plain spelling stay two', async () => {
    const outcomes = await delivery.create(desk.open(), [item('Łazienka'), item('Lazienka')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['created', 'created']);
    expect(names('Item').filter((name) => String(name).startsWith('Lazienka'))).toHaveLength(2);
  });
});

it('a customer that requires nothing is looked up once, with few requests', async () => {
  await delivery.find(
    desk.open(),
    Array.from({ length: 100 }, (_, at): ReferenceNeed => {
      return {
        kind: 'customer',
        key: `c-${at}`,
        name: `Customer ${at}`,
        details: { record: { type: 'customer', id: `c-${at}` } },
      };
    }),
  );
  expect(requestsOf(desk, 'query')).toBe(4);
});

async function all<Item>(pages: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(page);
  return found;
}
