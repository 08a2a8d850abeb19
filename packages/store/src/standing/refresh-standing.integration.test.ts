import { type JobRecord, placeOf } from '@ledgerpost/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { editSettings, enableTarget } from '../companies/company-targets.ts';
import { hashOf } from '../database/hash.ts';
import { putRecords } from '../records/put-records.ts';
import {
  ACTOR,
  creditMemo,
  invoice,
  openTestStore,
  payment,
  refund,
  TARGET,
  type TestStore,
  testSettings,
} from '../test-store.ts';
import { refreshStanding, withDependents } from './refresh-standing.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.sql`truncate records, allocations, open_records, postings, batch_items`;
  await editSettings(test.store, { companyId: 'acme', target: TARGET, edit: () => testSettings() }, ACTOR);
});

const i1 = { type: 'invoice', id: 'i-1' } as const;
const p1 = { type: 'payment', id: 'p-1' } as const;
const applied = (amount: number) => ({ applied: [{ invoiceId: 'i-1', invoiceNumber: 'N-i-1', amount: amount as never }] });

describe('what is open', () => {
  it('holds what is to be sent, and what is stopped with a reason', async () => {
    await test.put(
      invoice('i-1'),
      invoice('i-2', { status: 'draft' }),
      invoice('i-3', { status: 'void' }),
      payment('p-1', { 'i-1': '100.00' }),
      payment('p-2', {}, { status: 'removed' }),
      refund('r-1', 'p-1', '20.00'),
      refund('r-2', 'nowhere', '5.00'),
      creditMemo('m-1'),
    );
    expect(await test.open()).toEqual([
      'creditMemo/m-1 ready creditMemo.insert 2000',
      'invoice/i-1 ready invoice.insert 10000',
      'invoice/i-2 stopped not-finalized 10000',
      'payment/p-1 ready payment.insert 8000',
      'refund/r-2 stopped unknown-payment 500',
    ]);
  });

  it('has an invoice whose place changed, its own or its job’s, where the books computed the tax for the former', async () => {
    const at = (city: string) => ({ serviceAddress: { line1: '1 Elm St', city } });
    await test.put({ type: 'job', id: 'j-1', ...at('Alder') }, invoice('i-1', { jobId: 'j-1' }), invoice('i-2', at('Alder')));
    await test.put(creditMemo('m-1', { jobId: 'j-1' }));
    const place = hashOf(placeOf(at('Alder').serviceAddress));
    await test.post(i1, 'invoice.insert', { place });
    await test.post({ type: 'invoice', id: 'i-2' }, 'invoice.insert', { place });
    await test.post({ type: 'creditMemo', id: 'm-1' }, 'creditMemo.insert', { place });
    await test.put({ type: 'job', id: 'j-1', ...at(' Alder ') }, invoice('i-2', at('Birch')));
    expect(await test.open()).toEqual(['invoice/i-2 ready invoice.update 10000']);
    await test.put({ type: 'job', id: 'j-1', ...at('Birch') }, invoice('i-2', at('Alder')));
    // Files have no update of a credit memo.
    expect(await test.open()).toEqual([
      'creditMemo/m-1 stopped changed-after-batch 2000',
      'invoice/i-1 ready invoice.update 10000',
    ]);
    await test.put(invoice('i-3', { jobId: 'j-1' }));
    await test.post({ type: 'invoice', id: 'i-3' }, 'invoice.insert');
    await test.put({ type: 'job', id: 'j-1', ...at('Alder') });
    expect(await test.open()).toEqual([]);
  });

  it('is computed once for a record that is named twice', async () => {
    await test.put(invoice('i-1'));
    await test.sql`truncate open_records`;
    const scope = { companyId: 'acme', target: TARGET, delivery: 'files', settings: testSettings(), currency: 'USD' } as const;
    await test.sql.begin((sql) => refreshStanding(sql, scope, [i1, i1], { dependents: false }));
    expect(await test.open()).toEqual(['invoice/i-1 ready invoice.insert 10000']);
  });

  it('is the same whatever the order of arrival', async () => {
    const job: JobRecord = { type: 'job', id: 'j-1', imported: true, departmentId: 'd-1' };
    const records = [job, invoice('i-1'), payment('p-1', { 'i-1': '100.00' }, { jobId: 'j-1' }), refund('r-1', 'p-1', '20.00')];
    const seen = new Set<string>();
    for (const order of permutations(records)) {
      await test.sql`truncate records, allocations, open_records`;
      for (const record of order) await test.put(record);
      seen.add((await test.open()).join('\n'));
    }
    expect([...seen]).toEqual(['invoice/i-1 ready invoice.insert 10000\npayment/p-1 ready warning.list 8000']);
  });

  it('case 52: an edit that is reverted leaves nothing to send', async () => {
    await test.put(invoice('i-1'));
    await test.post(i1, 'invoice.insert');
    await test.put(invoice('i-1', { total: '120.00' }));
    expect(await test.open()).toEqual(['invoice/i-1 ready invoice.update 12000']);
    await test.put(invoice('i-1'));
    expect(await test.open()).toEqual([]);
  });

  it('case 53: an edit of what was never batched is still an insert', async () => {
    await test.put(invoice('i-1'));
    await test.put(invoice('i-1', { total: '120.00' }));
    expect(await test.open()).toEqual(['invoice/i-1 ready invoice.insert 12000']);
  });

  it('case 55: a deposit that is applied waits for its invoice, and is ready once that is in the books', async () => {
    await test.put(payment('p-1'), invoice('i-1'));
    await test.post(p1, 'payment.insert', { applied: [] });
    await test.put(payment('p-1', { 'i-1': '100.00' }));
    expect(await test.open()).toEqual(['invoice/i-1 ready invoice.insert 10000', 'payment/p-1 waiting payment.update 10000']);
    await test.post(i1, 'invoice.insert');
    expect(await test.open()).toEqual(['payment/p-1 ready payment.update 10000']);
    await test.post(p1, 'payment.update', { ...applied(10000), amount: 10000 as never });
    expect(await test.open()).toEqual([]);
  });

  it('opens a payment again when the posting of its invoice is undone', async () => {
    await test.put(payment('p-1'), invoice('i-1'));
    await test.post(p1, 'payment.insert', { applied: [] });
    await test.post(i1, 'invoice.insert');
    await test.put(payment('p-1', { 'i-1': '100.00' }));
    expect(await test.open()).toEqual(['payment/p-1 ready payment.update 10000']);
    await test.unpost(i1);
    expect(await test.open()).toEqual(['invoice/i-1 ready invoice.insert 10000', 'payment/p-1 waiting payment.update 10000']);
  });

  it('case 60: a refund before its payment is batched reduces the payment and is not sent itself', async () => {
    await test.put(payment('p-1'));
    await test.put(refund('r-1', 'p-1', '30.00'));
    expect(await test.open()).toEqual(['payment/p-1 ready payment.insert 7000']);
    await test.put(refund('r-1', 'p-1', '30.00', { status: 'removed' }));
    expect(await test.open()).toEqual(['payment/p-1 ready payment.insert 10000']);
  });

  it('case 61: a refund after its payment was batched is a journal, and none again when the payment is undone', async () => {
    await test.put(payment('p-1'));
    await test.post(p1, 'payment.insert', { applied: [], netted: [] });
    await test.put(refund('r-1', 'p-1', '30.00'));
    expect(await test.open()).toEqual(['refund/r-1 ready journal.insert 3000']);
    await test.unpost(p1);
    expect(await test.open()).toEqual(['payment/p-1 ready payment.insert 7000']);
  });

  it('moves a refund from one payment to another, and changes both', async () => {
    await test.put(payment('p-1'), payment('p-2'), refund('r-1', 'p-1', '30.00'));
    await test.put(refund('r-1', 'p-2', '30.00'));
    expect(await test.open()).toEqual(['payment/p-1 ready payment.insert 10000', 'payment/p-2 ready payment.insert 7000']);
  });

  it('case 63: computes the payments of a job again when it turns out to be imported', async () => {
    await test.put({ type: 'job', id: 'j-1' }, payment('p-1', {}, { jobId: 'j-1' }));
    expect(await test.open()).toEqual(['payment/p-1 ready payment.insert 10000']);
    await test.put({ type: 'job', id: 'j-1', imported: true });
    expect(await test.open()).toEqual(['payment/p-1 ready warning.list 10000']);
  });

  it('writes a record once that is named twice', async () => {
    await test.put(invoice('i-1'));
    await test.sql`truncate open_records`;
    const scope = { companyId: 'acme', target: TARGET, delivery: 'files', settings: testSettings(), currency: 'USD' } as const;
    await test.store.sql.begin((sql) => refreshStanding(sql, scope, [i1, { ...i1 }], { dependents: false }));
    expect(await test.open()).toEqual(['invoice/i-1 ready invoice.insert 10000']);
  });

  it('follows the setting for voided invoices', async () => {
    await test.put(invoice('i-1'), invoice('i-2'));
    await test.post(i1, 'invoice.insert');
    await test.put(invoice('i-1', { status: 'void' }));
    expect(await test.open()).toContain('invoice/i-1 ready invoice.update 0');
    await editSettings(test.store, { companyId: 'acme', target: TARGET, edit: () => testSettings('credit-memo') }, ACTOR);
    expect(await test.open()).toContain('invoice/i-1 ready creditMemo.insert 10000');
  });

  it('shows a refund with the customer, reference and department of its payment, the department by the job if need be', async () => {
    await test.put({ type: 'job', id: 'j-1', departmentId: 'd-7' }, payment('p-1', {}, { jobId: 'j-1' }));
    await test.post(p1, 'payment.insert', { applied: [] });
    await test.put(refund('r-1', 'p-1', '30.00'));
    const [row] = await test.sql`select number, customer_id, department_id, date from open_records where type = 'refund'`;
    expect(row).toEqual({ number: 'R-p-1', customer_id: 'c-1', department_id: 'd-7', date: '2026-10-20' });
  });
});

describe('claims', () => {
  const claim = async () => {
    const batchId = '01890000-0000-7000-8000-000000000001';
    await test.sql`
      insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, amount, content_hash)
      values (${batchId}, 1, 'acme', ${TARGET}, 'invoice', 'i-1', 'invoice.insert', 'invoice', 0, 'claimed', true, 10000, '')`;
    await test.sql`update open_records set claimed_by = ${batchId} where type = 'invoice' and id = 'i-1'`;
    return batchId;
  };
  const claimedBy = async () => (await test.sql`select claimed_by from open_records where id = 'i-1'`)[0]?.claimed_by;

  it('outlive an edit of the record', async () => {
    await test.put(invoice('i-1'));
    const batchId = await claim();
    await test.put(invoice('i-1', { total: '120.00' }));
    expect(await claimedBy()).toBe(batchId);
  });

  it('return when the record closes and opens again while its batch is open', async () => {
    await test.put(invoice('i-1'));
    const batchId = await claim();
    await test.put(invoice('i-1', { status: 'void' }));
    expect(await test.open()).toEqual([]);
    await test.put(invoice('i-1'));
    expect(await claimedBy()).toBe(batchId);
  });
});

describe('revisions of open records', () => {
  const revision = async () => (await test.sql`select revision from open_records where id = 'p-1'`)[0]?.revision as number;

  it('rise when another change affects what is to be sent, and only then', async () => {
    await test.put(payment('p-1'));
    const first = await revision();
    await test.put(refund('r-1', 'p-1', '10.00'));
    const second = await revision();
    expect(second).toBeGreaterThan(first);
    await test.sql.begin((tx) => refreshStanding(tx, test.scope, [p1]));
    expect(await revision()).toBe(second);
  });
});

describe('enableTarget', () => {
  it('computes what earlier records need at a target that is enabled later', async () => {
    const many = Array.from({ length: 4_100 }, (_, n) => invoice(`i-${n}`));
    for (let n = 0; n < many.length; n += 2_000) await putRecords(test.store, test.company, many.slice(n, n + 2_000), ACTOR);
    await test.put(payment('p-1', { 'i-1': '100.00' }), refund('r-1', 'p-1', '100.00'));
    await enableTarget(test.store, { companyId: 'acme', target: 'books', delivery: 'push', settings: testSettings() }, ACTOR);
    const [counts] =
      await test.sql`select count(*)::int as open, count(distinct id)::int as ids from open_records where target = 'books'`;
    expect(counts).toEqual({ open: 4_100, ids: 4_100 });
  });
});

describe('withDependents', () => {
  it('names the payment of a refund, the refunds of a payment, and payments on an invoice or a job', async () => {
    await test.put(payment('p-1', { 'i-1': '1.00' }, { jobId: 'j-1' }), payment('p-2'), refund('r-1', 'p-1', '1.00'));
    const names = async (...refs: Parameters<typeof withDependents>[2]) =>
      (await withDependents(test.sql, 'acme', refs)).map(({ type, id }) => `${type}/${id}`).sort();
    expect(await names({ type: 'refund', id: 'r-1' })).toEqual(['payment/p-1', 'refund/r-1']);
    expect(await names(p1)).toEqual(['payment/p-1', 'refund/r-1']);
    expect(await names(i1)).toEqual(['invoice/i-1', 'payment/p-1', 'refund/r-1']);
    expect(await names({ type: 'job', id: 'j-1' })).toEqual(['payment/p-1', 'refund/r-1']);
    expect(await names({ type: 'creditMemo', id: 'm-1' })).toEqual(['creditMemo/m-1']);
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, n) => permutations([...items.slice(0, n), ...items.slice(n + 1)]).map((rest) => [item, ...rest]));
}
