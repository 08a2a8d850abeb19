import { runSchedule } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { getCompany, getCompanyTarget, getSchedule } from '@ledgerpost/store';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import type { Hands } from '../verb.ts';

/** What the engine's own activities know besides: all targets of the installation, and how a batch comes to Temporal. */
export interface EngineHands extends Hands {
  readonly installed: readonly AnyTarget[];
  handOver(batchId: string): Promise<void>;
}

/** Starts the batch of a schedule that is due. The database is asked what the schedule is now: Temporal may not know yet. */
export function startScheduled(hands: EngineHands): CoreActivities['startScheduled'] {
  const { store, installed, log } = hands;
  return async ({ companyId, target: targetId, due, patient }) => {
    const schedule = await getSchedule(store.sql, { companyId, target: targetId });
    const company = await getCompany(store, companyId);
    const companyTarget = await getCompanyTarget(store, companyId, targetId);
    const target = installed.find(({ id }) => id === targetId);
    if (schedule === undefined || company === undefined || companyTarget === undefined || target === undefined) {
      return {
        outcome: 'removed',
        message: 'There is no such schedule any more, or its target is not installed. Nothing was done.',
        batchId: null,
      };
    }
    if (schedule.pausedBy !== null) {
      return { outcome: 'paused', message: `It was paused by ${schedule.pausedBy}. Nothing was done.`, batchId: null };
    }
    const request = { company, companyTarget, schedule: schedule.schedule, due: new Date(due), askedBy: null, now: hands.now() };
    const run = await runSchedule({ store, target }, { ...request, patient });
    if ('waitsFor' in run) {
      const { id, name, state } = run.waitsFor;
      return { outcome: 'waits', message: `It waits for the end of the batch “${name}” (${state}).`, batchId: id };
    }
    if (run.outcome === 'started' && run.batch !== null) {
      // Nothing is lost if Temporal does not take it now: an API's sweeper hands it over.
      await hands
        .handOver(run.batch.id)
        .catch((error: unknown) => log('warn', 'A scheduled batch was not taken by Temporal yet.', { error: String(error) }));
    }
    return { outcome: run.outcome, message: run.message, batchId: run.batch?.id ?? null };
  };
}
