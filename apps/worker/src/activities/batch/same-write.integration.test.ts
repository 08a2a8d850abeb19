import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { held, type QboBooks, quickbooksHarness } from '../../quickbooks/quickbooks.testing.ts';
import { customer, invoice } from '../../testing/records.testing.ts';

vi.setConfig({ testTimeout: 120_000 });

let h: Awaited<ReturnType<typeof quickbooksHarness>>;
beforeAll(async () => {
  h = await quickbooksHarness();
});
afterAll(() => h?.close());

const memoOf = (co: QboBooks) => held(co, 'Invoice')[0]!.CustomerMemo?.value;

it('an update to a content that an earlier update had is another write, and reaches the books', async () => {
  const co = await h.connected([customer('c-1'), invoice('i-1', { memo: 'first' })]);
  await h.run(co);
  for (const memo of ['second', 'third', 'second', 'third', 'first']) {
    await co.put(invoice('i-1', { memo }));
    expect(await h.run(co)).toMatchObject({ state: 'posted' });
    expect(memoOf(co)).toBe(memo);
  }
});
