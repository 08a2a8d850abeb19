import { startBatch } from '@ledgerpost/batching';
import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import {
  beginVerification,
  endVerification,
  FINDING_SORTS,
  getVerification,
  listFindings,
  listJournal,
  orderCancel,
} from '@ledgerpost/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Books, harness } from '../../testing/harness.testing.ts';
import { customer, invoice, SETTINGS } from '../../testing/records.testing.ts';

type Harness = Awaited<ReturnType<typeof harness>>;
const books = memoryBooks();
const memory = memoryTarget(books);
let h: Harness;
let n = 0;
beforeAll(async () => {
  h = await harness([memory]);
});
afterAll(() => h.close());

/** A company whose three invoices are posted, and how the books hold each. */
async function postedThree() {
  const numbers = [1, 2, 3].map((at) => `V-${++n}-${at}`);
  const co = await h.company(memory, [customer('c-1'), ...numbers.map((number, at) => invoice(`i-${at}`, { number }))], SETTINGS);
  const batch = await h.run(co);
  const held = numbers.map((number) => [...books.held].find(([, one]) => one.number === number)!);
  return { co, batch, numbers, held };
}

const findingsOf = async (batchId: string, run: number) =>
  (await listFindings(h.store, { batchId, run, limit: 10 })).rows.map(({ number, status }) => `${number} ${status}`);

const begin = (co: Books, batchId: string) =>
  h.store.sql.begin((sql) => beginVerification(sql, { companyId: co.company.id, batchId, actor: 'vera' }));

describe('a verification', () => {
  it('finds what is unchanged, what a person changed, and what was deleted', async () => {
    const { co, batch, numbers, held } = await postedThree();
    held[1]![1].version++;
    books.held.delete(held[2]![0]);
    const verification = await h.verify(co, batch.id);
    expect(verification).toMatchObject({ run: 1, state: 'done', startedBy: 'vera', counts: { same: 1, changed: 1, gone: 1 } });
    expect(await findingsOf(batch.id, 1)).toEqual([`${numbers[0]} same`, `${numbers[1]} changed`, `${numbers[2]} gone`]);
    const { rows } = await listFindings(h.store, { batchId: batch.id, run: 1, status: 'changed', limit: 10 });
    expect(rows).toMatchObject([{ amount: 18_900, total: 18_900, problem: { code: 'changed-there' } }]);
    // Only what differs, sorted by each column, page by page.
    for (const sort of FINDING_SORTS) {
      const of = { batchId: batch.id, run: 1, differing: 'only', sort } as const;
      const { rows: both, next } = await listFindings(h.store, { ...of, limit: 1 });
      const { rows: last } = await listFindings(h.store, { ...of, limit: 1, after: next });
      const found = [...both, ...last].map(({ status }) => status);
      expect(found.toSorted(), sort).toEqual(['changed', 'gone']);
      if (sort === 'status' || sort === '-total') expect(found, sort).toEqual(['changed', 'gone']);
      if (sort === '-document' || sort === 'total') expect(found, sort).toEqual(['gone', 'changed']);
    }
  });

  it('stands in the journal, with who started it and what it found', async () => {
    const { co, batch } = await postedThree();
    await h.verify(co, batch.id);
    const { rows } = await listJournal(h.store, { companyId: co.company.id, subject: `batch/${batch.id}`, limit: 2 });
    expect(rows.map(({ act, actor, details }) => [act, actor, details])).toEqual([
      ['batch.verified', 'ledgerpost', { run: 1, same: 3, changed: 0, gone: 0 }],
      ['batch.verification-started', 'vera', { run: 1, name: batch.name }],
    ]);
  });

  it('is replaced by the next one', async () => {
    const { co, batch, numbers, held } = await postedThree();
    held[0]![1].version++;
    await h.verify(co, batch.id);
    held[0]![1].version--;
    const second = await h.verify(co, batch.id);
    expect(second).toMatchObject({ run: 2, counts: { same: 3, changed: 0, gone: 0 } });
    expect(await findingsOf(batch.id, 1)).toEqual([]);
    expect(await findingsOf(batch.id, 2)).toEqual(numbers.map((number) => `${number} same`));
  });

  it('leaves a document alone that a newer batch has updated: it is verified with that one', async () => {
    const { co, batch, numbers } = await postedThree();
    await co.put(invoice('i-0', { number: numbers[0]!, memo: 'changed' }));
    const newer = await h.run(co);
    expect((await h.verify(co, batch.id)).counts).toEqual({ same: 2, changed: 0, gone: 0 });
    expect((await h.verify(co, newer.id)).counts).toEqual({ same: 1, changed: 0, gone: 0 });
  });

  it('waits while the books do not answer', async () => {
    const { co, batch } = await postedThree();
    books.readFaults.push('unreachable', 'throttled');
    expect(await h.verify(co, batch.id)).toMatchObject({ state: 'done', counts: { same: 3 } });
  });

  it('ends failed with the reason without access to the books, and can be run again', async () => {
    const { co, batch } = await postedThree();
    books.readFaults.push('access-lost');
    expect(await h.verify(co, batch.id)).toMatchObject({ state: 'failed', reason: { code: 'access-lost' } });
    expect(await h.verify(co, batch.id)).toMatchObject({ run: 2, state: 'done', reason: null });
  });

  it('that lost its workflow is started again by the next sweep', async () => {
    const { co, batch } = await postedThree();
    await h.stopWorker();
    const handle = await h.startVerification(co, batch.id);
    await handle.terminate('lost');
    await h.sweep();
    await h.startWorker();
    await h.client.workflow.getHandle(handle.workflowId).result();
    expect(await getVerification(h.store.sql, batch.id)).toMatchObject({ run: 1, state: 'done' });
  });

  it('that Temporal did not hear of is handed over by the next sweep', async () => {
    const { co, batch } = await postedThree();
    await begin(co, batch.id);
    expect(await getVerification(h.store.sql, batch.id)).toMatchObject({ handedOverAt: null });
    await h.sweep();
    await h.client.workflow.getHandle(`verify:${co.company.id}:memory:${batch.id}`).result();
    expect(await getVerification(h.store.sql, batch.id)).toMatchObject({ state: 'done', handedOverAt: expect.any(Date) });
  });

  it('whose forerunner’s workflow has not closed yet waits for the sweep after, and is not taken for it', async () => {
    const { co, batch } = await postedThree();
    await h.stopWorker();
    const former = await h.startVerification(co, batch.id);
    await h.store.sql.begin((sql) => endVerification(sql, { batchId: batch.id, run: 1 }));
    await begin(co, batch.id);
    await h.sweep();
    expect(await getVerification(h.store.sql, batch.id)).toMatchObject({ run: 2, state: 'running', handedOverAt: null });
    await former.terminate('it closes');
    await h.sweep();
    await h.startWorker();
    await h.client.workflow.getHandle(former.workflowId).result();
    expect(await getVerification(h.store.sql, batch.id)).toMatchObject({ run: 2, state: 'done', counts: { same: 3 } });
  });

  it('goes over a large batch in chunks, and each chunk’s summary shows what it does', async () => {
    const co = await h.company(
      memory,
      [customer('c-1'), ...Array.from({ length: 1_100 }, (_, at) => invoice(`l-${at}`))],
      SETTINGS,
    );
    const batch = await h.run(co);
    const handle = await h.startVerification(co, batch.id);
    expect(await handle.result()).toEqual({ end: 'done', same: 1_100, changed: 0, gone: 0 });
    const { events = [] } = await handle.fetchHistory();
    const summaries = (events ?? []).flatMap(({ userMetadata }) => {
      const data = userMetadata?.summary?.data;
      return data == null ? [] : [JSON.parse(Buffer.from(data).toString('utf8')) as string];
    });
    expect(summaries.filter((text) => !text.startsWith('Verify'))).toEqual([
      'verify 1–500 of 1100',
      'verify 501–1000 of 1100',
      'verify 1001–1100 of 1100',
      'record: seal the verification',
    ]);
  });

  it('is refused while one runs, while the batch is open, and if nothing of the batch is in the books', async () => {
    const { co, batch } = await postedThree();
    await begin(co, batch.id);
    await expect(begin(co, batch.id)).rejects.toMatchObject({ code: 'verification-open' });
    await h.sweep();
    await h.client.workflow.getHandle(`verify:${co.company.id}:memory:${batch.id}`).result();
    await h.undo(co, batch.id);
    await expect(begin(co, batch.id)).rejects.toMatchObject({ code: 'nothing-to-verify' });
    const open = await startBatch({ store: h.store, target: memory }, { ...co.request(), acknowledge: [], actor: 'tess' });
    await expect(begin(co, open.batch.id)).rejects.toMatchObject({ code: 'illegal-move' });
    await orderCancel(h.store.sql, { companyId: co.company.id, batchId: open.batch.id, actor: 'tess' });
    await h.follow(open.batch.id);
  });
});
