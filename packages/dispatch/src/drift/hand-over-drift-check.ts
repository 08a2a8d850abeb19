import { lookHandedOver, type WantedLook, wantedLooks } from '@ledgerpost/store';
import { LOOK_FOR_DRIFT, type LookOrder, lookWorkflowId, NUDGE } from '@ledgerpost/workflows/names';
import type { HandOverDeps } from '../batches/hand-over.ts';
import { PATIENCE, startOptions } from '../start-options.ts';

/** In milliseconds: one act of a person, and a batch of ours, makes many. */
const GATHERED_MS = 15_000;

/**
 * Gives the look that somebody wishes for to Temporal. One that runs already looks again at its end, if the wish came too late for
 * it. Throws what the Temporal client throws; the wish then stays on the sweeper's list.
 */
export async function handOverLook(deps: HandOverDeps, connectionId: string): Promise<void> {
  const [look] = await wantedLooks(deps.store.sql, 0, 1, connectionId);
  if (look === undefined) return;
  await deps.temporal.connection.withDeadline(Date.now() + PATIENCE, () => start(deps, look));
  await lookHandedOver(deps.store.sql, connectionId);
}

async function start({ temporal, heartbeatSeconds, gatheredMs = GATHERED_MS }: HandOverDeps, look: WantedLook): Promise<void> {
  const { companyId, target, by } = look;
  const noticed = heartbeatSeconds === undefined ? {} : { heartbeatSeconds };
  const order: LookOrder = { companyId, target, by, ...noticed };
  const name = `Look for drift: ${companyId} at ${target}`;
  const options = {
    ...startOptions({ companyId, target, name: 'drift', state: 'looking', startedBy: by }),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    staticSummary: name.slice(0, 200),
    workflowId: lookWorkflowId(look),
    args: [order] as [LookOrder],
  };
  if (by === 'webhook') await temporal.workflow.start(LOOK_FOR_DRIFT, { ...options, startDelay: gatheredMs });
  // The signal ends the waiting of one that a webhook has started.
  else await temporal.workflow.signalWithStart(LOOK_FOR_DRIFT, { ...options, signal: NUDGE });
}
