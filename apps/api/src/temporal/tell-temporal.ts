import { type HandOverDeps, handOver, handOverLook, handOverVerification, keepBatchSchedule, nudge } from '@ledgerpost/dispatch';
import { type BatchView, getBatch } from '@ledgerpost/store';
import type { FastifyBaseLogger } from 'fastify';
import type { RouteDeps } from '../deps.ts';

/**
 * Hands a batch over now if Temporal is there. If it isn't, nothing is lost: the batch stands in the database, the
 * sweeper hands it over later, and the batch that is answered says that it waits.
 */
export async function tryHandOver(deps: RouteDeps, batch: BatchView, log: FastifyBaseLogger): Promise<BatchView> {
  if (deps.temporal === undefined || batch.handedOverAt !== null) return batch;
  const { id, companyId } = batch;
  await tryHanding(deps, (hands) => handOver(hands, id), log, 'batch', { batchId: id });
  return (await getBatch(deps.store.sql, companyId, id)) ?? batch;
}

/** Hands the open verification of a batch over now if Temporal is there; else the sweeper does it later. */
export function tryHandOverVerification(deps: RouteDeps, batchId: string, log: FastifyBaseLogger): Promise<void> {
  return tryHanding(deps, (hands) => handOverVerification(hands, batchId), log, 'verification', { batchId });
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
export function tryHandOverLook(deps: RouteDeps, connectionId: string, log: FastifyBaseLogger): Promise<void> {
  return tryHanding(deps, (hands) => handOverLook(hands, connectionId), log, 'look', { connectionId });
}

/** Hands something over now if Temporal is there, and counts whether it was taken. Never throws. */
async function tryHanding(
  { store, temporal, metrics, heartbeatSeconds }: RouteDeps,
  hand: (hands: HandOverDeps) => Promise<unknown>,
  log: FastifyBaseLogger,
  what: string,
  facts: Readonly<Record<string, string>>,
): Promise<void> {
  if (temporal === undefined) return;
  try {
    await hand({ store, temporal, heartbeatSeconds });
    metrics.handedOver.inc({ outcome: 'taken' });
  } catch (error) {
    metrics.handedOver.inc({ outcome: 'waiting' });
    log.warn({ err: error, ...facts }, `Temporal did not take the ${what}; the sweeper tries again`);
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
