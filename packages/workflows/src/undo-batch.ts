import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { UndoReport } from './activities.ts';
import { failureOf } from './failure.ts';
import { chunkInWords, follow } from './follow.ts';
import type { UndoOrder } from './names.ts';
import { CHUNK_OF_UNDO } from './policies.ts';

/** Takes one batch back: newest document first, so that payments go before the invoices they are applied to. */
export async function undoBatch(order: UndoOrder): Promise<UndoReport> {
  const { batchId } = order;
  const undo = follow(order);
  undo.enter('undoing');
  let reason: { code: string; message: string } | undefined;
  try {
    for (let toSeq = order.items; toSeq >= 1; toSeq -= CHUNK_OF_UNDO) {
      const range = { fromSeq: Math.max(1, toSeq - CHUNK_OF_UNDO + 1), toSeq };
      await undo.target.undo({ batchId, ...range }, `undo ${chunkInWords(range, order.items)}`);
      undo.now(`undo: ${order.items - range.fromSeq + 1} of ${order.items}`);
    }
  } catch (error) {
    // What is undone stays undone; the undo can be run again for the rest.
    reason = isCancellation(error)
      ? { code: 'workflow-canceled', message: 'The workflow was canceled in Temporal.' }
      : failureOf(error);
  }
  const report = await CancellationScope.nonCancellable(() =>
    undo.core.recordUndo({ batchId, ...(reason === undefined ? {} : { reason }) }, 'record: seal the undo'),
  );
  undo.enter(report.end);
  undo.note(`${report.end}: ${report.undone} taken back, ${report.left} left`);
  return report;
}
