import { type DueNotice, dueNotices, handedOverNotices, lostNotice, noticeHandedOver } from '@ledgerpost/store';
import { type NoticeOrder, noticeWorkflowId, SEND_NOTICE } from '@ledgerpost/workflows/names';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { HandOverDeps } from '../batches/hand-over.ts';
import { goesOn, lookAt } from '../look-at-workflow.ts';
import { PATIENCE, startOptions } from '../start-options.ts';

/**
 * Hands the messages that are due to Temporal, and those again whose workflow is lost. Safe to repeat: a message whose workflow runs
 * twice is still taken once. Returns how many were handed over. Throws what the Temporal client throws.
 */
export async function handOverNotices(deps: HandOverDeps, settled: number): Promise<number> {
  const { store, temporal } = deps;
  for (const { sendId } of await handedOverNotices(store.sql, settled, 100)) {
    if (!goesOn(await lookAt(temporal, noticeWorkflowId(sendId)))) await lostNotice(store.sql, sendId);
  }
  const due = await dueNotices(store.sql, 100);
  for (const notice of due) {
    await start(deps, notice);
    await noticeHandedOver(store.sql, notice.sendId);
  }
  return due.length;
}

async function start({ temporal, heartbeatSeconds, noticeRetrySeconds }: HandOverDeps, { sendId, companyId, matter }: DueNotice) {
  const order: NoticeOrder = {
    companyId,
    sendId,
    ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }),
    ...(noticeRetrySeconds === undefined ? {} : { retrySeconds: noticeRetrySeconds }),
  };
  try {
    await temporal.connection.withDeadline(Date.now() + PATIENCE, () =>
      temporal.workflow.start(SEND_NOTICE, {
        ...startOptions({ companyId, target: 'notices', name: matter, state: 'sending', startedBy: 'ledgerpost' }),
        // A workflow that was terminated is lost, and its message is tried again in a new one.
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        staticSummary: `Notice ${matter} of ${companyId}`.slice(0, 200),
        workflowId: noticeWorkflowId(sendId),
        args: [order],
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
