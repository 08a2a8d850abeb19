import { prepareReferences, retryBatch } from '@ledgerpost/batching';
import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import type { TargetContext } from '@ledgerpost/core';
import { getBatch, listItems, orderCancel, orderResume, waitForBatch, workBatch } from '@ledgerpost/store';
import { NUDGE } from '@ledgerpost/workflows/names';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Books, harness } from '../../testing/harness.testing.ts';
import { customer, invoice, payment, SETTINGS } from '../../testing/records.testing.ts';

type Harness = Awaited<ReturnType<typeof harness>>;
const books = memoryBooks();
const memory = memoryTarget(books);
let h: Harness;
let co: Books;
beforeAll(async () => {
  h = await harness([memory]);
});
beforeEach(() => {
  books.created.length = 0;
  books.names.clear();
  books.refusedNames.clear();
});
afterAll(() => h.close());

async function itemsOf(batchId: string): Promise<Record<string, string>> {
  const { rows } = await listItems(h.store, { batchId, limit: 500 });
  return Object.fromEntries(rows.map((row) => [row.record.id, [row.state, ...row.problems.map((p) => p.message)].join(': ')]));
}

async function until(batchId: string, state: string) {
  for (let version = 0; ; ) {
    const batch = await waitForBatch(h.store, co.company.id, batchId, version, 20_000);
    if (batch?.state === state) return batch;
    if (batch === undefined || batch.version === version) throw new Error(`The batch is ${batch?.state}, not ${state}.`);
    version = batch.version;
  }
}

describe('names at the target', () => {
  it('case 82: a refused customer blocks its documents, with reason and cure; the others go, and a retry sends them once it is fixed', async () => {
    co = await h.company(
      memory,
      [
        customer('c-1', { accountingKey: 'Bad name' }),
        customer('c-2'),
        invoice('i-1'),
        invoice('i-2', { customerId: 'c-2' }),
        payment('p-1', { allocations: [{ invoiceId: 'i-1', amount: '189.00' }] }),
        payment('p-2', { customerId: 'c-2', allocations: [{ invoiceId: 'i-2', amount: '189.00' }] }),
      ],
      SETTINGS,
    );
    books.refusedNames.add('Bad name');
    const batch = await h.run(co);
    const why = 'blocked: The books refuse the name “Bad name”. Correct it, then retry.';
    expect(await itemsOf(batch.id)).toEqual({ 'i-1': why, 'i-2': 'posted', 'p-1': why, 'p-2': 'posted' });
    expect(batch.state).toBe('posted-in-part');

    await co.put(customer('c-1', { accountingKey: 'Good name' }));
    const retry = await retryBatch(
      { store: h.store, target: memory },
      { ...co.request(), batchId: batch.id, acknowledge: [], actor: 'tess' },
    );
    await h.follow(retry.batch.id);
    expect(await itemsOf(retry.batch.id)).toEqual({ 'i-1': 'posted', 'p-1': 'posted' });
  });

  it('a worker that dies between creating names and keeping them makes none a second time', async () => {
    co = await h.company(memory, [customer('c-1'), invoice('i-1')], SETTINGS);
    books.nameFaults.push('none', 'lost-reply');
    expect((await h.run(co)).state).toBe('posted');
    expect(books.created).toEqual(['Customer c-1']);
  });

  it('what only documents need that are not sent is not created', async () => {
    co = await h.company(
      memory,
      [
        customer('c-1'),
        customer('c-2'),
        invoice('i-1'),
        invoice('i-2', { customerId: 'c-2', number: '7' }),
        invoice('i-3', { customerId: 'c-2', number: '7' }),
      ],
      SETTINGS,
    );
    await h.run(co);
    expect(books.created).toEqual(['Customer c-1']);
  });

  it.each([
    ['access is lost', 'access-lost'],
    ['an admin has to mend something there', 'not-ready'],
  ] as const)('case 87: while %s the batch is held with the reason, and goes on after a resume', async (_, fault) => {
    co = await h.company(memory, [customer('c-1'), invoice('i-1')], SETTINGS);
    books.nameFaults.push('none', fault);
    const { batch, handle } = await h.start(co);
    const held = await until(batch.id, 'held');
    expect(held.reason?.code).toBe(fault === 'not-ready' ? 'target-not-ready' : fault);
    await orderResume(h.store.sql, { companyId: co.company.id, batchId: batch.id, actor: 'ada' });
    await handle.signal(NUDGE);
    await handle.result();
    expect((await getBatch(h.store.sql, co.company.id, batch.id))?.state).toBe('posted');
    expect(books.created).toEqual(['Customer c-1']);
  });

  it('case 28: thousands are asked for in bulk, each once; who cancels meanwhile waits for one question at most', async () => {
    const ids = Array.from({ length: 2_000 }, (_, at) => `${at + 1}`);
    co = await h.company(
      memory,
      ids.flatMap((id) => [customer(id), invoice(id, { customerId: id })]),
      SETTINGS,
    );
    const asked: number[] = [];
    const { delivery } = memory;
    if (delivery.by !== 'push') throw new Error('It pushes.');
    const counting = {
      ...memory,
      delivery: {
        ...delivery,
        find: (...[session, needs]: Parameters<typeof delivery.find>) => {
          asked.push(needs.length);
          return delivery.find(session, needs);
        },
      },
    };
    books.nameFaults.push('access-lost');
    const { batch, handle } = await h.start(co);
    await until(batch.id, 'held');
    const prepare = async (stops: readonly boolean[]) => {
      const left = [...stops];
      const stopRequested = async () => left.shift() ?? false;
      const context = { connectionId: 'c' } as TargetContext;
      return prepareReferences(h.store, counting, context, await workBatch(h.store.sql, batch.id), stopRequested);
    };
    expect(await prepare([false, true])).toEqual({ found: 0, created: 900, missing: 0, stopped: true });
    expect(await prepare([])).toEqual({ found: 0, created: 1_100, missing: 0, stopped: false });
    expect(asked).toEqual([900, 900, 200]);
    expect(new Set(books.created).size).toBe(2_000);
    await orderCancel(h.store.sql, { companyId: co.company.id, batchId: batch.id, actor: 'ada' });
    await handle.signal(NUDGE);
    await handle.result();
  });
});
