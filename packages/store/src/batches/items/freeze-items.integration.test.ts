import type { Document, PostedFacts } from '@ledgerpost/core';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../../test-store.ts';
import { FrozenItems, freezeItems } from './freeze-items.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test?.close());

/** A batch whose items 1 to 4 are claimed, and frozen by nobody. */
async function claimed(): Promise<string> {
  const id = uuidv7();
  await test.sql`
    insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, amount, content_hash)
    select ${id}::uuid, n, ${test.company.id}, ${test.scope.target}, 'invoice', ${`${id}-`} || n, 'invoice.insert', 'invoice', 0, 'claimed',
      true, 0, '' from generate_series(1, 4) n`;
  return id;
}

/** Documents of these items, as an attempt of that name builds them. */
function builtBy(memo: string, ...seqs: readonly number[]): FrozenItems {
  const frozen = new FrozenItems();
  const facts = { amount: 10_000, contentHash: 'hash' };
  for (const seq of seqs)
    frozen.add({
      seq,
      document: { memo } as unknown as Document,
      facts: { ...facts, number: memo } as unknown as PostedFacts,
      problems: [],
    });
  return frozen;
}

async function stored(batchId: string): Promise<string[]> {
  const rows = await test.sql<{ line: string }[]>`
    select concat_ws(' ', seq, state, nullif(number, ''), document ->> 'memo') as line
    from batch_items left join batch_documents using (batch_id, seq) where batch_id = ${batchId} order by seq`;
  return rows.map(({ line }) => line);
}

it('documents are frozen with their items', async () => {
  const batchId = await claimed();
  expect(await test.sql.begin((sql) => freezeItems(sql, batchId, builtBy('first', 1, 3)))).toBe(2);
  expect(await stored(batchId)).toEqual(['1 frozen first first', '2 claimed', '3 frozen first first', '4 claimed']);
});

it('what another attempt froze stays as it is, also where both began before either had ended', async () => {
  const batchId = await claimed();
  const written = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const first = test.sql.begin(async (sql) => {
    const count = await freezeItems(sql, batchId, builtBy('first', 1, 2));
    written.resolve();
    await mayEnd.promise;
    return count;
  });
  await written.promise;
  const second = test.sql.begin((sql) => freezeItems(sql, batchId, builtBy('second', 1, 2, 3, 4)));
  const waiting = () => test.sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await expect.poll(async () => (await waiting()).length, { timeout: 20_000 }).toBe(1);
  mayEnd.resolve();
  expect([await first, await second]).toEqual([2, 2]);
  expect(await stored(batchId)).toEqual([
    '1 frozen first first',
    '2 frozen first first',
    '3 frozen second second',
    '4 frozen second second',
  ]);
  expect(await test.sql.begin((sql) => freezeItems(sql, batchId, builtBy('third', 1, 2, 3, 4)))).toBe(0);
});
