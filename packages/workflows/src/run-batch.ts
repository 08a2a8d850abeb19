import { CancellationScope, ContinueAsNew, isCancellation } from '@temporalio/workflow';
import type { BatchReport, EarlyEnd, Reason } from './activities.ts';
import { failedAs, failureOf } from './failure.ts';
import { type Batch, type Checkpoint, follow, inWords, lies } from './follow.ts';
import type { BatchOrder } from './names.ts';
import { overChunks } from './over-chunks.ts';
import { pushStage, untilMended, whatAPersonMends } from './push-stage.ts';

/** Puts one batch into one set of books. Carries ids and counts; the documents stay in the store. */
export async function runBatch(order: BatchOrder, from?: Checkpoint): Promise<BatchReport> {
  const following = follow(order, from);
  try {
    const manifest =
      from?.manifest ?? (await following.target.declare({ batchId: order.batchId }, `what ${order.target} can do`));
    const batch: Batch = {
      ...following,
      manifest,
      from,
      stages: from?.stages ?? [],
      items: from?.items ?? 0,
      resumes: from?.resumes ?? 0,
      step: 'select',
    };
    return await putIntoBooks(batch, order);
  } catch (error) {
    // Going on as a new run is thrown too, and is no failure.
    if (error instanceof ContinueAsNew) throw error;
    return CancellationScope.nonCancellable(() => endBadly(following, error));
  }
}

async function putIntoBooks(batch: Batch, order: BatchOrder): Promise<BatchReport> {
  const { batchId } = order;
  const { core, target, whole, manifest } = batch;
  const finish = (end: EarlyEnd, reason?: Reason) => finishEarly(batch, end, reason);

  if (lies(batch, 'select')) {
    batch.step = 'select';
    batch.enter('selecting');
    const selected = await core.select({ batchId, stages: manifest.stages }, 'select: claim the chosen records');
    if (selected.cancel) return finish('canceled');
    if (selected.changed !== null) return finish('stopped', changedReason(selected.changed));
    Object.assign(batch, { stages: selected.stages, items: selected.items });
    const { delivery, limits } = manifest;
    const frozen = await overChunks(batch, {
      name: 'select',
      ...everything(batch),
      chunk: manifest.chunk,
      run: (range, summary) => core.freeze({ batchId, ...range, delivery, limits }, summary),
    });
    if (frozen === 'canceled') return finish('canceled');
    batch.note(`select: ${selected.total}`);
    if (selected.items === 0) return finish('empty');
  }

  if (lies(batch, 'validate')) {
    batch.step = 'validate';
    batch.enter('validating');
    const judged = await overChunks(batch, {
      name: 'validate',
      ...everything(batch),
      chunk: manifest.chunk,
      run: (range, summary) => target.validate({ batchId, ...range }, summary),
    });
    if (judged === 'canceled') return finish('canceled');
    const verdict = await core.check({ batchId }, 'validate: duplicates and dependencies');
    batch.note(`validate: ${verdict.ready} ready (${verdict.total}), ${verdict.rejected} rejected, ${verdict.blocked} blocked`);
    const bad = verdict.rejected + verdict.blocked;
    if (verdict.ready + bad === 0) return finish('empty');
    if (bad > 0 && order.onProblem === 'stop') return finish('stopped', problemsReason(bad));
    if (verdict.ready === 0) return finish('nothing-posted', problemsReason(bad));
  }

  if (lies(batch, 'export')) {
    batch.step = 'export';
    batch.enter('exporting');
    const exported = await overChunks(batch, {
      name: 'export',
      ...everything(batch),
      chunk: manifest.chunk,
      run: (range, summary) => target.export({ batchId, ...range }, summary),
    });
    if (exported === 'canceled') return finish('canceled');
    if (manifest.delivery === 'files') {
      const written = await whole.writeFiles({ batchId }, 'export: write the files');
      if (written.cancel) return finish('canceled');
      batch.note(`export: ${written.files.join(', ')}`);
    } else batch.note('export: payloads stored');
  }

  if (lies(batch, 'approve') && order.approval.required) {
    batch.step = 'approve';
    const decision = await approval(batch, order);
    if (decision !== 'approved') return finish(decision);
  }

  if (lies(batch, 'push')) {
    batch.step = 'push';
    batch.enter('pushing');
    const prepared = manifest.delivery === 'push' && batch.from?.step !== 'push' ? await prepare(batch) : 'done';
    for (const [index, stage] of batch.stages.entries()) {
      if (prepared === 'canceled') break;
      if (stage.fromSeq > stage.toSeq) continue;
      if ((await pushStage(batch, stage, index)) === 'canceled') break;
    }
  }

  batch.step = 'record';
  batch.enter('recording');
  const report = await core.record({ batchId }, 'record: seal the batch with its totals');
  batch.enter(report.end);
  batch.note(inWords(report));
  return report;
}

/** Finds or makes the customers and items that the batch needs. */
async function prepare(batch: Batch): Promise<'done' | 'canceled'> {
  const { whole, order } = batch;
  const prepared = await untilMended(batch, () => whole.prepare({ batchId: order.batchId }, 'push: customers and items'));
  if (prepared === 'canceled') return 'canceled';
  batch.note(`push: ${prepared.found} names found, ${prepared.created} created, ${prepared.missing} missing`);
  return 'done';
}

/** Waits for a second person. */
async function approval(batch: Batch, order: BatchOrder): Promise<'approved' | 'declined' | 'lapsed' | 'canceled'> {
  const { batchId, approval: terms } = order;
  const orders = await batch.until(
    ({ cancel, decision }) => cancel || decision !== null,
    terms.lapsesAfterHours * 3_600_000,
    async () => {
      const asked = await batch.core.approve({ batchId }, 'approve: ask a second person');
      batch.enter('awaiting-approval');
      batch.now('waits for a second person to approve or decline');
      return asked;
    },
  );
  if (orders === 'time-is-up') return 'lapsed';
  if (orders.cancel) return 'canceled';
  batch.note(`approve: ${orders.decision}`);
  return orders.decision ?? 'declined';
}

/** An end before the push: what was claimed goes back to unbatched. */
async function finishEarly(batch: Batch, end: EarlyEnd, reason?: Reason): Promise<BatchReport> {
  const report = await batch.core.finish(
    { batchId: batch.order.batchId, end, ...(reason === undefined ? {} : { reason }) },
    `record: ${end}`,
  );
  batch.enter(end);
  batch.note(reason === undefined ? inWords(report) : `${inWords(report)} (${reason.code})`);
  return report;
}

/** Whatever was not foreseen: what is posted stays and is recorded, the rest goes back; an engineer, or who cancelled, looks. */
async function endBadly(following: ReturnType<typeof follow>, error: unknown): Promise<BatchReport> {
  const { batchId } = following.order;
  const canceled = isCancellation(error);
  const reason = canceled
    ? { code: 'workflow-canceled', message: 'The workflow was canceled in Temporal.' }
    : (whatAPersonMends(error) ?? failureOf(error));
  const report = await following.core.finish(
    { batchId, end: canceled ? 'canceled' : 'failed', reason },
    `record: ${reason.code}`,
  );
  following.enter(report.end);
  following.note(`${inWords(report)} (${reason.code}: ${reason.message})`);
  if (canceled) throw error;
  throw failedAs(reason, report);
}

function everything(batch: Batch): { fromSeq: number; toSeq: number } {
  return { fromSeq: 1, toSeq: batch.stages.reduce((last, stage) => Math.max(last, stage.toSeq), 0) };
}

function changedReason(changed: number): Reason {
  return { code: 'records-changed', message: `${changed} records changed since the preview. Preview again.` };
}

function problemsReason(bad: number): Reason {
  return { code: 'problems-found', message: `${bad} documents have problems; see the batch’s items.` };
}
