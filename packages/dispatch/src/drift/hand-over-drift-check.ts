import { driftCheckHandedOver, type RequestedDriftCheck, requestedDriftChecks } from '@ledgerpost/store';
import { LOOK_FOR_DRIFT, type LookOrder, lookWorkflowId, NUDGE } from '@ledgerpost/workflows/names';
import type { HandOverDeps } from '../batches/hand-over.ts';
import { PATIENCE, startOptions } from '../start-options.ts';

/** How long a check waits for more webhooks, in milliseconds: one act of a person, and one batch of ours, causes many. */
const GATHERED_MS = 15_000;

/**
 * Hands a requested check for drift to Temporal. A check that runs already checks again at its end, if the request came too late
 * for it. Throws what the Temporal client throws; the request then stays on the sweeper's list.
 */
export async function handOverDriftCheck(deps: HandOverDeps, connectionId: string): Promise<void> {
  const [wanted] = await requestedDriftChecks(deps.store.sql, 0, 1, connectionId);
  if (wanted === undefined) return;
  await deps.temporal.connection.withDeadline(Date.now() + PATIENCE, () => start(deps, wanted));
  await driftCheckHandedOver(deps.store.sql, connectionId);
}

async function start(
  { temporal, heartbeatSeconds, gatheredMs = GATHERED_MS }: HandOverDeps,
  wanted: RequestedDriftCheck,
): Promise<void> {
  const { companyId, target, by } = wanted;
  const noticed = heartbeatSeconds === undefined ? {} : { heartbeatSeconds };
  const order: LookOrder = { companyId, target, by, ...noticed };
  const summary = `Check for changes in the books of ${companyId} at ${target}`;
  const options = {
    ...startOptions({ companyId, target, name: 'drift', state: 'looking', startedBy: by }),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    staticSummary: summary.slice(0, 200),
    workflowId: lookWorkflowId(wanted),
    args: [order] as [LookOrder],
  };
  if (by === 'webhook') await temporal.workflow.start(LOOK_FOR_DRIFT, { ...options, startDelay: gatheredMs });
  // The signal ends the wait of a check that a webhook has started.
  else await temporal.workflow.signalWithStart(LOOK_FOR_DRIFT, { ...options, signal: NUDGE });
}
