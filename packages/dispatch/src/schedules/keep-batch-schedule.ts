import { CATCH_UP_MINUTES } from '@ledgerpost/core';
import { type ScheduleToKeep, scheduleDeleted, scheduleKept, schedulesToKeep, scheduleToKeep } from '@ledgerpost/store';
import { type ScheduledOrder, START_SCHEDULED_BATCH, scheduledBatchId } from '@ledgerpost/workflows/names';
import type { HandOverDeps } from '../batches/hand-over.ts';
import { keepSchedule, removeSchedule, type ScheduleDay, type SchedulePlan } from './keep-schedule.ts';

/**
 * Makes Temporal's schedule of a company at a target agree with the database, and records that it does. Safe to repeat.
 * Throws what the Temporal client throws; the sweeper then does it later.
 */
export async function keepBatchSchedule(
  deps: Pick<HandOverDeps, 'store' | 'temporal'>,
  where: { companyId: string; target: string },
): Promise<void> {
  const schedule = await scheduleToKeep(deps.store.sql, where);
  if (schedule !== undefined) await keep(deps, schedule);
}

/** After how many seconds a schedule that agreed is checked again: somebody may have changed or deleted it in Temporal. */
const CHECK_AGAIN = 300;

/**
 * Keeps the schedules that Temporal does not have as the database has them, and checks again those that agreed some time ago.
 * One that can't be kept goes to the end of the queue, so that it blocks no other. Returns those that were corrected.
 */
export async function keepBatchSchedules(
  deps: Pick<HandOverDeps, 'store' | 'temporal'>,
  checkAgain = CHECK_AGAIN,
): Promise<{ readonly companyId: string; readonly target: string }[]> {
  const { sql } = deps.store;
  const corrected = [];
  for (const schedule of await schedulesToKeep(sql, checkAgain, 100)) {
    try {
      if (await keep(deps, schedule)) corrected.push({ companyId: schedule.companyId, target: schedule.target });
    } catch (error) {
      await scheduleKept(sql, schedule, 'could-not-be-sent');
      throw error;
    }
  }
  return corrected;
}

/** Whether there was anything to correct. */
async function keep({ store, temporal }: Pick<HandOverDeps, 'store' | 'temporal'>, schedule: ScheduleToKeep): Promise<boolean> {
  if (schedule.removed) {
    await removeSchedule(temporal, scheduledBatchId(schedule));
    await scheduleDeleted(store.sql, schedule);
    return true;
  }
  const { did, pausedThere } = await keepSchedule(temporal, planOf(schedule));
  await scheduleKept(store.sql, schedule, { pausedThere });
  return did !== 'same';
}

function planOf({ companyId, target, schedule, timeZone, pausedBy, resumes }: ScheduleToKeep): SchedulePlan {
  const order: ScheduledOrder = { companyId, target };
  return {
    id: scheduledBatchId(order),
    workflow: START_SCHEDULED_BATCH,
    order,
    companyId,
    target,
    summary: `Scheduled batch of ${companyId} to ${target}`,
    when: {
      by: 'clock',
      days: schedule.days.map((day) => day.toUpperCase() as ScheduleDay),
      times: schedule.times,
      timeZone,
    },
    catchUpMinutes: CATCH_UP_MINUTES,
    paused: pausedBy !== null,
    resumed: String(resumes),
  };
}
