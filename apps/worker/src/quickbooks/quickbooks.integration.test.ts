import { retryBatch } from '@ledgerpost/batching';
import type { SourceRecord } from '@ledgerpost/core';
import { getBatch, getItem, ledgerOf, orderCancel, orderResume } from '@ledgerpost/store';
import { NUDGE } from '@ledgerpost/workflows/names';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creditMemo, customer, invoice, payment, refund } from '../testing/records.testing.ts';
import { held, hurried, type QboBooks, quickbooks, quickbooksHarness } from './quickbooks.testing.ts';

/*
 * Whole batches into simulated QuickBooks, through the real workflow. Each test has a company and books of its own, so
 * that they run at the same time.
 */

type Harness = Awaited<ReturnType<typeof quickbooksHarness>>;
let h: Harness;
const pauses: { connectionId: string; ms: number }[] = [];
beforeAll(async () => {
  h = await quickbooksHarness([hurried(quickbooks, pauses)]);
});
afterAll(() => h.close());

const many = (count: number, more: (n: number) => object = () => ({})): SourceRecord[] =>
  Array.from({ length: count }, (_, n) => invoice(`i-${n}`, more(n)));
const paid = (id: string, invoiceId: string, amount = '189.00') => payment(id, { amount, allocations: [{ invoiceId, amount }] });
/** The documents that stand in the books, by number. */
const numbers = (co: QboBooks, entity = 'Invoice') => held(co, entity).map((one) => one.DocNumber ?? one.PaymentRefNum);
const inBooks = (co: QboBooks, entity: string, number: string) =>
  held(co, entity).find((one) => (one.DocNumber ?? one.PaymentRefNum) === number);
const retry = (co: QboBooks, batchId: string) =>
  retryBatch({ store: h.store, target: quickbooks }, { ...co.request(), batchId, acknowledge: [], actor: 'tess' });
/** What the customer is called at the simulator, there before the first batch, so that the first call is one of documents. */
function known(co: QboBooks, ...names: string[]): void {
  for (const DisplayName of names.length > 0 ? names : ['Customer c-1']) {
    co.books.act({ act: 'create', entity: 'Customer', record: { DisplayName } });
  }
}

describe.concurrent('a batch into QuickBooks', { timeout: 300_000 }, () => {
  it('case 81: one of a hundred is refused with cause and cure, 99 are posted, and a retry sends only it', async () => {
    const co = await h.connected([customer('c-1'), ...many(100)]);
    const by = co.books.act({ act: 'create', entity: 'Customer', record: { DisplayName: 'Somebody else' } });
    const theirs = co.books.act({
      act: 'create',
      entity: 'Invoice',
      record: {
        DocNumber: 'N-i-17',
        CustomerRef: { value: String(by.Id) },
        Line: [{ Amount: 5, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '1' } } }],
      },
    });
    const first = await h.run(co);
    expect(first.state).toBe('posted-in-part');
    expect(first.progress.states).toEqual({ posted: 99, refused: 1 });
    const [bad] = (await h.item(first, 'invoice', 'i-17')).problems;
    expect(bad).toMatchObject({ code: 'duplicate-number', severity: 'problem', record: { type: 'invoice', id: 'i-17' } });
    expect(bad!.message).toBe(
      'Invoice N-i-17 can’t be posted: QuickBooks already has that number, for customer “Somebody else” with a total of $5.00. Change the number of one of the two.'.replace(
        '’',
        "'",
      ),
    );
    expect(held(co, 'Invoice')).toHaveLength(100);

    co.books.act({ act: 'delete', entity: 'Invoice', id: String(theirs.Id) });
    co.calls();
    const { batch } = await retry(co, first.id);
    await h.follow(batch.id);
    expect(await h.states(batch)).toEqual({ 'invoice/i-17': 'posted' });
    expect(new Set(numbers(co)).size).toBe(100);
    expect(held(co, 'Invoice')).toHaveLength(100);
    expect(co.calls()).toHaveLength(1);
  });

  it('case 82: a customer that QuickBooks refuses blocks its invoices and their payments, and nobody else’s', async () => {
    const co = await h.connected([
      customer('c-1'),
      customer('c-2', { accountingKey: 'Acme Supplies' }),
      invoice('i-1'),
      invoice('i-2', { customerId: 'c-2' }),
      paid('p-1', 'i-1'),
      { ...paid('p-2', 'i-2'), customerId: 'c-2' } as SourceRecord,
    ]);
    const vendor = co.books.act({ act: 'create', entity: 'Vendor', record: { DisplayName: 'Acme Supplies' } });
    const batch = await h.run(co);
    expect(await h.states(batch)).toEqual({
      'invoice/i-1': 'posted',
      'invoice/i-2': 'blocked',
      'payment/p-1': 'posted',
      'payment/p-2': 'blocked',
    });
    const [why] = (await h.item(batch, 'invoice', 'i-2')).problems;
    expect(why!.message).toContain('Acme Supplies');
    expect(numbers(co)).toEqual(['N-i-1']);
    co.books.act({ act: 'rename', entity: 'Vendor', id: String(vendor.Id), name: 'Acme Supplies (vendor)' });
    const { batch: second } = await retry(co, batch.id);
    await h.follow(second.id);
    expect(await h.states(second)).toEqual({ 'invoice/i-2': 'posted', 'payment/p-2': 'posted' });
    expect(inBooks(co, 'Invoice', 'N-i-2')).toMatchObject({ Balance: 0, CustomerRef: { name: 'Acme Supplies' } });
  });

  it('case 87: access that is lost in mid-push holds the batch, the card shows why, and after a reconnect it ends once', async () => {
    const co = await h.connected([customer('c-1'), ...many(95)]);
    known(co);
    co.befall({ trouble: { kind: 'revokedGrant' }, aim: { operation: 'batch' }, skip: 2 });
    const { batch, handle } = await h.start(co);
    const lost = await h.until(co, batch.id, 'held');
    expect(lost.reason?.code).toBe('access-lost');
    const before = held(co, 'Invoice').length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(95);
    const card = await co.card();
    expect(card.state).toBe('lost');
    expect(card.notices.map(({ code, severity }) => [code, severity])).toContainEqual(['access-lost', 'problem']);
    await co.connect();
    expect((await co.card()).state).toBe('connected');
    await orderResume(h.store.sql, { companyId: co.company.id, batchId: batch.id, actor: 'ada' });
    await handle.signal(NUDGE);
    await handle.result();
    expect(await getBatch(h.store.sql, co.company.id, batch.id)).toMatchObject({ state: 'posted' });
    expect(new Set(numbers(co)).size).toBe(95);
    expect(held(co, 'Invoice')).toHaveLength(95);
  });

  it('case 87: a token that runs out in mid-push is renewed, and nobody notices', async () => {
    const co = await h.connected([customer('c-1'), ...many(65)]);
    known(co);
    co.befall({ trouble: { kind: 'tokenExpiry' }, aim: { operation: 'batch' }, skip: 1 });
    const batch = await h.run(co);
    expect(batch).toMatchObject({ state: 'posted', progress: { states: { posted: 65 } } });
    expect(co.calls().map(({ status }) => status)).toEqual([200, 401, 200, 200]);
    expect(held(co, 'Invoice')).toHaveLength(65);
  });

  it.each([
    ['429 in JSON', { status: 429, form: 'json' }],
    ['403 in XML', { status: 403, form: 'xml' }],
  ] as const)(
    'case 20: a throttle in mid-push, %s, pauses that connection for a minute and loses nothing',
    async (_, throttle) => {
      const co = await h.connected([customer('c-1'), ...many(65)]);
      known(co);
      co.befall({ trouble: { kind: 'throttle', ...throttle }, aim: { operation: 'batch' }, skip: 1 });
      const batch = await h.run(co);
      expect(batch).toMatchObject({ state: 'posted', progress: { states: { posted: 65 } } });
      expect(held(co, 'Invoice')).toHaveLength(65);
      const { connectionId } = co.request().companyTarget;
      expect(pauses.filter((pause) => pause.connectionId === connectionId)).toEqual([{ connectionId, ms: 60_000 }]);
    },
  );

  it.each([
    // What was done is found, and not sent again; so the third call is that of the payments.
    ['a reply that is lost', 2, { kind: 'replyLost' }],
    ['a gateway’s page after the work was done', 2, { kind: 'html', status: 504, after: true }],
    ['a system fault after the work was done', 2, { kind: 'systemFault', after: true }],
    ['a connection that is cut before', 3, { kind: 'reset' }],
  ] as const)('cases 11 and 12: %s posts each document once', async (_, skip, trouble) => {
    const co = await h.connected([customer('c-1'), ...many(35), paid('p-1', 'i-1'), paid('p-2', 'i-2')]);
    known(co);
    co.befall({ trouble, aim: { operation: 'batch' } });
    co.befall({ trouble, aim: { operation: 'batch' }, skip });
    const batch = await h.run(co);
    expect(batch).toMatchObject({ state: 'posted', progress: { states: { posted: 37 } } });
    expect(new Set(numbers(co)).size).toBe(35);
    expect([held(co, 'Invoice').length, held(co, 'Payment').length]).toEqual([35, 2]);
    expect(co.calls().filter((call) => call.trouble !== undefined)).toHaveLength(2);
    const { attempts } = (await getItem(h.store.sql, batch.id, 1))!;
    expect(attempts.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, 'target-unreachable'],
      [2, 'answered'],
    ]);
  });

  it('case 36: a total that automated sales tax makes another differs, with both numbers, and is not sent again', async () => {
    const taxed = { tax: { name: 'San Mateo', rate: '8', amount: '15.12' }, total: '204.12' };
    const co = await h.connected([customer('c-1'), invoice('i-1', taxed), invoice('i-2')], {
      books: { preferences: { partnerTax: true, partnerTaxPercent: 8, partnerTaxDrift: 1 } },
      settings: { taxCodes: { 'San Mateo': 'California' } },
    });
    const batch = await h.run(co);
    expect(batch.state).toBe('posted-in-part');
    const item = await h.item(batch, 'invoice', 'i-1');
    expect(item).toMatchObject({ state: 'differs', amount: 20_412, targetTotal: 20_413, problems: [{ code: 'books-differ' }] });
    expect(item.problems[0]!.message).toContain('We sent $204.12 and the books show $204.13');
    await expect(h.start(co)).rejects.toMatchObject({ code: 'nothing-to-send' });
    // It is ours all the same: an undo takes it back.
    expect((await h.undo(co, batch.id)).state).toBe('undone');
    expect(co.balances()).toEqual({});
  });
});

describe.concurrent('a batch that waits for a person', { timeout: 300_000 }, () => {
  const resume = async (
    co: QboBooks,
    batchId: string,
    handle: { signal(name: string): Promise<void>; result(): Promise<unknown> },
  ) => {
    await orderResume(h.store.sql, { companyId: co.company.id, batchId, actor: 'ada' });
    await handle.signal(NUDGE);
    await handle.result();
    return getBatch(h.store.sql, co.company.id, batchId);
  };

  it('case 87: access that is lost while names are looked up holds the batch too', async () => {
    const co = await h.connected([customer('c-1'), ...many(3)]);
    co.befall({ trouble: { kind: 'accessLost' }, aim: { operation: 'query' }, times: 'always' });
    const { batch, handle } = await h.start(co);
    expect((await h.until(co, batch.id, 'held')).reason?.code).toBe('access-lost');
    expect([(await co.card()).state, held(co, 'Invoice')]).toEqual(['lost', []]);
    h.simulator.control.removeFaults(h.simulator.control.faults().find(({ aim }) => aim?.realmId === co.realm)?.id);
    await co.connect();
    expect(await resume(co, batch.id, handle)).toMatchObject({ state: 'posted', progress: { states: { posted: 3 } } });
  });

  it('a subscription that lapsed in mid-push holds the batch until somebody renewed it', async () => {
    const co = await h.connected([customer('c-1'), ...many(3)]);
    known(co);
    co.books.setLapsed(true);
    const { batch, handle } = await h.start(co);
    const lapsed = await h.until(co, batch.id, 'held');
    expect(lapsed.reason?.code).toBe('target-not-ready');
    expect(lapsed.reason?.message).toContain('6190');
    co.books.setLapsed(false);
    expect(await resume(co, batch.id, handle)).toMatchObject({ state: 'posted', progress: { states: { posted: 3 } } });
    expect(held(co, 'Invoice')).toHaveLength(3);
  });

  it('a held batch that is cancelled keeps what was posted, and the next one sends the rest', async () => {
    const co = await h.connected([customer('c-1'), ...many(65)]);
    known(co);
    co.befall({ trouble: { kind: 'revokedGrant' }, aim: { operation: 'batch' }, skip: 1 });
    const { batch, handle } = await h.start(co);
    await h.until(co, batch.id, 'held');
    await orderCancel(h.store.sql, { companyId: co.company.id, batchId: batch.id, actor: 'ada' });
    await handle.signal(NUDGE);
    await handle.result();
    const canceled = (await getBatch(h.store.sql, co.company.id, batch.id))!;
    expect(canceled.state).toBe('canceled');
    // The call in doubt keeps its claims.
    expect(canceled.progress.states).toEqual({ posted: 30, sending: 30, released: 5 });
    await co.connect();
    const next = await h.run(co);
    expect(next).toMatchObject({ state: 'posted', progress: { states: { posted: 5 } } });
    // And what was in doubt was settled first, in the batch that it belongs to.
    expect((await getBatch(h.store.sql, co.company.id, batch.id))?.state).toBe('canceled');
    expect(await h.states(batch)).not.toMatchObject({ 'invoice/i-30': 'sending' });
    expect([held(co, 'Invoice').length, new Set(numbers(co)).size]).toEqual([65, 65]);
    await expect(h.start(co)).rejects.toMatchObject({ code: 'nothing-to-send' });
  });

  // Seed 10306 of the drill had not ended after four minutes. It is the same story, with the throttle at one request after the other.
  it('held, resumed and then throttled, waits one minute in all and ends, whichever request is throttled', async () => {
    const waits = await Promise.all(
      [0, 3, 6, 9, 10, 11].map(async (skip) => {
        const co = await h.connected([customer('c-1'), ...many(4), paid('p-1', 'i-1')]);
        co.befall({ trouble: { kind: 'tokenExpiry' }, aim: { operation: 'batch' }, times: 2 });
        const { batch, handle } = await h.start(co);
        await h.until(co, batch.id, 'held');
        co.befall({ trouble: { kind: 'throttle', status: 429, form: 'json' }, skip });
        // It may meet the reading of the books, so a person tries again.
        for (let times = 0, done = false; !done; times++)
          done = await co.connect().then(
            () => true,
            (error: unknown) => {
              if (times === 20) throw error;
              return false;
            },
          );
        expect(await resume(co, batch.id, handle)).toMatchObject({ state: 'posted', progress: { states: { posted: 5 } } });
        expect(new Set(numbers(co)).size).toBe(4);
        const { connectionId } = co.request().companyTarget;
        return pauses.filter((pause) => pause.connectionId === connectionId).map(({ ms }) => ms);
      }),
    );
    expect(waits.filter((all) => all.length > 0).length).toBeGreaterThan(2);
    for (const all of waits) expect([[], [60_000]]).toContainEqual(all);
  });
});

describe.concurrent('what a person does in QuickBooks meanwhile', { timeout: 300_000 }, () => {
  it('case 71: an invoice that a person edited, voided or deleted is a conflict, and is not overwritten', async () => {
    const co = await h.connected([customer('c-1'), ...many(4)]);
    await h.run(co);
    const id = (number: string) => String(inBooks(co, 'Invoice', number)!.Id);
    const line = { Amount: 7, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '1' } } };
    co.books.act({ act: 'edit', entity: 'Invoice', id: id('N-i-0'), changes: { Line: [line] } });
    co.books.act({ act: 'void', entity: 'Invoice', id: id('N-i-1') });
    co.books.act({ act: 'delete', entity: 'Invoice', id: id('N-i-2') });
    await co.put(...many(4, () => ({ memo: 'Thank you' })));
    const batch = await h.run(co);
    expect(batch.state).toBe('posted-in-part');
    expect(await h.states(batch)).toEqual({
      'invoice/i-0': 'conflict',
      'invoice/i-1': 'conflict',
      'invoice/i-2': 'conflict',
      'invoice/i-3': 'posted',
    });
    for (const id of ['i-0', 'i-1', 'i-2']) {
      expect((await h.item(batch, 'invoice', id)).problems).toMatchObject([{ code: 'changed-there' }]);
    }
    expect((await h.item(batch, 'invoice', 'i-0')).problems[0]!.message).toContain('was changed in QuickBooks');
    expect((await h.item(batch, 'invoice', 'i-0')).externalId).toBe(id('N-i-0'));
    expect(inBooks(co, 'Invoice', 'N-i-0')).toMatchObject({ TotalAmt: 196 });
    expect(held(co, 'Invoice')).toHaveLength(3);

    // Once the person took the change back, it goes with the next batch.
    const { Id, Line } = inBooks(co, 'Invoice', 'N-i-0')!;
    const ours = Line.filter(
      (one: { Amount: number; SalesItemLineDetail?: object }) => one.SalesItemLineDetail && one.Amount === 189,
    );
    co.books.act({
      act: 'edit',
      entity: 'Invoice',
      id: Id,
      changes: { sparse: false, ...inBooks(co, 'Invoice', 'N-i-0'), Line: ours },
    });
    const second = await h.run(co);
    expect(await h.states(second)).toEqual({ 'invoice/i-0': 'posted', 'invoice/i-1': 'conflict', 'invoice/i-2': 'conflict' });
    expect(inBooks(co, 'Invoice', 'N-i-0')).toMatchObject({ TotalAmt: 189, CustomerMemo: { value: 'Thank you' } });
  });

  it('case 72: a payment that a person entered changes the balance alone, and an update goes through', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-1')]);
    await h.run(co);
    const { Id, CustomerRef } = inBooks(co, 'Invoice', 'N-i-1')!;
    co.books.act({
      act: 'create',
      entity: 'Payment',
      record: { CustomerRef, TotalAmt: 10, Line: [{ Amount: 10, LinkedTxn: [{ TxnId: Id, TxnType: 'Invoice' }] }] },
    });
    await co.put(invoice('i-1', { memo: 'Thank you' }));
    expect((await h.run(co)).state).toBe('posted');
    expect(inBooks(co, 'Invoice', 'N-i-1')).toMatchObject({ CustomerMemo: { value: 'Thank you' }, Balance: 179 });
  });

  it('cases 43, 44 and 45: a document in a closed period is refused before anything is sent, with the list', async () => {
    const october = { date: '2026-10-03' };
    const november = { date: '2026-11-02' };
    const co = await h.connected([customer('c-1'), ...many(4, (n) => (n === 2 ? november : october)), paid('p-0', 'i-0')]);
    const first = await h.run(co);
    co.books.act({ act: 'closeBooks', date: '2026-10-31' });
    await co.refresh();
    expect((await co.card()).closedThrough).toBe('2026-10-31');
    await co.put(
      invoice('i-0', { ...october, memo: 'an update' }),
      invoice('i-1', { ...october, status: 'void' }),
      invoice('i-2', { ...november, memo: 'in time' }),
      invoice('i-4', { date: '2026-10-31' }),
      payment('p-3', { ...november, allocations: [{ invoiceId: 'i-3', amount: '189.00' }] }),
    );
    const batch = await h.run(co);
    expect(await h.states(batch)).toEqual({
      'invoice/i-0': 'rejected',
      'invoice/i-1': 'rejected',
      'invoice/i-2': 'posted',
      'invoice/i-4': 'rejected',
      'payment/p-3': 'posted',
    });
    for (const id of ['i-0', 'i-1', 'i-4']) {
      expect((await h.item(batch, 'invoice', id)).problems).toContainEqual(expect.objectContaining({ code: 'closed-period' }));
    }
    expect(inBooks(co, 'Invoice', 'N-i-3')).toMatchObject({ Balance: 0 });
    expect((await h.undo(co, batch.id)).state).toBe('undone');
    expect((await h.undo(co, first.id)).state).toBe('undone-in-part');
    expect(await h.states(first)).toEqual({
      'invoice/i-0': 'left',
      'invoice/i-1': 'left',
      'invoice/i-2': 'undone',
      'invoice/i-3': 'left',
      'payment/p-0': 'left',
    });
    expect((await h.item(first, 'invoice', 'i-1')).problems).toContainEqual(expect.objectContaining({ code: 'closed-period' }));
    // Reopened, the rest is taken back by another undo.
    co.books.act({ act: 'closeBooks', date: null });
    expect((await h.undo(co, first.id)).state).toBe('undone');
    expect(co.balances()).toEqual({});
  });

  it('case 43: a period that was closed since we looked is QuickBooks’ own refusal, and stops that document alone', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-1'), invoice('i-2', { date: '2026-11-02' })]);
    co.books.act({ act: 'closeBooks', date: '2026-10-31' });
    const batch = await h.run(co);
    expect(await h.states(batch)).toEqual({ 'invoice/i-1': 'refused', 'invoice/i-2': 'posted' });
    expect((await h.item(batch, 'invoice', 'i-1')).problems[0]).toMatchObject({ code: 'closed-period' });
  });
});

describe.concurrent('an undo in QuickBooks', { timeout: 300_000 }, () => {
  it('case 87: an undo that loses access goes on when it is run again', async () => {
    const co = await h.connected([customer('c-1'), ...many(35), paid('p-1', 'i-1')]);
    const batch = await h.run(co);
    co.befall({ trouble: { kind: 'revokedGrant' }, aim: { operation: 'batch' }, skip: 1 });
    const broken = await h.undo(co, batch.id);
    expect(broken).toMatchObject({ state: 'undone-in-part', reason: { code: 'access-lost' } });
    expect((await co.card()).state).toBe('lost');
    await co.connect();
    expect((await h.undo(co, batch.id)).state).toBe('undone');
    expect(co.balances()).toEqual({});
  });

  it.each([true, false])(
    'cases 57 and 84: a deposit that was put on an invoice of the same batch is a deposit again (automatic credit %s)',
    async (autoApplyCredit) => {
      const co = await h.connected([customer('c-1'), payment('p-1', { amount: '50.00' })], {
        books: { preferences: { autoApplyCredit } },
      });
      await h.run(co);
      const before = co.balances();
      await co.put(invoice('i-1'), payment('p-1', { amount: '50.00', allocations: [{ invoiceId: 'i-1', amount: '50.00' }] }));
      const batch = await h.run(co);
      expect(batch.state).toBe('posted');
      expect((await h.undo(co, batch.id)).state).toBe('undone');
      expect(co.balances()).toEqual(before);
      expect(inBooks(co, 'Payment', 'R-p-1')).toMatchObject({ TotalAmt: 50, UnappliedAmt: 50 });
      expect(await h.run(co)).toMatchObject({ state: 'posted' });
      expect(inBooks(co, 'Invoice', 'N-i-1')).toMatchObject({ Balance: 139 });
    },
  );

  it('case 84: an invoice that was voided by a credit memo stands as before once that is taken back', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-1')], { settings: { policy: { voids: 'credit-memo' } } });
    await h.run(co);
    const before = co.balances();
    await co.put(invoice('i-1', { status: 'void' }));
    const batch = await h.run(co);
    expect(batch.totals?.operations).toEqual({ 'creditMemo.insert': { documents: 1, amount: 18_900 } });
    expect(co.balances()).toEqual({});
    expect(await movesOf(co, batch.id)).toEqual(difference(before, {}));
    expect((await h.undo(co, batch.id)).state).toBe('undone');
    expect(co.balances()).toEqual(before);
    await co.put(invoice('i-1', { memo: 'back again' }));
    expect(await h.run(co)).toMatchObject({ state: 'posted', totals: { operations: { 'invoice.update': { documents: 1 } } } });
  });

  it('cases 83, 84 and 85: batch after batch is taken back, and the books are what they were before each', async () => {
    const co = await h.connected(
      [
        customer('c-1'),
        customer('c-2'),
        invoice('i-1', {
          lines: [
            { name: 'Tune-up', quantity: '1', unitPrice: '189', amount: '189.00', taxable: true },
            { name: 'Promo', quantity: '1', unitPrice: '-18.90', amount: '-18.90', taxable: false },
          ],
          tax: { name: 'San Mateo', rate: '8', amount: '15.12' },
          total: '185.22',
        }),
        invoice('i-2'),
        invoice('i-3', { customerId: 'c-2' }),
        payment('p-1', { amount: '200.00', allocations: [{ invoiceId: 'i-1', amount: '185.22' }] }),
        payment('p-2', { customerId: 'c-2', amount: '50.00' }),
        creditMemo('m-1'),
      ],
      { settings: { taxCodes: { 'San Mateo': 'California' } } },
    );
    const seen: { batch: string; before: object; after: object }[] = [];
    const step = async () => {
      const before = co.balances();
      const batch = await h.run(co);
      expect(batch.state).toBe('posted');
      const after = co.balances();
      expect(await movesOf(co, batch.id)).toEqual(difference(before, after));
      seen.push({ batch: batch.id, before, after });
    };
    await step();
    // An update, a void to zero, a deposit that is put on its invoice, a refund of a posted payment.
    await co.put(
      invoice('i-1', {
        lines: [{ name: 'Tune-up', quantity: '2', unitPrice: '189', amount: '378.00', taxable: true }],
        total: '378.00',
        memo: 'Two visits',
      }),
      invoice('i-2', { status: 'void' }),
      payment('p-2', { customerId: 'c-2', amount: '50.00', allocations: [{ invoiceId: 'i-3', amount: '50.00' }] }),
      refund('r-1', 'p-1', '14.78'),
    );
    await step();
    expect(inBooks(co, 'Invoice', 'N-i-1')).toMatchObject({ TotalAmt: 378, CustomerMemo: { value: 'Two visits' } });
    expect(inBooks(co, 'Invoice', 'N-i-2')).toMatchObject({ TotalAmt: 0 });
    expect(inBooks(co, 'Invoice', 'N-i-3')).toMatchObject({ Balance: 139 });
    await co.put(invoice('i-4'), paid('p-4', 'i-4'));
    await step();

    for (const { batch, before, after } of seen.toReversed()) {
      expect(co.balances()).toEqual(after);
      expect((await h.undo(co, batch)).state).toBe('undone');
      expect(co.balances()).toEqual(before);
    }
    expect(co.balances()).toEqual({});
    for (const entity of ['Invoice', 'Payment', 'CreditMemo', 'JournalEntry']) expect(held(co, entity)).toEqual([]);
    // All of it can be batched again, as it is now.
    const again = await h.run(co);
    expect(again.state).toBe('posted');
    expect(again.totals?.operations).toEqual({
      'creditMemo.insert': { documents: 1, amount: 18_900 },
      'invoice.insert': { documents: 3, amount: 37_800 + 18_900 + 18_900 },
      'payment.insert': { documents: 3, amount: 18_522 + 5_000 + 18_900 },
    });
  });

  it.each([
    ['memo', { memo: 'second' }],
    ['due date', { dueDate: '2026-11-09' }],
    ['terms', { terms: 'Net 15' }],
    [
      'description',
      { lines: [{ name: 'Tune-up', description: 'twice', quantity: '1', unitPrice: '189', amount: '189.00', taxable: true }] },
    ],
  ])(
    'case 84: an undone update of the %s alone is as if it had never been, and the batch before it can be undone too',
    async (_, more) => {
      const co = await h.connected([customer('c-1'), invoice('i-1', { memo: 'first', dueDate: '2026-11-02', terms: 'Net 30' })]);
      const first = await h.run(co);
      const before = contentOf(co, 'N-i-1');
      await co.put(invoice('i-1', { memo: 'first', dueDate: '2026-11-02', terms: 'Net 30', ...more }));
      const second = await h.run(co);
      expect(second.state).toBe('posted');
      expect(contentOf(co, 'N-i-1')).not.toEqual(before);
      expect((await h.undo(co, second.id)).state).toBe('undone');
      expect(contentOf(co, 'N-i-1')).toEqual(before);
      expect((await h.undo(co, first.id)).state).toBe('undone');
      expect(co.balances()).toEqual({});
    },
  );

  it('case 84: an undone update has its former lines, date and memo in the books, and can go again', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-1', { memo: 'first', dueDate: '2026-11-02' })]);
    await h.run(co);
    const before = contentOf(co, 'N-i-1');
    await co.put(invoice('i-1', { memo: 'second', dueDate: '2026-11-09', date: '2026-10-05' }));
    const second = await h.run(co);
    expect(contentOf(co, 'N-i-1')).not.toEqual(before);
    expect((await h.undo(co, second.id)).state).toBe('undone');
    expect(contentOf(co, 'N-i-1')).toEqual(before);
    const third = await h.run(co);
    expect(third).toMatchObject({ state: 'posted', totals: { operations: { 'invoice.update': { documents: 1 } } } });
    expect(inBooks(co, 'Invoice', 'N-i-1')).toMatchObject({ TxnDate: '2026-10-05', CustomerMemo: { value: 'second' } });
  });

  it('case 73: what a person changed or put in a bank deposit is left with the reason, and goes by another undo', async () => {
    const co = await h.connected([customer('c-1'), ...many(3), paid('p-0', 'i-0'), paid('p-1', 'i-1')]);
    const batch = await h.run(co);
    const deposit = co.books.act({
      act: 'deposit',
      payments: [String(inBooks(co, 'Payment', 'R-p-0')!.Id)],
      account: 'Checking',
    });
    const edited = inBooks(co, 'Invoice', 'N-i-2')!;
    co.books.act({ act: 'edit', entity: 'Invoice', id: edited.Id, changes: { TxnDate: '2026-10-09' } });
    expect((await h.undo(co, batch.id)).state).toBe('undone-in-part');
    expect(await h.states(batch)).toEqual({
      'invoice/i-0': 'left',
      'invoice/i-1': 'undone',
      'invoice/i-2': 'left',
      'payment/p-0': 'left',
      'payment/p-1': 'undone',
    });
    expect((await h.item(batch, 'payment', 'p-0')).problems.at(-1)!.message).toContain('is in a bank deposit');
    expect((await h.item(batch, 'invoice', 'i-2')).problems.at(-1)!.message).toContain('was changed in QuickBooks');
    // What was taken back is unbatched again; what was left is not.
    expect(numbers(co)).toEqual(['N-i-0', 'N-i-2']);

    co.books.act({ act: 'delete', entity: 'Deposit', id: String(deposit.Id) });
    co.books.act({ act: 'delete', entity: 'Invoice', id: edited.Id });
    expect((await h.undo(co, batch.id)).state).toBe('undone');
    expect(co.balances()).toEqual({});
  });

  it('cases 11 and 83: an undo whose replies are lost takes back each document once', async () => {
    const co = await h.connected([customer('c-1'), ...many(35), paid('p-1', 'i-1')]);
    const batch = await h.run(co);
    co.befall({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' } });
    co.befall({ trouble: { kind: 'systemFault', after: true }, aim: { operation: 'batch' }, skip: 2 });
    expect((await h.undo(co, batch.id)).state).toBe('undone');
    expect(co.balances()).toEqual({});
    expect([held(co, 'Invoice'), held(co, 'Payment')]).toEqual([[], []]);
  });
});

/** How a batch reports that it moved the books, by account. Receivables, tax and deposits are QuickBooks' own accounts. */
async function movesOf(co: QboBooks, batchId: string): Promise<Record<string, number>> {
  const own = { receivable: 'Accounts Receivable (A/R)', tax: 'Sales Tax Payable', deposit: 'Undeposited Funds' };
  const moves: Record<string, number> = {};
  for (const { role, account, amount } of await ledgerOf(h.store.sql, batchId)) {
    const name = account ?? own[role as keyof typeof own];
    moves[name] = (moves[name] ?? 0) + amount;
  }
  expect(co.company.currency).toBe('USD');
  return Object.fromEntries(Object.entries(moves).filter(([, amount]) => amount !== 0));
}

function difference(before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>): Record<string, number> {
  const accounts = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const moved = accounts.map((account) => [account, (after[account] ?? 0) - (before[account] ?? 0)] as const);
  return Object.fromEntries(moved.filter(([, amount]) => amount !== 0));
}

/** What of an invoice an update of ours can change. */
function contentOf(co: QboBooks, number: string) {
  const { Line, TxnDate, DueDate, SalesTermRef, CustomerMemo, TotalAmt, CustomerRef } = inBooks(co, 'Invoice', number)!;
  const lines = Line.map(({ Id: _, ...line }: { Id?: string }) => line);
  return { lines, TxnDate, DueDate, SalesTermRef, CustomerMemo, TotalAmt, CustomerRef };
}
