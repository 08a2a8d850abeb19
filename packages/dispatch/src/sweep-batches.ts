import { handedOverBatches, lostWorkflow, unhanded, untoldBatches } from '@ledgerpost/store';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { type HandOverDeps, handOver, idOf, nudge } from './hand-over.ts';

export interface SweepLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface Sweep {
  /** Looks once for what was left behind, and does it. Throws if the database or Temporal is down: the next look does it. */
  once(): Promise<void>;
  /** A held batch was told to go on, and its workflow could not be told: look at held batches next time. */
  resumeMissed(): void;
}

/** A workflow that was just started may not be found yet: only what was handed over longer ago is looked for, in seconds. */
const SETTLED = 30;

/**
 * Does what was left between the database and Temporal because Temporal was down, lost something, or a process died in
 * between: hands over batches that wait, nudges those that were told something, and hands over again those whose workflow
 * is gone. Any number of processes may sweep at once.
 */
export function createSweep(deps: HandOverDeps, log: SweepLog, settled = SETTLED): Sweep {
  const { store, temporal } = deps;
  // A resume leaves no trace that it is still unheard, and a nudge is an event in the workflow's history: so held
  // batches are looked at when this process starts, and when it missed one, and not every time.
  let lookAtHeld = true;
  return {
    async once() {
      for (const batch of await handedOverBatches(store.sql, settled, 200)) {
        if (await runs(temporal, batch)) continue;
        const lost = await store.sql.begin((sql) => lostWorkflow(sql, batch.batchId));
        if (lost) log.warn({ batch }, 'an open batch had no running workflow; it is handed over again');
      }
      for (const { batchId, name } of await unhanded(store.sql, 100)) {
        await handOver(deps, batchId);
        log.info({ batchId, name }, 'a waiting batch was handed to Temporal');
      }
      for (const batch of await untoldBatches(store.sql, lookAtHeld)) {
        if (!(await nudge(temporal, batch))) log.warn({ batch }, 'an open batch has no running workflow to tell');
      }
      lookAtHeld = false;
    },
    resumeMissed() {
      lookAtHeld = true;
    },
  };
}

/** Whether the workflow of an open batch, or of its undo, is there and goes on. */
async function runs(temporal: Client, batch: Parameters<typeof idOf>[0]): Promise<boolean> {
  try {
    const { status } = await temporal.workflow.getHandle(idOf(batch)).describe();
    // One that completed wrote the batch's end; whoever reads in between the two sees them in either order.
    return (
      status.name === 'RUNNING' || status.name === 'COMPLETED' || status.name === 'PAUSED' || status.name === 'CONTINUED_AS_NEW'
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
