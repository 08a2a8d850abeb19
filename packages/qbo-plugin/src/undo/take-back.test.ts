import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { customer, type Desk, invoice, line, memo, openDesk, Poster, payment, receiptIn } from '../desk.testing.ts';

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
const deposit = (amount: number) => payment('P1', amount);
const reallocated = (amount: number, applied: Record<string, number>) =>
  payment('P1', amount, applied, { operation: 'payment.update' });
const balance = (id: string) => poster.held(id).Balance;
const unapplied = (id: string) => poster.held(id).UnappliedAmt;

describe('undo', () => {
  const books = () => desk.company.trialBalance();

  it('case 83: payments go before invoices, and the books are as they were', async () => {
    const before = books();
    await poster.post(invoice('1'), invoice('2'), memo('CM', 500));
    await poster.post(payment('P1', 10000, { 1: 10000 }), payment('P2', 3000));
    const undone = await poster.takeBack('p-P2', 'p-P1', 'm-CM', 'i-2', 'i-1');
    expect(undone.map(({ status }) => status)).toEqual(['undone', 'undone', 'undone', 'undone', 'undone']);
    expect(books()).toEqual(before);
    expect((await poster.takeBack('p-P1', 'i-1')).map(({ status }) => status)).toEqual(['gone', 'gone']);
  });

  it('links that QuickBooks made by itself between our documents don’t block an undo', async () => {
    desk.company.setPreferences({ autoApplyCredit: true });
    await poster.post(deposit(4000));
    const before = books();
    await poster.post(invoice('1'));
    await poster.post(memo('CM', 500));
    expect((await poster.takeBack('m-CM', 'i-1')).map(({ status }) => status)).toEqual(['undone', 'undone']);
    expect(books()).toEqual(before);
    expect(unapplied('p-P1')).toBe(40);
    expect(desk.company.records('Payment')).toHaveLength(1);
  });

  it('case 84: an undone re-allocation is as it was before, also if it is undone twice', async () => {
    await poster.post(invoice('1'), invoice('2'));
    await poster.post(payment('P1', 8000, { 1: 8000 }));
    await poster.post(reallocated(8000, { 2: 5000 }));
    expect(['i-1', 'i-2'].map(balance)).toEqual([100, 50]);
    expect(await poster.takeBack('p-P1')).toMatchObject([{ status: 'undone' }]);
    expect(['i-1', 'i-2'].map(balance)).toEqual([20, 100]);
    expect(await poster.takeBack('p-P1')).toMatchObject([{ status: 'gone' }]);
    expect(['i-1', 'i-2'].map(balance)).toEqual([20, 100]);
  });

  it('case 84: an undone invoice update has its former content with terms and memo, so a new update is not a conflict', async () => {
    await poster.post(invoice('1'));
    const update = invoice('1', {
      operation: 'invoice.update',
      message: 'New',
      dueDate: '2026-12-24',
      lines: [...invoice('1').lines, ...invoice('1').lines],
    });
    await poster.post(update);
    const [outcome] = await poster.takeBack('i-1');
    expect(outcome).toMatchObject({ status: 'undone' });
    const version = (outcome as { externalVersion: string }).externalVersion;
    const held = poster.held('i-1');
    expect([held.TotalAmt, held.CustomerMemo, held.DueDate]).toEqual([100, undefined, '2026-11-02']);
    expect(await poster.takeBack('i-1')).toMatchObject([
      { status: 'gone', externalVersion: held.SyncToken + version.slice(version.indexOf('~')) },
    ]);
    const { former, receipt } = poster.posted('i-1');
    const { former: _, ...standing } = poster.posted('i-1');
    poster.postings.set('i-1', { ...standing, document: former!.document, receipt: { ...receipt, externalVersion: version } });
    expect(await poster.read('i-1')).toMatchObject([{ status: 'same' }]);
    expect(await poster.post(update)).toMatchObject([{ status: 'created' }]);
  });

  it.each([
    ['lowered', { lines: [line(4000)], total: 4000 as never }],
    ['emptied', { lines: [line(0)], total: 0 as never }],
  ])(
    'case 84: payments that were taken off an invoice that was %s are applied again by an undo, except what a person changed',
    async (_, less) => {
      await poster.post(invoice('1'), invoice('2'));
      await poster.post(
        payment('A', 6000, { '1': 6000 }),
        payment('B', 4000, { '1': 4000 }),
        payment('C', 10000, { '2': 10000 }),
      );
      await poster.post(
        invoice('1', { operation: 'invoice.update', ...less }),
        invoice('2', { operation: 'invoice.update', ...less }),
      );
      // A person gives what came free of one to another invoice.
      const [{ Id, CustomerRef }] = [poster.held('p-C')];
      const theirs = act({
        act: 'create',
        entity: 'Invoice',
        record: {
          CustomerRef,
          Line: [
            {
              Amount: 30,
              DetailType: 'SalesItemLineDetail',
              SalesItemLineDetail: { ItemRef: { value: '1' }, TaxCodeRef: { value: 'NON' } },
            },
          ],
        },
      });
      const held = poster.held('p-C').Line!.map(({ Amount, LinkedTxn }) => ({ Amount, LinkedTxn }));
      act({
        act: 'edit',
        entity: 'Payment',
        id: Id,
        changes: { Line: [...held, { Amount: 30, LinkedTxn: [{ TxnId: theirs.Id, TxnType: 'Invoice' }] }] },
      });
      expect(await poster.takeBack('i-2', 'i-1')).toMatchObject([{ status: 'undone' }, { status: 'undone' }]);
      expect([balance('i-1'), unapplied('p-A'), unapplied('p-B')]).toEqual([0, 0, 0]);
      expect([balance('i-2'), unapplied('p-C')]).toEqual([30, 0]);
      expect(await poster.takeBack('i-2', 'i-1')).toMatchObject([{ status: 'gone' }, { status: 'gone' }]);
      expect([balance('i-1'), balance('i-2')]).toEqual([0, 30]);
    },
  );

  it('case 84: an undone update that changed only the memo has its former memo', async () => {
    await poster.post(invoice('1', { message: 'Old' }));
    await poster.post(invoice('1', { operation: 'invoice.update', message: 'New' }));
    expect(await poster.takeBack('i-1')).toMatchObject([{ status: 'undone' }]);
    expect(poster.held('i-1').CustomerMemo).toEqual({ value: 'Old' });
    expect(await poster.takeBack('i-1')).toMatchObject([{ status: 'gone' }]);
  });

  it('case 73: a payment in a bank deposit is left, with what to do next', async () => {
    await poster.post(invoice('1'));
    await poster.post(payment('P1', 10000, { 1: 10000 }));
    act({ act: 'deposit', payments: [poster.held('p-P1').Id], account: 'Checking' });
    const undone = await poster.takeBack('p-P1', 'i-1');
    expect(undone.map(({ status }) => status)).toEqual(['left', 'left']);
    expect(JSON.stringify(undone[0])).toContain('is in a bank deposit, so it was left in QuickBooks');
    expect(JSON.stringify(undone[1])).toContain('is in a bank deposit');
    expect(balance('i-1')).toBe(0);
  });

  it.each([
    ['an invoice', 'i-1', 'Invoice'],
    ['a payment', 'p-P1', 'Payment'],
    ['a credit memo', 'm-CM', 'CreditMemo'],
  ])('%s that a person edited is left', async (_, id, entity) => {
    await poster.post(invoice('1'), payment('P1', 100), memo('CM', 100));
    act({ act: 'edit', entity, id: poster.held(id).Id, changes: { TxnDate: '2026-10-09' } });
    expect(await poster.takeBack(id)).toMatchObject([{ status: 'left', problem: { code: 'changed-there' } }]);
    expect(poster.held(id).TxnDate).toBe('2026-10-09');
  });

  it('an invoice with a payment that a person entered is left, with the payment', async () => {
    await poster.post(invoice('1'));
    const { Id, CustomerRef } = poster.held('i-1');
    const Line = [{ Amount: 10, LinkedTxn: [{ TxnId: Id, TxnType: 'Invoice' }] }];
    act({ act: 'create', entity: 'Payment', record: { CustomerRef, TotalAmt: 10, PaymentRefNum: 'X9', Line } });
    const undone = await poster.takeBack('i-1');
    expect(undone).toMatchObject([{ status: 'left' }]);
    expect(JSON.stringify(undone)).toContain('payment X9, which Ledgerpost did not post');
    expect(balance('i-1')).toBe(90);
  });

  it('a payment that a person applied to another invoice is left', async () => {
    await poster.post(deposit(4000));
    const { Id, CustomerRef } = poster.held('p-P1');
    const line = { Amount: 100, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '1' } } };
    const theirs = act({ act: 'create', entity: 'Invoice', record: { CustomerRef, DocNumber: '900', Line: [line] } });
    act({
      act: 'edit',
      entity: 'Payment',
      id: Id,
      changes: { Line: [{ Amount: 40, LinkedTxn: [{ TxnId: theirs.Id, TxnType: 'Invoice' }] }] },
    });
    expect(await poster.takeBack('p-P1')).toMatchObject([{ status: 'left' }]);
    expect(desk.company.records('Payment')).toHaveLength(1);
  });

  it('what a person deleted already counts as undone', async () => {
    await poster.post(invoice('1'));
    const posted = poster.posted('i-1');
    act({ act: 'delete', entity: 'Invoice', id: posted.receipt.externalId });
    expect(await poster.takeBack('i-1')).toMatchObject([{ status: 'gone' }]);
  });

  it('a lost reply to an undo is harmless', async () => {
    await poster.post(invoice('1'), invoice('2'));
    desk.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' } });
    await expect(poster.takeBack('i-2', 'i-1')).rejects.toMatchObject({ kind: 'transient' });
    expect((await poster.takeBack('i-2', 'i-1')).map(({ status }) => status)).toEqual(['gone', 'gone']);
  });

  it('a lost reply to an undo of an update is harmless, even if the customer’s name now belongs to another customer', async () => {
    await poster.post(invoice('1'));
    const before = poster.held('i-1').CustomerRef!;
    act({ act: 'rename', entity: 'Customer', id: String(before.value), name: 'Amy Lauterbach' });
    act({ act: 'create', entity: 'Customer', record: { DisplayName: before.name } });
    await poster.post(invoice('1', { operation: 'invoice.update', customer: customer('Amy Lauterbach'), lines: [line(5000)] }));
    desk.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' } });
    await expect(poster.takeBack('i-1')).rejects.toMatchObject({ kind: 'transient' });
    expect(poster.held('i-1').TotalAmt).toBe(100);
    expect(await poster.takeBack('i-1')).toMatchObject([{ status: 'gone', externalVersion: expect.any(String) }]);
  });

  it('a re-post after an undo is a new document', async () => {
    await poster.post(invoice('1'));
    const first = poster.posted('i-1').receipt.externalId;
    await poster.takeBack('i-1');
    expect(receiptIn((await poster.post(invoice('1')))[0]).externalId).not.toBe(first);
  });
});
