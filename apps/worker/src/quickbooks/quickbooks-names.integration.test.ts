import type { SourceRecord } from '@ledgerpost/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customer, invoice, payment } from '../testing/records.testing.ts';
import { held, type QboBooks, quickbooksHarness } from './quickbooks.testing.ts';

/* Names and prices that QuickBooks compares or keeps in another way than the field-service system. */

let h: Awaited<ReturnType<typeof quickbooksHarness>>;
beforeAll(async () => {
  h = await quickbooksHarness();
});
afterAll(() => h.close());

const service = (id: string, name: string): SourceRecord => ({
  type: 'service',
  id,
  name,
  accountingCategory: 'Services',
  taxable: false,
});
const line = (serviceId: string, quantity = '1', unitPrice = '1.00', amount = '1.00') => ({
  serviceId,
  quantity,
  unitPrice,
  amount,
  taxable: false,
});
const itemsCalled = (co: QboBooks, name: RegExp) =>
  held(co, 'Item')
    .map(({ Name }) => Name as string)
    .filter((one) => name.test(one));

describe.concurrent('names and prices', { timeout: 90_000 }, () => {
  it('found-07: two spellings of one service are posted, undone and posted again', async () => {
    const others = Array.from({ length: 120 }, (_, at) => `s-${at}`);
    const co = await h.connected([
      customer('c-1'),
      service('first', 'Dazed And Confused'),
      service('last', 'Dazed and Confused'),
      ...others.map((id) => service(id, `Filler service ${id}`)),
      invoice('i-1', { lines: ['first', ...others].map((id) => line(id)), total: '121.00' }),
      invoice('i-2', { lines: [line('last')], total: '1.00' }),
    ]);
    const first = await h.run(co);
    expect(await h.states(first)).toEqual({ 'invoice/i-1': 'posted', 'invoice/i-2': 'posted' });
    expect((await h.undo(co, first.id)).state).toBe('undone');
    expect(await h.states(await h.run(co))).toEqual({ 'invoice/i-1': 'posted', 'invoice/i-2': 'posted' });
    expect(itemsCalled(co, /^dazed/i)).toHaveLength(1);
  });

  it('found-10: a typographic quote in a name blocks neither the invoice nor its payment', async () => {
    const co = await h.connected([
      customer('c-1', { accountingKey: 'O’Brien' }),
      service('s-1', 'Memo Book, 5 3/8” x 11”'),
      invoice('i-1', { lines: [line('s-1', '1', '5.00', '5.00')], total: '5.00' }),
      payment('p-1', { amount: '5.00', allocations: [{ invoiceId: 'i-1', amount: '5.00' }] }),
    ]);
    const batch = await h.run(co);
    expect(await h.states(batch)).toEqual({ 'invoice/i-1': 'posted', 'payment/p-1': 'posted' });
    expect(itemsCalled(co, /^Memo/)).toEqual(['Memo Book, 5 3/8" x 11"']);
    expect(held(co, 'Customer').map(({ DisplayName }) => DisplayName)).toContain("O'Brien");
    expect(await h.verify(co, batch.id)).toMatchObject({ state: 'done', counts: { same: 2, changed: 0, gone: 0 } });
  });

  it('25-payment-reference-signs: a payment is posted whatever signs its reference has', async () => {
    const part = (id: string, reference: string, amount: string) =>
      payment(id, { reference, amount, allocations: [{ invoiceId: 'i-1', amount }] });
    const co = await h.connected([
      customer('c-1'),
      invoice('i-1', { lines: [{ name: 'Visit', quantity: '1', unitPrice: '90', amount: '90.00' }], total: '90.00' }),
      part('p-1', 'Zelle – Tom', '50.00'),
      part('p-2', '#4471 ✓', '40.00'),
    ]);
    const batch = await h.run(co);
    expect(await h.states(batch)).toEqual({ 'invoice/i-1': 'posted', 'payment/p-1': 'posted', 'payment/p-2': 'posted' });
    expect(
      held(co, 'Payment')
        .map((one) => one.PaymentRefNum)
        .sort(),
    ).toEqual(['#4471 ?', 'Zelle - Tom']);
    expect(held(co, 'Invoice')[0]!.Balance).toBe(0);
    expect(await h.verify(co, batch.id)).toMatchObject({ state: 'done', counts: { same: 3, changed: 0, gone: 0 } });
  });

  it('found-01: quantity and price are in QuickBooks, no matter how the numbers are spelled', async () => {
    const co = await h.connected([
      customer('c-1'),
      service('s-1', 'Cheese'),
      invoice('i-1', {
        lines: [
          line('s-1', '12', '14', '168.00'),
          line('s-1', '12', '14.00000', '168.00'),
          line('s-1', '1000', '0.125', '125.00'),
          line('s-1', '3.5', '18.375', '64.31'),
        ],
        total: '525.31',
      }),
    ]);
    expect(await h.states(await h.run(co))).toEqual({ 'invoice/i-1': 'posted' });
    const lines = (held(co, 'Invoice')[0]!.Line as { SalesItemLineDetail?: { Qty?: number; UnitPrice?: number } }[]).flatMap(
      ({ SalesItemLineDetail: detail }) => (detail === undefined ? [] : [[detail.Qty, detail.UnitPrice]]),
    );
    expect(lines).toEqual([
      [12, 14],
      [12, 14],
      [1000, 0.125],
      [3.5, 18.375],
    ]);
  });
});
