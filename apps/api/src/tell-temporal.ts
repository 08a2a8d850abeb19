import { handOver, handOverLook, handOverVerification, keepBatchSchedule, nudge } from '@ledgerpost/dispatch';
import { type BatchView, getBatch } from '@ledgerpost/store';
import type { FastifyBaseLogger } from 'fastify';
import type { RouteDeps } from './deps.ts';

/**
 * Hands a batch over now if Temporal is there. If it isn't, nothing is lost: the batch stands in the database, the
 * sweeper hands it over later, and the batch that is answered says that it waits.
 */
export async function tryHandOver(
  { store, temporal, metrics, heartbeatSeconds }: RouteDeps,
  batch: BatchView,
  log: FastifyBaseLogger,
): Promise<BatchView> {
  if (temporal === undefined || batch.handedOverAt !== null) return batch;
  try {
    await handOver({ store, temporal, heartbeatSeconds }, batch.id);
    metrics.handedOver.inc({ outcome: 'taken' });
  } catch (error) {
    metrics.handedOver.inc({ outcome: 'waiting' });
    log.warn({ err: error, batchId: batch.id }, 'Temporal did not take the batch; the sweeper tries again');
  }
  return (await getBatch(store.sql, batch.companyId, batch.id)) ?? batch;
}

/** Hands the open verification of a batch over now if Temporal is there; else the sweeper does it later. */
export async function tryHandOverVerification(
  { store, temporal, metrics, heartbeatSeconds }: RouteDeps,
  batchId: string,
  log: FastifyBaseLogger,
): Promise<void> {
  if (temporal === undefined) return;
  try {
    await handOverVerification({ store, temporal, heartbeatSeconds }, batchId);
    metrics.handedOver.inc({ outcome: 'taken' });
  } catch (error) {
    metrics.handedOver.inc({ outcome: 'waiting' });
    log.warn({ err: error, batchId }, 'Temporal did not take the verification; the sweeper tries again');
  }
}

/** Tells Temporal of a schedule as it is now, if Temporal is there; else the sweeper does it later. */
export async function tryKeepSchedule(
  { store, temporal }: RouteDeps,
  where: { companyId: string; target: string },
  log: FastifyBaseLogger,
): Promise<void> {
  if (temporal === undefined) return;
  try {
    await keepBatchSchedule({ store, temporal }, where);
  } catch (error) {
    log.warn({ err: error, where }, 'Temporal was not told of the schedule; the sweeper tries again');
  }
}

/** Hands the look that somebody wishes for over now if Temporal is there; else the sweeper does it later. Never throws. */
export async function tryHandOverLook(
  { store, temporal, metrics, heartbeatSeconds }: RouteDeps,
  connectionId: string,
  log: FastifyBaseLogger,
): Promise<void> {
  if (temporal === undefined) return;
  try {
    await handOverLook({ store, temporal, heartbeatSeconds }, connectionId);
    metrics.handedOver.inc({ outcome: 'taken' });
  } catch (error) {
    metrics.handedOver.inc({ outcome: 'waiting' });
    log.warn({ err: error, connectionId }, 'Temporal did not take the look; the sweeper tries again');
  }
}

/** Tells a batch's workflow to look at what was written. False if it could not be told now; the sweeper does it then. */
export async function tryNudge({ temporal, sweep }: RouteDeps, batch: BatchView, log: FastifyBaseLogger): Promise<boolean> {
  // A batch that Temporal has not taken yet reads its orders when it starts.
  if (temporal === undefined || batch.handedOverAt === null) return false;
  try {
    return await nudge(temporal, { companyId: batch.companyId, target: batch.target, batchId: batch.id });
  } catch (error) {
    sweep?.resumeMissed();
    log.warn({ err: error, batchId: batch.id }, 'Temporal could not be told; the sweeper tries again');
    return false;
  }
}
