import { markInBooks, previewBatch } from '@ledgerpost/batching';
import type { SourceRecord } from '@ledgerpost/core';
import { ledgerOf, listBatches, listUnbatched, reportOf } from '@ledgerpost/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creditMemo, customer, invoice, payment, refund } from '../testing/records.testing.ts';
import { held, type QboBooks, quickbooks, quickbooksHarness } from './quickbooks.testing.ts';

/* Money that was received is in the books, with a warning where something about it is odd: real cases, from records to books. */

let h: Awaited<ReturnType<typeof quickbooksHarness>>;
beforeAll(async () => {
  h = await quickbooksHarness();
});
afterAll(() => h.close());

const to = (...parts: [string, string][]) => parts.map(([invoiceId, amount]) => ({ invoiceId, amount }));
const bill = (id: string, amount: string, more: object = {}) =>
  invoice(id, { lines: [{ name: 'Tune-up', quantity: '1', unitPrice: amount, amount, taxable: false }], total: amount, ...more });
const balanceOf = (co: QboBooks, id: string) => held(co, 'Invoice').find((one) => one.DocNumber === `N-${id}`)?.Balance;
const paymentIn = (co: QboBooks, id: string) => held(co, 'Payment').find((one) => one.PaymentRefNum === `R-${id}`);

/** What is unbatched, by record: what it would be, or why it is stopped. */
async function open(co: QboBooks): Promise<Record<string, string>> {
  const lists = await Promise.all(
    (['invoices', 'payments'] as const).map((list) =>
      listUnbatched(h.store, { companyId: co.company.id, target: 'qbo', list, filter: {}, sort: 'date', limit: 100 }),
    ),
  );
  return Object.fromEntries(
    lists.flatMap(({ rows }) =>
      rows.map(({ ref, readiness, operation, reason }) => [`${ref.type}/${ref.id}`, `${readiness} ${operation ?? reason}`]),
    ),
  );
}

/** The codes that a preview counts, and those of the batch that is run after it, which must be the same. */
async function told(co: QboBooks): Promise<Record<string, number>> {
  const preview = await previewBatch({ store: h.store, target: quickbooks }, co.request());
  const batch = await h.run(co);
  const counts: Record<string, number> = {};
  for (const { problems } of await h.items(batch))
    for (const code of new Set(problems.map((one) => one.code))) counts[code] = (counts[code] ?? 0) + 1;
  expect(counts).toEqual(preview.problemCounts);
  return counts;
}

const connected = (records: readonly SourceRecord[], settings: object = {}) => h.connected(records, { settings });

describe.concurrent('received money', { timeout: 300_000 }, () => {
  it('real case 22: a tip over the invoice’s total is posted, applied up to the total, and asks for nothing more', async () => {
    const co = await connected([
      customer('c-1'),
      bill('1', '180.00'),
      payment('1', { amount: '200.00', allocations: to(['1', '200.00']) }),
    ]);
    expect(await told(co)).toEqual({ 'paid-over-invoice': 1 });
    expect([balanceOf(co, '1'), paymentIn(co, '1')]).toMatchObject([0, { TotalAmt: 200, UnappliedAmt: 20 }]);
    expect(await open(co)).toEqual({});
    await co.put(bill('1', '190.00'));
    await h.run(co);
    expect(await open(co)).toEqual({ 'payment/1': 'ready payment.update' });
    await h.run(co);
    expect([balanceOf(co, '1'), paymentIn(co, '1')?.UnappliedAmt, await open(co)]).toEqual([0, 10, {}]);
  });

  it('real case 04: a parent pays for its sub-customers with one payment', async () => {
    const co = await connected([
      customer('c-1', { accountingKey: 'Bayside Property Mgmt' }),
      customer('c-2', { accountingKey: 'Bayside Property Mgmt:Elm St' }),
      customer('c-3', { accountingKey: 'Bayside Property Mgmt:Oak St' }),
      bill('1', '150.00', { customerId: 'c-2' }),
      bill('2', '225.00', { customerId: 'c-3' }),
      payment('1', { amount: '375.00', allocations: to(['1', '150.00'], ['2', '225.00']) }),
    ]);
    expect(await told(co)).toEqual({});
    expect([balanceOf(co, '1'), balanceOf(co, '2'), paymentIn(co, '1')?.UnappliedAmt]).toEqual([0, 0, 0]);
    expect(await open(co)).toEqual({});
  });

  it('for another customer’s invoice is posted unapplied, and offered again once the invoice is the payer’s', async () => {
    const co = await connected([
      customer('c-1'),
      customer('c-2', { accountingKey: 'Somebody Else' }),
      bill('1', '150.00', { customerId: 'c-2' }),
      payment('1', { amount: '150.00', allocations: to(['1', '150.00']) }),
    ]);
    await h.run(co);
    expect([balanceOf(co, '1'), paymentIn(co, '1')?.UnappliedAmt, await open(co)]).toEqual([150, 150, {}]);
    await co.put(bill('1', '150.00'));
    await h.run(co);
    expect(await open(co)).toEqual({ 'payment/1': 'ready payment.update' });
    await h.run(co);
    expect([balanceOf(co, '1'), paymentIn(co, '1')?.UnappliedAmt, await open(co)]).toEqual([0, 0, {}]);
  });

  it('whose allocations contradict it is posted unapplied, and applied once they are right', async () => {
    const co = await connected([
      customer('c-1'),
      bill('1', '60.00'),
      bill('2', '60.00'),
      payment('1', { amount: '100.00', allocations: to(['1', '60.00'], ['2', '60.00']) }),
      payment('2', { amount: '50.00', allocations: to(['1', '-5.00']) }),
    ]);
    expect(await told(co)).toEqual({ 'over-allocated': 1, 'payment-unapplied': 1 });
    expect([paymentIn(co, '1')?.UnappliedAmt, paymentIn(co, '2')?.UnappliedAmt, await open(co)]).toEqual([100, 50, {}]);
    await co.put(payment('1', { amount: '100.00', allocations: to(['1', '60.00'], ['2', '40.00']) }));
    expect(await open(co)).toEqual({ 'payment/1': 'ready payment.update' });
    await h.run(co);
    expect([balanceOf(co, '1'), balanceOf(co, '2'), await open(co)]).toEqual([0, 20, {}]);
  });

  it('real case 13: an invoice whose price was rounded goes with its amounts, and so does its payment', async () => {
    const line = { name: 'Tune-up', quantity: '3', unitPrice: '33.33', amount: '100.00', taxable: false };
    const co = await connected([
      customer('c-1'),
      invoice('1', { lines: [line], total: '100.00' }),
      payment('1', { amount: '100.00', allocations: to(['1', '100.00']) }),
    ]);
    expect(await told(co)).toEqual({ 'amount-mismatch': 1, 'quantity-not-sent': 1 });
    const [sold] = held(co, 'Invoice')[0]!.Line;
    expect(sold).toMatchObject({ Amount: 100 });
    expect(sold.SalesItemLineDetail).not.toHaveProperty('Qty');
    expect([balanceOf(co, '1'), await open(co)]).toEqual([0, {}]);
  });

  it('06-card-fee-on-payment: 89.00 pays the invoice, 1.45 is a card fee, 87.55 is in the bank; checked and undone as one', async () => {
    const card = { amount: '89.00', method: 'Credit Card', fee: '1.45' };
    const co = await connected(
      [customer('c-1'), bill('1', '89.00'), payment('1', { ...card, allocations: to(['1', '89.00']) }), payment('2', card)],
      { accounts: { fees: 'Office Expenses', depositTo: 'Checking', receivable: 'Accounts Receivable (A/R)' } },
    );
    const before = co.balances();
    expect(await told(co)).toEqual({});
    const moved = { Checking: 17_510, 'Office Expenses': 290, 'Accounts Receivable (A/R)': -8_900, Services: -8_900 };
    expect(co.balances()).toMatchObject(moved);
    expect([balanceOf(co, '1'), paymentIn(co, '1')?.TotalAmt, paymentIn(co, '1')?.UnappliedAmt]).toEqual([0, 89, 0]);
    const { id } = (await listBatches(h.store, { companyId: co.company.id, limit: 1 })).rows[0]!;
    expect(await h.verify(co, id)).toMatchObject({ counts: { same: 3, changed: 0, gone: 0 } });
    const sums = (await reportOf(h.store.sql, id)).accounts.map(({ role, account, ours, books }) => [
      ...[role, account, ours.amount, books?.amount],
    ]);
    expect(sums).toContainEqual(['fee', 'Office Expenses', 290, 290]);
    expect(sums).toContainEqual(['deposit', 'Checking', 17_510, 17_510]);
    expect((await ledgerOf(h.store.sql, id)).map(({ role, account, amount }) => [role, account, amount])).toEqual([
      ['deposit', 'Checking', 17_510],
      ['fee', 'Office Expenses', 290],
      ['income', expect.anything(), -8_900],
      ['receivable', null, -8_900],
    ]);
    // A check for changes finds the journal of a fee that a person changed, and shows the payment.
    expect(await h.look(co)).toMatchObject({ end: 'done', found: 0 });
    const journal = held(co, 'JournalEntry').find((one) => one.DocNumber === 'FEE-2')!;
    co.books.act({ act: 'delete', entity: 'JournalEntry', id: journal.Id });
    expect(await h.look(co)).toMatchObject({ end: 'done', found: 1 });
    expect((await h.undo(co, id)).state).toBe('undone');
    expect(co.balances()).toEqual(before);
  });

  it('real cases 02, 05, 06, 11, 12 and 20: what is odd about documents is in the books as it should be, and an undo takes it out', async () => {
    const line = (name: string, quantity: string, unitPrice: string, amount: string, more: object = {}) => ({
      ...{ name, quantity, unitPrice, amount, taxable: false },
      ...more,
    });
    const club = line('Comfort Club', '1', '200', '200.00', { accountingCategory: 'Memberships' });
    const refrigerant = [line('R-410A', '3.5', '18.375', '64.31'), line('Labor', '2', '40', '80.00')];
    const co = await connected(
      [
        customer('c-1'),
        bill('02', '200.00', { lines: [club] }),
        payment('02', { amount: '200.00', allocations: to(['02', '200.00']) }),
        bill('05', '100.00', { terms: 'Due upon receipt' }),
        payment('05', { amount: '100.00', method: 'Credit Card', fee: '1.45', allocations: to(['05', '100.00']) }),
        bill('11', '60.00', { terms: 'Net 30 days', dueDate: '2026-12-20' }),
        payment('11', { amount: '60.00', allocations: to(['11', '60.00']) }),
        invoice('12', { lines: refrigerant, total: '144.31' }),
        bill('20', '100.00'),
        creditMemo('20', { number: 'N-20', lines: [line('Labor', '1', '30', '30.00')], total: '30.00' }),
      ],
      {
        categories: { Memberships: 'Customer Deposits' },
        paymentAccounts: { 'Credit Card': 'Savings' },
        terms: { 'Due upon receipt': 'Due on receipt' },
      },
    );
    const before = co.balances();
    const preview = await previewBatch({ store: h.store, target: quickbooks }, co.request());
    expect(preview.problemCounts).toEqual({ 'fee-not-posted': 1, 'unknown-terms': 1, 'number-shared': 2, 'credit-unapplied': 1 });
    const batch = await h.run(co);
    const of = (id: string) => held(co, 'Invoice').find((one) => one.DocNumber === `N-${id}`)!;
    const termsOf = (id: string) => held(co, 'Term').find(({ Id }) => Id === of(id).SalesTermRef?.value)?.Name;
    expect(co.balances()).toMatchObject({ 'Customer Deposits': -20_000, 'Undeposited Funds': 26_000, Savings: 10_000 });
    expect([of('05').Balance, of('11').Balance, termsOf('05'), termsOf('11'), of('11').DueDate]).toEqual([
      ...[0, 0, 'Due on receipt', undefined, '2026-12-20'],
    ]);
    expect(of('12').Line[0]).toMatchObject({ Amount: 64.31, SalesItemLineDetail: { Qty: 3.5, UnitPrice: 18.375 } });
    // QuickBooks refuses the second of one number, by name, and nothing else.
    const states = await h.states(batch);
    expect(Object.entries(states).filter(([, state]) => state !== 'posted')).toEqual([['creditMemo/20', 'refused']]);
    expect((await h.item(batch, 'creditMemo', '20')).problems).toContainEqual(
      expect.objectContaining({ code: 'duplicate-number', message: expect.stringContaining('N-20') }),
    );
    expect((await h.undo(co, batch.id)).state).toBe('undone');
    expect(co.balances()).toEqual(before);
  });

  it('gift cards, tips, discounts, free lines, parts of payments, refunds and odd names are in the books to the cent, and an undo takes them out', async () => {
    const line = (amount: string, more: object = {}) => ({
      ...{ name: 'Work', quantity: '1', unitPrice: amount, amount, taxable: false },
      ...more,
    });
    const card = { name: 'Gift card', accountingCategory: 'Cards' };
    const taxed = (amount: string, more: object = {}) => ({ tax: { name: 'San Mateo', rate: '9.875', amount, ...more } });
    const sold = (id: string, total: string, lines: readonly object[], more: object = {}) => bill(id, total, { lines, ...more });
    const paid = (id: string, amount: string, ...parts: [string, string][]) => payment(id, { amount, allocations: to(...parts) });
    const taxable = { taxable: true };
    const parts = [
      { name: 'State', rate: '6', amount: '6.00' },
      { name: 'City', rate: '3.5', amount: '3.50' },
    ];
    const co = await connected(
      [
        ...[customer('c-1'), customer('c-2', { accountingKey: 'A::B' }), customer('c-3', { taxExempt: true })],
        customer('c-4', { accountingKey: 'l1:l2:l3:l4:l5:l6' }),
        ...[bill('zero', '0.00'), sold('even', '0.00', [line('100.00'), line('-100.00', card)])],
        ...[sold('card', '100.00', [line('100.00', card)]), paid('card', '100.00', ['card', '100.00'])],
        ...[sold('by-card', '150.00', [line('250.00'), line('-100.00', card)]), paid('by-card', '150.00', ['by-card', '150.00'])],
        sold('tip', '129.88', [line('100.00', taxable), line('20.00', { ...card, name: 'Tip' })], taxed('9.88')),
        sold('less', '87.90', [line('100.00', taxable), line('-20.00', { ...taxable, name: 'Discount' })], taxed('7.90')),
        sold('thirds', '10.98', [line('3.33', taxable), line('3.33', taxable), line('3.33', taxable)], taxed('0.99')),
        sold('two', '109.50', [line('100.00', taxable)], taxed('9.50', { parts })),
        sold('free', '10.00', [line('0.00', { quantity: '0', unitPrice: '50' }), line('10.00', { name: 'HVAC: tune-up' })]),
        sold('back', '30.00', [line('-50.00', { quantity: '-1', unitPrice: '50' }), line('80.00')]),
        sold('exempt', '40.00', [line('40.00', taxable)], { customerId: 'c-3', ...taxed('0.00') }),
        ...[bill('part', '100.00'), paid('p1', '40.00', ['part', '40.00']), paid('p2', '60.00', ['part', '60.00'])],
        ...[bill('twice', '100.00'), paid('twice', '100.00', ['twice', '60.00'], ['twice', '40.00'])],
        ...[paid('deposit', '150.00'), paid('back', '150.00'), refund('1', 'back', '50.00')],
        ...[paid('gone', '80.00'), refund('2', 'gone', '80.00')],
        ...[paid('less', '80.00'), refund('3', 'less', '90.00')],
        payment('colons', { customerId: 'c-2', amount: '10.00', allocations: [] }),
        payment('deep', { customerId: 'c-4', amount: '12.00', allocations: [] }),
      ],
      { categories: { Cards: 'Customer Deposits' }, taxCodes: { 'San Mateo': 'California' } },
    );
    const before = co.balances();
    expect(await told(co)).toEqual({ 'odd-accounting-key': 1, 'spelled-plainly': 2 });
    const ofAll = (kind: string) =>
      held(co, kind).map((one) => [one.DocNumber ?? one.PaymentRefNum, one.TotalAmt, one.Balance ?? one.UnappliedAmt]);
    expect(Object.fromEntries(ofAll('Invoice').map(([number, ...rest]) => [number, rest]))).toEqual({
      ...{ 'N-zero': [0, 0], 'N-even': [0, 0], 'N-card': [100, 0], 'N-by-card': [150, 0], 'N-tip': [129.88, 129.88] },
      ...{ 'N-less': [87.9, 87.9], 'N-thirds': [10.98, 10.98], 'N-two': [109.5, 109.5], 'N-free': [10, 10], 'N-back': [30, 30] },
      ...{ 'N-exempt': [40, 40], 'N-part': [100, 0], 'N-twice': [100, 0] },
    });
    expect(Object.fromEntries(ofAll('Payment').map(([number, ...rest]) => [number, rest]))).toEqual({
      ...{ 'R-card': [100, 0], 'R-by-card': [150, 0], 'R-p1': [40, 0], 'R-p2': [60, 0], 'R-twice': [100, 0] },
      ...{ 'R-deposit': [150, 150], 'R-back': [100, 100], 'R-colons': [10, 10], 'R-deep': [12, 12] },
    });
    // Two cards were taken that only one sale paid for; the tip is owed.
    expect(co.balances()).toMatchObject({ 'Customer Deposits': 8_000, 'Sales Tax Payable': -2_827, 'Undeposited Funds': 72_200 });
    expect(await open(co)).toMatchObject({ 'payment/less': expect.stringContaining('refund-exceeds-payment') });
    const [batch] = (await listBatches(h.store, { companyId: co.company.id, limit: 1 })).rows;
    expect((await h.undo(co, batch!.id)).state).toBe('undone');
    expect(co.balances()).toEqual(before);
  });

  it('of a stopped invoice is posted unapplied, and applied once the invoice is posted', async () => {
    const wrong = {
      lines: [{ name: 'Tune-up', quantity: '1', unitPrice: '99', amount: '99.00', taxable: false }],
      total: '100.00',
    };
    const co = await connected([
      customer('c-1'),
      invoice('1', wrong),
      bill('2', '50.00'),
      payment('1', { amount: '150.00', allocations: to(['1', '100.00'], ['2', '50.00']) }),
    ]);
    expect(await told(co)).toEqual({ 'total-mismatch': 1, 'payment-unapplied': 1 });
    expect([balanceOf(co, '2'), paymentIn(co, '1')]).toMatchObject([0, { TotalAmt: 150, UnappliedAmt: 100 }]);
    expect(await open(co)).toEqual({ 'invoice/1': 'ready invoice.insert', 'payment/1': 'waiting payment.update' });
    await co.put(bill('1', '100.00'));
    await h.run(co);
    expect([balanceOf(co, '1'), paymentIn(co, '1')?.UnappliedAmt, await open(co)]).toEqual([0, 0, {}]);
  });

  it('of an invoice that QuickBooks refuses is posted unapplied too', async () => {
    const co = await connected([
      customer('c-1'),
      bill('1', '100.00'),
      payment('1', { amount: '100.00', allocations: to(['1', '100.00']) }),
    ]);
    co.books.act({ act: 'create', entity: 'Customer', record: { DisplayName: 'By Hand' } });
    const theirs = held(co, 'Customer').find(({ DisplayName }) => DisplayName === 'By Hand')!.Id;
    const detail = { ItemRef: { value: '1' }, TaxCodeRef: { value: 'NON' } };
    const Line = [{ Amount: 7, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: detail }];
    co.books.act({ act: 'create', entity: 'Invoice', record: { DocNumber: 'N-1', CustomerRef: { value: theirs }, Line } });
    const batch = await h.run(co);
    expect(await h.states(batch)).toEqual({ 'invoice/1': 'refused', 'payment/1': 'posted' });
    expect(paymentIn(co, '1')).toMatchObject({ TotalAmt: 100, UnappliedAmt: 100 });
    expect(await open(co)).toEqual({ 'invoice/1': 'ready invoice.insert', 'payment/1': 'waiting payment.update' });
  });

  it('of a stopped invoice waits where the settings say so', async () => {
    const co = await connected(
      [
        customer('c-1'),
        bill('1', '100.00', { total: '101.00' }),
        payment('1', { amount: '100.00', allocations: to(['1', '100.00']) }),
      ],
      { policy: { paymentsOfStoppedInvoices: 'wait' } },
    );
    expect(await told(co)).toEqual({ 'total-mismatch': 1, 'invoice-not-sent': 1 });
    expect(held(co, 'Payment')).toEqual([]);
  });

  it('by an unknown method, job and department is posted without them', async () => {
    const co = await connected([
      customer('c-1'),
      bill('1', '100.00'),
      payment('1', { amount: '100.00', method: 'Barter', jobId: 'j-9', departmentId: 'd-9', allocations: to(['1', '100.00']) }),
    ]);
    expect(await told(co)).toEqual({ 'unknown-payment-method': 1, 'payment-unsorted': 1 });
    expect([balanceOf(co, '1'), await open(co)]).toEqual([0, {}]);
    expect(paymentIn(co, '1')).not.toHaveProperty('PaymentMethodRef');
  });

  it('real case 50: corrected after its batch, is corrected in the books, and an undo brings it back', async () => {
    const paid = (more: object = {}) => payment('1', { amount: '100.00', allocations: to(['1', '100.00']), ...more });
    const co = await connected([customer('c-1'), bill('1', '100.00'), paid()]);
    await h.run(co);
    const before = co.balances();
    await co.put(paid({ date: '2026-10-09', method: 'Cash', amount: '120.00' }));
    expect(await open(co)).toEqual({ 'payment/1': 'ready payment.update' });
    const batch = await h.run(co);
    expect(await h.states(batch)).toEqual({ 'payment/1': 'posted' });
    expect(paymentIn(co, '1')).toMatchObject({ TxnDate: '2026-10-09', TotalAmt: 120, UnappliedAmt: 20 });
    expect([held(co, 'Payment').length, await open(co)]).toEqual([1, {}]);
    await h.undo(co, batch.id);
    expect([paymentIn(co, '1')?.TxnDate, co.balances()]).toEqual(['2026-10-04', before]);
    expect(await open(co)).toEqual({ 'payment/1': 'ready payment.update' });
  });

  it('real case 50: and so are a refund’s journal and a credit memo', async () => {
    const settings = { accounts: { receivable: 'Accounts Receivable (A/R)', refund: 'Checking' } };
    const co = await connected([customer('c-1'), payment('1'), creditMemo('m-1')], settings);
    await h.run(co);
    await co.put(refund('r-1', '1', '40.00'));
    await h.run(co);
    await co.put(refund('r-1', '1', '50.00'));
    const line = { name: 'Tune-up', quantity: '1', unitPrice: '100', amount: '100.00', taxable: false };
    await co.put(creditMemo('m-1', { lines: [line], total: '100.00' }));
    expect(await open(co)).toEqual({ 'refund/r-1': 'ready journal.update', 'creditMemo/m-1': 'ready creditMemo.update' });
    const batch = await h.run(co);
    expect(await h.states(batch)).toEqual({ 'refund/r-1': 'posted', 'creditMemo/m-1': 'posted' });
    expect(held(co, 'JournalEntry')[0]!.Line).toMatchObject([{ Amount: 50 }, { Amount: 50 }]);
    expect([held(co, 'CreditMemo')[0]!.TotalAmt, await open(co)]).toEqual([100, {}]);
  });

  it('in a bank deposit is refused once, and closed by a person who changed it there', async () => {
    const co = await connected([customer('c-1'), payment('1')]);
    await h.run(co);
    co.books.act({ act: 'deposit', payments: [String(paymentIn(co, '1')!.Id)], account: 'Checking' });
    await co.put(payment('1', { date: '2026-10-09' }));
    const batch = await h.run(co);
    expect((await h.item(batch, 'payment', '1')).problems).toMatchObject([{ code: 'payment-deposited' }]);
    expect(await open(co)).toEqual({ 'payment/1': 'stopped payment-deposited' });
    const mark = {
      ref: { type: 'payment', id: '1' } as const,
      externalId: String(paymentIn(co, '1')!.Id),
      reason: 'done',
      actor: 'ada',
    };
    const { company, companyTarget } = co.request();
    await markInBooks({ store: h.store, target: quickbooks }, { company, companyTarget, ...mark });
    expect(await open(co)).toEqual({});
  });
});
