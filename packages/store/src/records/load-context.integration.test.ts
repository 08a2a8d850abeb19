import type { BatchedRef } from '@ledgerpost/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { shortHash } from '../database/hash.ts';
import { creditMemo, invoice, openTestStore, payment, refund, TARGET, type TestStore, testSettings } from '../test-store.ts';
import { ContextCache, loadBuildContext } from './load-context.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.sql`truncate records, allocations, open_records, postings, batch_items`;
});

const BATCH = '01890000-0000-7000-8000-000000000001';
const load = (refs: readonly BatchedRef[], more: { batchId?: string; cache?: ContextCache } = {}) =>
  loadBuildContext(
    test.sql,
    {
      company: test.company,
      settings: testSettings(),
      delivery: 'files',
      limits: { number: 21, refNo: 21, customerName: 100 },
      target: TARGET,
      ...more,
    },
    refs,
  );

async function claim(...refs: BatchedRef[]): Promise<void> {
  await test.sql`
    insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, amount, content_hash)
    select ${BATCH}, row_number() over (), 'acme', ${TARGET}, type, id, operation, split_part(operation, '.', 1), 0, 'claimed', true, 0, ''
    from open_records where (type, id) in (select * from unnest(${refs.map((r) => r.type)}::text[], ${refs.map((r) => r.id)}::text[]))`;
}

describe('loadBuildContext', () => {
  it('returns records in the order of the refs and leaves out those that do not exist', async () => {
    await test.put(invoice('i-1'), invoice('i-2'), payment('p-1'));
    const { records } = await load([
      { type: 'payment', id: 'p-1' },
      { type: 'invoice', id: 'i-2' },
      { type: 'invoice', id: 'nowhere' },
      { type: 'invoice', id: 'i-1' },
    ]);
    expect(records.map((record) => record.id)).toEqual(['p-1', 'i-2', 'i-1']);
  });

  it('knows all that an invoice refers to', async () => {
    const lines = [{ serviceId: 's-1', quantity: '1', unitPrice: '100', amount: '100.00' }];
    await test.put(
      { type: 'customer', id: 'c-1', accountingKey: 'Amy' },
      { type: 'department', id: 'd-1', name: 'HVAC' },
      { type: 'department', id: 'd-2', name: 'Plumbing' },
      { type: 'service', id: 's-1', name: 'Tune-up' },
      { type: 'job', id: 'j-1', departmentId: 'd-2' },
      invoice('i-1', { departmentId: 'd-1', jobId: 'j-1', lines }),
    );
    const { context } = await load([{ type: 'invoice', id: 'i-1' }]);
    expect(context.customer('c-1')?.accountingKey).toBe('Amy');
    expect(context.department('d-1')?.name).toBe('HVAC');
    expect(context.department('d-2')?.name).toBe('Plumbing');
    expect(context.service('s-1')?.name).toBe('Tune-up');
    expect(context.job('j-1')?.departmentId).toBe('d-2');
    expect(context.invoice('i-1')?.id).toBe('i-1');
    expect(context.customer('c-2')).toBeUndefined();
  });

  it('knows the invoices of a payment, their services and departments, and its refunds', async () => {
    const lines = [{ serviceId: 's-1', quantity: '1', unitPrice: '100', amount: '100.00' }];
    await test.put(
      { type: 'service', id: 's-1', name: 'Tune-up' },
      { type: 'department', id: 'd-1', name: 'HVAC' },
      { type: 'customer', id: 'c-2', accountingKey: 'Bea' },
      invoice('i-1', { lines, departmentId: 'd-1', customerId: 'c-2' }),
      payment('p-1', { 'i-1': '100.00' }),
      refund('r-1', 'p-1', '30.00'),
      refund('r-2', 'p-1', '10.00', { status: 'removed' }),
    );
    await test.post({ type: 'invoice', id: 'i-1' }, 'invoice.insert');
    const { context } = await load([{ type: 'payment', id: 'p-1' }]);
    expect(context.invoice('i-1')?.number).toBe('N-i-1');
    expect(context.posted({ type: 'invoice', id: 'i-1' })?.kind).toBe('invoice');
    expect(context.customer('c-2')?.accountingKey).toBe('Bea');
    expect(context.service('s-1')?.name).toBe('Tune-up');
    expect(context.department('d-1')?.name).toBe('HVAC');
    expect(context.refundsOf('p-1').map(({ id, amount, removed }) => [id, amount, removed])).toEqual([
      ['r-1', 3000, false],
      ['r-2', 1000, true],
    ]);
  });

  it('knows the payment of a refund, how it stands, and its invoices', async () => {
    await test.put(invoice('i-1'), payment('p-1', { 'i-1': '100.00' }, { jobId: 'j-1' }), {
      type: 'job',
      id: 'j-1',
      number: 'J',
    });
    await test.post({ type: 'payment', id: 'p-1' }, 'payment.insert', { applied: [], netted: [] });
    await test.put(refund('r-1', 'p-1', '30.00'));
    const { context } = await load([{ type: 'refund', id: 'r-1' }]);
    expect(context.payment('p-1')?.amount).toBe('100.00');
    expect(context.posted({ type: 'payment', id: 'p-1' })?.operation).toBe('payment.insert');
    expect(context.invoice('i-1')?.total).toBe('100.00');
    expect(context.job('j-1')?.number).toBe('J');
    expect(context.refundsOf('p-1')).toHaveLength(1);
  });

  it('knows the invoice of a credit memo and the posting that a void is about', async () => {
    await test.put(invoice('i-1'), creditMemo('m-1', { invoiceId: 'i-1' }));
    await test.post({ type: 'invoice', id: 'i-1' }, 'invoice.insert', { number: 'N-1' });
    const { context } = await load([{ type: 'creditMemo', id: 'm-1' }]);
    expect(context.invoice('i-1')?.id).toBe('i-1');
    expect(context.posted({ type: 'invoice', id: 'i-1' })?.number).toBe('N-1');
  });

  it('case 56: knows the invoices of the same batch, and without a batch those that could go along', async () => {
    await test.put(invoice('i-1'), invoice('i-2'), payment('p-1', { 'i-1': '50.00', 'i-2': '50.00' }));
    await claim({ type: 'invoice', id: 'i-1' }, { type: 'payment', id: 'p-1' });
    const { context } = await load([{ type: 'payment', id: 'p-1' }], { batchId: BATCH });
    expect([context.inBatch('i-1'), context.inBatch('i-2')]).toEqual([true, false]);
    const alone = await load([{ type: 'payment', id: 'p-1' }]);
    expect([alone.context.inBatch('i-1'), alone.context.inBatch('i-3')]).toEqual([true, false]);
  });

  it('case 16: reports another payment of the batch with the same reference, in another chunk too', async () => {
    await test.put(...['p-1', 'p-2', 'p-3'].map((id) => payment(id, {}, { reference: id === 'p-3' ? '9' : '4471' })));
    const refs = ['p-1', 'p-2', 'p-3'].map((id) => ({ type: 'payment', id }) as const);
    await claim(...refs);
    const cache = new ContextCache();
    for (const ref of refs) {
      const { context } = await load([ref], { batchId: BATCH, cache });
      expect(context.referenceTaken('4471', ref.id)).toBe(true);
      expect(context.referenceTaken('9', ref.id)).toBe(false);
    }
  });

  it('reports another standing payment with the same reference, but not the payment itself', async () => {
    await test.put(payment('p-1', {}, { reference: '4471' }), payment('p-2', {}, { reference: '4471' }));
    await test.post({ type: 'payment', id: 'p-1' }, 'payment.insert', { number: '4471' });
    const { context } = await load([
      { type: 'payment', id: 'p-1' },
      { type: 'payment', id: 'p-2' },
    ]);
    expect([context.referenceTaken('4471', 'p-1'), context.referenceTaken('4471', 'p-2')]).toEqual([false, true]);
    await test.unpost({ type: 'payment', id: 'p-1' });
    const later = await load([{ type: 'payment', id: 'p-2' }]);
    expect(later.context.referenceTaken('4471', 'p-2')).toBe(false);
  });

  it('builds correctly when the cache is too small for one chunk', async () => {
    const ids = ['1', '2', '3', '4', '5'];
    await test.put(
      ...ids.map((id) => ({ type: 'customer', id: `c-${id}`, accountingKey: `K${id}` }) as const),
      ...ids.map((id) => invoice(`i-${id}`, { customerId: `c-${id}` })),
    );
    const cache = new ContextCache(2);
    for (let round = 0; round < 2; round++) {
      const { context } = await load(
        ids.map((id) => ({ type: 'invoice', id: `i-${id}` }) as const),
        { cache },
      );
      expect(ids.map((id) => context.customer(`c-${id}`)?.accountingKey)).toEqual(['K1', 'K2', 'K3', 'K4', 'K5']);
    }
  });
});

describe('shortHash', () => {
  it('is eight characters of digits and capitals, and never changes', () => {
    expect(shortHash('p-1')).toMatch(/^[0-9A-Z]{8}$/);
    expect(shortHash('p-1')).toBe(shortHash('p-1'));
    expect(new Set(Array.from({ length: 10_000 }, (_, n) => shortHash(`p-${n}`).slice(0, 6))).size).toBe(10_000);
  });
});
