import { claimDocuments, startBatch } from '@ledgerpost/batching';
import { saasant } from '@ledgerpost/saasant-plugin';
import { FilesIncomplete, fileStore, problemsOf, workBatch } from '@ledgerpost/store';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Books, harness } from '../../testing/harness.testing.ts';
import { customer, invoice, payment, SETTINGS } from '../../testing/records.testing.ts';

type Harness = Awaited<ReturnType<typeof harness>>;
let h: Harness;
beforeAll(async () => {
  // One document a chunk: the history of a few hundred documents is as long as that of many hundred thousand.
  h = await harness([saasant], { chunk: 1 });
});
afterAll(() => h.close());

const invoices = (count: number) => Array.from({ length: count }, (_, n) => invoice(`i-${n}`));

/** The batch's workbooks, and whether they were written while documents were frozen. */
async function filesOf(co: Books, batchId: string) {
  return h.store.sql<{ sha256: string; documents: number; ahead: boolean }[]>`
    select f.sha256, f.documents, ('x' || left(replace(f.render::text, '-', ''), 12))::bit(48)::bigint < 1000 * (
      select extract(epoch from at) from journal
      where company_id = ${co.company.id} and details->>'to' = 'validating' and subject = ${`batch/${batchId}`}) as ahead
    from batch_files f where f.batch_id = ${batchId} and f.name like '%.xlsx' order by f.name`;
}

const firstFile = async (co: Books, batchId: string) => (await filesOf(co, batchId))[0]!;

async function stored(batchId: string): Promise<number> {
  const [row] = await h.store.sql<[{ renders: number }]>`
    select count(distinct render)::int as renders from batch_file_chunks where batch_id = ${batchId}`;
  return row.renders;
}

it('a batch whose history has grown long goes on as a new run, and loses nothing and doubles nothing', async () => {
  // 1,380 activities. However many of them end at once, of three lanes, their events are more than a third above Temporal's limit.
  const co = await h.company(saasant, [customer('c-1'), ...invoices(600)], SETTINGS);
  const { batch, handle } = await h.start(co);
  await handle.result();
  const runs = await h.historiesOf(handle as typeof handle & { firstExecutionRunId: string });
  expect(runs.length).toBeGreaterThan(1);
  for (const { events } of runs) expect(events!.length).toBeLessThan(6_000);
  const postings = await h.store.sql`select record_id from postings where batch_id = ${batch.id} and standing`;
  expect(new Set(postings.map((row) => row.record_id)).size).toBe(600);
  expect(postings).toHaveLength(600);
  // Whether it was written ahead depends on which of its first activities Temporal hands out first.
  expect(await firstFile(co, batch.id)).toMatchObject({ documents: 600 });
}, 240_000);

it('where one of the chunks of an activity fails, its next attempt freezes what is left, each document once, and the files are the same', async () => {
  const { sql } = h.store;
  const other = await h.company(saasant, [customer('c-1'), ...invoices(30)], SETTINGS);
  const sound = await firstFile(other, (await h.run(other)).id);
  await sql.unsafe(`
    create sequence frozen_15th;
    create function fail_once() returns trigger language plpgsql as $$
    begin
      if nextval('frozen_15th') = 1 then raise exception 'the disk is full' using errcode = '53100'; end if;
      return new;
    end $$;
    create trigger fail_once before insert on batch_documents for each row when (new.seq = 15) execute function fail_once();`);
  try {
    const co = await h.company(saasant, [customer('c-1'), ...invoices(30)], SETTINGS);
    const { batch, handle } = await h.start(co);
    await handle.result();
    const [run] = await h.historiesOf(handle as typeof handle & { firstExecutionRunId: string });
    const frozen = run!.events!.flatMap(({ activityTaskScheduledEventAttributes: one }) =>
      one?.activityType?.name === 'core.freeze' ? [one] : [],
    );
    expect(frozen).toHaveLength(3);
    expect(await sql`select last_value::int as attempts from frozen_15th`).toEqual([{ attempts: 2 }]);
    expect(await sql`select count(*)::int as frozen, max(seq) from batch_documents where batch_id = ${batch.id}`).toEqual([
      { frozen: 30, max: 30 },
    ]);
    expect(await firstFile(co, batch.id)).toMatchObject({ documents: 30, sha256: sound.sha256 });
  } finally {
    await sql`drop trigger fail_once on batch_documents`;
  }
});

it('files that were written while documents were frozen have the bytes of those that were written afterwards', async () => {
  const applied = payment('p-1', { allocations: [{ invoiceId: 'i-0', amount: '189.00' }] });
  const early = await h.company(saasant, [customer('c-1'), ...invoices(12), applied], SETTINGS);
  const late = await h.company(saasant, [customer('c-1'), ...invoices(12), applied], SETTINGS);
  const first = await h.run(early);
  // Of a write that was undone, the key depends on how often.
  await h.store
    .sql`insert into generations (company_id, target, type, id, generation) values (${late.company.id}, 'saasant', 'invoice', 'i-0', 1)`;
  const second = await h.run(late);
  const [ahead, after] = [await filesOf(early, first.id), await filesOf(late, second.id)];
  expect([ahead[0]!.ahead, after[0]!.ahead]).toEqual([true, false]);
  expect(ahead.map(({ sha256 }) => sha256)).toEqual(after.map(({ sha256 }) => sha256));
  // An attempt that read the batch before another one claimed its records.
  const stale = { ...(await workBatch(h.store.sql, first.id)), plan: null };
  const { plan, claimed } = await h.store.sql.begin((sql) => claimDocuments(sql, stale, saasant.stages));
  expect([plan.items, claimed.documents]).toEqual([13, 13]);
});

it('a payment that the check divides again is in the files as it was divided', async () => {
  const twice = ['p-1', 'p-2'].map((id) => payment(id, { allocations: [{ invoiceId: 'i-0', amount: '189.00' }] }));
  const co = await h.company(saasant, [customer('c-1'), ...invoices(8), ...twice], SETTINGS);
  const batch = await h.run(co);
  const problems = await problemsOf(h.store.sql, batch.id, 10);
  expect(problems.counts).toMatchObject({ 'paid-over-invoice': 1 });
  const [first] = await filesOf(co, batch.id);
  expect(first).toMatchObject({ documents: 8, ahead: false });
});

it('a document that is only refused by the check of the whole batch is in no file, and what was written before is dropped', async () => {
  // Of both halves of all numbers, which are checked on two connections.
  const twice = [0, 1, 2, 3].flatMap((at) => [`a-${at}`, `b-${at}`].map((id) => invoice(id, { number: `SAME-${at}` })));
  const some = await h.company(saasant, [customer('c-1'), ...invoices(8), ...twice], SETTINGS);
  const few = await h.company(saasant, [customer('c-1'), ...invoices(8)], SETTINGS);
  const [first, second] = [await h.run(some, { onProblem: 'skip' }), await h.run(few)];
  expect(first.state).toBe('posted-in-part');
  expect((await problemsOf(h.store.sql, first.id, 0)).counts).toEqual({ 'duplicate-number': 8 });
  expect(await firstFile(some, first.id)).toEqual({ ...(await firstFile(few, second.id)), ahead: false });
  expect(await stored(first.id)).toBe(1);
});

it('a batch that ends before its files are sealed keeps none of their bytes, and takes no more', async () => {
  const twice = [invoice('i-8', { number: 'SAME' }), invoice('i-9', { number: 'SAME' })];
  const co = await h.company(saasant, [customer('c-1'), ...invoices(8), ...twice], SETTINGS);
  const request = { ...co.request(), acknowledge: [], actor: 'tess', onProblem: 'stop' } as const;
  const { batch } = await startBatch({ store: h.store, target: saasant }, request);
  const file = { name: 'a.bin', mediaType: 'application/octet-stream', download: false };
  const { sink } = fileStore(h.store, batch.id, { whileOpen: true });
  const [one, other, third] = [sink.open(file), sink.open({ ...file, name: 'b.bin' }), sink.open({ ...file, name: 'c.bin' })];
  await one.write(Buffer.alloc(600 * 1024));
  await one.close({ rows: 1, documents: 1 });
  expect(await stored(batch.id)).toBe(1);
  await h.follow(batch.id);
  expect(await stored(batch.id)).toBe(0);
  await other.write(Buffer.alloc(600 * 1024));
  await expect(other.close({ rows: 1, documents: 1 })).rejects.toThrow('has ended');
  await expect(third.write(Buffer.alloc(600 * 1024))).rejects.toThrow('has ended');
  expect(await stored(batch.id)).toBe(0);
});

it('files of which the database has not all bytes are not sealed', async () => {
  const co = await h.company(saasant, [customer('c-1'), ...invoices(1)], SETTINGS);
  const { batch } = await startBatch({ store: h.store, target: saasant }, { ...co.request(), acknowledge: [], actor: 'tess' });
  const { sink, seal } = fileStore(h.store, batch.id);
  const file = sink.open({ name: 'a.bin', mediaType: 'application/octet-stream', download: false });
  await file.write(Buffer.alloc(600 * 1024));
  await file.close({ rows: 1, documents: 1 });
  // As after a restore of the database.
  await h.store.sql`delete from batch_file_chunks where batch_id = ${batch.id}`;
  await expect(h.store.sql.begin((sql) => seal(sql, 1))).rejects.toThrow(FilesIncomplete);
  await h.follow(batch.id);
  expect(await firstFile(co, batch.id)).toMatchObject({ documents: 1 });
});
