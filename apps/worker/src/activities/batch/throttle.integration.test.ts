import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import { limiterOf, PATIENCE_MS } from '@ledgerpost/connections';
import { TargetError } from '@ledgerpost/core';
import { getBatch, getItem, waitForBatch } from '@ledgerpost/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Books, harness } from '../../testing/harness.testing.ts';
import { customer, invoice, SETTINGS } from '../../testing/records.testing.ts';

type Harness = Awaited<ReturnType<typeof harness>>;
const books = memoryBooks();
const memory = memoryTarget(books);
/** What goes wrong with the next pushes, besides the books' own faults. */
const accidents: (() => Error)[] = [];
const { delivery } = memory;
if (delivery.by !== 'push') throw new Error('It pushes.');
const clumsy: typeof memory = {
  ...memory,
  delivery: {
    ...delivery,
    async push(session, call) {
      const accident = accidents.shift();
      if (accident !== undefined) throw accident();
      return delivery.push(session, call);
    },
  },
};

let h: Harness;
beforeAll(async () => {
  // One slot: a batch that waits in it would block all others.
  h = await harness([clumsy], { slots: 1 });
});
afterAll(() => h.close());

const throttled = () => new TargetError('transient', 'target-throttled', 'Too many requests.', 20);
const bug = () => new Error('a bug');
const company = () => h.company(clumsy, [customer('c-1'), invoice('i-1')], SETTINGS);

async function connectionOf(co: Books): Promise<string> {
  return co.request().companyTarget.connectionId;
}

describe('a target that takes no more for now', () => {
  it('pauses its own connection alone: others go on in the very slot, and no attempt is spent', async () => {
    const [slow, other] = [await company(), await company()];
    await limiterOf(h.store).pause(await connectionOf(slow), PATIENCE_MS + 2_000);
    const waiting = await h.start(slow);
    for (let version = 0; ; ) {
      const batch = (await waitForBatch(h.store, slow.company.id, waiting.batch.id, version, 20_000))!;
      if (batch.state === 'pushing') break;
      version = batch.version;
    }
    expect((await h.run(other)).state).toBe('posted');
    expect((await getBatch(h.store.sql, slow.company.id, waiting.batch.id))?.state).toBe('pushing');
    await waiting.handle.result();
    const item = (await getItem(h.store.sql, waiting.batch.id, 1))!;
    expect([item.state, item.attempts.map(({ outcome }) => outcome)]).toEqual(['posted', ['answered']]);
  });

  it('never fails a batch, however often it happens', async () => {
    const co = await company();
    accidents.push(...Array.from({ length: 6 }, () => throttled));
    expect((await h.run(co)).state).toBe('posted');
  });

  it('uses up nothing of the patience with bugs', async () => {
    const co = await company();
    accidents.push(throttled, throttled, throttled, throttled, bug);
    expect((await h.run(co)).state).toBe('posted');
  });

  it('while a bug that stays a bug fails the batch after five tries of its own', async () => {
    const co = await company();
    accidents.push(throttled, bug, bug, bug, bug, bug);
    await expect(h.run(co)).rejects.toThrow();
    expect(accidents).toEqual([]);
    const [batch] = await h.store.sql`select state from batches where company_id = ${co.company.id}`;
    expect(batch?.state).toBe('failed');
  });
});
