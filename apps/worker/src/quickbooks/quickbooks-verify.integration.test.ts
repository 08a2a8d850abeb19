import type { SourceRecord } from '@ledgerpost/core';
import { getItem, getVerification, listFindings } from '@ledgerpost/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creditMemo, customer, invoice, payment, refund } from '../testing/records.testing.ts';
import { held, hurried, type QboBooks, quickbooks, quickbooksHarness } from './quickbooks.testing.ts';

/* What became of a batch in simulated QuickBooks, through the real workflows. */

type Harness = Awaited<ReturnType<typeof quickbooksHarness>>;
let h: Harness;
beforeAll(async () => {
  h = await quickbooksHarness([hurried(quickbooks, [])]);
});
afterAll(() => h.close());

const many = (count: number): SourceRecord[] => Array.from({ length: count }, (_, n) => invoice(`i-${n}`));
const one = (co: QboBooks, entity: string, number: string) =>
  held(co, entity).find((row) => (row.DocNumber ?? row.PaymentRefNum) === number)!;
const idOf = (co: QboBooks, entity: string, number: string) => String(one(co, entity, number).Id);

async function findings(batchId: string) {
  const { run } = (await getVerification(h.store.sql, batchId))!;
  const { rows } = await listFindings(h.store, { batchId, run, limit: 500 });
  return Object.fromEntries(rows.map((row) => [row.record.id, row]));
}

describe.concurrent('verifying a batch in QuickBooks', () => {
  it('finds all of it as it was posted, of every kind, though payments have changed balances', async () => {
    const co = await h.connected([
      customer('c-1'),
      invoice('i-1'),
      payment('p-1', { allocations: [{ invoiceId: 'i-1', amount: '189.00' }] }),
      payment('p-2', { amount: '50.00' }),
      creditMemo('m-1'),
    ]);
    const first = await h.run(co);
    await co.put(refund('r-1', 'p-1', '10.00'));
    const second = await h.run(co);
    expect([first.state, second.state]).toEqual(['posted', 'posted']);
    expect((await h.verify(co, first.id)).counts).toEqual({ same: 4, changed: 0, gone: 0 });
    expect((await h.verify(co, second.id)).counts).toEqual({ same: 1, changed: 0, gone: 0 });
  });

  it('shows what a person edited, voided and deleted, and leaves what only a balance has changed alone', async () => {
    const co = await h.connected([customer('c-1'), ...many(4)]);
    const batch = await h.run(co);
    const line = { Amount: 7, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '1' } } };
    co.books.act({
      act: 'edit',
      entity: 'Invoice',
      id: idOf(co, 'Invoice', 'N-i-0'),
      changes: { Line: [line], TxnDate: '2026-10-05' },
    });
    co.books.act({ act: 'void', entity: 'Invoice', id: idOf(co, 'Invoice', 'N-i-1') });
    co.books.act({ act: 'delete', entity: 'Invoice', id: idOf(co, 'Invoice', 'N-i-2') });
    const { Id, CustomerRef } = one(co, 'Invoice', 'N-i-3');
    const applied = [{ Amount: 10, LinkedTxn: [{ TxnId: Id, TxnType: 'Invoice' }] }];
    co.books.act({ act: 'create', entity: 'Payment', record: { CustomerRef, TotalAmt: 10, Line: applied } });

    const { state, counts } = await h.verify(co, batch.id);
    expect([state, counts]).toEqual(['done', { same: 1, changed: 2, gone: 1 }]);
    const found = await findings(batch.id);
    expect(found['i-3']).toMatchObject({ status: 'same', problem: null });
    expect(found['i-0']).toMatchObject({ status: 'changed', amount: 18_900, total: 19_600, problem: { code: 'changed-there' } });
    expect(found['i-0']!.problem!.message).toContain('date 2026-10-05 instead of 2026-10-03, total $196.00 instead of $189.00');
    expect(found['i-1']).toMatchObject({ status: 'changed', total: 0 });
    expect(found['i-2']).toMatchObject({ status: 'gone', total: null });
    expect(found['i-2']!.problem!.message).toContain('was deleted in QuickBooks');
  });

  it('goes on through a token that ran out and a reply that is lost', async () => {
    const co = await h.connected([customer('c-1'), ...many(40)]);
    const batch = await h.run(co);
    co.befall({ trouble: { kind: 'tokenExpiry' }, aim: { operation: 'query' } });
    co.befall({ trouble: { kind: 'replyLost' }, aim: { operation: 'query' }, skip: 1 });
    expect(await h.verify(co, batch.id)).toMatchObject({ state: 'done', counts: { same: 40, changed: 0, gone: 0 } });
  });

  it('case 87: ends failed when access was revoked, shows it on the card, and is complete after a reconnect', async () => {
    const co = await h.connected([customer('c-1'), ...many(3)]);
    const batch = await h.run(co);
    co.befall({ trouble: { kind: 'revokedGrant' }, aim: { operation: 'query' } });
    expect(await h.verify(co, batch.id)).toMatchObject({ state: 'failed', reason: { code: 'access-lost' } });
    expect((await co.card()).state).toBe('lost');
    await co.connect();
    expect(await h.verify(co, batch.id)).toMatchObject({ run: 2, state: 'done', counts: { same: 3 } });
  });

  it('finds what automated sales tax made of it as it was posted: the difference was reported then', async () => {
    const taxed = { tax: { name: 'San Mateo', rate: '8', amount: '15.12' }, total: '204.12' };
    const co = await h.connected([customer('c-1'), invoice('i-1', taxed)], {
      books: { preferences: { partnerTax: true, partnerTaxPercent: 8, partnerTaxDrift: 1 } },
      settings: { taxCodes: { 'San Mateo': 'California' } },
    });
    const batch = await h.run(co);
    expect(await h.states(batch)).toEqual({ 'invoice/i-1': 'differs' });
    expect((await h.verify(co, batch.id)).counts).toEqual({ same: 1, changed: 0, gone: 0 });
  });
});

describe.concurrent('what is kept of a push to QuickBooks', () => {
  it('Intuit’s id of every request stands with the attempt that it belongs to, of failed ones too', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-1')]);
    co.books.act({ act: 'create', entity: 'Customer', record: { DisplayName: 'Customer c-1' } });
    co.befall({ trouble: { kind: 'systemFault' }, aim: { operation: 'batch' } });
    const batch = await h.run(co);
    const { attempts, receipt } = (await getItem(h.store.sql, batch.id, 1))!;
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['target-unreachable', 'answered']);
    const sent = h.simulator.control.requests().filter(({ realmId, answer }) => realmId === co.realm && answer !== undefined);
    const known = new Set(sent.map(({ tid }) => tid));
    const kept = attempts.flatMap(({ traces }) => traces);
    expect(kept.every((tid) => known.has(tid))).toBe(true);
    expect(new Set(kept).size).toBe(kept.length);
    const writes = sent.filter(({ operation, body }) => operation === 'batch' && body.includes('N-i-1')).map(({ tid }) => tid);
    expect([writes.length, writes.filter((tid) => kept.includes(tid))]).toEqual([2, writes]);
    expect(receipt).toMatchObject({ number: 'N-i-1', total: 18_900, details: { balance: 18_900, tax: 0, tid: writes[1] } });
  });

  it.each([
    ['a reply that is lost', { kind: 'replyLost' }],
    ['a connection that breaks', { kind: 'reset' }],
    ['an error in HTML after the work was done', { kind: 'html', status: 502, after: true }],
  ] as const)('customers and services are made once, in spite of %s', async (_, trouble) => {
    const co = await h.connected([
      ...Array.from({ length: 65 }, (_, n) => customer(`${n}`)),
      ...Array.from({ length: 65 }, (_, n) => invoice(`i-${n}`, { customerId: `${n}` })),
    ]);
    for (const skip of [0, 2]) co.befall({ trouble, aim: { operation: 'batch' }, skip });
    const batch = await h.run(co);
    expect(batch.progress.states).toEqual({ posted: 65 });
    const names = held(co, 'Customer').map(({ DisplayName }) => DisplayName);
    expect([names.length, new Set(names).size]).toEqual([65, 65]);
    expect(held(co, 'Item').filter(({ Name }) => Name === 'Tune-up' || Name === 'Services').length).toBeLessThan(2);
  });
});
