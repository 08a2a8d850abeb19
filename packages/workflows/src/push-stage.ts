import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { Reason, StageRange } from './activities.ts';
import type { Batch } from './follow.ts';
import { overChunks } from './over-chunks.ts';

/**
 * Posts one stage. If access is lost, or a setting stands in the way, the batch is held until a person resumes or cancels
 * it; then the stage is gone over again, and what is posted already stays as it is.
 */
export function pushStage(batch: Batch, stage: StageRange, index: number): Promise<'done' | 'canceled'> {
  return untilMended(batch, () =>
    overChunks(batch, {
      name: `push ${stage.id}`,
      fromSeq: stage.fromSeq,
      toSeq: stage.toSeq,
      chunk: batch.manifest.pushChunk,
      run: (range, summary) => batch.target.push({ batchId: batch.order.batchId, ...range, stage: index }, summary),
    }),
  );
}

/** Works until it is done, and holds the batch whenever a person has to mend something first. */
export async function untilMended<T>(batch: Batch, work: () => Promise<T>): Promise<T | 'canceled'> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const reason = whatAPersonMends(error);
      if (reason === undefined) throw error;
      if ((await hold(batch, reason)) === 'canceled') return 'canceled';
    }
  }
}

/** Holds the batch until somebody resumes or cancels it. */
export async function hold(batch: Batch, reason: Reason): Promise<'resumed' | 'canceled'> {
  const { batchId } = batch.order;
  // Counted from the last resume that this batch has seen, not from the hold's answer: somebody may resume before it arrives.
  const orders = await batch.until(
    ({ cancel, resumes }) => cancel || resumes > batch.resumes,
    undefined,
    async () => {
      const held = await batch.core.hold({ batchId, reason }, `hold: ${reason.code}`);
      batch.enter('held');
      batch.now(`held (${reason.code}): ${reason.message} Mend it and resume, or cancel`);
      return held;
    },
  );
  if (orders === 'time-is-up' || orders.cancel) return 'canceled';
  batch.resumes = orders.resumes;
  await batch.core.resume({ batchId }, 'go on after a hold');
  batch.enter('pushing');
  return 'resumed';
}

/** The kinds of trouble that a person ends by reconnecting or by changing a setting; see the target contract. */
export function whatAPersonMends(error: unknown): Reason | undefined {
  if (!(error instanceof ActivityFailure) || !(error.cause instanceof ApplicationFailure)) return undefined;
  const [details] = (error.cause.details ?? []) as { kind?: string }[];
  if (details?.kind !== 'access' && details?.kind !== 'config') return undefined;
  return { code: error.cause.type ?? 'access-lost', message: error.cause.message };
}
