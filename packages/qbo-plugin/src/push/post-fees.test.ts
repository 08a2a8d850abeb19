import type { Money, PaymentDocument, PushOutcome } from '@ledgerpost/core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, invoice, openDesk, Poster, payment, receiptIn, requestsOf } from '../desk.testing.ts';

let desk: Desk;
let poster: Poster;
const desks: Desk[] = [];
beforeEach(async () => {
  desk = await openDesk();
  desks.push(desk);
  desk.company.act({
    act: 'create',
    entity: 'Account',
    record: { Name: 'Card Fees', AccountType: 'Expense', AccountSubType: 'BankCharges' },
  });
  poster = new Poster(desk, SETTINGS);
});
afterAll(async () => {
  await Promise.all(desks.map(({ simulator }) => simulator.stop()));
});

const SETTINGS = { accounts: { receivable: 'Accounts Receivable (A/R)', fees: 'Card Fees' } };
/** A payment of 89.00 of which the processor kept 1.45. */
const paid = (refNo = 'sq_77', more: Partial<PaymentDocument> = {}) =>
  payment(refNo, 8_900, { 1: 8_900 }, { fee: { amount: 145 as Money, account: 'Card Fees', number: `FEE-${refNo}` }, ...more });
const bill = () => invoice('1', { lines: [{ ...invoice('1').lines[0]!, unitPrice: '89', amount: 8_900 as Money }] });
const fault = (trouble: Parameters<Desk['simulator']['control']['addFault']>[0]['trouble'], skip = 0) =>
  desk.simulator.control.addFault({ trouble, aim: { operation: 'batch' }, skip });
const journals = () => desk.company.records('JournalEntry');
const warnings = ([outcome]: readonly PushOutcome[]) =>
  (outcome !== undefined && 'warnings' in outcome && outcome.warnings) || [];
/** Debits above zero, in minor units. */
function balances(): Record<string, number> {
  const minor = (amount: unknown) => Math.round(Number(amount) * 100);
  const rows = desk.company.trialBalance().rows.map(({ account, debit, credit }) => [account, minor(debit) - minor(credit)]);
  return Object.fromEntries(rows.filter(([, amount]) => amount !== 0));
}
const POSTED = { 'Undeposited Funds': 8_755, 'Card Fees': 145, Services: -8_900 };

describe('real case 06: the fee that a card processor kept of a payment', () => {
  beforeEach(async () => {
    await poster.post(bill());
  });

  it('goes from the payment’s account to the account of the fees, and the invoice is paid in full', async () => {
    const [outcome] = await poster.post(paid());
    expect(balances()).toEqual(POSTED);
    expect(poster.held('i-1').Balance).toBe(0);
    expect(poster.held('p-sq_77').TotalAmt).toBe(89);
    expect(journals()).toMatchObject([{ DocNumber: 'FEE-sq_77', TxnDate: '2026-10-03', PrivateNote: 'Ledgerpost fee p-sq_77' }]);
    expect(receiptIn(outcome).details.beside).toMatchObject({ kind: 'journal', externalId: journals()[0]!.Id });
  });

  it('goes from the bank account where the payment goes there', async () => {
    await poster.post(paid('sq_77', { depositTo: 'Checking' }));
    expect(balances()).toEqual({ Checking: 8_755, 'Card Fees': 145, Services: -8_900 });
  });

  it('is posted once, whichever answer is lost', async () => {
    for (const lost of [0, 1]) {
      const documents = [paid(`sq_${lost}`, { applied: [], unapplied: 8_900 as Money })];
      const call = await poster.call(documents);
      fault({ kind: 'replyLost' }, lost);
      await expect(poster.send(call, documents)).rejects.toMatchObject({ kind: 'transient' });
      const [outcome] = await poster.send({ ...call, attempt: 2 }, documents);
      expect(outcome).toMatchObject({ status: 'existed', receipt: { details: { beside: { kind: 'journal' } } } });
      expect([desk.company.records('Payment').length, journals().length]).toEqual([lost + 1, lost + 1]);
    }
  });

  it('is posted once, also where a person deleted the payment and it is sent again', async () => {
    desk.company.setPreferences({ warnDuplicateNumbers: false });
    await poster.post(paid());
    desk.company.act({ act: 'delete', entity: 'Payment', id: poster.held('p-sq_77').Id });
    expect(await poster.read('p-sq_77')).toMatchObject([
      { status: 'gone', problem: { message: expect.stringContaining('The journal of its fee (FEE-sq_77) is still there') } },
    ]);
    await poster.post(paid());
    expect(balances()).toEqual(POSTED);
  });

  it('keeps no payment out of the books: a refused journal is a notice', async () => {
    const call = await poster.call([paid()]);
    const account = desk.company.records('Account').find(({ Name }) => Name === 'Card Fees')!;
    desk.company.act({ act: 'edit', entity: 'Account', id: String(account.Id), changes: { Active: false } });
    const outcomes = await poster.send(call, [paid()]);
    expect(outcomes).toMatchObject([{ status: 'created' }]);
    expect(warnings(outcomes)).toMatchObject([
      { code: 'fee-not-posted', severity: 'notice', message: expect.stringContaining('its fee of $1.45 is not') },
    ]);
    expect(balances()).toEqual({ 'Undeposited Funds': 8_900, Services: -8_900 });
    expect((await poster.takeBack('p-sq_77')).map(({ status }) => status)).toEqual(['undone']);
  });

  it('asks nothing more of QuickBooks where payments have no fee', async () => {
    const before = requestsOf(desk, 'batch');
    await poster.post(payment('P1', 8_900, { 1: 8_900 }));
    expect([requestsOf(desk, 'batch') - before, journals().length]).toEqual([1, 0]);
  });

  it('is undone with its payment, also where the payment or the journal was deleted already', async () => {
    const before = balances();
    await poster.post(paid());
    expect((await poster.takeBack('p-sq_77')).map(({ status }) => status)).toEqual(['undone']);
    expect([balances(), journals()]).toEqual([before, []]);
    await poster.post(paid('a'));
    desk.company.act({ act: 'delete', entity: 'Payment', id: poster.held('p-a').Id });
    expect((await poster.takeBack('p-a')).map(({ status }) => status)).toEqual(['gone']);
    expect([balances(), journals()]).toEqual([before, []]);
    await poster.post(paid('b'));
    desk.company.act({ act: 'delete', entity: 'JournalEntry', id: String(journals()[0]!.Id) });
    expect((await poster.takeBack('p-b')).map(({ status }) => status)).toEqual(['undone']);
    expect(balances()).toEqual(before);
  });

  it('stays with its payment where a person changed either', async () => {
    await poster.post(paid());
    const { Id } = journals()[0]!;
    desk.company.act({ act: 'edit', entity: 'JournalEntry', id: String(Id), changes: { TxnDate: '2026-10-09' } });
    const [left] = await poster.takeBack('p-sq_77');
    expect(left).toMatchObject({ status: 'left', problem: { code: 'changed-there' } });
    expect(balances()).toEqual(POSTED);
  });

  it('is deleted by the next undo where an answer was lost after its payment was deleted', async () => {
    const before = balances();
    await poster.post(paid());
    fault({ kind: 'reset' }, 1);
    await expect(poster.takeBack('p-sq_77')).rejects.toMatchObject({ kind: 'transient' });
    expect([desk.company.records('Payment').length, journals().length]).toEqual([0, 1]);
    expect((await poster.takeBack('p-sq_77')).map(({ status }) => status)).toEqual(['gone']);
    expect([balances(), journals()]).toEqual([before, []]);
  });

  it('is verified with its payment: unchanged, changed, deleted', async () => {
    await poster.post(paid());
    const [same] = await poster.read('p-sq_77');
    expect(same).toMatchObject({
      status: 'same',
      holds: {
        entries: [
          { role: 'deposit', account: null, amount: 8_900 },
          { role: 'receivable', amount: -8_900 },
          { role: 'fee', account: 'Card Fees', amount: 145 },
          { role: 'deposit', account: null, amount: -145 },
        ],
      },
    });
    const id = String(journals()[0]!.Id);
    const lines = (journals()[0]!.Line as { Amount: number }[]).map((line) => ({ ...line, Amount: 2 }));
    desk.company.act({ act: 'edit', entity: 'JournalEntry', id, changes: { Line: lines } });
    const [changed] = await poster.read('p-sq_77');
    expect(changed).toMatchObject({
      status: 'changed',
      problem: { message: expect.stringContaining('the journal of its fee (FEE-sq_77)') },
    });
    // Whoever keeps that change compares with it from then on.
    const posted = poster.posted('p-sq_77');
    poster.postings.set('p-sq_77', { ...posted, receipt: (changed as { receipt: typeof posted.receipt }).receipt });
    expect(await poster.read('p-sq_77')).toMatchObject([{ status: 'same' }]);
    desk.company.act({ act: 'delete', entity: 'JournalEntry', id });
    expect(await poster.read('p-sq_77')).toMatchObject([
      { status: 'changed', problem: { message: expect.stringContaining('the journal of its fee, which was deleted') } },
    ]);
  });

  it('stays as it is when the payment is applied again, and still goes with it', async () => {
    const before = balances();
    await poster.post(paid());
    const update = { ...paid('sq_77', { operation: 'payment.update' }), applied: [], unapplied: 8_900 as Money };
    const [outcome] = await poster.post(update);
    expect(receiptIn(outcome).details.beside).toMatchObject({ externalId: journals()[0]!.Id });
    expect(journals()).toHaveLength(1);
    expect(await poster.read('p-sq_77')).toMatchObject([{ status: 'same' }]);
    await poster.takeBack('p-sq_77');
    expect(journals()).toHaveLength(1);
    const { former, ...rest } = poster.posted('p-sq_77');
    const insert = { ...rest, document: former!.document, receipt: former!.receipt, operation: 'payment.insert' as const };
    poster.postings.set('p-sq_77', insert);
    expect((await poster.takeBack('p-sq_77')).map(({ status }) => status)).toEqual(['undone']);
    expect(balances()).toEqual(before);
  });

  it.each([
    ['is not there', 'No Such Account', 'the account “No Such Account” for card fees'],
    ['holds income', 'Services', 'the account “Services” for card fees'],
  ])('is left out with a notice where its account %s', async (_, account, text) => {
    const { validate } = await import('../quickbooks-online.ts').then(({ quickbooksOnline }) => quickbooksOnline);
    const document = paid('sq_77', { fee: { amount: 145 as Money, account, number: 'FEE-1' } });
    const problems = validate(document, poster.chart, poster.settings);
    expect(problems).toMatchObject([{ code: 'fee-not-posted', severity: 'notice', message: expect.stringContaining(text) }]);
    expect(await poster.post(document)).toMatchObject([{ status: 'created' }]);
    expect(journals()).toEqual([]);
  });
});
