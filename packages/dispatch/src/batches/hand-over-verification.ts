import { type OpenVerification, unhandedVerifications, verificationHandedOver } from '@ledgerpost/store';
import { VERIFY_BATCH, type VerifyOrder, verifyWorkflowId } from '@ledgerpost/workflows/names';
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { PATIENCE, startOptions } from '../start-options.ts';
import type { HandOverDeps } from './hand-over.ts';

/**
 * Hands the open verification of a batch to Temporal, and records that. Safe to repeat. Throws what the Temporal client throws;
 * the verification then stays on the sweeper's list.
 */
export async function handOverVerification(deps: HandOverDeps, batchId: string): Promise<void> {
  const { store, temporal, heartbeatSeconds } = deps;
  const [verification] = await unhandedVerifications(store.sql, 1, batchId);
  if (verification === undefined) return;
  try {
    await temporal.connection.withDeadline(Date.now() + PATIENCE, () => start(temporal, verification, heartbeatSeconds));
  } catch (error) {
    // Either this very one runs, or the one before has written its end and closes in a moment: the next sweep knows.
    if (error instanceof WorkflowExecutionAlreadyStartedError) return;
    throw error;
  }
  await verificationHandedOver(store.sql, verification);
}

async function start(temporal: Client, verification: OpenVerification, heartbeatSeconds: number | undefined): Promise<void> {
  const noticed = heartbeatSeconds === undefined ? {} : { heartbeatSeconds };
  const { companyId, target, batchId, name, run, startedBy, items } = verification;
  const order: VerifyOrder = { companyId, target, batchId, name, run, items, ...noticed };
  await temporal.workflow.start(VERIFY_BATCH, {
    ...startOptions({ companyId, target, name, state: 'verifying', startedBy }),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    staticSummary: `Verify ${name} of ${companyId} at ${target}`,
    workflowId: verifyWorkflowId(verification),
    args: [order],
  });
}
