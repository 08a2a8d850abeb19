import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import { limiterOf, PATIENCE_MS } from '@ledgerpost/connections';
import { type PushOutcome, TargetError } from '@ledgerpost/core';
import { type BatchView, getBatch, getItem, orderCancel, waitForBatch } from '@ledgerpost/store';
import { NUDGE } from '@ledgerpost/workflows/names';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Books, harness } from '../../testing/harness.testing.ts';
import { customer, invoice, SETTINGS } from '../../testing/records.testing.ts';

type Harness = Awaited<ReturnType<typeof harness>>;
const books = memoryBooks();
const memory = memoryTarget(books);
/** What goes wrong with the next pushes, besides the books' own faults. */
const accidents: (() => Error)[] = [];
/** Whether each call came after the time of its keys. */
const expired: boolean[] = [];
const { delivery } = memory;
if (delivery.by !== 'push') throw new Error('It pushes.');
const theirs = { account: 'memory' };
const clumsy: typeof memory = {
  ...memory,
  check: async () => ({ company: 'Memory', account: theirs.account }),
  delivery: {
    ...delivery,
    keyLifetimeMs: 60_000,
    async push(session, call) {
      expired.push(call.keysExpired ?? false);
      const accident = accidents.shift();
      if (accident !== undefined) throw accident();
      return delivery.push(session, call);
    },
  },
};

/** Accepts one document at a time, and four requests a day: two for a new customer, and two for documents. */
const fresh = memoryTarget(memoryBooks());
const rationed: typeof memory = {
  ...fresh,
  id: 'rationed',
  name: 'Rationed Books',
  delivery: {
    ...(fresh.delivery as typeof delivery),
    itemsPerPush: 1,
    limits: { calls: { perMinute: 60_000, perDay: 4, calendar: 'Pacific/Auckland' } },
  },
};

/** Accepts documents and works on them for a while: by ticket, the answers that it will give, and those that it gave. */
const works = { answers: new Map<string, PushOutcome>(), patience: 0, retryAfterMs: 100, asked: [] as string[], sent: 0 };
const slowBooks = memoryBooks();
const prompt = memoryTarget(slowBooks);
const slow: typeof memory = {
  ...prompt,
  id: 'slow',
  name: 'Slow Books',
  delivery: {
    ...(prompt.delivery as typeof delivery),
    async push(session, call) {
      works.sent += 1;
      const outcomes = await (prompt.delivery as typeof delivery).push(session, call);
      return outcomes.map((outcome): PushOutcome => {
        const ticket = `t-${call.items.find(({ seq }) => seq === outcome.seq)!.key}`;
        works.answers.set(ticket, outcome);
        return { status: 'pending', seq: outcome.seq, ticket, retryAfterMs: works.retryAfterMs };
      });
    },
    async poll(_, tickets) {
      works.asked.push(...tickets.map(({ ticket }) => ticket));
      works.patience -= 1;
      return tickets.map(({ ticket, item: { seq } }) =>
        works.patience >= 0
          ? { status: 'pending', seq, ticket, retryAfterMs: works.retryAfterMs }
          : { ...works.answers.get(ticket)!, seq },
      );
    },
  },
};

let h: Harness;
beforeAll(async () => {
  // One slot: a batch that waits in it would block all others.
  h = await harness([clumsy, rationed, slow], { slots: 1 });
});
afterAll(() => h.close());

const throttled = () => new TargetError('transient', 'target-throttled', 'Too many requests.', 20);
const bug = () => new Error('a bug');
const company = () => h.company(clumsy, [customer('c-1'), invoice('i-1')], SETTINGS);

async function connectionOf(co: Books): Promise<string> {
  return co.request().companyTarget.connectionId;
}

describe('a target that takes no more for now', () => {
  it('never fails a batch, however often it happens', async () => {
    const co = await company();
    accidents.push(...Array.from({ length: 6 }, () => throttled));
    expect((await h.run(co)).state).toBe('posted');
  });

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

/** Follows a batch until it is as the test wants it. */
async function batchWhen(co: Books, batchId: string, wanted: (batch: BatchView) => boolean): Promise<BatchView> {
  for (let version = 0; ; ) {
    const batch = (await waitForBatch(h.store, co.company.id, batchId, version, 20_000))!;
    if (wanted(batch)) return batch;
    version = batch.version;
  }
}

async function cancel(co: Books, { batch, handle }: Awaited<ReturnType<Harness['start']>>): Promise<BatchView> {
  await orderCancel(h.store.sql, { companyId: co.company.id, batchId: batch.id, actor: 'ada' });
  await handle.signal(NUDGE);
  await handle.result();
  return (await getBatch(h.store.sql, co.company.id, batch.id))!;
}

describe('a target whose day is used up', () => {
  it('lets the batch say until when it waits; a cancel ends the wait, and the rest is sent another day', async () => {
    const co = await h.company(rationed, [customer('c-1'), ...['i-1', 'i-2', 'i-3'].map((id) => invoice(id))], SETTINGS);
    const waiting = await h.start(co);
    const { waiting: wait } = await batchWhen(co, waiting.batch.id, (batch) => batch.waiting !== null);
    expect(wait!.reason).toEqual({
      code: 'target-throttled',
      message:
        'Rationed Books accepts 4 requests a day, and this day’s are used up. It continues by itself when the next day begins (Pacific/Auckland).',
    });
    const midnight = new Date(new Date(wait!.until).getTime() + 60_000);
    expect(midnight.toLocaleTimeString('en-GB', { timeZone: 'Pacific/Auckland' })).toMatch(/^00:0[01]/);
    const canceled = await cancel(co, waiting);
    expect([canceled.state, canceled.waiting]).toEqual(['canceled', null]);
    const posted = canceled.progress.states.posted!;
    expect(posted).toBeGreaterThan(0);
    await h.store.sql`update rate_days set day = day - 1`;
    expect((await h.run(co)).progress.states).toEqual({ posted: 3 - posted });
  });

  it('is not kept waiting by a vendor that wants eleven hours: the batch shows it, and can be canceled', async () => {
    const co = await company();
    accidents.push(() => new TargetError('transient', 'target-throttled', 'The books want eleven hours.', 11 * 3_600_000));
    const waiting = await h.start(co);
    const { waiting: wait } = await batchWhen(co, waiting.batch.id, (batch) => batch.waiting !== null);
    expect(Date.parse(wait!.until) - Date.now()).toBeGreaterThan(10.9 * 3_600_000);
    const details = async () => {
      const { currentDetails } = await waiting.handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
      return currentDetails;
    };
    // The workflow hears of it a moment after the database.
    await expect.poll(details).toMatch(/waiting until [\d-]+ [\d:]+ UTC \(target-throttled\): The books want eleven hours\./);
    expect((await cancel(co, waiting)).cancelRequestedBy).toBe('ada');
    // The call was sent, and its outcome is unknown: the next batch settles it first.
    await co.put(invoice('i-2'));
    expired.length = 0;
    await h.run(co);
    expect(expired).toEqual([true, false]);
    expect(await getItem(h.store.sql, waiting.batch.id, 1)).toMatchObject({ state: 'posted' });
  });
});

describe('a key that opens other books', () => {
  it('sends nothing there and undoes nothing there, until it opens the right ones again', async () => {
    const co = await company();
    const first = await h.run(co);
    theirs.account = 'others';
    await co.put(invoice('i-2'));
    const held = await h.start(co);
    const { reason } = await batchWhen(co, held.batch.id, ({ state }) => state === 'held');
    expect(reason).toEqual({
      code: 'other-books',
      message:
        'Documents of this company are in the books memory at Books in memory, and its key opens “Memory” (others). Enter a key of the books memory, then resume.',
    });
    expect((await cancel(co, held)).progress.states).toEqual({ released: 1 });
    expect((await h.undo(co, first.id)).state).toBe('undone-in-part');
    expect((await getItem(h.store.sql, first.id, 1))!.state).toBe('posted');
    theirs.account = 'memory';
    expect((await h.undo(co, first.id)).state).toBe('undone');
    // With nothing posted, other books may follow.
    theirs.account = 'others';
    expect((await h.run(co)).state).toBe('posted');
    theirs.account = 'memory';
  });
});

describe('a target that works on documents for a while', () => {
  const slowCompany = () => h.company(slow, [customer('c-1'), invoice('i-1'), invoice('i-2')], SETTINGS);

  it('is asked for its tickets until it has finished, and is sent nothing twice', async () => {
    Object.assign(works, { patience: 2, asked: [], sent: 0 });
    const batch = await h.run(await slowCompany());
    expect(batch.progress.states).toEqual({ posted: 2 });
    expect(works).toMatchObject({ sent: 1 });
    expect(new Set(works.asked).size).toBe(2);
    expect(works.asked.length).toBe(6);
    const item = (await getItem(h.store.sql, batch.id, 1))!;
    expect(item.attempts.map(({ outcome }) => outcome)).toEqual([
      'target-working',
      'target-working',
      'target-working',
      'answered',
    ]);
  });

  it('keeps its documents in doubt after a cancel, until the next batch has asked for them', async () => {
    const co = await slowCompany();
    Object.assign(works, { patience: 1, asked: [], sent: 0, retryAfterMs: 3_600_000 });
    const waiting = await h.start(co);
    const { waiting: wait } = await batchWhen(co, waiting.batch.id, (batch) => batch.waiting !== null);
    expect(wait!.reason).toEqual({ code: 'target-working', message: 'Slow Books accepted 2 documents and still works on them.' });
    expect((await getItem(h.store.sql, waiting.batch.id, 1))!.state).toBe('sending');
    await cancel(co, waiting);
    await h.store.sql`update batch_calls set ask_at = now() where settled_at is null`;
    works.patience = 0;
    await co.put(invoice('i-3'));
    works.retryAfterMs = 100;
    expect((await h.run(co)).progress.states).toEqual({ posted: 1 });
    expect((await getItem(h.store.sql, waiting.batch.id, 2))!.state).toBe('posted');
  });
});
