import { booksToCheck } from '@ledgerpost/store';
import { LOOK_FOR_DRIFT, type LookOrder, lookScheduleId } from '@ledgerpost/workflows/names';
import type { HandOverDeps } from '../batches/hand-over.ts';
import { keepSchedule, removeSchedule, type SchedulePlan } from '../schedules/keep-schedule.ts';

/** Which books are checked for drift by themselves, and how often. */
export interface DriftTerms {
  /** Ids of the targets that report what changed in the books. */
  readonly targets: readonly string[];
  /** For a target; 0: never. */
  everyMinutes(target: string): number;
}

/**
 * Keeps a Temporal Schedule for each connection to books that report changes; a schedule never runs two checks at once. Without
 * access, the schedule is removed until somebody connects again.
 * @param kept what this process has kept already, by the schedule's id; brought up to date
 */
export async function keepDriftSchedules(deps: HandOverDeps, terms: DriftTerms, kept: Map<string, boolean>): Promise<void> {
  for (const { companyId, target, connected } of await booksToCheck(deps.store.sql, terms.targets)) {
    const id = lookScheduleId({ companyId, target });
    const everyMinutes = terms.everyMinutes(target);
    const wanted = connected && everyMinutes > 0;
    if (kept.get(id) === wanted) continue;
    const order: LookOrder = { companyId, target, by: 'schedule' };
    if (wanted) await keepSchedule(deps.temporal, planOf(id, order, everyMinutes));
    else await removeSchedule(deps.temporal, id);
    kept.set(id, wanted);
  }
}

function planOf(id: string, order: LookOrder, everyMinutes: number): SchedulePlan {
  const { companyId, target } = order;
  return {
    id,
    workflow: LOOK_FOR_DRIFT,
    order,
    companyId,
    target,
    summary: `Check for changes in the books of ${companyId} at ${target}`.slice(0, 200),
    when: { by: 'interval', everyMinutes },
    catchUpMinutes: everyMinutes,
    paused: false,
  };
}
