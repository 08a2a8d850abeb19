import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBatch } from '@ledgerpost/batching';
import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import type { BatchSchedule } from '@ledgerpost/core';
import { startPostgres, startTemporal } from '@ledgerpost/devstack/testing';
import { keepBatchSchedule } from '@ledgerpost/dispatch';
import { saasant } from '@ledgerpost/saasant-plugin';
import { orderCancel, orderDecision, orderResume, putSchedule, waitForBatch } from '@ledgerpost/store';
import { ENGINE_QUEUE, NUDGE, START_SCHEDULED_BATCH, scheduledBatchId } from '@ledgerpost/workflows/names';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { type Books, harness } from '../src/testing/harness.testing.ts';
import { customer, invoice, payment, SETTINGS } from '../src/testing/records.testing.ts';

/*
 * Records one history per path through the workflows, for packages/workflows/src/replay.test.ts. Histories that were released
 * are never recorded again: give the folder of a release a new name, and keep the old ones as long as their batches may run.
 * Usage: npm run record-histories -w @ledgerpost/worker -- FOLDER
 */
const folder = join(import.meta.dirname, '../../../packages/workflows/histories', process.argv[2] ?? 'v1');
await mkdir(folder, { recursive: true });
if ((await readdir(folder)).length > 0) throw new Error(`${folder} holds histories already. Name a new folder.`);

const postgres = await startPostgres();
const temporal = await startTemporal();
process.env.LEDGERPOST_TEST_DATABASE_URL = postgres.url;
process.env.LEDGERPOST_TEST_TEMPORAL_ADDRESS = temporal.address;
const books = memoryBooks();
const memory = memoryTarget(books);
const h = await harness([saasant, memory]);
const good = [customer('c-1'), invoice('i-1'), payment('p-1', { allocations: [{ invoiceId: 'i-1', amount: '189.00' }] })];
const many = [customer('c-1'), ...Array.from({ length: 25 }, (_, n) => invoice(`i-${n}`))];
const approval = { ...SETTINGS, policy: { approval: { required: true, lapsesAfterHours: 1 } } };

try {
  const posted = await h.company(saasant, good, SETTINGS);
  const first = await h.start(posted);
  await keep('posted', first.handle);
  const undone = await h.startUndo(posted, first.batch.id);
  await keep('undone', undone);

  // A short step that fails goes on as an ordinary activity.
  const away = await h.company(saasant, good, SETTINGS);
  await h.store.sql.unsafe(`
    create function goes_away() returns trigger language plpgsql as $$ begin raise exception 'away' using errcode = '57P03'; end $$;
    create trigger goes_away before insert on batch_documents for each row execute function goes_away()`);
  const interrupted = await h.start(away);
  while ((await interrupted.handle.describe()).raw.pendingActivities?.[0]?.lastFailure == null);
  await h.store.sql`drop function goes_away cascade`;
  await keep('database-away', interrupted.handle);

  const verified = await h.company(memory, good, SETTINGS);
  const { id } = await h.run(verified);
  await keep('verified', await h.startVerification(verified, id));
  books.readFaults.push('access-lost');
  await keep('verification-failed', await h.startVerification(verified, id));

  await keep('looked', await h.startLook(verified));
  books.readFaults.push('access-lost');
  await keep('look-failed', await h.startLook(verified));

  const stopped = await h.company(saasant, [customer('c-1'), invoice('i-1', { total: '1.00' })], SETTINGS);
  await keep('stopped', (await h.start(stopped, { onProblem: 'stop' })).handle);

  const approved = await h.company(saasant, good, approval);
  const waiting = await h.start(approved);
  await until(approved, waiting.batch.id, 'awaiting-approval');
  await orderDecision(h.store.sql, {
    companyId: approved.company.id,
    batchId: waiting.batch.id,
    actor: 'ada',
    decision: 'approved',
  });
  await waiting.handle.signal(NUDGE);
  await keep('approved', waiting.handle);

  const scheduled = await h.company(saasant, good, SETTINGS);
  const where = { companyId: scheduled.company.id, target: 'saasant' };
  const schedule: BatchSchedule = { days: ['monday'], times: ['18:00'], send: 'everything', acknowledge: [] };
  await putSchedule(h.store, { ...where, schedule, actor: 'ada' });
  await keepBatchSchedule({ store: h.store, temporal: h.client }, where);
  await h.client.schedule.getHandle(scheduledBatchId(where)).trigger();
  await keep('scheduled', await startedBySchedule(where));

  const other = await h.company(saasant, good, SETTINGS);
  const there = { companyId: other.company.id, target: 'saasant' };
  await putSchedule(h.store, { ...there, schedule, actor: 'ada' });
  const inTheWay = await startBatch({ store: h.store, target: saasant }, { ...other.request(), acknowledge: [], actor: 'tess' });
  const patient = await h.client.workflow.start(START_SCHEDULED_BATCH, {
    taskQueue: ENGINE_QUEUE,
    workflowId: scheduledBatchId(there),
    args: [{ ...there, lookAgainSeconds: 1 }],
  });
  while (!(await patient.fetchHistory()).events?.some((event) => event.timerStartedEventAttributes != null));
  await h.follow(inTheWay.batch.id);
  await keep('scheduled-after-another', patient);

  for (const [name, order] of [
    ['held-and-resumed', orderResume],
    ['held-and-canceled', orderCancel],
  ] as const) {
    const co = await h.company(memory, many, SETTINGS);
    books.faults.push('none', 'access-lost');
    const held = await h.start(co);
    await until(co, held.batch.id, 'held');
    await order(h.store.sql, { companyId: co.company.id, batchId: held.batch.id, actor: 'ada' });
    await held.handle.signal(NUDGE);
    await keep(name, held.handle);
  }
} finally {
  await h.close();
  await temporal.stop();
  await postgres.stop();
}

type Handle = Pick<Awaited<ReturnType<typeof h.start>>['handle'], 'result' | 'fetchHistory' | 'workflowId'>;

/** The workflow that a schedule started. */
async function startedBySchedule(where: { companyId: string; target: string }): Promise<Handle> {
  const { info } = await h.client.schedule.getHandle(scheduledBatchId(where)).describe();
  const [taken] = info.recentActions;
  if (taken === undefined) return startedBySchedule(where);
  return h.client.workflow.getHandle(taken.action.workflow.workflowId);
}

async function keep(name: string, handle: Handle): Promise<void> {
  await handle.result();
  await writeFile(
    join(folder, `${name}.json`),
    `${JSON.stringify(JSON.parse(historyToJSON(await handle.fetchHistory())), withoutMachine)}\n`,
  );
  console.log(`${name}: ${handle.workflowId}`);
}

async function until(co: Books, batchId: string, state: string): Promise<void> {
  for (let version = 0; ; ) {
    const batch = await waitForBatch(h.store, co.company.id, batchId, version, 20_000);
    if (batch?.state === state) return;
    version = batch?.version ?? version;
  }
}

/** Who ran it, on which machine, is no part of a path. */
function withoutMachine(member: string, value: unknown): unknown {
  return member === 'identity' || (typeof value === 'string' && /^\d+@/.test(value)) ? 'recorder' : value;
}
