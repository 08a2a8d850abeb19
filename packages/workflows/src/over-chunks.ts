import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { ChunkResult } from './activities.ts';
import type { Batch, RunBatch } from './batch.ts';
import { MAX_LANES } from './policies.ts';
import { chunkInWords } from './words.ts';

export interface Pass {
  /** Unique within a batch: where a new run finds its place. */
  readonly name: string;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly chunk: number;
  run(range: { fromSeq: number; toSeq: number }, summary: string): Promise<ChunkResult>;
}

/**
 * Goes over a range of items in chunks, a few at once. When the history has grown long, all lanes finish their chunk and the
 * batch continues as a new run from there. After a failed chunk the other lanes finish theirs before the error is thrown: the
 * items' rows hold the truth, so that the same range can simply be repeated.
 */
export async function overChunks(batch: Batch, pass: Pass): Promise<'done' | 'canceled'> {
  if (passed(batch, pass)) return 'done';
  let cursor = batch.from?.pass === pass.name ? batch.from.cursor : pass.fromSeq;
  let canceled = false;
  let cut = false;
  let done = cursor - pass.fromSeq;
  const failures: unknown[] = [];
  const total = pass.toSeq - pass.fromSeq + 1;

  async function lane(): Promise<void> {
    while (!canceled && !cut && failures.length === 0 && cursor <= pass.toSeq) {
      if (workflowInfo().continueAsNewSuggested) {
        cut = true;
        return;
      }
      const range = { fromSeq: cursor, toSeq: Math.min(pass.toSeq, cursor + pass.chunk - 1) };
      cursor = range.toSeq + 1;
      try {
        const result = await pass.run(range, `${pass.name} ${chunkInWords(range, pass.toSeq)}`);
        canceled ||= result.cancel;
        done += range.toSeq - range.fromSeq + 1;
        batch.now(`${pass.name}: ${done} of ${total}`);
      } catch (error) {
        failures.push(error);
      }
    }
  }

  const lanes = Math.min(batch.manifest.lanes, MAX_LANES, Math.ceil(total / pass.chunk));
  await Promise.all(Array.from({ length: Math.max(lanes, 0) }, lane));
  if (failures.length > 0) throw failures[0];
  if (canceled) return 'canceled';
  if (cut && cursor <= pass.toSeq) {
    const { manifest, stages, items, step, notes, resumes } = batch;
    await continueAsNew<RunBatch>(batch.order, {
      manifest,
      stages,
      items,
      step,
      pass: pass.name,
      cursor,
      notes,
      resumes,
    });
  }
  return 'done';
}

/** A pass over all items of the batch, by default in chunks of the size for steps that only compute. */
export function overAllItems(
  batch: Batch,
  name: string,
  run: Pass['run'],
  chunk = batch.manifest.chunk,
): Promise<'done' | 'canceled'> {
  const toSeq = batch.stages.reduce((last, stage) => Math.max(last, stage.toSeq), 0);
  return overChunks(batch, { name, fromSeq: 1, toSeq, chunk, run });
}

/** Whether an earlier run has finished this pass: then the pass that it was cut in comes later in the same step. */
function passed(batch: Batch, pass: Pass): boolean {
  const { from } = batch;
  if (from === undefined || from.step !== batch.step || from.pass === pass.name) return false;
  return (
    PASSES.indexOf(kindOf(pass.name)) < PASSES.indexOf(kindOf(from.pass)) ||
    (kindOf(pass.name) === kindOf(from.pass) && pass.toSeq < from.cursor)
  );
}

const PASSES = ['select', 'validate', 'export', 'push'];

/** `push payment-inserts` → `push`: the stages of a push are ranges of one order. */
function kindOf(pass: string): string {
  return pass.split(' ')[0] ?? pass;
}
