import { and, asc, count, eq, sql as expression, isNotNull, lte, or } from 'drizzle-orm';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { companies, schedules } from '../schema/index.ts';
import { atPlace, IS_KEPT, SCHEDULE_COLUMNS, type SchedulePlace, type StoredSchedule } from './schedules.ts';

/** A schedule as Temporal is to have it. */
export interface ScheduleToKeep extends StoredSchedule {
  /** It is to be deleted there. */
  readonly removed: boolean;
}

/** The schedule of one company and target. */
export async function scheduleToKeep(sql: Sql, place: SchedulePlace): Promise<ScheduleToKeep | undefined> {
  const [schedule] = await schedulesWithRemoved(sql).where(atPlace(place));
  return schedule;
}

/** Schedules that Temporal does not have as they are here, and those that were not checked for so many seconds. */
export async function schedulesToKeep(sql: Sql, seconds: number, limit: number): Promise<readonly ScheduleToKeep[]> {
  const unchecked = lte(schedules.keptAt, expression`now() - make_interval(secs => ${seconds})`);
  return schedulesWithRemoved(sql)
    .where(or(expression`${IS_KEPT} is not true`, unchecked))
    .orderBy(expression`${schedules.keptAt} nulls first`, asc(schedules.companyId))
    .limit(limit);
}

/** Records that Temporal has that revision, by the clock of that zone; or that it could not be reached now. */
export async function scheduleKept(
  sql: Sql,
  { companyId, target, revision, timeZone }: ScheduleToKeep,
  kept: { readonly pausedThere: string | null } | 'could-not-be-sent',
): Promise<void> {
  const known =
    kept === 'could-not-be-sent' ? {} : { keptRevision: revision, keptTimeZone: timeZone, pausedThere: kept.pausedThere };
  await drizzleOn(sql)
    .update(schedules)
    .set({ ...known, keptAt: NOW })
    .where(atPlace({ companyId, target }));
}

/** Temporal has deleted it: deletes our row too, unless the schedule was put again since. */
export async function scheduleDeleted(sql: Sql, { companyId, target, revision }: ScheduleToKeep): Promise<void> {
  await drizzleOn(sql)
    .delete(schedules)
    .where(and(atPlace({ companyId, target }), eq(schedules.revision, revision), isNotNull(schedules.removedAt)));
}

/** How many schedules Temporal does not have as they are here. */
export async function schedulesBehind(sql: Sql): Promise<number> {
  const [row] = await drizzleOn(sql)
    .select({ schedules: count() })
    .from(schedules)
    .innerJoin(companies, eq(companies.id, schedules.companyId))
    .where(expression`${IS_KEPT} is not true`);
  return row?.schedules ?? 0;
}

function schedulesWithRemoved(sql: Sql) {
  return drizzleOn(sql)
    .select({ ...SCHEDULE_COLUMNS, removed: expression<boolean>`${schedules.removedAt} is not null` })
    .from(schedules)
    .innerJoin(companies, eq(companies.id, schedules.companyId));
}
