import { importHandedOver, unhandedImports } from '@ledgerpost/store';
import { type ImportOrder, importWorkflowId, RUN_IMPORT } from '@ledgerpost/workflows/names';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { HandOverDeps } from '../batches/hand-over.ts';
import { PATIENCE, startOptions } from '../start-options.ts';

/**
 * Hands what is wanted of an import to Temporal, and records that. Safe to repeat. Throws what the Temporal client throws; the work
 * then stays on the sweeper's list.
 */
export async function handOverImport(deps: HandOverDeps, importId: string): Promise<void> {
  const { store, temporal, heartbeatSeconds } = deps;
  const [wanted] = await unhandedImports(store.sql, 1, importId);
  if (wanted === undefined) return;
  const { companyId, work, run, askedBy } = wanted;
  const noticed = heartbeatSeconds === undefined ? {} : { heartbeatSeconds };
  const order: ImportOrder = { companyId, importId, run, work, ...noticed };
  const start = () =>
    temporal.workflow.start(RUN_IMPORT, {
      ...startOptions({ companyId, target: 'import', name: importId, state: work, startedBy: askedBy }),
      // A workflow that was terminated is lost, and its work goes on in a new one.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: `${work} an import of ${companyId}`.slice(0, 200),
      workflowId: importWorkflowId(wanted),
      args: [order],
    });
  try {
    await temporal.connection.withDeadline(Date.now() + PATIENCE, start);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  await importHandedOver(store.sql, wanted);
}
