import type { Changes } from '@ledgerpost/core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, invoice, memo, openDesk, Poster, payment, requestsOf } from '../desk.testing.ts';
import { quickbooksOnline } from '../quickbooks-online.ts';

const NOW = Date.UTC(2026, 9, 3);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let desk: Desk;
let poster: Poster;
const desks: Desk[] = [];
beforeEach(async () => {
  desk = await openDesk({ startsAt: NOW });
  desks.push(desk);
  poster = new Poster(desk);
});
afterAll(async () => {
  await Promise.all(desks.map(({ simulator }) => simulator.stop()));
});

const since = (instant: number): Promise<Changes> => {
  if (quickbooksOnline.readback.by !== 'target') throw new Error('QuickBooks can be read.');
  return quickbooksOnline.readback.changes!(desk.open(), instant);
};
const idOf = (record: string) => poster.posted(record).receipt.externalId;
const advance = (ms: number) => desk.simulator.control.clock.advance(ms);
const act = (one: Parameters<Desk['company']['act']>[0]) => desk.company.act(one);

describe('what changed in QuickBooks since an instant', () => {
  it('is reported with deletions, for every kind of ours, in one request', async () => {
    await poster.post(invoice('1'), invoice('2'));
    await poster.post(payment('p', 5000), memo('m', 1000));
    advance(HOUR / 2);
    const from = NOW + HOUR / 2;
    act({ act: 'edit', entity: 'Invoice', id: idOf('i-1'), changes: { TxnDate: '2026-10-04' } });
    act({ act: 'void', entity: 'Payment', id: idOf('p-p') });
    act({ act: 'delete', entity: 'CreditMemo', id: idOf('m-m') });
    const before = requestsOf(desk, 'cdc');
    const { documents, untold, through } = await since(from);
    expect(documents).toEqual([
      { kind: 'invoice', externalId: idOf('i-1') },
      { kind: 'payment', externalId: idOf('p-p') },
      { kind: 'creditMemo', externalId: idOf('m-m') },
    ]);
    expect([untold, through, requestsOf(desk, 'cdc') - before]).toEqual([[], from, 1]);
    expect(desk.permits.taken.at(-1)).toBe('requests');
  });

  it('is reported for customers and items in the same request: renamed, made inactive, merged', async () => {
    const make = (name: string) => String(act({ act: 'create', entity: 'Customer', record: { DisplayName: name } }).Id);
    const [jane, tom, ann] = [make('Jane'), make('Tom'), make('Ann')];
    advance(HOUR / 2);
    act({ act: 'rename', entity: 'Customer', id: jane, name: 'Jane Roe' });
    act({ act: 'deactivate', entity: 'Customer', id: ann });
    act({ act: 'merge', from: tom, into: jane });
    const before = requestsOf(desk, 'cdc');
    const { names } = await since(NOW + HOUR / 2);
    expect(names).toMatchObject([
      {
        kind: 'customer',
        names: [
          { externalId: jane, name: 'Jane Roe', active: true },
          { externalId: ann, name: 'Ann', active: false },
        ],
        gone: [tom],
      },
      { kind: 'item', names: [] },
    ]);
    expect(requestsOf(desk, 'cdc') - before).toBe(1);
  });

  it('is reported again by a window that overlaps, and the window ends by QuickBooks’ own clock', async () => {
    await poster.post(invoice('1'));
    const first = await since(NOW - HOUR);
    advance(5 * 60_000);
    const second = await since(first.through - 10 * 60_000);
    expect(second.documents).toEqual(first.documents);
    expect(second.through).toBe(NOW + 5 * 60_000);
    expect((await since(second.through)).documents).toEqual([]);
  });

  it('is read kind by kind if it is more than a thousand, and a kind that fills an answer by itself is not reported', async () => {
    const { Id: customer } = act({ act: 'create', entity: 'Customer', record: { DisplayName: 'Amy' } }) as { Id: string };
    const line = { Amount: 1, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '1' } } };
    for (let n = 0; n < 600; n++) {
      act({ act: 'create', entity: 'Invoice', record: { CustomerRef: { value: customer }, Line: [line] } });
      act({ act: 'create', entity: 'Payment', record: { CustomerRef: { value: customer }, TotalAmt: 1 } });
    }
    const told = await since(NOW);
    expect([told.documents.length, told.untold]).toEqual([1_200, []]);
    for (let n = 0; n < 400; n++) {
      act({ act: 'create', entity: 'Invoice', record: { CustomerRef: { value: customer }, Line: [line] } });
    }
    const full = await since(NOW);
    expect([full.documents.length, full.untold]).toEqual([600, ['invoice']]);
  });

  it('is not reported for any kind after more than 30 days, and QuickBooks is not asked', async () => {
    const before = requestsOf(desk, 'cdc');
    expect(await since(NOW - 31 * DAY)).toEqual({
      documents: [],
      untold: ['invoice', 'payment', 'creditMemo', 'journal'],
      through: NOW,
    });
    expect(requestsOf(desk, 'cdc')).toBe(before);
    expect((await since(NOW - 29 * DAY)).untold).toEqual([]);
  });

  it('is read after a renewal if the token has expired', async () => {
    desk.simulator.control.addFault({ trouble: { kind: 'tokenExpiry' }, aim: { operation: 'cdc' } });
    expect((await since(NOW)).untold).toEqual([]);
    expect(desk.renewals).toHaveLength(1);
  });
});

describe('a change that a person keeps', () => {
  it('case 71: is the same from then on, and another change is not', async () => {
    await poster.post(invoice('1'));
    act({ act: 'edit', entity: 'Invoice', id: idOf('i-1'), changes: { TxnDate: '2026-10-04' } });
    const [found] = await poster.read('i-1');
    if (found?.status !== 'changed') throw new Error(`It was read as ${found?.status}.`);
    poster.postings.set('i-1', { ...poster.posted('i-1'), receipt: found.receipt! });
    expect(await poster.read('i-1')).toMatchObject([{ status: 'same' }]);
    // A payment on it changes its balance and its version, and nothing of its content.
    const { CustomerRef } = poster.held('i-1');
    const applied = [{ Amount: 10, LinkedTxn: [{ TxnId: idOf('i-1'), TxnType: 'Invoice' }] }];
    act({ act: 'create', entity: 'Payment', record: { CustomerRef, TotalAmt: 10, Line: applied } });
    expect(await poster.read('i-1')).toMatchObject([{ status: 'same' }]);
    act({ act: 'edit', entity: 'Invoice', id: idOf('i-1'), changes: { TxnDate: '2026-10-05' } });
    expect(await poster.read('i-1')).toMatchObject([{ status: 'changed' }]);
  });
});
