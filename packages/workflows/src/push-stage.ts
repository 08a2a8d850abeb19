import { patched } from '@temporalio/workflow';
import type { Reason, StageRange } from './activities.ts';
import type { Batch } from './batch.ts';
import { overChunks } from './over-chunks.ts';
import { fixableByPerson, longWait } from './trouble.ts';

/**
 * Posts one stage. If access is lost, or a setting prevents it, the batch is held until a person resumes or cancels
 * it; then the stage is repeated, and what is posted already stays as it is.
 */
export function pushStage(batch: Batch, stage: StageRange, index: number): Promise<'done' | 'canceled'> {
  return untilFixed(batch, () =>
    overChunks(batch, {
      name: `push ${stage.id}`,
      fromSeq: stage.fromSeq,
      toSeq: stage.toSeq,
      chunk: batch.manifest.pushChunk,
      run: async (range, summary) => {
        const order = { batchId: batch.order.batchId, ...range, stage: index, waits: true };
        const pushed = await waitingItsTurn(batch, () => batch.target.push(order, summary));
        return pushed === 'canceled' ? { cancel: true } : pushed;
      },
    }),
  );
}

/** Repeats the work until it is done, and holds the batch whenever a person has to fix something first. */
export async function untilFixed<T>(batch: Batch, work: () => Promise<T>): Promise<T | 'canceled'> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const reason = fixableByPerson(error);
      if (reason === undefined) throw error;
      if ((await hold(batch, reason)) === 'canceled') return 'canceled';
    }
  }
}

/** Repeats the work until the target takes it: a timer ends each wait, or a person who cancels. */
export async function waitingItsTurn<T>(batch: Batch, work: () => Promise<T>): Promise<T | 'canceled'> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const wait = longWait(error);
      if (wait === undefined || !patched('waits-in-the-workflow')) throw error;
      batch.now(`waiting until ${inMinutes(Date.now() + wait.ms)} (${wait.reason.code}): ${wait.reason.message}`);
      const { batchId } = batch.order;
      const orders = await batch.until(
        ({ cancel }) => cancel,
        wait.ms,
        () => batch.core.orders({ batchId }, 'read whether somebody canceled'),
      );
      if (orders !== 'time-is-up') return 'canceled';
    }
  }
}

function inMinutes(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Holds the batch until somebody resumes or cancels it. */
async function hold(batch: Batch, reason: Reason): Promise<'resumed' | 'canceled'> {
  const { batchId } = batch.order;
  for (let again = false; ; again = true) {
    // Counted from the last resume that this batch has seen, not from the hold's answer: somebody may resume before it arrives.
    const orders = await batch.until(
      ({ cancel, resumes, heldSince }) => cancel || resumes > batch.resumes || heldSince === null,
      undefined,
      async () => {
        const order = { batchId, reason, resumes: batch.resumes, again };
        const held = await batch.core.hold(order, `hold: ${reason.code}`);
        batch.enter('held');
        batch.now(`on hold (${reason.code}): ${reason.message} Fix the cause and resume the batch, or cancel it.`);
        return held;
      },
    );
    if (orders === 'time-is-up' || orders.cancel) return 'canceled';
    // A hold that something other than a person has ended is begun again: otherwise nobody could resume the batch.
    if (orders.resumes <= batch.resumes) continue;
    batch.resumes = orders.resumes;
    await batch.core.resume({ batchId, heldSince: orders.heldSince }, 'resume: continue with the push');
    batch.enter('pushing');
    return 'resumed';
  }
}
