import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, invoice, messageOf, openDesk, Poster, payment } from '../desk.testing.ts';
import { lookAhead } from './look-ahead.ts';

let desk: Desk;
let now = Date.UTC(2026, 9, 3);
const desks: Desk[] = [];
beforeEach(async () => {
  const opened = await openDesk();
  desk = { ...opened, context: { ...opened.context, now: () => now } };
  desks.push(desk);
});
afterAll(async () => {
  await Promise.all(desks.map(({ simulator }) => simulator.stop()));
});

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `${from + at}`);
/** How often the books were asked for invoices by number. */
const questions = () =>
  desk.simulator.control.requests().filter(({ operation, body }) => operation === 'query' && body.includes('DocNumber IN'))
    .length;

/** How often the books were asked for invoices by id. */
const openQuestions = () =>
  desk.simulator.control
    .requests()
    .filter(({ operation, body }) => operation === 'query' && body.includes('from Invoice') && body.includes('Id IN')).length;

describe('a look ahead', () => {
  it('asks once for all invoices of the calls that follow, and never for payments', async () => {
    const poster = new Poster(desk);
    const parts = [numbers(1, 30), numbers(31, 60), numbers(61, 90)].map((some) => some.map((number) => invoice(number)));
    const calls = [];
    for (const documents of parts) calls.push(await poster.call(documents));
    const paid = [payment('P1', 5000)];
    const last = await poster.call(paid);
    desk.simulator.control.forgetRequests();
    await lookAhead(
      poster.session,
      [...calls, last].flatMap(({ items }) => items),
      calls[0]!.references,
    );
    for (const [at, call] of calls.entries()) await poster.send(call, parts[at]!);
    await poster.send(last, paid);
    expect(questions()).toBe(1);
    expect(desk.company.records('Invoice')).toHaveLength(90);
  });

  it('spares no question where the number was taken, so that the sentence is as before', async () => {
    const poster = new Poster(desk);
    const theirs = await new Poster(desk).call([invoice('7', { marker: 'Somebody' })]);
    await poster.send(theirs, [invoice('7')]);
    const documents = [invoice('7', { lines: [], total: 0 as never }), invoice('8')];
    const call = await poster.call(documents);
    await lookAhead(poster.session, call.items, call.references);
    const [taken, free] = await poster.send(call, documents);
    expect([taken!.status, free!.status]).toEqual(['refused', 'created']);
    expect(messageOf(taken!)).toContain('already has that number');
  });

  it('is good for a minute and for the first attempt alone', async () => {
    const poster = new Poster(desk);
    const [first, second, third] = [[invoice('1')], [invoice('2')], [invoice('3')]];
    const calls = [await poster.call(first!), await poster.call(second!), await poster.call(third!)];
    await lookAhead(
      poster.session,
      calls.flatMap(({ items }) => items),
      calls[0]!.references,
    );
    desk.simulator.control.forgetRequests();
    await poster.send(calls[0]!, first!);
    expect(questions()).toBe(0);
    await poster.send({ ...calls[1]!, attempt: 2 }, second!);
    expect(questions()).toBe(1);
    now += 60_000;
    await poster.send(calls[2]!, third!);
    expect(questions()).toBe(2);
  });

  it('asks once what is open on the invoices that the payments of the calls that follow pay', async () => {
    const poster = new Poster(desk);
    await poster.post(...numbers(1, 40).map((number) => invoice(number)));
    const parts = [numbers(1, 20), numbers(21, 40)].map((some) =>
      some.map((number) => payment(`P${number}`, 10000, { [number]: 10000 })),
    );
    // One invoice is paid by two payments of two calls.
    parts[1]!.push(payment('P41', 10000, { 1: 10000 }));
    const calls = [await poster.call(parts[0]!), await poster.call(parts[1]!)];
    desk.simulator.control.forgetRequests();
    await lookAhead(
      poster.session,
      calls.flatMap(({ items }) => items),
      calls[0]!.references,
    );
    await poster.send(calls[0]!, parts[0]!);
    const outcomes = await poster.send(calls[1]!, parts[1]!);
    expect(openQuestions()).toBe(1);
    expect(outcomes.at(-1)).toMatchObject({ status: 'created', warnings: [{ code: 'paid-over-invoice' }] });
    expect(desk.company.records('Invoice').every(({ Balance }) => Number(Balance) === 0)).toBe(true);
    expect(desk.company.records('Payment')).toHaveLength(41);
  });

  it('costs no money its place in the books where a person pays the invoice meanwhile', async () => {
    const poster = new Poster(desk);
    await poster.post(invoice('1'), invoice('2'));
    const documents = [payment('P1', 10000, { 1: 10000 }), payment('P2', 10000, { 2: 10000 })];
    const call = await poster.call(documents);
    await lookAhead(poster.session, call.items, call.references);
    const paid = desk.company.records('Invoice').find(({ DocNumber }) => DocNumber === '1')!;
    const Line = [{ Amount: 100, LinkedTxn: [{ TxnId: paid.Id, TxnType: 'Invoice' }] }];
    desk.company.act({ act: 'create', entity: 'Payment', record: { CustomerRef: paid.CustomerRef, TotalAmt: 100, Line } });
    await expect(poster.send(call, documents)).rejects.toMatchObject({ kind: 'transient' });
    const outcomes = await poster.send({ ...call, attempt: 2, round: 2 }, documents);
    expect(outcomes).toMatchObject([{ status: 'created', warnings: [{ code: 'paid-over-invoice' }] }, { status: 'existed' }]);
    expect(desk.company.records('Payment')).toHaveLength(3);
  });

  it('is not believed by an update, an undo or an adoption: each reads fresh what a person may have changed', async () => {
    const poster = new Poster(desk);
    await poster.post(invoice('1'), invoice('2'));
    const changed = { operation: 'invoice.update' as const, message: 'Thank you' };
    const documents = [invoice('1', changed), invoice('2', changed), invoice('3')];
    const call = await poster.call(documents);
    await lookAhead(poster.session, call.items, call.references);
    const { Id: first, CustomerRef, Line } = poster.held('i-1');
    desk.company.act({ act: 'edit', entity: 'Invoice', id: first, changes: { TxnDate: '2026-10-09' } });
    const ItemRef = Line?.[0]?.SalesItemLineDetail?.ItemRef;
    const line = { Amount: 100, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef } };
    desk.company.act({ act: 'create', entity: 'Invoice', record: { CustomerRef, DocNumber: '3', Line: [line] } });
    desk.simulator.control.forgetRequests();
    const outcomes = await poster.send(call, documents);
    expect(outcomes).toMatchObject([
      { status: 'conflict', problem: { code: 'changed-there' } },
      { status: 'created' },
      // Its number was free when we looked ahead. QuickBooks refuses it now, so it is looked up again and adopted.
      { status: 'existed' },
    ]);
    expect(desk.company.records('Invoice')).toHaveLength(3);
    desk.company.act({ act: 'edit', entity: 'Invoice', id: poster.held('i-2').Id, changes: { TxnDate: '2026-10-09' } });
    expect(await poster.takeBack('i-2')).toMatchObject([{ status: 'left', problem: { code: 'changed-there' } }]);
  });
});
