import { patched } from '@temporalio/workflow';
import type { BatchReport, EarlyEnd, Reason } from './activities.ts';
import { type Batch, type Checkpoint, isAhead } from './batch.ts';
import { type Following, follow } from './follow.ts';
import type { BatchOrder } from './names.ts';
import { overAllItems } from './over-chunks.ts';
import { pushStage, untilFixed, waitingItsTurn } from './push-stage.ts';
import { shortSteps } from './short-steps.ts';
import { endAfterError, failedAs, type Trouble } from './trouble.ts';
import { inWords } from './words.ts';

/**
 * Puts one batch into one company's books. Each step returns an early end, or nothing: then the next step follows.
 * The workflow carries ids and counts; the documents stay in the database.
 */
export async function runBatch(order: BatchOrder, from?: Checkpoint): Promise<BatchReport> {
  const following = follow(order, from);
  try {
    const batch = await begin(following, from);
    const early =
      (await selectDocuments(batch)) ??
      (await validateDocuments(batch)) ??
      (await exportDocuments(batch)) ??
      (await waitForApproval(batch));
    if (early !== undefined) return await endEarly(batch, early);
    await pushDocuments(batch);
    return await recordBatch(batch);
  } catch (error) {
    return endAfterError(error, (trouble) => endInTrouble(following, trouble));
  }
}

/** An end before anything was sent, and why. */
interface Early {
  readonly end: EarlyEnd;
  readonly reason?: Reason;
}

const CANCELED: Early = { end: 'canceled' };

/** Reads what the target supports. A run that begins in the middle carries what the first run read. */
async function begin(following: Following<BatchOrder>, from: Checkpoint | undefined): Promise<Batch> {
  const { order } = following;
  // A batch that continues as a new run was none of a few milliseconds.
  const short = from === undefined ? shortSteps(order, () => following.show()) : undefined;
  const core = short?.core(following.core) ?? following.core;
  const target = short?.target(following.target) ?? following.target;
  const whole = short?.whole(following.whole) ?? following.whole;
  const manifest = from?.manifest ?? (await target.declare({ batchId: order.batchId }, `read what ${order.target} supports`));
  return {
    ...following,
    core,
    target,
    whole,
    short,
    manifest,
    from,
    stages: from?.stages ?? [],
    items: from?.items ?? 0,
    resumes: from?.resumes ?? 0,
    step: 'select',
  };
}

function passInto(batch: Batch, state: string): void {
  if (batch.short?.isOn()) batch.pass(state);
  else batch.enter(state);
}

/** Claims the chosen records, then builds their documents and freezes them: later changes to a record don't reach this batch. */
async function selectDocuments(batch: Batch): Promise<Early | undefined> {
  if (!isAhead(batch, 'select')) return undefined;
  const { batchId } = batch.order;
  const { stages, delivery, limits } = batch.manifest;
  batch.step = 'select';
  passInto(batch, 'selecting');
  const selected = await batch.core.select({ batchId, stages }, 'select: claim the chosen records');
  if (selected.cancel) return CANCELED;
  if (selected.changed !== null) return { end: 'stopped', reason: recordsChanged(selected.changed) };
  batch.stages = selected.stages;
  batch.items = selected.items;
  if (selected.items > batch.manifest.chunk) batch.short?.end();
  const frozen = await overAllItems(
    batch,
    'select',
    (range, summary) => batch.core.freeze({ batchId, ...range, delivery, limits }, summary),
    freezeChunkOf(batch),
  );
  if (frozen === 'canceled') return CANCELED;
  batch.note(`select: ${selected.total}`);
  return selected.items === 0 ? { end: 'empty' } : undefined;
}

/**
 * How many documents one activity freezes. Temporal needs a fifth of the time of a chunk to schedule, start and complete an activity,
 * so of a very large batch several chunks are one. Batches of earlier releases have an activity for each.
 */
function freezeChunkOf({ manifest: { chunk, freezeChunk, lanes }, items }: Batch): number {
  if (freezeChunk === undefined || items < lanes * freezeChunk) return chunk;
  return patched('freeze-chunk') ? freezeChunk : chunk;
}

/** Checks each document, then the batch as a whole. The settings decide whether problems stop the batch or only their documents. */
async function validateDocuments(batch: Batch): Promise<Early | undefined> {
  if (!isAhead(batch, 'validate')) return undefined;
  const { batchId, onProblem } = batch.order;
  batch.step = 'validate';
  passInto(batch, 'validating');
  const judged = await overAllItems(
    batch,
    'validate',
    (range, summary) => batch.target.validate({ batchId, ...range }, summary),
    batch.manifest.countChunk,
  );
  if (judged === 'canceled') return CANCELED;
  const verdict = await batch.core.check({ batchId }, 'validate: duplicates and dependencies');
  batch.note(`validate: ${verdict.ready} ready (${verdict.total}), ${verdict.rejected} rejected, ${verdict.blocked} blocked`);
  const bad = verdict.rejected + verdict.blocked;
  if (verdict.ready + bad === 0) return { end: 'empty' };
  if (bad > 0 && onProblem === 'stop') return { end: 'stopped', reason: problemsFound(bad) };
  if (verdict.ready === 0) return { end: 'nothing-posted', reason: problemsFound(bad) };
  return undefined;
}

/** Stores exactly what will be sent for each document; for a file target, writes the files. */
async function exportDocuments(batch: Batch): Promise<Early | undefined> {
  if (!isAhead(batch, 'export')) return undefined;
  const { batchId } = batch.order;
  batch.step = 'export';
  passInto(batch, 'exporting');
  const exported = await overAllItems(
    batch,
    'export',
    (range, summary) => batch.target.export({ batchId, ...range }, summary),
    batch.manifest.countChunk,
  );
  if (exported === 'canceled') return CANCELED;
  if (batch.manifest.delivery === 'push') {
    batch.note('export: payloads stored');
    return undefined;
  }
  const written = await batch.whole.writeFiles({ batchId }, 'export: write the files');
  if (written.cancel) return CANCELED;
  batch.note(`export: ${written.files.join(', ')}`);
  return undefined;
}

/** Waits until a second person approves or declines, if the settings require it. */
async function waitForApproval(batch: Batch): Promise<Early | undefined> {
  const { batchId, approval } = batch.order;
  if (!isAhead(batch, 'approve') || !approval.required) return undefined;
  batch.step = 'approve';
  const orders = await batch.until(
    ({ cancel, decision }) => cancel || decision !== null,
    approval.lapsesAfterHours * 3_600_000,
    async () => {
      const asked = await batch.core.approve({ batchId }, 'approve: ask a second person');
      batch.enter('awaiting-approval');
      batch.now('waiting for a second person to approve or decline the batch');
      return asked;
    },
  );
  if (orders === 'time-is-up') return { end: 'lapsed' };
  if (orders.cancel) return CANCELED;
  batch.note(`approve: ${orders.decision}`);
  return orders.decision === 'approved' ? undefined : { end: 'declined' };
}

/** Sends stage by stage. If somebody cancels, the rest is not sent, and what was sent is recorded. */
async function pushDocuments(batch: Batch): Promise<void> {
  if (!isAhead(batch, 'push')) return;
  batch.step = 'push';
  passInto(batch, 'pushing');
  if ((await prepareNames(batch)) === 'canceled') return;
  for (const [index, stage] of batch.stages.entries()) {
    if (stage.fromSeq > stage.toSeq) continue;
    if ((await pushStage(batch, stage, index)) === 'canceled') return;
  }
}

/** Finds or creates the customers and items that the documents need, once per batch. File targets need none. */
async function prepareNames(batch: Batch): Promise<'done' | 'canceled'> {
  const { batchId } = batch.order;
  if (batch.manifest.delivery !== 'push' || batch.from?.step === 'push') return 'done';
  const prepared = await untilFixed(batch, () =>
    waitingItsTurn(batch, () => batch.whole.prepare({ batchId, waits: true }, 'push: find or create customers and items')),
  );
  if (prepared === 'canceled') return 'canceled';
  batch.note(`push: ${prepared.found} names found, ${prepared.created} created, ${prepared.missing} missing`);
  return 'done';
}

/** Seals the batch with its totals; what was not posted goes back to unbatched. */
async function recordBatch(batch: Batch): Promise<BatchReport> {
  batch.step = 'record';
  passInto(batch, 'recording');
  const report = await batch.core.record({ batchId: batch.order.batchId }, 'record: seal the batch with its totals');
  batch.enter(report.end);
  batch.note(inWords(report));
  return report;
}

/** An end before the push: all claimed records go back to unbatched. */
async function endEarly(batch: Batch, { end, reason }: Early): Promise<BatchReport> {
  const report = await batch.core.finish(
    { batchId: batch.order.batchId, end, ...(reason === undefined ? {} : { reason }) },
    `record: ${end}`,
  );
  batch.enter(end);
  batch.note(reason === undefined ? inWords(report) : `${inWords(report)} (${reason.code})`);
  return report;
}

/** An end that nobody foresaw: what is posted stays and is recorded, the rest goes back to unbatched, and the workflow fails. */
async function endInTrouble(following: Following<BatchOrder>, { kind, reason }: Trouble): Promise<BatchReport> {
  const { batchId } = following.order;
  const end = kind === 'canceled' ? 'canceled' : 'failed';
  const report = await following.core.finish({ batchId, end, reason }, `record: ${reason.code}`);
  following.enter(report.end);
  following.note(`${inWords(report)} (${reason.code}: ${reason.message})`);
  // A batch is held for what a person can fix during the push. Before that, an engineer has to look.
  if (kind === 'fixable') throw failedAs(reason, report);
  return report;
}

function recordsChanged(changed: number): Reason {
  return { code: 'records-changed', message: `${changed} records changed since the preview. Preview again.` };
}

function problemsFound(bad: number): Reason {
  return { code: 'problems-found', message: `${bad} documents have problems. Open the batch to see them.` };
}
