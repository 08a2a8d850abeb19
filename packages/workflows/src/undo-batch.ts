import { CancellationScope } from '@temporalio/workflow';
import type { Reason, UndoReport } from './activities.ts';
import { follow } from './follow.ts';
import type { UndoOrder } from './names.ts';
import { CHUNK_OF_UNDO } from './policies.ts';
import { troubleOf } from './trouble.ts';
import { chunkInWords } from './words.ts';

/** Takes one batch back: newest document first, so that payments go before the invoices that they are applied to. */
export async function undoBatch(order: UndoOrder): Promise<UndoReport> {
  const { batchId } = order;
  const undo = follow(order);
  undo.enter('undoing');
  let reason: Reason | undefined;
  try {
    for (let toSeq = order.items; toSeq >= 1; toSeq -= CHUNK_OF_UNDO) {
      const range = { fromSeq: Math.max(1, toSeq - CHUNK_OF_UNDO + 1), toSeq };
      await undo.target.undo({ batchId, ...range }, `undo ${chunkInWords(range, order.items)}`);
      undo.now(`undo: ${order.items - range.fromSeq + 1} of ${order.items}`);
    }
  } catch (error) {
    // What is undone stays undone, whatever the trouble was: the undo ends in part with the reason, and can be started again.
    reason = troubleOf(error).reason;
  }
  const report = await CancellationScope.nonCancellable(() =>
    undo.core.recordUndo({ batchId, undo: order.undo, reason }, 'record: seal the undo'),
  );
  undo.enter(report.end);
  const why = reason === undefined ? '' : ` (${reason.code}: ${reason.message})`;
  undo.note(`${report.end}: ${report.undone} undone, ${report.left} left${why}`);
  return report;
}
