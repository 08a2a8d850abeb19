import {
  type HandOverDeps,
  handOver,
  handOverDriftCheck,
  handOverImport,
  handOverVerification,
  keepBatchSchedule,
  nudge,
} from '@ledgerpost/dispatch';
import { type BatchView, getBatch } from '@ledgerpost/store';
import type { FastifyBaseLogger } from 'fastify';
import type { RouteDeps } from '../deps.ts';

/**
 * Hands a batch over now if Temporal is up. If it isn't, nothing is lost: the batch is in the database, the sweeper
 * hands it over later, and the batch in the answer shows that it waits.
 */
export async function tryHandOver(deps: RouteDeps, batch: BatchView, log: FastifyBaseLogger): Promise<BatchView> {
  if (deps.temporal === undefined || batch.handedOverAt !== null) return batch;
  const { id, companyId } = batch;
  await tryHanding(deps, (hands) => handOver(hands, id), log, 'batch', { batchId: id });
  return (await getBatch(deps.store.sql, companyId, id)) ?? batch;
}

/** Hands the open verification of a batch over now if Temporal is up; otherwise the sweeper does it later. */
export function tryHandOverVerification(deps: RouteDeps, batchId: string, log: FastifyBaseLogger): Promise<void> {
  return tryHanding(deps, (hands) => handOverVerification(hands, batchId), log, 'verification', { batchId });
}

/** Updates Temporal's copy of a schedule now if Temporal is up; otherwise the sweeper does it later. */
export async function tryKeepSchedule(
  { store, temporal }: RouteDeps,
  where: { companyId: string; target: string },
  log: FastifyBaseLogger,
): Promise<void> {
  if (temporal === undefined) return;
  try {
    await keepBatchSchedule({ store, temporal }, where);
  } catch (error) {
    log.warn({ err: error, where }, 'the schedule could not be updated in Temporal; the sweeper tries again');
  }
}

/** Hands a requested check for changes over now if Temporal is up; otherwise the sweeper does it later. Never throws. */
export function tryHandOverLook(deps: RouteDeps, connectionId: string, log: FastifyBaseLogger): Promise<void> {
  return tryHanding(deps, (hands) => handOverDriftCheck(hands, connectionId), log, 'check for changes', { connectionId });
}

/** Hands the work on an import over now if Temporal is up; otherwise the sweeper does it later. Never throws. */
export function tryHandOverImport(deps: RouteDeps, importId: string, log: FastifyBaseLogger): Promise<void> {
  return tryHanding(deps, (hands) => handOverImport(hands, importId), log, 'import', { importId });
}

/** Hands something over now if Temporal is up, and counts whether Temporal accepted it. Never throws. */
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
    log.warn({ err: error, ...facts }, `Temporal did not accept the ${what}; the sweeper tries again`);
  }
}

/** Signals a batch's workflow to read what was ordered. False if the signal failed; the sweeper repeats it then. */
export async function tryNudge({ temporal, sweep }: RouteDeps, batch: BatchView, log: FastifyBaseLogger): Promise<boolean> {
  // A batch that Temporal has not accepted yet reads its orders when it starts.
  if (temporal === undefined || batch.handedOverAt === null) return false;
  try {
    return await nudge(temporal, { companyId: batch.companyId, target: batch.target, batchId: batch.id });
  } catch (error) {
    sweep?.resumeMissed();
    log.warn({ err: error, batchId: batch.id }, 'the batch’s workflow could not be signalled; the sweeper tries again');
    return false;
  }
}
