import type { SourceRecord } from '@ledgerpost/core';
import type { Company } from '@ledgerpost/qbo-simulator';
import { expect, it } from 'vitest';
import type { Batch, Item } from './claims.ts';
import { compareUnapplied } from './compare-unapplied.ts';
import type { Records } from './expected.ts';
import type { Hands } from './hands.ts';

const item = (type: string, id: string, externalId: string, codes: readonly string[] = []): Item => ({
  seq: Number(externalId),
  record: { type, id },
  operation: `${type}.insert`,
  state: 'posted',
  number: id,
  amount: 10_000,
  problems: codes.map((code) => ({ code, message: code })),
  externalId,
  targetTotal: null,
});
const records: Records = new Map<string, SourceRecord>([
  [
    'payment/p-1',
    {
      type: 'payment',
      id: 'p-1',
      customerId: 'c-1',
      date: '2026-10-04',
      amount: '100.00',
      status: 'received',
      allocations: [{ invoiceId: 'i-1', amount: '100.00' }],
    },
  ],
]);
const hands = { touched: new Map(), linked: new Set(), own: new Set() } as unknown as Hands;

/** What the oracle finds where so many dollars of the payment are applied to its invoice. */
function found(dollars: number, items: readonly Item[], open: readonly string[] = []): readonly string[] {
  const Line = dollars === 0 ? [] : [{ Amount: dollars, LinkedTxn: [{ TxnId: '1', TxnType: 'Invoice' }] }];
  const company = { records: () => [{ Id: '2', TotalAmt: 100, Line }] } as unknown as Company;
  const batch = { id: 'b', before: records, during: undefined, items } as Batch;
  return compareUnapplied(company, [batch], records, new Set(open), hands);
}

const invoice = item('invoice', 'i-1', '1');
const payment = item('payment', 'p-1', '2');

it('money that stays unapplied in silence is found, to the cent', () => {
  expect(found(100, [invoice, payment])).toEqual([]);
  expect(found(60, [invoice, payment])).toEqual([
    expect.stringMatching(/^4000 cents of payment\/p-1 for invoice\/i-1 are unapplied/),
  ]);
});

it('an open row or a stored reason explains it', () => {
  expect(found(0, [payment])).toHaveLength(1);
  expect(found(0, [payment], ['payment/p-1'])).toEqual([]);
  expect(found(0, [payment], ['invoice/i-1'])).toEqual([]);
  expect(found(60, [invoice, item('payment', 'p-1', '2', ['paid-over-invoice'])])).toEqual([]);
  expect(found(60, [item('invoice', 'i-1', '1', ['invoice-overpaid']), payment])).toEqual([]);
  expect(found(60, [invoice, item('payment', 'p-1', '2', ['books-differ'])])).toHaveLength(1);
});
