import { markInBooks } from '@ledgerpost/batching';
import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import type { Document, Money } from '@ledgerpost/core';
import { getItem, type LedgerEntry, ledgerOf, listItems } from '@ledgerpost/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { harness } from '../../testing/harness.testing.ts';
import { creditMemo, customer, invoice, payment, refund, SETTINGS } from '../../testing/records.testing.ts';

type Harness = Awaited<ReturnType<typeof harness>>;
const books = memoryBooks();
const memory = memoryTarget(books);
let h: Harness;
beforeAll(async () => {
  h = await harness([memory]);
});
afterAll(() => h.close());

describe('what a target answers', () => {
  it('a warning about a posted document becomes a problem of its item, which is posted all the same', async () => {
    const co = await h.company(
      memory,
      [customer('c-1'), invoice('i-1', { number: 'W-1' }), invoice('i-2', { number: 'W-9' })],
      SETTINGS,
    );
    books.warned.set('W-1', 'It was there already; compare the two.');
    const batch = await h.run(co);
    expect(batch.state).toBe('posted');
    const { rows } = await listItems(h.store, { batchId: batch.id, limit: 10 });
    expect(rows.map((row) => [row.state, row.problems.map((p) => p.message)])).toEqual([
      ['posted', ['It was there already; compare the two.']],
      ['posted', []],
    ]);
  });

  it('a warning and another total are two problems of one item', async () => {
    const co = await h.company(memory, [customer('c-1'), invoice('i-1', { number: 'W-2' })], SETTINGS);
    books.warned.set('W-2', 'Compare the two.');
    books.differing.set('W-2', 1);
    const batch = await h.run(co);
    const item = (await getItem(h.store.sql, batch.id, 1))!;
    expect([item.state, item.problems.length]).toEqual(['differs', 2]);
  });

  it('number, total and details are kept with the posting', async () => {
    const co = await h.company(memory, [customer('c-1'), invoice('i-1', { number: 'K-1' })], SETTINGS);
    const batch = await h.run(co);
    expect(await getItem(h.store.sql, batch.id, 1)).toMatchObject({
      receipt: { number: 'K-1', total: 18_900, details: { version: 1 } },
      postedAt: expect.any(Date),
    });
  });

  it('each attempt is kept with the target’s own ids, also those that failed or whose reply was lost', async () => {
    const co = await h.company(memory, [customer('c-1'), invoice('i-1')], SETTINGS);
    const before = books.calls.length;
    books.faults.push('unreachable', 'lost-reply');
    const batch = await h.run(co);
    const { attempts, state } = (await getItem(h.store.sql, batch.id, 1))!;
    expect(state).toBe('posted');
    expect(attempts.map(({ attempt, outcome, traces }) => [attempt, outcome, ...traces])).toEqual([
      [1, 'target-unreachable', `call-${before + 1}`],
      [2, 'target-unreachable', `call-${before + 2}`],
      [3, 'answered', `call-${before + 3}`],
    ]);
    expect(attempts.every(({ endedAt }) => endedAt !== null)).toBe(true);
  });

  it('a refused document keeps its attempt too', async () => {
    const co = await h.company(memory, [customer('c-1'), invoice('i-1', { number: 'R-1' })], SETTINGS);
    books.refused.add('R-1');
    const batch = await h.run(co);
    expect(await getItem(h.store.sql, batch.id, 1)).toMatchObject({
      state: 'refused',
      receipt: null,
      attempts: [{ attempt: 1, outcome: 'answered', traces: [`call-${books.calls.length}`] }],
    });
  });
});

describe('a batch whose document was updated, and whose update was taken back', () => {
  it('is verified and undone by its newest version, not by the one before the update', async () => {
    const co = await h.company(memory, [customer('c-1'), invoice('i-1', { number: 'B-1' })], SETTINGS);
    const first = await h.run(co);
    await co.put(invoice('i-1', { number: 'B-1', memo: 'changed' }));
    await h.undo(co, (await h.run(co)).id);
    expect((await h.verify(co, first.id)).counts).toEqual({ same: 1, changed: 0, gone: 0 });
    expect((await h.undo(co, first.id)).state).toBe('undone');
    expect([...books.held.values()].filter(({ number }) => number === 'B-1')).toEqual([]);
  });
});

describe('an update of what was only marked as being in the books', () => {
  it('is left alone by an undo: nobody kept the version that was there before', async () => {
    const co = await h.company(memory, [customer('c-1'), invoice('i-1', { number: 'M-1' })], SETTINGS);
    books.held.set('hand-1', { number: 'M-1', total: 18_900 as Money, version: 1, document: {} as Document });
    await markInBooks(
      { store: h.store, target: memory },
      {
        company: co.company,
        companyTarget: co.request().companyTarget,
        ref: { type: 'invoice', id: 'i-1' },
        externalId: 'hand-1',
        reason: 'entered by hand',
        actor: 'ada',
      },
    );
    await h.store.sql`update postings set facts = facts || '{"externalVersion":"1"}' where company_id = ${co.company.id}`;
    await co.put(invoice('i-1', { number: 'M-1', memo: 'changed' }));
    const batch = await h.run(co);
    expect(batch.totals?.operations).toEqual({ 'invoice.update': { documents: 1, amount: 18_900 } });
    expect((await h.undo(co, batch.id)).state).toBe('undone-in-part');
    expect(books.held.get('hand-1')).toMatchObject({ number: 'M-1', version: 2 });
  });
});

describe('the ledger of a batch', () => {
  const TAX = { name: 'San Mateo', rate: '9.875', amount: '18.66' };
  const sum = (entries: readonly LedgerEntry[]) => entries.reduce((all, { amount }) => all + amount, 0);

  it('case 85: shows by account and class how its documents moved the books, and totals zero', async () => {
    const co = await h.company(
      memory,
      [
        customer('c-1'),
        invoice('i-1', {
          lines: [line('189.00', { accountingClass: 'HVAC' }), line('-18.90', PROMO)],
          tax: TAX,
          total: '188.76',
        }),
        creditMemo('m-1'),
        payment('p-1', { amount: '188.76', allocations: [{ invoiceId: 'i-1', amount: '188.76' }] }),
        payment('p-2', { amount: '50.00' }),
      ],
      { ...SETTINGS, classes: { mode: 'line', default: 'Office' } },
    );
    const batch = await h.run(co);
    expect(batch.state).toBe('posted');
    const entries = await ledgerOf(h.store.sql, batch.id);
    expect(entries).toEqual([
      { role: 'deposit', account: null, class: null, amount: 23_876 },
      { role: 'income', account: 'Marketing Coupons', class: 'Office', amount: 1_890 },
      { role: 'income', account: 'Services', class: 'HVAC', amount: -18_900 },
      { role: 'income', account: 'Services', class: 'Office', amount: 18_900 },
      { role: 'receivable', account: null, class: null, amount: 18_876 - 18_900 - 23_876 },
      { role: 'tax', account: null, class: null, amount: -1_866 },
    ]);
    expect(sum(entries)).toBe(0);

    await co.put(refund('r-1', 'p-2', '20.00'));
    const second = await h.run(co);
    expect(await ledgerOf(h.store.sql, second.id)).toEqual([
      { role: 'receivable', account: null, class: null, amount: 2_000 },
      { role: 'refund', account: 'Checking', class: 'Office', amount: -2_000 },
    ]);
  });

  it('an update counts with what it changed, and an undone batch with nothing', async () => {
    const co = await h.company(memory, [customer('c-1'), invoice('i-1', { number: 'L-1' })], SETTINGS);
    await h.run(co);
    await co.put(invoice('i-1', { number: 'L-1', lines: [line('200.00')], total: '200.00' }));
    const batch = await h.run(co);
    expect(await ledgerOf(h.store.sql, batch.id)).toEqual([
      { role: 'income', account: 'Services', class: null, amount: -1_100 },
      { role: 'receivable', account: null, class: null, amount: 1_100 },
    ]);
    await h.undo(co, batch.id);
    expect(await ledgerOf(h.store.sql, batch.id)).toEqual([]);
  });
});

const PROMO = { name: 'Promo', accountingCategory: 'Marketing Coupons', taxable: false };

function line(amount: string, more: object = {}): object {
  return { name: 'Tune-up', quantity: '1', unitPrice: amount, amount, taxable: true, ...more };
}
