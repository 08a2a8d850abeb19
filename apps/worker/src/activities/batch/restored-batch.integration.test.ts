import { startBatch } from '@ledgerpost/batching';
import type { SourceRecord } from '@ledgerpost/core';
import { getBatch, orderCancel, orderResume } from '@ledgerpost/store';
import { NUDGE, runWorkflowId } from '@ledgerpost/workflows/names';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { held, type QboBooks, quickbooksHarness } from '../../quickbooks/quickbooks.testing.ts';
import { customer, invoice, payment } from '../../testing/records.testing.ts';
import { backUp } from '../../testing/restore.testing.ts';

// Each test copies a database and posts many documents: on a busy machine that takes longer than usual.
vi.setConfig({ testTimeout: 120_000 });

let h: Awaited<ReturnType<typeof quickbooksHarness>>;
beforeAll(async () => {
  h = await quickbooksHarness();
});
afterAll(() => h?.close());

const MANY = 40;
const NUMBERS = Array.from({ length: MANY }, (_, at) => at);

/** Invoices, a payment on each, and payments of the same customer and amount that no number tells apart. */
const RECORDS: readonly SourceRecord[] = [
  customer('c-1'),
  ...NUMBERS.map((at) => invoice(`i-${at}`)),
  ...NUMBERS.map((at) => payment(`p-${at}`, { amount: '50.00', reference: '' })),
];

/** A batch that lost access after its first calls, so that it is on hold in the backup; then it is resumed, and ends. */
async function heldThenPosted(co: QboBooks) {
  co.befall({ trouble: { kind: 'revokedGrant' }, aim: { operation: 'batch' }, skip: 1 });
  const { batch, handle } = await h.start(co);
  await h.until(co, batch.id, 'held');
  const backup = await backUp(h.databaseUrl, h.store);
  await co.connect();
  await orderResume(h.store.sql, { companyId: co.company.id, batchId: batch.id, actor: 'ada' });
  await handle.signal(NUDGE);
  await handle.result();
  expect(await getBatch(h.store.sql, co.company.id, batch.id)).toMatchObject({ state: 'posted' });
  expectEachOnce(co);
  return { batch, backup, resume: () => orderResume(h.store.sql, { companyId: co.company.id, batchId: batch.id, actor: 'ada' }) };
}

function expectEachOnce(co: QboBooks): void {
  expect(held(co, 'Invoice')).toHaveLength(MANY);
  expect(held(co, 'Payment')).toHaveLength(MANY);
}

describe('a batch that a restored database has as open, and Temporal as completed', () => {
  it('continues after a resume, and posts nothing twice, even if QuickBooks has forgotten the request ids', async () => {
    const co = await h.connected(RECORDS);
    const { batch, backup, resume } = await heldThenPosted(co);
    await backup.restore();
    // A day later QuickBooks no longer answers a repeated request from memory.
    h.simulator.control.clock.advance(25 * 3_600_000);
    expect(await getBatch(h.store.sql, co.company.id, batch.id)).toMatchObject({ state: 'held' });
    await co.connect();
    await resume();
    await h.sweep();
    await h.until(co, batch.id, 'posted');
    expectEachOnce(co);
    expect(new Set(Object.values(await h.states(batch)))).toEqual(new Set(['posted']));
  });

  it('can be canceled, and ends with a reason', async () => {
    const co = await h.connected(RECORDS);
    const { batch, backup } = await heldThenPosted(co);
    await backup.restore();
    await orderCancel(h.store.sql, { companyId: co.company.id, batchId: batch.id, actor: 'ada' });
    await h.sweep();
    await h.until(co, batch.id, 'canceled');
    expectEachOnce(co);
  });
});

describe('after a restore', () => {
  it('workers that hold writes verify, and a batch waits on hold until workers may write again', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-first')]);
    const first = await h.run(co);
    await co.put(...RECORDS);
    await h.stopWorker();
    await h.startWorker('hold');
    const before = h.simulator.control.requests().length;
    const { batch, handle } = await h.start(co);
    const { reason } = await h.until(co, batch.id, 'held');
    expect(reason?.message).toContain('LEDGERPOST_WRITES=hold');
    const line = h.logged.findLast((one) => one.includes('target-not-ready'));
    expect(JSON.parse(line!.slice(line!.indexOf('{')))).toMatchObject({ company: co.company.id, batch: batch.id });
    expect(await h.verify(co, first.id)).toMatchObject({ state: 'done', counts: { same: 1 } });
    const wrote = h.simulator.control
      .requests()
      .slice(before)
      .filter(({ realmId, operation }) => realmId === co.realm && operation !== 'query');
    expect(wrote.map(({ operation }) => operation)).toEqual([]);
    await h.stopWorker();
    await h.startWorker();
    await orderResume(h.store.sql, { companyId: co.company.id, batchId: batch.id, actor: 'ada' });
    await handle.signal(NUDGE);
    await h.until(co, batch.id, 'posted');
  });

  it('an undo does not touch the books while workers hold writes, and can be started again', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-1')]);
    const batch = await h.run(co);
    await h.stopWorker();
    await h.startWorker('hold');
    expect(await h.undo(co, batch.id)).toMatchObject({ state: 'undone-in-part', reason: { code: 'target-not-ready' } });
    expect(held(co, 'Invoice')).toHaveLength(1);
    await h.stopWorker();
    await h.startWorker();
    expect(await h.undo(co, batch.id)).toMatchObject({ state: 'undone' });
    expect(held(co, 'Invoice')).toHaveLength(0);
  });

  it('workers that check first post nothing twice of a batch that the backup does not know', async () => {
    const co = await h.connected(RECORDS);
    const backup = await backUp(h.databaseUrl, h.store);
    await h.run(co);
    expectEachOnce(co);
    await backup.restore();
    h.simulator.control.clock.advance(25 * 3_600_000);
    await co.connect();
    await h.stopWorker();
    await h.startWorker('check-first');
    const again = await h.run(co);
    expect(again).toMatchObject({ state: 'posted' });
    expectEachOnce(co);
    await h.stopWorker();
    await h.startWorker();
  });
});

it('a workflow that is ahead of the restored database is terminated, and the batch starts again', async () => {
  const co = await h.connected(RECORDS);
  const { batch } = await startBatch({ store: h.store, target: co.target }, { ...co.request(), acknowledge: [], actor: 'tess' });
  const backup = await backUp(h.databaseUrl, h.store);
  co.befall({ trouble: { kind: 'revokedGrant' }, aim: { operation: 'batch' }, skip: 2 });
  const followed = h.follow(batch.id).catch((error: Error) => error);
  await h.until(co, batch.id, 'held');
  await backup.restore();
  h.simulator.control.clock.advance(25 * 3_600_000);
  await co.connect();
  await h.sweep();
  await h.client.workflow
    .getHandle(runWorkflowId({ companyId: co.company.id, target: 'qbo', batchId: batch.id }))
    .terminate('restore');
  await followed;
  await h.sweep();
  await h.until(co, batch.id, 'posted');
  expectEachOnce(co);
});

describe('a workflow that nobody terminates, ahead of the restored database', () => {
  /** A batch in a backup from before it was worked on; then it goes on, until it meets the trouble. */
  async function begun(rule: Parameters<QboBooks['befall']>[0]) {
    const co = await h.connected(RECORDS);
    const { batch } = await startBatch(
      { store: h.store, target: co.target },
      { ...co.request(), acknowledge: [], actor: 'tess' },
    );
    const backup = await backUp(h.databaseUrl, h.store);
    co.befall(rule);
    const followed = h.follow(batch.id).catch((error: Error) => error);
    const restore = async () => {
      await backup.restore();
      h.simulator.control.clock.advance(25 * 3_600_000);
      await co.connect();
    };
    return { co, batch, followed, restore };
  }
  const sweptUntil = (co: QboBooks, batchId: string, state: string) =>
    expect
      .poll(
        async () => {
          await h.sweep();
          return (await getBatch(h.store.sql, co.company.id, batchId))?.state;
        },
        { timeout: 120_000, interval: 200 },
      )
      .toBe(state);

  it('is found where it waits for a person, and its batch goes on from its rows, nothing twice', async () => {
    const { co, batch, followed, restore } = await begun({
      ...{ trouble: { kind: 'revokedGrant' }, aim: { operation: 'batch' }, skip: 2 },
    });
    await h.until(co, batch.id, 'held');
    await restore();
    await sweptUntil(co, batch.id, 'posted');
    await followed;
    expectEachOnce(co);
    expect(new Set(Object.values(await h.states(batch)))).toEqual(new Set(['posted']));
  });

  it('is found by its next step where it works, and its batch goes on from its rows, nothing twice', async () => {
    const { co, batch, followed, restore } = await begun({
      ...{ trouble: { kind: 'html', status: 503 }, aim: { operation: 'batch' }, skip: 1, times: 1_000 },
    });
    let calls = 0;
    await expect.poll(() => (calls += co.calls().length), { timeout: 20_000 }).toBeGreaterThan(2);
    await h.stopWorker();
    await restore();
    for (const { id, aim } of h.simulator.control.faults()) if (aim?.realmId === co.realm) h.simulator.control.removeFaults(id);
    await h.startWorker();
    await sweptUntil(co, batch.id, 'posted');
    expect(await followed).toMatchObject({ cause: { cause: { type: 'database-behind' } } });
    expectEachOnce(co);
  });

  it('can be canceled all the same', async () => {
    const { co, batch, restore } = await begun({
      ...{ trouble: { kind: 'revokedGrant' }, aim: { operation: 'batch' }, skip: 2 },
    });
    await h.until(co, batch.id, 'held');
    await restore();
    await orderCancel(h.store.sql, { companyId: co.company.id, batchId: batch.id, actor: 'ada' });
    await sweptUntil(co, batch.id, 'canceled');
    expect(held(co, 'Invoice').length).toBeLessThan(MANY + 1);
  });
});

describe('a workflow id that Temporal has as completed', () => {
  it('is used again for a batch that the restored database has not handed over yet', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-1'), payment('p-1', { reference: '' })]);
    const { batch } = await startBatch(
      { store: h.store, target: co.target },
      { ...co.request(), acknowledge: [], actor: 'tess' },
    );
    const backup = await backUp(h.databaseUrl, h.store);
    await h.follow(batch.id);
    await backup.restore();
    h.simulator.control.clock.advance(25 * 3_600_000);
    await co.connect();
    await h.sweep();
    await h.until(co, batch.id, 'posted');
    expect([held(co, 'Invoice').length, held(co, 'Payment').length]).toEqual([1, 1]);
  });

  it('is used again for an undo that the restored database does not know', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-1')]);
    const batch = await h.run(co);
    const backup = await backUp(h.databaseUrl, h.store);
    await h.undo(co, batch.id);
    await backup.restore();
    await co.connect();
    expect(await h.undo(co, batch.id)).toMatchObject({ state: 'undone' });
    expect(held(co, 'Invoice')).toHaveLength(0);
  });

  it('is not used again for a batch that has ended, though nobody recorded that it was handed over', async () => {
    const co = await h.connected([customer('c-1'), invoice('i-1')]);
    const batch = await h.run(co);
    await h.store.sql`update batches set handed_over_at = null where id = ${batch.id}`;
    await h.sweep();
    const runs = [];
    for await (const run of h.client.workflow.list({
      query: `WorkflowId = '${runWorkflowId({ companyId: co.company.id, target: 'qbo', batchId: batch.id })}'`,
    }))
      runs.push(run.status.name);
    expect(runs).toEqual(['COMPLETED']);
  });
});
