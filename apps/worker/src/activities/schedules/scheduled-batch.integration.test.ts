import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { runSchedule, startBatch } from '@ledgerpost/batching';
import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import type { BatchSchedule, Selection } from '@ledgerpost/core';
import { keepBatchSchedule, keepBatchSchedules } from '@ledgerpost/dispatch';
import { saasant } from '@ledgerpost/saasant-plugin';
import {
  getBatch,
  getCompanyTarget,
  listBatches,
  listRuns,
  orderCancel,
  pauseSchedule,
  putCompany,
  putSchedule,
  removeScheduleOf,
  resumeSchedule,
} from '@ledgerpost/store';
import type { ScheduledReport } from '@ledgerpost/workflows/activities';
import { ENGINE_QUEUE, NUDGE, runWorkflowId, START_SCHEDULED_BATCH, scheduledBatchId } from '@ledgerpost/workflows/names';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Books, harness } from '../../testing/harness.testing.ts';
import { customer, invoice, payment, SETTINGS } from '../../testing/records.testing.ts';

type Harness = Awaited<ReturnType<typeof harness>>;
const books = memoryBooks();
const memory = memoryTarget(books);
let h: Harness;
beforeAll(async () => {
  h = await harness([memory, saasant]);
});
afterAll(() => h.close());

const EVENING: BatchSchedule = {
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  times: ['18:00'],
  send: 'everything',
  acknowledge: [],
};
const FIRST: Selection = { invoices: { choose: 'ids', ids: [{ type: 'invoice', id: 'i-1' }] } };
const PAID = payment('p-1', { allocations: [{ invoiceId: 'i-1', amount: '189.00' }] });

const at = (co: Books) => ({ companyId: co.company.id, target: co.target.id });
const inTemporal = (co: Books) => h.client.schedule.getHandle(scheduledBatchId(at(co)));
const runsOf = async (co: Books) => (await listRuns(h.store.sql, { ...at(co), limit: 10 })).rows;
const batchesOf = async (co: Books) => (await listBatches(h.store, { companyId: co.company.id, limit: 10 })).rows;

/** A company with a schedule, which Temporal has. */
async function scheduled(
  records: Parameters<Harness['company']>[1],
  schedule = EVENING,
  target = saasant as never,
): Promise<Books> {
  const co = await h.company(target, records, SETTINGS);
  await putSchedule(h.store, { ...at(co), schedule, actor: 'ada' });
  await keepBatchSchedule({ store: h.store, temporal: h.client }, at(co));
  return co;
}

/** Lets Temporal start it now, as it does when it is due, and waits for the workflow that it started. */
async function trigger(co: Books): Promise<ScheduledReport> {
  const { numActionsTaken, recentActions } = (await inTemporal(co).describe()).info;
  // Moments are whole seconds: two in one would be one.
  const last = recentActions.at(-1)?.scheduledAt.getTime() ?? 0;
  await expectSoon(
    async () => Date.now(),
    (now) => now >= last + 1_000,
  );
  await inTemporal(co).trigger();
  return (await started(co, numActionsTaken)).result();
}

async function started(co: Books, before: number) {
  const { info } = await expectSoon(
    () => inTemporal(co).describe(),
    (now) => now.info.numActionsTaken > before,
  );
  return h.client.workflow.getHandle(info.recentActions.at(-1)!.action.workflow.workflowId);
}

async function expectSoon<T>(look: () => Promise<T>, good: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 500; tries++) {
    const seen = await look();
    if (good(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It did not come to that.');
}

async function ended(co: Books, batchId: string) {
  await h.client.workflow.getHandle(runWorkflowId({ ...at(co), batchId })).result();
  return (await getBatch(h.store.sql, co.company.id, batchId))!;
}

describe('a schedule that is due', () => {
  it('starts a batch of everything and hands it over', async () => {
    const co = await scheduled([customer('c-1'), invoice('i-1'), PAID]);
    const report = await trigger(co);
    expect(report.outcome).toBe('started');
    const batch = await ended(co, report.batchId!);
    expect(batch).toMatchObject({ state: 'posted', startedBy: 'schedule', plan: { items: 2 } });
    expect(await runsOf(co)).toMatchObject([
      { outcome: 'started', askedBy: null, code: null, batch: { id: batch.id, name: batch.name, state: 'posted' } },
    ]);
  });

  it('includes only what it is set to include', async () => {
    const records = [customer('c-1'), invoice('i-1', { departmentId: 'd-1' }), invoice('i-2'), PAID];
    const co = await scheduled(records, { ...EVENING, send: 'invoices', departmentId: 'd-1' });
    const batch = await ended(co, (await trigger(co)).batchId!);
    expect(batch.plan?.items).toBe(1);
  });

  it('with nothing to send makes no batch and reports that', async () => {
    const co = await scheduled([customer('c-1')]);
    expect(await trigger(co)).toEqual({
      outcome: 'nothing-to-send',
      message: 'There are no unbatched documents in this selection. No batch was made.',
      batchId: null,
    });
    expect(await batchesOf(co)).toEqual([]);
    expect(await runsOf(co)).toMatchObject([{ outcome: 'nothing-to-send', code: 'nothing-to-send', batch: null }]);
  });

  it('does not guess about payments without their invoices, unless an admin decided that beforehand', async () => {
    const co = await scheduled([customer('c-1'), invoice('i-1'), PAID], { ...EVENING, send: 'payments' });
    const report = await trigger(co);
    expect(report).toMatchObject({ outcome: 'needs-a-person', batchId: null });
    expect(report.message).toContain('Batch them with their invoices, or let the schedule send');
    expect(await batchesOf(co)).toEqual([]);

    const schedule = { ...EVENING, send: 'payments', acknowledge: ['payments-without-invoices'] } as const;
    await putSchedule(h.store, { ...at(co), schedule, actor: 'ada' });
    const second = await trigger(co);
    expect(second.outcome).toBe('started');
    expect(await ended(co, second.batchId!)).toMatchObject({ state: 'posted', plan: { items: 1 } });
  });

  it('a held batch stops the next run, which shows what to do and leaves newer records unbatched', async () => {
    const co = await scheduled([customer('c-1'), invoice('i-1')], EVENING, memory as never);
    books.faults.push('access-lost');
    const first = await trigger(co);
    const held = await expectSoon(
      async () => (await getBatch(h.store.sql, co.company.id, first.batchId!))!,
      ({ state }) => state === 'held',
    );
    await co.put(invoice('i-2'));
    const second = await trigger(co);
    expect(second).toMatchObject({ outcome: 'batch-open', batchId: held.id });
    expect(second.message).toContain(`The batch “${held.name}” is on hold: ${held.reason!.message}`);
    expect((await runsOf(co))[0]).toMatchObject({ code: 'batch-open', batch: { id: held.id, state: 'held' } });
    expect(await batchesOf(co)).toHaveLength(1);

    await orderCancel(h.store.sql, { companyId: co.company.id, batchId: held.id, actor: 'ada' });
    await h.client.workflow.getHandle(runWorkflowId({ ...at(co), batchId: held.id })).signal(NUDGE);
    await ended(co, held.id);
    expect((await trigger(co)).outcome).toBe('started');
  });

  it('waits for a batch that ends by itself, and then sends the rest', async () => {
    const co = await scheduled([customer('c-1'), invoice('i-1'), invoice('i-2')]);
    // It is open, and nobody has handed it over: it has not begun.
    const { batch } = await startBatch(
      { store: h.store, target: saasant },
      { ...co.request(FIRST), acknowledge: [], actor: 'tess' },
    );
    const handle = await h.client.workflow.start(START_SCHEDULED_BATCH, {
      taskQueue: ENGINE_QUEUE,
      workflowId: `${scheduledBatchId(at(co))}-by-hand`,
      args: [{ ...at(co), lookAgainSeconds: 1 }],
    });
    await expectSoon(
      async () => (await handle.fetchHistory()).events ?? [],
      (events) => events.some(({ timerStartedEventAttributes }) => timerStartedEventAttributes != null),
    );
    expect(await runsOf(co)).toEqual([]);
    await h.follow(batch.id);
    const report = (await handle.result()) as ScheduledReport;
    expect(report.outcome).toBe('started');
    expect((await ended(co, report.batchId!)).state).toBe('posted');
    expect(await batchesOf(co)).toHaveLength(2);
    expect(await runsOf(co)).toHaveLength(1);
  });

  it('waits for nobody who has to approve a batch first', async () => {
    const co = await scheduled([customer('c-1'), invoice('i-1')]);
    const { batch } = await startBatch({ store: h.store, target: saasant }, { ...co.request(), acknowledge: [], actor: 'tess' });
    const request = { ...(await requestAt(co, new Date())), patient: true } as const;
    expect(await runSchedule({ store: h.store, target: co.target }, request)).toMatchObject({ waitsFor: { id: batch.id } });
    await h.store.sql`alter table batches disable trigger user`;
    await h.store.sql`update batches set state = 'awaiting-approval' where id = ${batch.id}`;
    await h.store.sql`alter table batches enable trigger user`;
    expect(await runSchedule({ store: h.store, target: co.target }, request)).toMatchObject({ outcome: 'batch-open' });
  });

  it('that is paused does nothing, even if Temporal does not know of the pause yet', async () => {
    const co = await scheduled([customer('c-1'), invoice('i-1')]);
    await pauseSchedule(h.store, { ...at(co), actor: 'ada' });
    expect(await trigger(co)).toMatchObject({ outcome: 'paused', batchId: null });
    expect([await batchesOf(co), await runsOf(co)]).toEqual([[], []]);
  });

  it('that was removed does nothing, even when Temporal does not know that yet', async () => {
    const co = await scheduled([customer('c-1'), invoice('i-1')]);
    await removeScheduleOf(h.store, { ...at(co), actor: 'ada' });
    expect(await trigger(co)).toMatchObject({ outcome: 'removed' });
    expect(await batchesOf(co)).toEqual([]);
  });

  it('is done once for one moment, however often it is tried', async () => {
    const co = await scheduled([customer('c-1'), invoice('i-1')]);
    const request = await requestAt(co, new Date());
    const runs = await Promise.all([1, 2, 3].map(() => runSchedule({ store: h.store, target: co.target }, request)));
    expect(new Set(runs.map(({ batch }) => batch?.id)).size).toBe(1);
    expect(await batchesOf(co)).toHaveLength(1);
    expect(await runsOf(co)).toHaveLength(1);
  });

  it('is not started so late that nobody expects it', async () => {
    const co = await scheduled([customer('c-1'), invoice('i-1')]);
    const request = await requestAt(co, new Date(Date.now() - 7 * 3_600_000));
    const run = await runSchedule({ store: h.store, target: co.target }, request);
    expect(run).toMatchObject({ outcome: 'missed', batch: null });
    expect(run.message).toContain('7 hours after it was due');
  });

  it('a worker that dies after it started the batch, and before it recorded that, has started one batch', async () => {
    const co = await scheduled([customer('c-1'), invoice('i-1')]);
    await h.stopWorker();
    const keeper = await h.store.sql.reserve();
    await keeper`begin`;
    await keeper`lock table schedule_runs in share row exclusive mode`;
    const victim = await otherWorker();
    const before = (await inTemporal(co).describe()).info.numActionsTaken;
    await inTemporal(co).trigger();
    const [waiting] = await expectSoon(
      () => h.store.sql<{ pid: number }[]>`select pid from pg_locks where relation = 'schedule_runs'::regclass and not granted`,
      (rows) => rows.length > 0,
    );
    expect(await batchesOf(co)).toHaveLength(1);
    victim.kill('SIGKILL');
    await once(victim, 'exit');
    await h.store.sql`select pg_terminate_backend(${waiting!.pid})`;
    await keeper`rollback`;
    keeper.release();
    expect(await runsOf(co)).toEqual([]);

    await h.startWorker();
    const report = (await (await started(co, before)).result()) as ScheduledReport;
    expect(report.outcome).toBe('started');
    expect((await ended(co, report.batchId!)).state).toBe('posted');
    expect(await batchesOf(co)).toHaveLength(1);
    expect(await runsOf(co)).toMatchObject([{ outcome: 'started', batch: { id: report.batchId } }]);
  }, 300_000);
});

describe('Temporal’s schedule follows the database', () => {
  const keep = () => keepBatchSchedules({ store: h.store, temporal: h.client }, 0);

  it('a change that did not reach Temporal is made by the next sweep, and then there is nothing to change', async () => {
    const co = await scheduled([]);
    await putSchedule(h.store, { ...at(co), schedule: { ...EVENING, times: ['07:15'] }, actor: 'ada' });
    await h.sweep();
    const { spec } = await inTemporal(co).describe();
    expect(spec.calendars?.map(({ hour, minute }) => [hour[0]!.start, minute[0]!.start])).toEqual([[7, 15]]);
    expect(spec.timezone).toBe('America/Los_Angeles');
    expect(await keep()).not.toContainEqual(at(co));
  });

  it('it follows the company’s time zone', async () => {
    const co = await scheduled([]);
    await putCompany(h.store, { ...co.company, timeZone: 'Europe/Rome' }, 'ada');
    await h.sweep();
    expect((await inTemporal(co).describe()).spec.timezone).toBe('Europe/Rome');
  });

  it('one that was deleted in Temporal comes back', async () => {
    const co = await scheduled([]);
    await inTemporal(co).delete();
    expect(await keep()).toContainEqual(at(co));
    expect((await inTemporal(co).describe()).state.paused).toBe(false);
  });

  it('one that is removed here goes there, and one that is put again is there again', async () => {
    const co = await scheduled([]);
    await removeScheduleOf(h.store, { ...at(co), actor: 'ada' });
    await h.sweep();
    await expect(inTemporal(co).describe()).rejects.toThrow();
    await putSchedule(h.store, { ...at(co), schedule: EVENING, actor: 'ada' });
    await h.sweep();
    expect((await inTemporal(co).describe()).action.workflowType).toBe('startScheduledBatch');
  });

  it('a pause in Temporal is shown, and a resume here lifts it', async () => {
    const co = await scheduled([]);
    await inTemporal(co).pause('The books are being audited.');
    await keep();
    const [row] = await h.store.sql`select paused_there from schedules where company_id = ${co.company.id}`;
    expect(row).toEqual({ paused_there: 'The books are being audited.' });
    await resumeSchedule(h.store, { ...at(co), actor: 'ada' });
    await h.sweep();
    expect((await inTemporal(co).describe()).state.paused).toBe(false);
  });
});

async function requestAt(co: Books, due: Date) {
  const companyTarget = (await getCompanyTarget(h.store, co.company.id, co.target.id))!;
  return { company: co.company, companyTarget, schedule: EVENING, due, askedBy: null, now: Date.now() };
}

/** A worker in a process of its own, ready. */
async function otherWorker() {
  const [{ name }] = (await h.store.sql`select current_database() as name`) as unknown as [{ name: string }];
  const url = new URL(process.env.LEDGERPOST_TEST_DATABASE_URL!);
  url.pathname = `/${name}`;
  const worker = spawn(process.execPath, [fileURLToPath(new URL('../../main.ts', import.meta.url))], {
    env: {
      ...process.env,
      DATABASE_URL: url.href,
      TEMPORAL_ADDRESS: process.env.LEDGERPOST_TEST_TEMPORAL_ADDRESS,
      TEMPORAL_NAMESPACE: h.client.options.namespace,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(worker, 'message');
  return worker;
}
