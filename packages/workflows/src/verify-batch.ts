import { CancellationScope, ContinueAsNew, continueAsNew, isCancellation, workflowInfo } from '@temporalio/workflow';
import type { Reason, VerifyReport } from './activities.ts';
import { failedAs, failureOf } from './failure.ts';
import { chunkInWords, follow } from './follow.ts';
import type { VerifyOrder } from './names.ts';
import { CHUNK_OF_VERIFICATION } from './policies.ts';
import { whatAPersonMends } from './push-stage.ts';

/** Where a verification goes on after its history was cut. */
export interface VerifyCheckpoint {
  readonly fromSeq: number;
}

/**
 * Looks at what became of one batch in the books. Where the books can't be read because a person has to mend something
 * first, it ends `failed` and says why: nothing waits for it, and it can be started again.
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
    if (error instanceof ContinueAsNew) throw error;
    return CancellationScope.nonCancellable(() => endBadly(verification, order, error));
  }
  const report = await verification.core.recordVerification({ batchId, run }, 'record: seal the verification');
  verification.enter('verified');
  verification.note(inWords(report));
  return report;
}

/** What was found so far stays; whoever has to mend something is told what. */
async function endBadly(verification: ReturnType<typeof follow>, order: VerifyOrder, error: unknown): Promise<VerifyReport> {
  const { batchId, run } = order;
  const canceled = isCancellation(error);
  const mendable = whatAPersonMends(error);
  const reason: Reason = canceled
    ? { code: 'workflow-canceled', message: 'The workflow was canceled in Temporal.' }
    : (mendable ?? failureOf(error));
  const report = await verification.core.recordVerification({ batchId, run, reason }, `record: ${reason.code}`);
  verification.enter('verification-failed');
  verification.note(`${inWords(report)} (${reason.code}: ${reason.message})`);
  if (canceled) throw error;
  if (mendable === undefined) throw failedAs(reason, report);
  return report;
}

function inWords({ end, same, changed, gone }: VerifyReport): string {
  return `${end}: ${same} same, ${changed} changed, ${gone} gone`;
}
