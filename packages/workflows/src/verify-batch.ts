import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { VerifyReport } from './activities.ts';
import { type Following, follow } from './follow.ts';
import type { VerifyOrder } from './names.ts';
import { CHUNK_OF_VERIFICATION } from './policies.ts';
import { endAfterError, type Trouble } from './trouble.ts';
import { chunkInWords } from './words.ts';

/** Where a verification continues after its history was cut. */
export interface VerifyCheckpoint {
  readonly fromSeq: number;
}

/**
 * Reads what became of one batch in the books. If the books can't be read because a person has to fix something first, the
 * verification ends `failed` with the reason: nothing waits for it, and it can be started again.
 */
export async function verifyBatch(order: VerifyOrder, from?: VerifyCheckpoint): Promise<VerifyReport> {
  const { batchId, run } = order;
  const verification = follow(order);
  verification.enter('verifying');
  try {
    for (let fromSeq = from?.fromSeq ?? 1; fromSeq <= order.items; fromSeq += CHUNK_OF_VERIFICATION) {
      if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof verifyBatch>(order, { fromSeq });
      const range = { fromSeq, toSeq: Math.min(order.items, fromSeq + CHUNK_OF_VERIFICATION - 1) };
      await verification.target.verify({ batchId, run, ...range }, `verify ${chunkInWords(range, order.items)}`);
      verification.now(`verify: ${range.toSeq} of ${order.items}`);
    }
  } catch (error) {
    return endAfterError(error, (trouble) => endInTrouble(verification, trouble));
  }
  const report = await verification.core.recordVerification({ batchId, run }, 'record: seal the verification');
  verification.enter('verified');
  verification.note(inWords(report));
  return report;
}

/** What was found so far stays. */
async function endInTrouble(verification: Following<VerifyOrder>, { reason }: Trouble): Promise<VerifyReport> {
  const { batchId, run } = verification.order;
  const report = await verification.core.recordVerification({ batchId, run, reason }, `record: ${reason.code}`);
  verification.enter('verification-failed');
  verification.note(`${inWords(report)} (${reason.code}: ${reason.message})`);
  return report;
}

function inWords({ end, same, changed, gone }: VerifyReport): string {
  return `${end}: ${same} unchanged, ${changed} changed, ${gone} deleted`;
}
