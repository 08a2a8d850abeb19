import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { customer, type Desk, invoice, line, messageOf, openDesk, Poster, payment, receiptIn } from '../desk.testing.ts';
import { quickbooksOnline } from '../quickbooks-online.ts';

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

describe('payments', () => {
  it('what was taken off a payment is known even if that answer was lost, so that an undo can restore it', async () => {
    await poster.post(invoice('1'));
    await poster.post(payment('P1', 10000, { 1: 10000 }));
    const lower = invoice('1', { operation: 'invoice.update', lines: [line(4000)] });
    const stored = await poster.call([lower]);
    desk.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' } });
    await expect(poster.send(stored, [lower])).rejects.toMatchObject({ kind: 'transient' });
    expect([unapplied('p-P1'), balance('i-1')]).toEqual([60, 60]);
    const [outcome] = await poster.send({ ...stored, attempt: 2 }, [lower]);
    expect(receiptIn(outcome).details.released).toEqual([{ payment: poster.posted('p-P1').receipt.externalId, amount: 6000 }]);
  });

  describe('that were taken off an invoice when it was lowered, once it is raised again,', () => {
    const total = (amount: number) => invoice('1', { operation: 'invoice.update', lines: [line(amount)] });
    const lowered = async () => {
      await poster.post(invoice('1'));
      await poster.post(payment('P1', 10000, { 1: 10000 }));
      await poster.post(total(4000));
    };
    const released = (outcome: Parameters<typeof receiptIn>[0]) => receiptIn(outcome).details.released;
    const told = (outcome: unknown) => (outcome as { warnings?: readonly { code: string }[] }).warnings?.map(({ code }) => code);
    const books = () => [poster.held('i-1').TotalAmt, balance('i-1'), unapplied('p-P1')];

    it('are applied to it again as far as possible, and an undo reverses each step', async () => {
      await lowered();
      const p1 = poster.posted('p-P1').receipt.externalId;
      const [part] = await poster.post(total(7000));
      expect([books(), released(part), told(part)]).toEqual([[70, 0, 30], [{ payment: p1, amount: 3000 }], undefined]);
      const before = poster.posted('i-1');
      const [whole] = await poster.post(total(12000));
      expect([books(), released(whole), told(whole)]).toEqual([[120, 20, 0], undefined, undefined]);
      await poster.takeBack('i-1');
      expect(books()).toEqual([70, 0, 30]);
      poster.postings.set('i-1', before);
      await poster.takeBack('i-1');
      expect(books()).toEqual([40, 0, 60]);
    });

    it('are applied once, even if the answer to that was lost', async () => {
      await lowered();
      const call = await poster.call([total(10000)]);
      desk.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' }, skip: 1 });
      await expect(poster.send(call, [total(10000)])).rejects.toMatchObject({ kind: 'transient' });
      const [outcome] = await poster.send({ ...call, attempt: 2 }, [total(10000)]);
      expect([outcome!.status, books(), released(outcome), told(outcome)]).toEqual([
        'existed',
        [100, 0, 0],
        undefined,
        undefined,
      ]);
    });

    it('stay where a person applied them, and what is missing is reported', async () => {
      await lowered();
      await poster.post(invoice('2'));
      const applied = (number: string, Amount: number) => ({
        Amount,
        LinkedTxn: [{ TxnId: poster.held(`i-${number}`).Id, TxnType: 'Invoice' }],
      });
      const Line = [applied('1', 40), applied('2', 60)];
      act({ act: 'edit', entity: 'Payment', id: poster.held('p-P1').Id, changes: { Line } });
      const [outcome] = await poster.post(total(10000));
      expect([books(), balance('i-2'), told(outcome)]).toEqual([[100, 60, 0], 40, ['credit-to-apply']]);
    });

    it('stay unapplied if our records moved them to another invoice in between', async () => {
      await lowered();
      await poster.post(reallocated(10000, { 1: 4000 }));
      const [outcome] = await poster.post(total(10000));
      expect([books(), told(outcome)]).toEqual([[100, 60, 60], undefined]);
    });
  });

  it('case 17: one payment over three invoices is one payment', async () => {
    await poster.post(invoice('1'), invoice('2'), invoice('3'));
    const [outcome] = await poster.post(payment('P1', 25000, { 1: 10000, 2: 10000, 3: 5000 }));
    expect(receiptIn(outcome)).toMatchObject({ total: 25000, number: 'P1', details: { unapplied: 0 } });
    expect(['i-1', 'i-2', 'i-3'].map(balance)).toEqual([0, 0, 50]);
  });

  it('case 55: a deposit goes out unapplied, and is applied once its invoice is there', async () => {
    expect(receiptIn((await poster.post(deposit(4000)))[0]).details.unapplied).toBe(4000);
    await poster.post(invoice('1'));
    const [outcome] = await poster.post(reallocated(4000, { 1: 4000 }));
    expect(receiptIn(outcome)).toMatchObject({ total: 4000, details: { unapplied: 0 } });
    expect(balance('i-1')).toBe(60);
    expect(desk.company.records('Payment')).toHaveLength(1);
  });

  it('case 56: a payment of an invoice that went before it in the batch is one applied insert', async () => {
    await poster.post(invoice('1'));
    const [outcome] = await poster.post(payment('P1', 4000, { 1: 4000 }));
    expect(outcome).toMatchObject({ status: 'created', receipt: { details: { unapplied: 0 } } });
    expect((outcome as { warnings?: unknown }).warnings).toBeUndefined();
  });

  it('case 57: a deposit that QuickBooks applied by itself is not applied again', async () => {
    desk.company.setPreferences({ autoApplyCredit: true });
    await poster.post(deposit(4000));
    await poster.post(invoice('1'));
    expect(balance('i-1')).toBe(60);
    expect(await poster.post(reallocated(4000, { 1: 4000 }))).toMatchObject([{ status: 'existed' }]);
    expect(balance('i-1')).toBe(60);
    expect(unapplied('p-P1')).toBe(0);
  });

  it('case 57: what QuickBooks applied to another invoice of ours moves to the right one', async () => {
    desk.company.setPreferences({ autoApplyCredit: true });
    await poster.post(deposit(4000));
    await poster.post(invoice('1'));
    await poster.post(invoice('2'));
    expect(await poster.post(reallocated(4000, { 2: 4000 }))).toMatchObject([{ status: 'created' }]);
    expect(['i-1', 'i-2'].map(balance)).toEqual([100, 60]);
  });

  it('case 57: re-allocations go before new payments, so that an invoice has room for its own payment', async () => {
    desk.company.setPreferences({ autoApplyCredit: true });
    await poster.post(deposit(4000));
    await poster.post(invoice('1'));
    await poster.post(invoice('2'));
    const both = [reallocated(4000, { 2: 4000 }), payment('P2', 10000, { 1: 10000 })];
    for (const stage of quickbooksOnline.stages) {
      const documents = both.filter(({ operation }) => stage.operations.includes(operation));
      if (documents.length > 0) await poster.post(...documents);
    }
    expect(['i-1', 'i-2'].map(balance)).toEqual([0, 60]);
    expect(['p-P1', 'p-P2'].map(unapplied)).toEqual([0, 0]);
  });

  it('two payments that were on each other’s invoices trade places in one call, and back with an undo', async () => {
    await poster.post(invoice('1'), invoice('2', { lines: [line(7000)] }));
    await poster.post(payment('A', 10000, { '1': 10000 }), payment('B', 7000, { '2': 7000 }));
    const update = { operation: 'payment.update' } as const;
    const outcomes = await poster.post(payment('A', 10000, { '2': 7000 }, update), payment('B', 7000, { '1': 7000 }, update));
    expect(outcomes.map((outcome) => [outcome.status, 'warnings' in outcome])).toEqual([
      ['created', false],
      ['created', false],
    ]);
    const applied = () =>
      ['p-A', 'p-B'].map((id) => poster.held(id).Line!.map(({ Amount, LinkedTxn }) => [LinkedTxn![0]!.TxnId, Amount]));
    const [one, two] = [poster.held('i-1').Id, poster.held('i-2').Id];
    expect(applied()).toEqual([[[two, 70]], [[one, 70]]]);
    expect(await poster.takeBack('p-B', 'p-A')).toMatchObject([{ status: 'undone' }, { status: 'undone' }]);
    expect(applied()).toEqual([[[one, 100]], [[two, 70]]]);
  });

  it('three payments move by one invoice each, and the one that makes room comes last', async () => {
    await poster.post(invoice('1'), invoice('2'), invoice('3'));
    await poster.post(
      payment('A', 10000, { '1': 10000 }),
      payment('B', 10000, { '2': 10000 }),
      payment('C', 10000, { '3': 10000 }),
    );
    const update = { operation: 'payment.update' } as const;
    await poster.post(
      payment('A', 10000, { '2': 10000 }, update),
      payment('B', 10000, { '3': 10000 }, update),
      payment('C', 10000, {}, update),
    );
    const balances = ['i-1', 'i-2', 'i-3'].map((id) => poster.held(id).Balance);
    expect(balances).toEqual([100, 0, 0]);
    expect(['p-A', 'p-B', 'p-C'].map((id) => poster.held(id).UnappliedAmt)).toEqual([0, 0, 100]);
  });

  it('case 58: a deposit is split over two invoices, and what was refunded is not in it', async () => {
    await poster.post(payment('P1', 12000, {}, { gross: 15000 as never, netted: [{ refundId: 'r', amount: 3000 as never }] }));
    await poster.post(invoice('1'), invoice('2'));
    await poster.post(reallocated(12000, { 1: 7000, 2: 5000 }));
    expect(['i-1', 'i-2'].map(balance)).toEqual([30, 50]);
    expect(unapplied('p-P1')).toBe(0);
  });

  it('case 59: a payment in a bank deposit is left to a person', async () => {
    await poster.post(deposit(4000));
    await poster.post(invoice('1'));
    act({ act: 'deposit', payments: [poster.held('p-P1').Id], account: 'Checking' });
    const [outcome] = await poster.post(reallocated(4000, { 1: 4000 }));
    expect(outcome).toMatchObject({ status: 'refused', problem: { code: 'payment-deposited' } });
    expect(messageOf(outcome)).toContain('is in a bank deposit');
    expect(balance('i-1')).toBe(100);
  });

  it('case 63: a payment whose invoice was deleted in QuickBooks is posted unapplied, with a warning', async () => {
    await poster.post(invoice('1'));
    act({ act: 'delete', entity: 'Invoice', id: poster.held('i-1').Id });
    const [outcome] = await poster.post(payment('P1', 4000, { 1: 4000 }));
    expect(outcome).toMatchObject({ status: 'created', warnings: [{ code: 'payment-unapplied' }] });
    expect(receiptIn(outcome).details.unapplied).toBe(4000);
    expect(receiptIn(outcome).applied).toEqual([{ invoiceId: 'i-1', amount: 0, because: 'not-sent' }]);
  });

  describe('real case 04: a parent pays for its sub-customers', () => {
    const parent = customer('Bayside Property Mgmt');
    const sub = (name: string) => customer(`Bayside Property Mgmt:${name}`);
    const bill = (number: string, of: ReturnType<typeof customer>) => invoice(number, { customer: of });
    const paid = (applied: Record<string, number>, more: object = {}) =>
      payment('P1', 20000, applied, { customer: parent, ...more });

    it('and an undo and a later re-allocation keep that', async () => {
      await poster.post(bill('1', sub('A')), bill('2', sub('B')));
      const [outcome] = await poster.post(paid({ 1: 10000, 2: 10000 }));
      expect(outcome).not.toHaveProperty('warnings');
      expect(receiptIn(outcome).applied).toEqual([
        { invoiceId: 'i-1', amount: 10000 },
        { invoiceId: 'i-2', amount: 10000 },
      ]);
      expect(['i-1', 'i-2'].map(balance)).toEqual([0, 0]);
      await poster.post(paid({ 1: 10000 }, { operation: 'payment.update' }));
      expect(['i-1', 'i-2'].map(balance)).toEqual([0, 100]);
      expect(await poster.takeBack('p-P1')).toMatchObject([{ status: 'undone' }]);
      expect(['i-1', 'i-2'].map(balance)).toEqual([0, 0]);
    });

    it('also what a lowered invoice gave back to them', async () => {
      await poster.post(bill('1', sub('A')));
      await poster.post(paid({ 1: 10000 }));
      const total = (amount: number) => invoice('1', { operation: 'invoice.update', lines: [line(amount)], customer: sub('A') });
      await poster.post(total(4000));
      expect(unapplied('p-P1')).toBe(160);
      await poster.post(total(10000));
      expect([balance('i-1'), unapplied('p-P1')]).toEqual([0, 100]);
    });

    it('by the books’ own hierarchy too, whatever the names say', async () => {
      await poster.post(bill('1', customer('Site 7')));
      await poster.post(payment('P0', 1, {}, { customer: parent }));
      const ids = Object.fromEntries(desk.company.records('Customer').map(({ Id, DisplayName }) => [DisplayName, Id]));
      act({
        act: 'edit',
        entity: 'Customer',
        id: ids['Site 7']!,
        changes: { Job: true, ParentRef: { value: ids['Bayside Property Mgmt'] } },
      });
      await poster.post(paid({ 1: 10000 }));
      expect(balance('i-1')).toBe(0);
    });

    it('and anybody else’s invoice stays open: the money is in the books, with a warning', async () => {
      await poster.post(bill('1', sub('A')), bill('2', customer('Carl')));
      const [outcome] = await poster.post(paid({ 1: 10000, 2: 10000 }));
      expect(outcome).toMatchObject({ status: 'created', warnings: [{ code: 'customer-differs' }] });
      expect(receiptIn(outcome).applied).toEqual([
        { invoiceId: 'i-1', amount: 10000 },
        { invoiceId: 'i-2', amount: 0, because: 'other-customer' },
      ]);
      expect([balance('i-1'), balance('i-2'), unapplied('p-P1')]).toEqual([0, 100, 100]);
    });

    it('and where the books drop the link without a word, the receipt shows it', async () => {
      desk.simulator.control.setSwitches({ parentPayments: 'dropped' });
      await poster.post(bill('1', sub('A')));
      const [outcome] = await poster.post(paid({ 1: 10000 }));
      expect(outcome).toMatchObject({ status: 'created', warnings: [{ code: 'paid-over-invoice' }] });
      expect(receiptIn(outcome).applied).toEqual([{ invoiceId: 'i-1', amount: 0, because: 'over' }]);
    });
  });

  it('what was applied is known even if that answer was lost', async () => {
    await poster.post(invoice('1'), invoice('2', { customer: customer('Carl') }));
    const document = payment('P1', 30000, { 1: 20000, 2: 10000 });
    const call = await poster.call([document]);
    desk.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' } });
    await expect(poster.send(call, [document])).rejects.toMatchObject({ kind: 'transient' });
    const [outcome] = await poster.send({ ...call, attempt: 2 }, [document]);
    expect(receiptIn(outcome).applied).toEqual([
      { invoiceId: 'i-1', amount: 10000, because: 'over' },
      { invoiceId: 'i-2', amount: 0, because: 'other-customer' },
    ]);
    expect((outcome as unknown as { warnings: { code: string }[] }).warnings.map(({ code }) => code)).toEqual([
      'paid-over-invoice',
      'customer-differs',
    ]);
  });

  it.each(['refuse', 'cap'] as const)(
    'case 64: nothing more is applied to an invoice that a person marked paid in QuickBooks (over-application: %s)',
    async (paymentOverBalance) => {
      desk.simulator.control.setSwitches({ paymentOverBalance });
      await poster.post(invoice('1'));
      const { Id, CustomerRef } = poster.held('i-1');
      const Line = [{ Amount: 90, LinkedTxn: [{ TxnId: Id, TxnType: 'Invoice' }] }];
      act({ act: 'create', entity: 'Payment', record: { CustomerRef, TotalAmt: 90, Line } });
      const [outcome] = await poster.post(payment('P1', 10000, { 1: 10000 }));
      expect(outcome).toMatchObject({ status: 'created', warnings: [{ code: 'paid-over-invoice' }] });
      expect(receiptIn(outcome).details.unapplied).toBe(9000);
      expect(receiptIn(outcome).applied).toEqual([{ invoiceId: 'i-1', amount: 1000, because: 'over' }]);
      expect(balance('i-1')).toBe(0);
    },
  );

  it('two payments of one call share what is open on the invoice', async () => {
    await poster.post(invoice('1'));
    const outcomes = await poster.post(payment('P1', 7000, { 1: 7000 }), payment('P2', 7000, { 1: 7000 }));
    expect(outcomes.map((outcome) => receiptIn(outcome).details.unapplied)).toEqual([0, 4000]);
    expect(balance('i-1')).toBe(0);
  });

  it.each([
    ['Zelle – Tom', 'Zelle - Tom', []],
    ['#4471 ✓', '#4471 ?', ['has the reference “#4471 ✓”. QuickBooks gets “#4471 ?”']],
    ['Tab\there, 20 € + 10 €', 'Tab here, 20 EUR + 10', ['QuickBooks gets “Tab here, 20 EUR + 10”']],
  ])(
    'real case 25: the reference “%s” stops no payment: it is “%s” in QuickBooks, and is recognized',
    async (refNo, held, told) => {
      const document = payment('P1', 10000, { 1: 10000 }, { refNo });
      expect(quickbooksOnline.validate(document, undefined, desk.settings())).toMatchObject(
        told.map((text) => ({
          code: 'spelled-plainly',
          severity: 'notice',
          message: expect.stringContaining(text),
          field: 'reference',
        })),
      );
      await poster.post(invoice('1'));
      const stored = await poster.call([document]);
      desk.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' } });
      await expect(poster.send(stored, [document])).rejects.toMatchObject({ kind: 'transient' });
      expect(await poster.send({ ...stored, attempt: 2 }, [document])).toMatchObject([{ status: 'existed' }]);
      expect(poster.held('p-P1')).toMatchObject({ PaymentRefNum: held, UnappliedAmt: 0 });
      expect(await poster.read('p-P1')).toMatchObject([{ status: 'same' }]);
      act({ act: 'edit', entity: 'Payment', id: poster.held('p-P1').Id, changes: { TxnDate: '2026-10-09' } });
      expect(JSON.stringify(await poster.read('p-P1'))).toMatch(/: date 2026-10-09 instead of 2026-10-03\. Compare/);
    },
  );

  it('two payments with one number are two, each found by its own marker', async () => {
    const twins = [
      payment('P1', 100),
      payment('P1', 100, {}, { record: { type: 'payment', id: 'p-2' }, marker: 'Ledgerpost payment p-2' }),
    ];
    const call = await poster.call(twins);
    desk.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { operation: 'batch' } });
    await expect(poster.send(call, twins)).rejects.toThrow();
    const outcomes = await poster.send({ ...call, attempt: 2 }, twins);
    expect(new Set(outcomes.map((outcome) => receiptIn(outcome).externalId)).size).toBe(2);
    expect(desk.company.records('Payment')).toHaveLength(2);
  });

  it('a payment that a person applied to another invoice is a conflict', async () => {
    await poster.post(deposit(4000));
    await poster.post(invoice('1'));
    const { Id, CustomerRef } = poster.held('p-P1');
    const line = { Amount: 100, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '1' } } };
    const theirs = act({ act: 'create', entity: 'Invoice', record: { CustomerRef, DocNumber: '900', Line: [line] } });
    const Line = [{ Amount: 40, LinkedTxn: [{ TxnId: theirs.Id, TxnType: 'Invoice' }] }];
    act({ act: 'edit', entity: 'Payment', id: Id, changes: { Line } });
    const [outcome] = await poster.post(reallocated(4000, { 1: 4000 }));
    expect(outcome).toMatchObject({ status: 'conflict' });
    expect(messageOf(outcome)).toContain('invoice 900');
  });
});
