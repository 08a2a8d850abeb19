import { describe, expect, it } from 'vitest';
import type { PaymentRecord } from '../records/records.ts';
import type { Money } from '../values/money.ts';
import { allocationsOf, netAllocations, sameAllocations } from './net-payment.ts';

const parts = (...amounts: number[]) => amounts.map((amount, i) => ({ invoiceId: `i-${i + 1}`, amount: amount as Money }));
const net = (amounts: number[], gross: number, refunded: number) =>
  netAllocations(parts(...amounts), gross as Money, refunded as Money).map((part) => [part.invoiceId, part.amount]);

describe('netAllocations', () => {
  it.each<[string, number[], number, number, [string, number][]]>([
    [
      'nothing refunded changes nothing',
      [60, 40],
      100,
      0,
      [
        ['i-1', 60],
        ['i-2', 40],
      ],
    ],
    ['the unapplied part shrinks first', [60], 100, 40, [['i-1', 60]]],
    [
      'then the last allocation',
      [60, 40],
      100,
      10,
      [
        ['i-1', 60],
        ['i-2', 30],
      ],
    ],
    ['then the one before it', [60, 40], 100, 70, [['i-1', 30]]],
    [
      'after the unapplied part',
      [60, 30],
      100,
      25,
      [
        ['i-1', 60],
        ['i-2', 15],
      ],
    ],
    ['a part that shrinks to nothing is gone', [60, 40], 100, 40, [['i-1', 60]]],
    ['all of it', [60, 40], 100, 100, []],
    ['more than all of it leaves nothing, never less', [60, 40], 100, 150, []],
    ['a part of zero is no part', [0, 40], 100, 0, [['i-2', 40]]],
    [
      'over-allocated payments have no unapplied part to shrink',
      [80, 40],
      100,
      10,
      [
        ['i-1', 80],
        ['i-2', 30],
      ],
    ],
  ])('%s', (_, amounts, gross, refunded, expected) => {
    expect(net(amounts, gross, refunded)).toEqual(expected);
  });
});

it('several allocations to one invoice are one', () => {
  const payment: PaymentRecord = {
    type: 'payment',
    id: 'p',
    date: '2026-10-04',
    amount: '100',
    status: 'received',
    allocations: [
      { invoiceId: 'b', amount: '10.50' },
      { invoiceId: 'a', amount: '20' },
      { invoiceId: 'b', amount: '0.50' },
    ],
  };
  expect(allocationsOf(payment, 'USD')).toEqual([
    { invoiceId: 'b', amount: 1100 },
    { invoiceId: 'a', amount: 2000 },
  ]);
});

it('allocations are the same in any order, and different in any amount', () => {
  const [a, b] = parts(60, 40) as [{ invoiceId: string; amount: Money }, { invoiceId: string; amount: Money }];
  expect(sameAllocations([a, b], [b, a])).toBe(true);
  expect(sameAllocations([a, b], [a])).toBe(false);
  expect(sameAllocations([a], [{ ...a, amount: 59 as Money }])).toBe(false);
});
