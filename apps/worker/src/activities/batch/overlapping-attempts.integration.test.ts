import { prepareReferences, pushDocuments, settleDoubts } from '@ledgerpost/batching';
import { connectionContext } from '@ledgerpost/connections';
import type { TargetContext } from '@ledgerpost/core';
import {
  type Attempt,
  beginAttempt,
  beginWrite,
  getBatch,
  getItem,
  orderCancel,
  orderResume,
  type WorkBatch,
  workBatch,
} from '@ledgerpost/store';
import { NUDGE } from '@ledgerpost/workflows/names';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { held, type QboBooks, quickbooksHarness } from '../../quickbooks/quickbooks.testing.ts';
import { customer, payment } from '../../testing/records.testing.ts';
import { recordUndo } from '../undo/record-undo.ts';
import { enterStep } from './enter-step.ts';
import { hold, resume } from './orders.ts';
import { prepare } from './prepare.ts';
import { push } from './push.ts';

vi.setConfig({ testTimeout: 60_000 });

let h: Awaited<ReturnType<typeof quickbooksHarness>>;
beforeAll(async () => {
  h = await quickbooksHarness();
});
afterAll(() => h?.close());

const PAYMENTS = [1, 2, 3, 4].map((at) => payment(`p-${at}`, { amount: '50.00', reference: '' }));

/** A company with a batch that was canceled on hold: four payments are in a call without an outcome, whose first attempt is over. */
async function inDoubt(): Promise<{ co: QboBooks; batchId: string; requestId: string }> {
  const co = await h.connected([customer('c-1'), ...PAYMENTS]);
  co.befall({ trouble: { kind: 'revokedGrant' }, aim: { operation: 'batch' }, skip: 1 });
  const { batch, handle } = await h.start(co);
  await h.until(co, batch.id, 'held');
  await co.connect();
  await orderCancel(h.store.sql, { companyId: co.company.id, batchId: batch.id, actor: 'ada' });
  await handle.signal(NUDGE);
  await handle.result();
  const calls = await h.store.sql<{ requestId: string }[]>`
    select request_id as "requestId" from batch_calls where batch_id = ${batch.id} and settled_at is null`;
  expect(calls).toHaveLength(1);
  return { co, batchId: batch.id, requestId: calls[0]!.requestId };
}

/** What asks QuickBooks on its way there. */
type Via = (path: string, ask: () => Promise<Response>) => Promise<Response>;

/** A process of its own at the books of a batch. */
function contextVia({ connectionId, settings }: WorkBatch, via: Via): TargetContext {
  const fetching = ((input: URL | string, init: RequestInit) =>
    via(new URL(input).pathname, () => fetch(input, init))) as typeof fetch;
  const order = { connectionId, settings, signal: new AbortController().signal };
  return connectionContext({ ...h.connectionDeps, fetch: fetching }, h.quickbooks, order);
}

/** One more attempt of what is in doubt. */
async function attempt(batchId: string, via: Via): Promise<void> {
  const batch = await workBatch(h.store.sql, batchId);
  await settleDoubts(h.store, h.quickbooks, contextVia(batch, via), batch, async () => {});
}

/** Lets somebody wait, and lets the test know that he does. */
function gate() {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    open: () => opened.resolve(),
    async pass() {
      reached.resolve();
      await opened.promise;
    },
  };
}

const isWrite = (path: string) => path.endsWith('/batch');
const straight = (_: string, ask: () => Promise<Response>) => ask();

describe('attempts of one call that overlap', () => {
  it('a request that arrives after two later attempts have begun posts nothing a second time', async () => {
    const { co, batchId } = await inDoubt();
    const late = gate();
    const second = attempt(batchId, async (path, ask) => {
      if (isWrite(path)) await late.pass();
      return ask();
    });
    await late.reached;
    const third = attempt(batchId, async (path, ask) => {
      if (isWrite(path)) throw new Error('The connection is gone.');
      return ask();
    });
    await expect(third).rejects.toMatchObject({ kind: 'transient' });
    await attempt(batchId, straight);
    expect(held(co, 'Payment')).toHaveLength(4);
    late.open();
    await second;
    expect(held(co, 'Payment')).toHaveLength(4);
    expect((await getItem(h.store.sql, batchId, 1))!.state).toBe('posted');
  });

  it('an attempt that wakes up after a later one has begun sends nothing', async () => {
    const { co, batchId } = await inDoubt();
    const asleep = gate();
    const second = attempt(batchId, async (path, ask) => {
      const answer = await ask();
      if (!isWrite(path)) await asleep.pass();
      return answer;
    });
    const failed = expect(second).rejects.toMatchObject({ kind: 'transient', message: /another one sends the same documents/ });
    await asleep.reached;
    co.calls();
    await attempt(batchId, straight);
    expect(co.calls()).toHaveLength(1);
    asleep.open();
    await failed;
    expect(co.calls()).toHaveLength(0);
    expect(held(co, 'Payment')).toHaveLength(4);
  });

  it('a push is not over while a call of another attempt of it has no outcome', async () => {
    const co = await h.connected([customer('c-1'), ...PAYMENTS]);
    co.befall({ trouble: { kind: 'revokedGrant' }, aim: { operation: 'batch' } });
    const { batch: started } = await h.start(co);
    await h.until(co, started.id, 'held');
    await co.connect();
    const batch = await workBatch(h.store.sql, started.id);
    await prepareReferences(h.store, h.quickbooks, contextVia(batch, straight), batch, async () => false);
    const range = { batchId: batch.id, fromSeq: 1, toSeq: 4 };
    const terms = {
      stage: 0,
      fence: batch.fence,
      checkFirst: false,
      mayWorkSoon: async () => {},
      stopRequested: () => false,
      onProgress: async () => {},
    };
    const late = gate();
    let writes = 0;
    const push = () =>
      pushDocuments(
        h.store,
        h.quickbooks,
        contextVia(batch, async (path, ask) => {
          if (isWrite(path) && writes++ === 0) await late.pass();
          return ask();
        }),
        batch,
        range,
        terms,
      );
    const both: Promise<unknown>[] = [];
    await h.store.sql.begin(async (sql) => {
      // Both cut their first call at the same time: one of them finds that the items are the other's.
      await sql`select from batch_items where batch_id = ${batch.id} for update`;
      both.push(push(), push());
      await vi.waitFor(async () => {
        const [waiting] = await h.store.sql<{ count: number }[]>`
          select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        expect(waiting!.count).toBe(2);
      }, 10_000);
    });
    // If the later attempt has begun before the first one writes, the first one gives up, and the later one is held back here.
    for (const one of both) one.catch(() => late.open());
    await Promise.any(both);
    expect(new Set(Object.values(await h.states(batch)))).toEqual(new Set(['posted']));
    late.open();
    await Promise.allSettled(both);
    expect(held(co, 'Payment')).toHaveLength(4);
  });

  it('a failure that QuickBooks repeats for the old request id does not keep the call for ever', async () => {
    const co = await h.connected([customer('c-1'), ...PAYMENTS]);
    co.befall({ trouble: { kind: 'batchItemFault', item: 1 }, aim: { operation: 'batch' }, skip: 1 });
    const batch = await h.run(co);
    expect(batch.state).toBe('posted');
    expect(held(co, 'Payment')).toHaveLength(4);
    expect((await getItem(h.store.sql, batch.id, 1))!.attempts.map(({ outcome }) => outcome)).toEqual([
      'target-unreachable',
      'target-unreachable',
      'answered',
    ]);
  });
});

describe('an attempt of a step that wakes up when its batch is past it', () => {
  /** A company with a batch on hold, whose access works again. */
  async function onHold() {
    const co = await h.connected([customer('c-1'), ...PAYMENTS]);
    co.befall({ trouble: { kind: 'accessLost' }, aim: { operation: 'batch' } });
    const { batch, handle } = await h.start(co);
    const { reason } = await h.until(co, batch.id, 'held');
    await co.connect();
    const range = { batchId: batch.id, fromSeq: 1, toSeq: 4 };
    const state = async () => (await getBatch(h.store.sql, co.company.id, batch.id))!.state;
    const order = { companyId: co.company.id, batchId: batch.id, actor: 'ada' };
    return { co, batchId: batch.id, handle, reason: reason!, range, state, order };
  }

  it('ends no hold, so that a person can resume the batch', async () => {
    const { batchId, handle, reason, range, state, order, co } = await onHold();
    const refused = { type: 'access-lost', message: reason.message, nonRetryable: true, details: [{ kind: 'config' }] };
    await expect(push(h.deps, h.quickbooks)({ ...range, stage: 0 })).rejects.toMatchObject(refused);
    await expect(prepare(h.deps, h.quickbooks)({ batchId })).rejects.toMatchObject(refused);
    // As the batch was when the attempt fell asleep.
    const asleep = { ...(await workBatch(h.store.sql, batchId)), state: 'exporting' } as const;
    await expect(enterStep(h.store, asleep, range, { to: 'pushing', isOneTransaction: false })).rejects.toMatchObject(refused);
    const isDone = await enterStep(h.store, asleep, range, { to: 'pushing' });
    await expect(h.store.sql.begin((sql) => isDone(sql, 4))).rejects.toMatchObject(refused);
    // The resume of an earlier hold.
    await resume(h.deps)({ batchId, heldSince: new Date(0).toISOString() });
    expect(await state()).toBe('held');
    await orderResume(h.store.sql, order);
    await handle.signal(NUDGE);
    await handle.result();
    expect(await state()).toBe('posted');
    expect(held(co, 'Payment')).toHaveLength(4);
  });

  it('a hold that ended without a person is begun again, and what is sent after it is looked for in the books', async () => {
    const { co, batchId, handle, order } = await onHold();
    await h.store.sql`update batches set state = 'pushing' where id = ${batchId}`;
    await handle.signal(NUDGE);
    await h.until(co, batchId, 'held');
    expect(await workBatch(h.store.sql, batchId)).toMatchObject({ state: 'held', fence: 1 });
    await orderResume(h.store.sql, order);
    await handle.signal(NUDGE);
    await h.until(co, batchId, 'posted');
    expect(held(co, 'Payment')).toHaveLength(4);
  });

  it('puts no batch on hold again that was resumed', async () => {
    const { batchId, handle, reason, state, order } = await onHold();
    await orderResume(h.store.sql, order);
    await resume(h.deps)({ batchId, heldSince: (await hold(h.deps)({ batchId, reason, resumes: 0 })).heldSince! });
    expect(await state()).toBe('pushing');
    expect(await hold(h.deps)({ batchId, reason, resumes: 0 })).toMatchObject({ resumes: 1, heldSince: null });
    expect(await state()).toBe('pushing');
    await handle.signal(NUDGE);
    await handle.result();
    expect(await state()).toBe('posted');
  });

  it('of an undo does not end the next one', async () => {
    const { co, batchId, handle, state, order } = await onHold();
    await orderResume(h.store.sql, order);
    await handle.signal(NUDGE);
    await handle.result();
    await h.stopWorker();
    await h.startUndo(co, batchId);
    await recordUndo(h.deps)({ batchId, undo: 0 });
    expect(await state()).toBe('undoing');
    await recordUndo(h.deps)({ batchId, undo: 1 });
    expect(await state()).toBe('undone-in-part');
    await h.startWorker();
  });
});

describe('the round of an attempt', () => {
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);
  const answered = { outcome: 'target-unreachable', open: null };
  const silent = { outcome: 'target-unreachable', open: ago(1) };
  const old = { outcome: 'target-unreachable', open: ago(600) };
  const dead = { outcome: null, open: ago(1) };
  const deadBefore = { outcome: null, open: null };
  const mended = { outcome: 'target-not-ready', open: null };

  it.each([
    ['the first', [], 1],
    ['the second stays in the first', [answered], 1],
    ['a third after two answers begins one', [answered, answered], 3],
    ['not while a request has no answer', [silent, answered], 1],
    ['not while a process may still be sending', [dead, answered], 1],
    ['once that was long ago', [old, answered], 3],
    ['not without an answer to the present id', [old, old], 1],
    ['a process that died before it sent is no obstacle', [deadBefore, answered], 3],
    ['a refusal that a person has mended', [mended], 2],
    ['not beside a request that has no answer', [silent, mended], 1],
  ] as const)('%s', async (_, earlier, round) => {
    const { batchId, requestId } = await shared;
    await h.store.sql`delete from batch_attempts where request_id = ${requestId}`;
    await h.store.sql`update batch_calls set attempts = ${earlier.length} where request_id = ${requestId}`;
    for (const [at, { outcome, open }] of earlier.entries()) {
      await h.store.sql`insert into batch_attempts (request_id, attempt, round, outcome, ended_at, open_since)
        values (${requestId}, ${at + 1}, 1, ${outcome}, ${outcome === null ? null : new Date()}, ${open})`;
    }
    const { fence } = await workBatch(h.store.sql, batchId);
    expect(await beginAttempt(h.store, { batchId, requestId, fence })).toEqual({ requestId, attempt: earlier.length + 1, round });
  });

  it.each([
    ['an answer', 'answered', 3],
    ['a loss', 'target-unreachable', 1],
  ] as const)('attempts of a version before rounds may be running until long after %s', async (_, outcome, round) => {
    const { batchId, requestId } = await shared;
    await h.store.sql`delete from batch_attempts where request_id = ${requestId}`;
    await h.store.sql`update batch_calls set attempts = 2 where request_id = ${requestId}`;
    await h.store.sql`insert into batch_attempts (request_id, attempt, outcome, ended_at)
      values (${requestId}, 1, ${outcome}, now()), (${requestId}, 2, ${outcome}, now())`;
    const { fence } = await workBatch(h.store.sql, batchId);
    expect(await beginAttempt(h.store, { batchId, requestId, fence })).toMatchObject({ round });
  });

  it('a batch that was fenced off sends nothing more, even with an attempt that had begun', async () => {
    const { batchId, requestId } = await inDoubt();
    const { fence } = await workBatch(h.store.sql, batchId);
    const begun = (await beginAttempt(h.store, { batchId, requestId, fence })) as Attempt;
    expect(await beginWrite(h.store.sql, begun, fence)).toBe(true);
    await h.store.sql`update batches set fence = fence + 1 where id = ${batchId}`;
    expect(await beginWrite(h.store.sql, begun, fence)).toBe(false);
    expect(await beginAttempt(h.store, { batchId, requestId, fence })).toBe('fenced-off');
  });

  let shared: ReturnType<typeof inDoubt>;
  beforeAll(() => {
    shared = inDoubt();
  });
});
