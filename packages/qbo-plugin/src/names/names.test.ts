import type { ReferenceNeed } from '@ledgerpost/core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { customer, type Desk, invoice, line, messageOf, openDesk, Poster, payment, requestsOf } from '../desk.testing.ts';
import { quickbooksOnline } from '../quickbooks-online.ts';

const { delivery } = quickbooksOnline;
if (delivery.by !== 'push') throw new Error('QuickBooks is a push target.');

let desk: Desk;
const desks: Desk[] = [];
beforeEach(async () => {
  desk = await openDesk();
  desks.push(desk);
});
afterAll(async () => {
  await Promise.all(desks.map(({ simulator }) => simulator.stop()));
});

const act = (one: Parameters<Desk['company']['act']>[0]) => desk.company.act(one);
const make = (entity: string, record: Record<string, unknown>) => String(act({ act: 'create', entity, record }).Id);
const find = (...needs: ReferenceNeed[]) => delivery.find(desk.open(), needs);
const create = (...needs: ReferenceNeed[]) => delivery.create(desk.open(), needs);
const names = (kind: string) => desk.company.records(kind).map((one) => one.FullyQualifiedName ?? one.DisplayName);

function who(name: string): ReferenceNeed {
  return delivery.by === 'push'
    ? delivery.needs(payment('P', 1, {}, { customer: customer(name) }), undefined, desk.settings())[0]!
    : never();
}
function never(): never {
  throw new Error('QuickBooks is a push target.');
}
const accountId = (name: string) => String(desk.company.records('Account').find((one) => one.Name === name)!.Id);
const item = (name: string, account = 'Services'): ReferenceNeed => ({
  kind: 'item',
  name,
  details: { record: { type: 'invoice', id: 'i-1' }, account, accountId: accountId(account) },
});
const message = (outcome: unknown) => (outcome as { problem: { message: string } }).problem.message;

describe('customers', () => {
  it.each([
    ['Vendor', 'a vendor'],
    ['Employee', 'an employee'],
  ])('case 22: a name that a %s has is reported, and no second one is created', async (entity, by) => {
    make(entity, { DisplayName: 'Pat' });
    const [outcome] = await find(who('pat'));
    expect(outcome).toMatchObject({ status: 'refused', problem: { record: { type: 'customer' }, field: 'accountingKey' } });
    expect(message(outcome)).toContain(by);
    expect((await create(who('Pat')))[0]).toMatchObject({ status: 'refused' });
    expect(names('Customer')).toEqual([]);
  });

  it('case 22: a name that was created between look-up and creation is looked up again', async () => {
    desk.simulator.control.addFault({
      trouble: { kind: 'person', act: { act: 'create', entity: 'Customer', record: { DisplayName: 'Amy' } } },
      aim: { operation: 'batch' },
    });
    expect((await create(who('Amy')))[0]).toMatchObject({ status: 'found' });
    expect(names('Customer')).toEqual(['Amy']);
  });

  it.each(['kept', 'renamed'] as const)(
    'case 23: an inactive customer is reported, its name %s by QuickBooks',
    async (inactiveNames) => {
      desk.simulator.control.setSwitches({ inactiveNames });
      act({ act: 'deactivate', entity: 'Customer', id: make('Customer', { DisplayName: 'Amy' }) });
      const [outcome] = await find(who('Amy'));
      expect(outcome).toMatchObject({ status: 'refused' });
      expect(message(outcome)).toContain('is inactive in QuickBooks');
    },
  );

  it.each([
    ['case', "AMY'S", "Amy's"],
    ['accents only where letters differ', 'Zoë', 'zoË'],
    ['blanks', ' Amy  Bird', 'Amy Bird'],
  ])('case 24: a name that differs in %s is the same name to QuickBooks, so it is found', async (_, wanted, held) => {
    const externalId = make('Customer', { DisplayName: held });
    expect((await find(who(wanted)))[0]).toMatchObject({ status: 'found', externalId, there: { name: held, active: true } });
  });

  it.each([["Amy's \\ Bird & Söhne + 100%"], ['#1 "Best" <Pools>'], ['x'.repeat(500)]])(
    'case 24: %s is created and found exactly',
    async (name) => {
      expect((await create(who(name)))[0]).toMatchObject({ status: 'created' });
      expect((await find(who(name)))[0]).toMatchObject({ status: 'found' });
      expect(names('Customer')).toEqual([name]);
    },
  );

  it('case 24: a name with extra blanks finds the customer that QuickBooks keeps without them', async () => {
    make('Customer', { DisplayName: 'Amy Bird' });
    expect((await find(who(' Amy  Bird ')))[0]).toMatchObject({ status: 'found' });
  });

  describe('real case 23: with letters outside Latin-1', () => {
    const vietnamese = 'Nguyễn Thị Hoa';

    it.each([
      [vietnamese, 'Nguyen Thi Hoa'],
      ['Łukasz Nowak', 'Lukasz Nowak'],
      ['Rémi Bélanger', 'Rémi Bélanger'],
    ])('%s is created as %s where the books don’t keep such letters, with a notice', async (name, held) => {
      const [notice] = quickbooksOnline.validate(invoice('1', { customer: customer(name) }), undefined, desk.settings());
      if (name === held) expect(notice).toBeUndefined();
      else expect(notice).toMatchObject({ code: 'spelled-plainly', severity: 'notice', field: 'accountingKey' });
      expect((await new Poster(desk).post(invoice('1', { customer: customer(name) })))[0]).toMatchObject({ status: 'created' });
      expect(names('Customer')).toEqual([held]);
    });

    it('is created as it is where the settings say that the books keep it', async () => {
      desk.simulator.control.setSwitches({ nonLatin1: 'kept' });
      const poster = new Poster(desk, { names: { nonLatin1: 'kept' } });
      await poster.post(invoice('1', { customer: customer(vietnamese) }));
      expect(names('Customer')).toEqual([vietnamese]);
      expect(quickbooksOnline.validate(invoice('1', { customer: customer(vietnamese) }), undefined, poster.settings)).toEqual([]);
    });

    it('is created as it is where the books have such a name already', async () => {
      desk.simulator.control.setSwitches({ nonLatin1: 'kept' });
      make('Customer', { DisplayName: 'Łukasz' });
      expect((await create(who(vietnamese)))[0]).toMatchObject({ status: 'created', there: { name: vietnamese } });
    });

    it('gets plain letters at once where the settings are wrong and the books store “?”', async () => {
      const settings = { names: { nonLatin1: 'kept' } };
      expect((await delivery.create(desk.open(settings), [who(vietnamese)]))[0]).toMatchObject({ status: 'created' });
      expect(names('Customer')).toEqual(['Nguyen Thi Hoa']);
    });

    it('is found by a pattern and never doubled', async () => {
      desk.simulator.control.setSwitches({ nonLatin1: 'kept' });
      const externalId = make('Customer', { DisplayName: vietnamese });
      make('Customer', { DisplayName: 'Nguyen Thanh Hoa' });
      expect((await find(who(vietnamese)))[0]).toMatchObject({ status: 'found', externalId });
      expect((await create(who('nguyễn thị HOA')))[0]).toMatchObject({ status: 'found', externalId });
    });

    it('is one alone in another spelling where the books hold “?”, and a question for a person where they hold plain letters', async () => {
      make('Customer', { DisplayName: 'Nguy?n Th? Hoa' });
      expect((await find(who(vietnamese)))[0]).toMatchObject({ status: 'candidates', candidates: [{ name: 'Nguy?n Th? Hoa' }] });
      make('Customer', { DisplayName: 'Lukasz' });
      expect((await find(who('Łukasz')))[0]).toMatchObject({ status: 'refused', problem: { code: 'customer-to-match' } });
    });

    it('has a hash where it has no plain letters, so that two such names stay two', async () => {
      const outcomes = await create(who('田中'), who('山本'));
      expect(outcomes).toMatchObject([{ status: 'created' }, { status: 'created' }]);
      expect(new Set(names('Customer')).size).toBe(2);
      expect((await create(who('田中'), who('山本'))).map((one) => 'externalId' in one && one.externalId)).toEqual(
        outcomes.map((one) => 'externalId' in one && one.externalId),
      );
    });

    it('of many customers are found with one reading of the list', async () => {
      desk.simulator.control.setSwitches({ nonLatin1: 'kept' });
      const many = Array.from({ length: 50 }, (_, at) => `Łukasz ${at}`);
      for (const DisplayName of many) make('Customer', { DisplayName });
      const outcomes = await find(...many.map(who));
      expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['found']));
      expect(requestsOf(desk, 'query')).toBeLessThan(5);
    });
  });

  it.each([
    ['Amy::Pool', ['Amy', 'Amy:Pool']],
    [' : Amy:', ['Amy']],
    ['a:b:c:d:e:f', ['a', 'a:b', 'a:b:c', 'a:b:c:d', expect.stringMatching(/^a:b:c:d:e - f \([0-9a-f]{6}\)$/)]],
    ['n'.repeat(600), [expect.stringMatching(/^n{491} \([0-9a-f]{6}\)$/)]],
  ])('%s is a name that QuickBooks can’t keep: its customer gets one that it can, once, with a notice', async (name, held) => {
    const found = quickbooksOnline.validate(invoice('1', { customer: customer(name) }), undefined, desk.settings());
    expect(found).toMatchObject([{ code: 'spelled-plainly', severity: 'notice', field: 'accountingKey' }]);
    const [made] = await create(who(name));
    expect(made).toMatchObject({ status: 'created' });
    expect(names('Customer')).toEqual(held);
    const same = { status: 'found', externalId: (made as { externalId: string }).externalId };
    expect([...(await find(who(name))), ...(await create(who(name.toUpperCase())))]).toMatchObject([same, same]);
    expect(names('Customer')).toEqual(held);
  });

  it('a letter that is nearly a colon makes no sub-customer', async () => {
    await create(who('Amy：Pool'));
    expect(names('Customer')).toEqual(['Amy-Pool']);
  });

  it('two names that differ only where QuickBooks can’t keep them stay two customers', async () => {
    const alike = ['n'.repeat(600), 'n'.repeat(601), 'a:b:c:d:e:f', 'a:b:c:d:e - f'];
    const outcomes = await create(...alike.map(who));
    expect(new Set(outcomes.map((one) => 'externalId' in one && one.externalId)).size).toBe(4);
  });

  it('real case 09: a name with HTML’s entities is the one customer that is called so without them', async () => {
    const externalId = make('Customer', { DisplayName: "Warrior's Gym & Spa" });
    const [outcome] = await find(who('Warrior&#39;s Gym &amp; Spa'));
    expect(outcome).toMatchObject({ status: 'candidates', candidates: [{ externalId, active: true }] });
    await new Poster(desk).post(invoice('5901', { customer: customer('Warrior&#39;s Gym &amp; Spa') }));
    expect(names('Customer')).toEqual(["Warrior's Gym & Spa"]);
    // The other way round: an earlier import wrote the entities.
    make('Customer', { DisplayName: 'Tom&#39;s Diner' });
    expect((await find(who("Tom's Diner")))[0]).toMatchObject({
      status: 'candidates',
      candidates: [{ name: 'Tom&#39;s Diner' }],
    });
  });

  it('two in the books in other spellings are both candidates', async () => {
    desk.simulator.control.setSwitches({ nonLatin1: 'kept' });
    for (const DisplayName of ["Amy's", 'Amy‘s']) make('Customer', { DisplayName });
    expect((await find(who('Amy’s')))[0]).toMatchObject({ status: 'candidates', candidates: [{}, {}] });
  });

  describe('found-10: with typographic signs, which QuickBooks can’t store,', () => {
    it('are written with plain signs, and found by either spelling', async () => {
      expect((await create(who('O’Brien – “Pools”')))[0]).toMatchObject({ status: 'created' });
      expect(names('Customer')).toEqual(['O\'Brien - "Pools"']);
      const outcomes = await find(who('O’Brien – “Pools”'), who('O\'Brien - "Pools"'));
      expect(outcomes.map(({ status }) => status)).toEqual(['candidates', 'found']);
      expect((await create(who('O’Brien – “Pools”')))[0]).toMatchObject({ status: 'candidates' });
    });

    it('are no problem of a document', () => {
      const document = invoice('1', { customer: customer('O’Brien') });
      expect(quickbooksOnline.validate(document, undefined, desk.settings())).toEqual([]);
    });

    it('are found in books that keep those signs, sub-customers too', async () => {
      desk.simulator.control.setSwitches({ nonLatin1: 'kept' });
      const parent = make('Customer', { DisplayName: 'Amy’s Pools' });
      make('Customer', { DisplayName: 'North', Job: true, ParentRef: { value: parent } });
      const outcomes = await find(who('Amy’s Pools'), who('Amy’s Pools:North'));
      expect(outcomes.map(({ status }) => status)).toEqual(['found', 'found']);
      expect((await create(who('Amy’s Pools:South')))[0]).toMatchObject({ status: 'created' });
      expect(names('Customer').sort()).toEqual(['Amy’s Pools', 'Amy’s Pools:North', 'Amy’s Pools:South']);
    });

    it('are shown to a person where the books hold “?” in their place, and no second customer is made', async () => {
      make('Customer', { DisplayName: 'Amy?s Pools' });
      const candidates = [{ name: 'Amy?s Pools' }];
      expect((await find(who('Amy’s Pools')))[0]).toMatchObject({ status: 'candidates', candidates });
      expect((await create(who('Amy’s Pools')))[0]).toMatchObject({ status: 'candidates', candidates });
      expect(names('Customer')).toEqual(['Amy?s Pools']);
    });
  });

  it('a sub-customer is created under its parent, and the parent once', async () => {
    const outcomes = await create(who('Amy:Pool'), who('Amy:House'), who('Amy:House'));
    expect(outcomes.map(({ status }) => status)).toEqual(['created', 'created', 'created']);
    expect(names('Customer').sort()).toEqual(['Amy', 'Amy:House', 'Amy:Pool']);
    expect((await find(who('Amy:Pool')))[0]).toMatchObject({ status: 'found' });
    // QuickBooks keeps the name of a sub-customer for itself, whatever its parent.
    const [inTheWay] = await find(who('Bill:Pool'));
    expect(inTheWay).toMatchObject({ status: 'refused', problem: { code: 'customer-to-match' } });
    expect(message(inTheWay)).toContain('“Amy:Pool”');
  });

  it('case 25: an accounting key of digits alone is a name like any other', async () => {
    expect((await create(who('10427')))[0]).toMatchObject({ status: 'created' });
    expect((await find(who('10427')))[0]).toMatchObject({ status: 'found' });
  });

  it('case 26: after the key changed, an update goes to the linked invoice', async () => {
    const poster = new Poster(desk);
    await poster.post(invoice('1'));
    const { Id } = poster.held('i-1');
    act({ act: 'rename', entity: 'Customer', id: String(desk.company.records('Customer')[0]!.Id), name: 'Amy Lauterbach' });
    const update = invoice('1', { operation: 'invoice.update', customer: customer('Amy Lauterbach'), lines: [line(5000)] });
    expect((await poster.post(update))[0]).toMatchObject({ status: 'created', receipt: { externalId: Id, total: 5000 } });
    expect(names('Customer')).toEqual(['Amy Lauterbach']);
  });

  it('case 27: a payment for a customer that was merged into another is refused by name, and applied once the merge is accepted', async () => {
    const poster = new Poster(desk);
    await poster.post(invoice('1'));
    const other = make('Customer', { DisplayName: 'Amy Two' });
    const from = String(poster.held('i-1').CustomerRef!.value);
    act({ act: 'merge', from, into: other });
    const [refused] = await poster.post(payment('P1', 10000, { 1: 10000 }));
    expect(refused).toMatchObject({ status: 'refused', problem: { code: 'link-broken' } });
    poster.sameIds = { customer: { [from]: other } };
    expect((await poster.post(payment('P1', 10000, { 1: 10000 })))[0]).toMatchObject({ status: 'created' });
    expect(poster.held('i-1').Balance).toBe(0);
  });

  it('case 28: more than 1,000 customers are read page by page', async () => {
    for (let at = 0; at < 1005; at++) make('Customer', { DisplayName: `Customer ${at}` });
    const outcomes = await find(...Array.from({ length: 1005 }, (_, at) => who(`Customer ${at}`)));
    expect(outcomes.filter(({ status }) => status === 'found')).toHaveLength(1005);
    expect(await desk.open().api.rows('Customer')).toHaveLength(1005);
  });

  it('names are looked up in bulk', async () => {
    await find(...Array.from({ length: 90 }, (_, at) => who(`Customer ${at}`)));
    expect(requestsOf(desk, 'query')).toBeLessThanOrEqual(6);
  });

  it('a hundred existing names cost one query', async () => {
    const all = Array.from({ length: 100 }, (_, n) => `Customer ${n}`);
    for (const DisplayName of all) make('Customer', { DisplayName });
    make('Item', { Name: 'Tune-up', Type: 'Service', IncomeAccountRef: { value: accountId('Services') } });
    const outcomes = await find(...all.map(who), item('Tune-up'));
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['found']));
    expect(requestsOf(desk, 'query')).toBe(2);
  });

  it.each([
    ['one address', 'dana@example.com', 'dana@example.com'],
    ['the first of two', 'dana@example.com, office@example.com', 'dana@example.com'],
    ['the first good one', 'vhale.example.com; office@example.com', 'office@example.com'],
    ['none where none is good', 'vhale.example.com', undefined],
    ['none that QuickBooks can’t store', 'łucja@example.com', undefined],
  ])('case 31 and real case 10: a customer is created with %s, and no address stops a document', async (_, email, held) => {
    const document = invoice('1', { customer: customer('Amy', { email }) });
    expect(quickbooksOnline.validate(document, undefined, desk.settings())).toEqual([]);
    await new Poster(desk).post(document);
    expect(desk.company.records('Customer')[0]!.PrimaryEmailAddr).toEqual(held === undefined ? undefined : { Address: held });
    expect(desk.company.records('Invoice')).toHaveLength(1);
  });

  it('case 31: a phone number that is too long is cut between its groups, with a notice, and stops nothing', async () => {
    const phone = '(650) 555-3311 extension 4, or 555-3312 at night';
    const document = invoice('1', { customer: customer('Amy', { phone }) });
    expect(quickbooksOnline.validate(document, undefined, desk.settings())).toMatchObject([
      { code: 'phone-shortened', severity: 'notice', field: 'phone' },
    ]);
    await new Poster(desk).post(document);
    expect(desk.company.records('Customer')[0]!.PrimaryPhone).toEqual({ FreeFormNumber: '(650) 555-3311 extension 4, or' });
  });
});

describe('products and services', () => {
  it('are created once, as services on the mapped account', async () => {
    const outcomes = await create(item('Drain'), item('Drain'));
    expect(outcomes.map(({ status }) => status)).toEqual(['created', 'created']);
    const made = desk.company.records('Item').filter(({ Name }) => Name === 'Drain');
    expect(made).toMatchObject([{ Type: 'Service', IncomeAccountRef: { name: 'Services' } }]);
  });

  it('case 29: an inactive item is reported', async () => {
    act({
      act: 'deactivate',
      entity: 'Item',
      id: make('Item', { Name: 'Drain', IncomeAccountRef: { value: accountId('Services') } }),
    });
    expect(message((await find(item('Drain')))[0])).toContain('is inactive');
  });

  it('case 29: a category is not an item', async () => {
    make('Item', { Name: 'Drain', Type: 'Category' });
    expect(message((await find(item('Drain')))[0])).toContain('is a category');
  });

  it('case 29: an item that becomes inactive before the push refuses its row alone', async () => {
    const poster = new Poster(desk);
    const call = await poster.call([invoice('1'), payment('P1', 100)]);
    act({
      act: 'deactivate',
      entity: 'Item',
      id: String(desk.company.records('Item').find(({ Name }) => Name === 'Tune-up')!.Id),
    });
    const outcomes = await poster.send(call, [invoice('1'), payment('P1', 100)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['refused', 'created']);
    expect(messageOf(outcomes[0])).toContain('inactive');
  });

  it('an item on another account than the mapped one is a problem, not a second item', async () => {
    make('Item', { Name: 'Drain', IncomeAccountRef: { value: accountId('Sales of Product Income') } });
    expect((await find(item('Drain')))[0]).toMatchObject({ status: 'refused', problem: { code: 'item-on-two-accounts' } });
  });

  it('one inside a category is found by its own name', async () => {
    const parent = make('Item', { Name: 'Work', Type: 'Category' });
    make('Item', {
      Name: 'Drain',
      IncomeAccountRef: { value: accountId('Services') },
      ParentRef: { value: parent },
      SubItem: true,
    });
    expect((await find(item('Drain')))[0]).toMatchObject({ status: 'found' });
  });

  it('found-07: two spellings of one name are one item, also where different lists look them up', async () => {
    make('Item', { Name: 'Dazed And Confused', IncomeAccountRef: { value: accountId('Services') } });
    const others = Array.from({ length: 100 }, (_, at) => item(`Service ${at}`));
    const outcomes = await find(item('Dazed And Confused'), ...others, item('Dazed and Confused'));
    expect([outcomes[0], outcomes.at(-1)]).toMatchObject([{ status: 'found' }, { status: 'found' }]);
    expect((await create(item('Confused'), ...others, item('CONFUSED'))).at(-1)).toMatchObject({ status: 'found' });
  });

  it('two items that have the name in QuickBooks are both candidates', async () => {
    for (const parent of ['Work', 'Parts']) {
      const ParentRef = { value: make('Item', { Name: parent, Type: 'Category' }) };
      make('Item', { Name: 'Drain', IncomeAccountRef: { value: accountId('Services') }, ParentRef, SubItem: true });
    }
    const candidates = [{ name: 'Work:Drain', parent: 'Work', account: 'Services' }, { name: 'Parts:Drain' }];
    expect((await find(item('Drain')))[0]).toMatchObject({ status: 'candidates', candidates });
  });

  describe('found-10: with typographic signs, which QuickBooks can’t store,', () => {
    const name = 'Memo Book, 5 3/8” x 11”';
    const plain = 'Memo Book, 5 3/8" x 11"';

    it('stop no invoice: the item has plain signs there, and is found again', async () => {
      const document = (number: string) => invoice(number, { lines: [line(500, { item: { name, account: 'Services' } })] });
      const poster = new Poster(desk);
      expect(quickbooksOnline.validate(document('1'), undefined, desk.settings())).toEqual([]);
      for (const number of ['1', '2']) expect((await poster.post(document(number)))[0]).toMatchObject({ status: 'created' });
      expect(desk.company.records('Item').filter(({ Name }) => String(Name).startsWith('Memo'))).toMatchObject([{ Name: plain }]);
    });

    it.each([
      ['as they are', 'kept', name],
      ['as “?”', 'question-mark', 'Memo Book, 5 3/8? x 11?'],
    ] as const)('are found in books that hold them %s', async (_, nonLatin1, held) => {
      desk.simulator.control.setSwitches({ nonLatin1 });
      make('Item', { Name: held, Type: 'Service', IncomeAccountRef: { value: accountId('Services') } });
      make('Item', { Name: 'Memo Book, 5 3/8 cm x 11 cm', Type: 'Service', IncomeAccountRef: { value: accountId('Services') } });
      const [outcome] = await create(item(name));
      if (held === name) expect(outcome).toMatchObject({ status: 'found' });
      else expect(outcome).toMatchObject({ status: 'candidates', candidates: [{ name: held }] });
    });
  });

  it('without an account nothing is created', async () => {
    const need: ReferenceNeed = { kind: 'item', name: 'Drain', details: { record: { type: 'invoice', id: 'i-1' } } };
    expect((await create(need))[0]).toMatchObject({ status: 'refused', problem: { code: 'no-account' } });
  });
});

describe('accounts', () => {
  it.each([
    ['renamed', 'unknown'],
    ['deactivated', 'unknown'],
  ])('case 30: a deposit account that was %s shows in the current chart', async (how) => {
    const poster = new Poster(desk);
    const id = accountId('Checking');
    act(
      how === 'renamed' ? { act: 'rename', entity: 'Account', id, name: 'Bank' } : { act: 'deactivate', entity: 'Account', id },
    );
    const chart = await poster.session.chart();
    expect(chart.accounts.find((one) => one.name === 'Checking' && one.active)).toBeUndefined();
    expect(chart.accounts.find((one) => one.id === id)).toBeDefined();
  });

  it('case 30: an account that can’t hold deposits makes QuickBooks refuse that payment alone', async () => {
    const outcomes = await new Poster(desk).post(payment('P1', 100, {}, { depositTo: 'Services' }), payment('P2', 100));
    expect(outcomes.map(({ status }) => status)).toEqual(['refused', 'created']);
    expect(messageOf(outcomes[0])).toContain('different type of account');
  });

  it('real case 02: a membership on a liability account is posted there, and is no income', async () => {
    const membership = invoice('1', { lines: [line(20000, { item: { name: 'Comfort Club', account: 'Customer Deposits' } })] });
    const poster = new Poster(desk);
    const chart = await poster.session.chart();
    expect(chart.accounts.find(({ name }) => name === 'Customer Deposits')!.type).toBe('Other Current Liability');
    expect(quickbooksOnline.validate(membership, chart, desk.settings())).toEqual([]);
    expect(await poster.post(membership, payment('P1', 20000, { 1: 20000 }))).toMatchObject([
      { status: 'created' },
      { status: 'created', receipt: { total: 20000 } },
    ]);
    expect(desk.company.balanceOf('Customer Deposits')).toBe(-200);
    expect(desk.company.receivables()).toEqual([]);
  });

  it('case 30: an account of the wrong type for a product or service is a problem before anything is sent', async () => {
    const chart = await desk.open().chart();
    const document = invoice('1', { lines: [line(100, { item: { name: 'Drain', account: 'Checking' } })] });
    expect(quickbooksOnline.validate(document, chart, desk.settings())).toMatchObject([{ code: 'wrong-account-type' }]);
  });
});
