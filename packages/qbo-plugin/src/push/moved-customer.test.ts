import type { Document, PaymentDocument } from '@ledgerpost/core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { customer, type Desk, invoice, line, openDesk, Poster, payment } from '../desk.testing.ts';

let desk: Desk;
let poster: Poster;
const desks: Desk[] = [];
const ann = customer('Tenant Ann');
const bob = customer('Owner Bob');

beforeEach(async () => {
  desk = await openDesk();
  desks.push(desk);
  poster = new Poster(desk);
});
afterAll(async () => {
  await Promise.all(desks.map(({ simulator }) => simulator.stop()));
});

const act = (one: Parameters<Desk['company']['act']>[0]) => desk.company.act(one);
const owed = () => Object.fromEntries(desk.company.receivables().map((one) => [one.customer, one.owed]));
const moved = (number = '8501') => invoice(number, { operation: 'invoice.update', customer: bob });
const follows = (refNo: string, amount: number, number = '8501', more: Partial<PaymentDocument> = {}) =>
  payment(refNo, amount, { [number]: amount }, { operation: 'payment.update', customer: bob, ...more });
const writes = () =>
  desk.simulator.control.requests().filter(({ operation, status }) => operation === 'batch' && status === 200).length;

describe('real case 35: an invoice that gets another customer after its payments were posted', () => {
  beforeEach(async () => {
    await poster.post(invoice('8501', { customer: ann }), invoice('8502', { customer: bob, lines: [line(700)] }));
    await poster.post(
      payment('a1', 6000, { 8501: 6000 }, { customer: ann }),
      payment('a2', 4000, { 8501: 4000 }, { customer: ann }),
    );
  });

  it('moves with all its payments: taken off, moved, applied again', async () => {
    expect(await poster.post(moved())).toMatchObject([{ status: 'created' }]);
    expect(poster.held('i-8501')).toMatchObject({ CustomerRef: { name: 'Owner Bob' }, Balance: 100 });
    expect(await poster.post(follows('a1', 6000), follows('a2', 4000))).toMatchObject([
      { status: 'created' },
      { status: 'created' },
    ]);
    expect(poster.held('i-8501').Balance).toBe(0);
    expect(poster.held('p-a1')).toMatchObject({ CustomerRef: { name: 'Owner Bob' }, UnappliedAmt: 0 });
    expect(owed()).toEqual({ 'Owner Bob': 7 });
    expect((await poster.read('i-8501', 'p-a1', 'p-a2')).map(({ status }) => status)).toEqual(['same', 'same', 'same']);
  });

  it('takes the address of its new customer', async () => {
    const [one] = desk.company.records('Customer').filter(({ DisplayName }) => DisplayName === 'Owner Bob');
    act({ act: 'edit', entity: 'Customer', id: String(one!.Id), changes: { BillAddr: { Line1: '9 Oak Ave' } } });
    await poster.post(moved());
    expect(poster.held('i-8501').BillAddr).toMatchObject({ Line1: '9 Oak Ave' });
  });

  it.each([
    ['is in a bank deposit', () => act({ act: 'deposit', payments: [poster.held('p-a2').Id], account: 'Checking' })],
    ['the books are closed', () => act({ act: 'closeBooks', date: '2026-12-31' })],
    [
      'was not posted by Ledgerpost',
      () => act({ act: 'edit', entity: 'Payment', id: poster.held('p-a2').Id, changes: { PrivateNote: 'mine' } }),
    ],
  ])('is not moved if one of its payments can’t follow: %s. Nothing is written', async (why, spoil) => {
    spoil();
    const before = writes();
    const [outcome] = await poster.post(moved());
    expect(outcome).toMatchObject({ status: 'refused', problem: { code: 'customer-changed-after-payment' } });
    expect(JSON.stringify(outcome)).toContain(why);
    expect(writes()).toBe(before);
    expect(poster.held('i-8501')).toMatchObject({ CustomerRef: { name: 'Tenant Ann' }, Balance: 0 });
  });

  it('is not moved if a person changed a payment that is to follow', async () => {
    const call = await poster.call([moved()]);
    const { externalId, externalVersion } = poster.posted('p-a2').receipt;
    act({ act: 'edit', entity: 'Payment', id: externalId, changes: { TxnDate: '2026-10-04' } });
    const items = call.items.map((item) => ({ ...item, moves: [{ externalId, externalVersion }] }));
    const [outcome] = await poster.send({ ...call, items }, [moved()]);
    expect(JSON.stringify(outcome)).toContain('its payment a2 was changed in QuickBooks since it was posted');
    expect(poster.held('i-8501').Balance).toBe(0);
  });

  it.each([1, 2, 3])('is moved once, even if the answer to its write number %s was lost', async (lost) => {
    desk.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' }, skip: lost - 1 });
    const send = async (...documents: Document[]) => {
      const call = await poster.call(documents);
      return poster.send(call, documents).catch(() => poster.send({ ...call, attempt: 2 }, documents));
    };
    await send(moved());
    await send(follows('a1', 6000), follows('a2', 4000));
    expect(owed()).toEqual({ 'Owner Bob': 7 });
    expect(poster.held('i-8501').Balance).toBe(0);
    expect(desk.company.records('Invoice')).toHaveLength(2);
    expect(desk.company.records('Payment')).toHaveLength(2);
  });

  it('is finished later by the open updates of its payments, where a batch was cut in between', async () => {
    await poster.post(moved());
    await poster.post(follows('a1', 6000));
    expect(owed()).toEqual({ 'Owner Bob': 47, 'Tenant Ann': -40 });
    await poster.post(follows('a2', 4000));
    expect(owed()).toEqual({ 'Owner Bob': 7 });
  });

  describe('undone', () => {
    beforeEach(async () => {
      await poster.post(moved());
      await poster.post(follows('a1', 6000), follows('a2', 4000));
    });

    it('goes the same way back', async () => {
      const outcomes = await poster.takeBack('p-a2', 'p-a1', 'i-8501');
      expect(outcomes.map(({ status }) => status)).toEqual(['undone', 'undone', 'undone']);
      expect(poster.held('i-8501')).toMatchObject({ CustomerRef: { name: 'Tenant Ann' }, Balance: 0 });
      expect(owed()).toEqual({ 'Owner Bob': 7 });
      // Once more, as after a lost answer.
      expect((await poster.takeBack('p-a2', 'p-a1', 'i-8501')).map(({ status }) => status)).toEqual(['gone', 'gone', 'gone']);
      expect(poster.held('i-8501').Balance).toBe(0);
    });

    it('goes back although a person gave both customers other names', async () => {
      for (const { Id, DisplayName } of desk.company.records('Customer'))
        act({ act: 'rename', entity: 'Customer', id: String(Id), name: `${DisplayName} Jr.` });
      const outcomes = await poster.takeBack('p-a2', 'p-a1', 'i-8501');
      expect(outcomes.map(({ status }) => status)).toEqual(['undone', 'undone', 'undone']);
      expect(owed()).toEqual({ 'Owner Bob Jr.': 7 });
    });

    it('leaves all where one payment can’t go back', async () => {
      act({ act: 'deposit', payments: [poster.held('p-a1').Id], account: 'Checking' });
      const outcomes = await poster.takeBack('p-a2', 'p-a1', 'i-8501');
      expect(outcomes.map(({ status }) => status)).toEqual(['left', 'left', 'left']);
      expect(poster.held('i-8501')).toMatchObject({ CustomerRef: { name: 'Owner Bob' }, Balance: 0 });
      expect(owed()).toEqual({ 'Owner Bob': 7 });
    });
  });

  it('two invoices with one changed bill-to move together with a payment of both', async () => {
    await poster.post(invoice('1', { customer: ann }), invoice('2', { customer: ann }));
    await poster.post(payment('b', 20000, { 1: 10000, 2: 10000 }, { customer: ann }));
    expect(await poster.post(moved('1'), moved('2'))).toMatchObject([{ status: 'created' }, { status: 'created' }]);
    await poster.post(payment('b', 20000, { 1: 10000, 2: 10000 }, { operation: 'payment.update', customer: bob }));
    expect([poster.held('i-1').Balance, poster.held('i-2').Balance]).toEqual([0, 0]);
    expect(owed()).toEqual({ 'Owner Bob': 7 });
    await poster.takeBack('p-b', 'i-2', 'i-1');
    expect([poster.held('i-1').Balance, poster.held('i-2').Balance]).toEqual([0, 0]);
    expect(poster.held('p-b').CustomerRef?.name).toBe('Tenant Ann');
  });

  it('without payments just gets the other customer', async () => {
    await poster.post(invoice('3', { customer: ann }));
    await poster.post(moved('3'));
    expect(owed()).toEqual({ 'Owner Bob': 107 });
  });
});
