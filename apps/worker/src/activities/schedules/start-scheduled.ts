import { runSchedule } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { getCompany, getCompanyTarget, getSchedule } from '@ledgerpost/store';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import type { WorkerDeps } from '../verb.ts';

/** What the engine's own activities need as well: all targets of the installation, and how to hand a batch to Temporal. */
export interface EngineDeps extends WorkerDeps {
  readonly installed: readonly AnyTarget[];
  handOver(batchId: string): Promise<void>;
}

/** Starts the batch of a schedule that is due. It reads the schedule from the database: Temporal may have an older version. */
export function startScheduled(deps: EngineDeps): CoreActivities['startScheduled'] {
  const { store, installed, log } = deps;
  return async ({ companyId, target: targetId, due, patient }) => {
    const schedule = await getSchedule(store.sql, { companyId, target: targetId });
    const company = await getCompany(store, companyId);
    const companyTarget = await getCompanyTarget(store, companyId, targetId);
    const target = installed.find(({ id }) => id === targetId);
    if (schedule === undefined || company === undefined || companyTarget === undefined || target === undefined) {
      return {
        outcome: 'removed',
        message: 'The schedule was removed, or its target is not installed. Nothing was sent.',
        batchId: null,
      };
    }
    if (schedule.pausedBy !== null) {
      return { outcome: 'paused', message: `${schedule.pausedBy} paused the schedule. Nothing was sent.`, batchId: null };
    }
    const request = { company, companyTarget, schedule: schedule.schedule, due: new Date(due), askedBy: null, now: deps.now() };
    const run = await runSchedule({ store, target }, { ...request, patient });
    if ('waitsFor' in run) {
      if (run.waitsFor === 'import') {
        return { outcome: 'waits', message: 'Waiting for an import to be applied.', batchId: null };
      }
      const { id, name, state } = run.waitsFor;
      return { outcome: 'waits', message: `Waiting for the batch “${name}” to end (${state}).`, batchId: id };
    }
    if (run.outcome === 'started' && run.batch !== null) {
      // Nothing is lost if Temporal is down now: an API's sweeper hands the batch over later.
      await deps
        .handOver(run.batch.id)
        .catch((error: unknown) =>
          log('warn', 'A scheduled batch could not be handed to Temporal yet.', { error: String(error) }),
        );
    }
    return { outcome: run.outcome, message: run.message, batchId: run.batch?.id ?? null };
  };
}
