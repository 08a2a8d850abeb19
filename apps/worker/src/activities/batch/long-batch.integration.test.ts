import { saasant } from '@ledgerpost/saasant-plugin';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { harness } from '../../testing/harness.testing.ts';
import { customer, invoice, SETTINGS } from '../../testing/records.testing.ts';

type Harness = Awaited<ReturnType<typeof harness>>;
let h: Harness;
beforeAll(async () => {
  // One document a chunk: the history of a few hundred documents is as long as that of many hundred thousand.
  h = await harness([saasant], { chunk: 1 });
});
afterAll(() => h.close());

it('a batch whose history has grown long goes on as a new run, and loses nothing and doubles nothing', async () => {
  const invoices = Array.from({ length: 350 }, (_, n) => invoice(`i-${n}`));
  const co = await h.company(saasant, [customer('c-1'), ...invoices], SETTINGS);
  const { batch, handle } = await h.start(co);
  await handle.result();
  const runs = await h.historiesOf(handle as typeof handle & { firstExecutionRunId: string });
  expect(runs.length).toBeGreaterThan(1);
  for (const { events } of runs) expect(events!.length).toBeLessThan(6_000);
  const postings = await h.store.sql`select record_id from postings where batch_id = ${batch.id} and standing`;
  expect(new Set(postings.map((row) => row.record_id)).size).toBe(350);
  expect(postings).toHaveLength(350);
}, 120_000);
