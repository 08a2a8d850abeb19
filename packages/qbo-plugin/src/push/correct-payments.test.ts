import type { CreditMemoDocument, JournalDocument, PaymentDocument } from '@ledgerpost/core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, invoice, journal, line, memo, messageOf, openDesk, Poster, payment } from '../desk.testing.ts';

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
const paid = (more: Partial<PaymentDocument>, amount = 10000, applied = 10000) =>
  payment('P1', amount, { 1: applied }, { operation: 'payment.update', ...more });
const ALL = ['date', 'method', 'reference', 'amount'] as const;
const corrected = paid({ corrects: ALL, date: '2026-10-06', method: 'Cash', refNo: 'P9', reference: 'P9' }, 12000);
const methodId = (name: string) => desk.company.records('PaymentMethod').find((one) => one.Name === name)?.Id;

async function posted(): Promise<void> {
  await poster.post(invoice('1'));
  await poster.post(payment('P1', 10000, { 1: 10000 }, { method: 'Check' }));
}

describe('real case 50: a correction of a payment', () => {
  it('changes date, method, reference and amount, and an undo brings all of them back', async () => {
    await posted();
    const before = poster.held('p-P1');
    expect(await poster.post(corrected)).toMatchObject([{ status: 'created', receipt: { total: 12000, number: 'P9' } }]);
    const wanted = {
      TxnDate: '2026-10-06',
      PaymentRefNum: 'P9',
      TotalAmt: 120,
      UnappliedAmt: 20,
      PrivateNote: before.PrivateNote,
    };
    expect(poster.held('p-P1')).toMatchObject({ ...wanted, PaymentMethodRef: { value: methodId('Cash') } });
    expect(poster.held('i-1').Balance).toBe(0);
    expect(await poster.read('p-P1')).toMatchObject([{ status: 'same' }]);
    expect(await poster.takeBack('p-P1')).toMatchObject([{ status: 'undone' }]);
    const { SyncToken: _, MetaData: __, ...content } = poster.held('p-P1') as never as Record<string, unknown>;
    const { SyncToken: ___, MetaData: ____, ...former } = before as never as Record<string, unknown>;
    expect(content).toEqual(former);
    expect(await poster.takeBack('p-P1')).toMatchObject([{ status: 'gone' }]);
  });

  it('is made once, even if its answer was lost', async () => {
    await posted();
    const call = await poster.call([corrected]);
    desk.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' } });
    await expect(poster.send(call, [corrected])).rejects.toMatchObject({ kind: 'transient' });
    expect(await poster.send({ ...call, attempt: 2 }, [corrected])).toMatchObject([{ status: 'existed' }]);
    expect(poster.held('p-P1')).toMatchObject({ TotalAmt: 120, SyncToken: '1' });
  });

  it('leaves what it does not correct: a re-allocation changes no date and no method', async () => {
    await posted();
    const stored = await poster.call([paid({ date: '2026-12-24', method: 'Cash' }, 10000, 4000)]);
    expect(stored.items[0]!.payload).not.toHaveProperty('corrects');
    await poster.send(stored, [paid({}, 10000, 4000)]);
    expect(poster.held('p-P1')).toMatchObject({
      TxnDate: '2026-10-03',
      UnappliedAmt: 60,
      PaymentMethodRef: { value: methodId('Check') },
    });
  });

  it('lets a person’s links on an imported job stand', async () => {
    await posted();
    const job = { id: 'j-1', imported: true };
    await poster.post(payment('P1', 10000, {}, { operation: 'payment.update', corrects: ['date'], date: '2026-10-06', job }));
    expect(poster.held('p-P1')).toMatchObject({ TxnDate: '2026-10-06', UnappliedAmt: 0 });
  });

  it('is refused for a payment in a bank deposit or a closed period, as QuickBooks has them now', async () => {
    await posted();
    desk.company.setPreferences({ bookCloseDate: '2026-10-04' });
    expect(await poster.post(corrected)).toMatchObject([{ status: 'refused', problem: { code: 'closed-period' } }]);
    desk.company.setPreferences({ bookCloseDate: '2026-01-01' });
    act({ act: 'deposit', payments: [poster.held('p-P1').Id], account: 'Checking' });
    const [outcome] = await poster.post(corrected);
    expect(outcome).toMatchObject({ status: 'refused', problem: { code: 'payment-deposited' } });
    expect(messageOf(outcome)).toContain('Make the change in QuickBooks, then mark the payment');
    expect(poster.held('p-P1')).toMatchObject({ TxnDate: '2026-10-03', TotalAmt: 100 });
  });

  it('is a conflict where a person changed the payment', async () => {
    await posted();
    act({ act: 'edit', entity: 'Payment', id: poster.held('p-P1').Id, changes: { TxnDate: '2026-10-09' } });
    expect(await poster.post(corrected)).toMatchObject([{ status: 'conflict' }]);
  });
});

describe('a correction of a refund’s journal and of a credit memo', () => {
  const journalUpdate = (amount: number): JournalDocument => ({
    ...journal('1', amount),
    operation: 'journal.update',
    date: '2026-10-07',
  });
  const memoUpdate = (amount: number): CreditMemoDocument => ({ ...memo('CM-1', amount), operation: 'creditMemo.update' });

  it('replaces their content, and an undo brings it back', async () => {
    await poster.post(journal('1', 4000));
    await poster.post(memo('CM-1', 2000));
    const [journalId, memoId] = [poster.held('r-1').Id, poster.held('m-CM-1').Id];
    expect(await poster.post(journalUpdate(5000))).toMatchObject([
      { status: 'created', receipt: { externalId: journalId, total: 5000 } },
    ]);
    expect(await poster.post(memoUpdate(1500))).toMatchObject([
      { status: 'created', receipt: { externalId: memoId, total: 1500 } },
    ]);
    expect(poster.held('r-1')).toMatchObject({ TxnDate: '2026-10-07', Line: [{ Amount: 50 }, { Amount: 50 }] });
    expect(poster.held('m-CM-1')).toMatchObject({ TotalAmt: 15, RemainingCredit: 15 });
    expect(await poster.read('r-1', 'm-CM-1')).toMatchObject([{ status: 'same' }, { status: 'same' }]);
    expect(await poster.takeBack('m-CM-1')).toMatchObject([{ status: 'undone' }]);
    expect(await poster.takeBack('r-1')).toMatchObject([{ status: 'undone' }]);
    expect(poster.held('r-1')).toMatchObject({ TxnDate: '2026-10-03', Line: [{ Amount: 40 }, { Amount: 40 }] });
    expect(poster.held('m-CM-1')).toMatchObject({ TotalAmt: 20 });
  });

  it('is refused in a closed period, and below what is applied of a memo', async () => {
    await poster.post(journal('1', 4000));
    await poster.post(memo('CM-1', 2000), memo('CM-2', 2000));
    await poster.post(invoice('1', { lines: [line(2000)] }));
    const { Id, CustomerRef } = poster.held('m-CM-1');
    const to = (TxnId: string, TxnType: string) => ({ Amount: 20, LinkedTxn: [{ TxnId, TxnType }] });
    const Line = [to(poster.held('i-1').Id, 'Invoice'), to(Id, 'CreditMemo')];
    act({ act: 'create', entity: 'Payment', record: { CustomerRef, TotalAmt: 0, Line } });
    const [lowered] = await poster.post(memoUpdate(1500));
    expect(lowered).toMatchObject({ status: 'refused', problem: { code: 'refused-by-target' } });
    expect(messageOf(lowered)).toContain('$20.00 of it is applied in QuickBooks');
    desk.company.setPreferences({ bookCloseDate: '2026-10-05' });
    expect(await poster.post(journalUpdate(5000))).toMatchObject([{ status: 'refused', problem: { code: 'closed-period' } }]);
  });
});
